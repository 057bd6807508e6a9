#include "documents/child_extractor.h"

#include "base/json.h"
#include "base/strings.h"
#include "runtime/child_lines.h"

namespace fragua::documents {

namespace {

Task<ExtractionFailure> why_ended(ChildLines& lines, std::chrono::seconds silence_max) {
  const auto end = co_await lines.end();
  ExtractionFailure failure{"too_slow", "reading it took longer than " + std::to_string(silence_max.count()) + " s without getting further"};
  if (end.was_silent) co_return failure;
  failure.code = "damaged";
  failure.message = end.exit.signalled ? "reading it took more memory or time than is allowed, or its content broke the reader" : "the reader ended before the document did";
  co_return failure;
}

json::object request_line(const ExtractionRequest& request, const ChildExtractorOptions& options) {
  json::object line;
  line["path"] = request.path.string();
  line["name"] = request.name;
  line["password"] = request.password;
  line["languages"] = options.languages;
  line["scratch"] = request.scratch.string();
  line["pages_max"] = options.pages_max;
  line["text_max_bytes"] = options.text_max_bytes;
  return line;
}

std::int64_t integer_of(const json::object& line, std::string_view key) {
  const auto* value = find_member(line, key);
  return value && value->is_int64() ? value->get_int64() : 0;
}

double real_of(const json::object& line, std::string_view key) {
  const auto* value = find_member(line, key);
  return value && value->is_number() ? value->to_number<double>() : 0;
}

DocumentFacts read_facts(const json::object& line) {
  return {string_member(line, "format"), string_member(line, "media_type"), string_member(line, "title"), string_member(line, "language"),
          integer_of(line, "pages")};
}

Page read_page(const json::object& line) {
  Page page;
  page.number = integer_of(line, "page");
  page.label = string_member(line, "label");
  page.width = real_of(line, "width");
  page.height = real_of(line, "height");
  const auto* ocr = find_member(line, "ocr");
  page.ocr = ocr && ocr->is_bool() && ocr->get_bool();
  page.confidence = real_of(line, "confidence");
  const auto* words = find_member(line, "words");
  if (!words) return page;
  for (const auto& item : words->as_array()) {
    const auto& word = item.as_array();
    const auto edge = [&](std::size_t i) { return word.at(i).to_number<float>(); };
    page.words.push_back({std::string(word.at(0).as_string()), {edge(1), edge(2), edge(3), edge(4)}});
  }
  return page;
}

Block::Kind kind_named(const std::string& name) {
  if (name == "heading") return Block::Kind::heading;
  if (name == "list") return Block::Kind::list;
  if (name == "table") return Block::Kind::table;
  if (name == "code") return Block::Kind::code;
  return Block::Kind::paragraph;
}

std::optional<ExtractionEvent> read_event(const json::object& line, const std::filesystem::path& scratch) {
  const auto type = string_member(line, "type");
  if (type == "file") return PackedFile{scratch / ("file-" + std::to_string(integer_of(line, "number"))), string_member(line, "name")};
  if (type == "document") return read_facts(line);
  if (type == "page") return read_page(line);
  if (type == "error") return ExtractionFailure{string_member(line, "code"), string_member(line, "message")};
  if (type == "block")
    return Block{kind_named(string_member(line, "kind")), int(integer_of(line, "level")), integer_of(line, "page"), string_member(line, "text")};
  return std::nullopt;
}

class ChildExtraction final : public Extraction {
 public:
  ChildExtraction(asio::any_io_executor executor, const ChildExtractorOptions& options, json::object request)
      : lines_(executor, options.argv, options.silence_max),
        silence_max_(options.silence_max),
        request_(to_json(request) + "\n"),
        scratch_(string_member(request, "scratch")) {}

  Task<std::optional<ExtractionEvent>> next() override {
    if (!request_.empty()) co_await lines_.say(std::exchange(request_, ""));
    while (!is_over_) {
      const auto text = co_await lines_.next();
      if (!text) {
        is_over_ = true;
        auto failure = co_await why_ended(lines_, silence_max_);
        co_return failure;
      }
      const auto line = parse_json(*text).as_object();
      if (string_member(line, "type") == "end") is_over_ = true;
      auto event = read_event(line, scratch_);
      if (event && std::holds_alternative<ExtractionFailure>(*event)) is_over_ = true;
      if (event) co_return event;
    }
    co_return std::nullopt;
  }

 private:
  ChildLines lines_;
  std::chrono::seconds silence_max_;
  std::string request_;                   // until it is said
  std::filesystem::path scratch_;
  bool is_over_ = false;
};

}  // namespace

std::unique_ptr<Extraction> ChildExtractor::start(ExtractionRequest request) {
  return std::make_unique<ChildExtraction>(executor_, options_, request_line(request, options_));
}

Task<std::string> ChildExtractor::draw(ExtractionRequest request, std::int64_t page, int width) {
  auto line = request_line(request, options_);
  line["draw"] = json::object{{"page", page}, {"width", width}};
  ChildLines lines(executor_, options_.argv, options_.draw_max);
  auto said = to_json(line) + "\n";
  co_await lines.say(std::move(said));
  const auto text = co_await lines.next();
  if (!text) {
    const auto failure = co_await why_ended(lines, options_.draw_max);
    throw Error(ErrorCode::unsupported, "this page cannot be drawn: " + failure.message);
  }
  const auto answer = parse_json(*text).as_object();
  if (const auto image = from_base64(string_member(answer, "image")); image && !image->empty()) co_return *image;
  throw Error(ErrorCode::unsupported, "this page cannot be drawn: " + string_member(answer, "message", "its format has no fixed pages"));
}

}  // namespace fragua::documents
