#include "api/form.h"

namespace fragua::api {

namespace {

constexpr std::size_t kFieldMaxBytes = 64 << 10;
using Event = http::MultipartReader::Event;

// One form, part after part.
class Form {
 public:
  explicit Form(FileSink& sink) : sink_(sink) {}

  Task<> take(Event event) {
    if (event.kind == Event::Kind::begin) co_await begin(std::move(event.part));
    if (event.kind == Event::Kind::bytes) co_await write(std::move(event.bytes));
    if (event.kind == Event::Kind::end && is_file_) co_await sink_.end();
  }
  std::map<std::string, std::string> fields;

 private:
  Task<> begin(http::FormPart part) {
    name_ = part.name;
    is_file_ = !part.file_name.empty();
    if (is_file_) co_await sink_.begin(std::move(part), fields);
    else fields[name_].clear();
  }

  Task<> write(std::string bytes) {
    if (is_file_) {
      co_await sink_.write(std::move(bytes));
      co_return;
    }
    auto& field = fields[name_];
    if (field.size() + bytes.size() > kFieldMaxBytes) throw Error(ErrorCode::too_large, "\"" + name_ + "\" must be at most 64 KiB");
    field += bytes;
  }

  FileSink& sink_;
  std::string name_;
  bool is_file_ = false;
};

}  // namespace

Task<std::map<std::string, std::string>> read_form(Call& call, FileSink& sink) {
  auto boundary = http::multipart_boundary(call.request().header("content-type"));
  if (boundary.empty()) throw Error(ErrorCode::invalid_argument, "the body must be multipart/form-data with a part \"file\" (curl -F file=@NAME)");
  http::MultipartReader reader(std::move(boundary));
  Form form(sink);
  while (true) {
    const auto piece = co_await call.exchange.body_piece(call.route.body_max_bytes);
    if (piece.empty()) break;
    auto events = reader.feed(piece);
    for (auto& event : events) co_await form.take(std::move(event));
  }
  reader.finish();
  co_return std::move(form.fields);
}

}  // namespace fragua::api
