// POST /api/v1/catalogues/:name/import: a source and its mapping as a form, streamed to the disk, then read by a child.
#include <fstream>

#include "api/form.h"
#include "api/native/catalogue_routes.h"
#include "api/ollama/progress_relay.h"
#include "accounts/administration.h"
#include "catalogue/import_service.h"
#include "runtime/pool.h"

namespace fragua::api::native {

namespace {

using catalogue::ImportProgress;
using catalogue::ImportRequest;

// "source" goes to a file, "mapping" is kept.
class ImportSink final : public FileSink {
 public:
  ImportSink(Call& call, fs::path folder) : call_(call), folder_(std::move(folder)) {}

  Task<> begin(http::FormPart part, std::map<std::string, std::string>) override {
    if (part.name != "source" && part.name != "mapping")
      throw Error(ErrorCode::invalid_argument, "the form may have the files \"source\" and \"mapping\", not \"" + part.name + "\"");
    is_mapping_ = part.name == "mapping";
    if (is_mapping_) {
      mapping.emplace();
      co_return;
    }
    source = folder_ / "source";
    file_.open(source, std::ios::binary | std::ios::trunc);
  }

  Task<> write(std::string bytes) override {
    if (is_mapping_) {
      if (mapping->size() + bytes.size() > catalogue::kMappingMaxBytes) throw Error(ErrorCode::too_large, "a mapping may have 1 MiB");
      *mapping += bytes;
      co_return;
    }
    written_ += bytes.size();
    const auto most = call_.services.catalogue_source_max_bytes;
    if (written_ > most) throw Error(ErrorCode::too_large, "the source may have " + std::to_string(most) + " bytes (catalogue_source_max_bytes)");
    const auto work = [this, bytes = std::move(bytes)] { file_.write(bytes.data(), std::streamsize(bytes.size())); };
    co_await call_.services.pool.run(work);
    if (!file_) throw Error(ErrorCode::storage_full, "the disk is full: the source could not be kept");
  }

  Task<> end() override {
    if (is_mapping_) co_return;
    file_.close();
    if (!file_) throw Error(ErrorCode::storage_full, "the disk is full: the source could not be kept");
  }

  fs::path source;                        // "": none came
  std::optional<std::string> mapping;

 private:
  Call& call_;
  fs::path folder_;
  std::ofstream file_;
  std::uint64_t written_ = 0;
  bool is_mapping_ = false;
};

json::object to_line(const ImportProgress& progress) {
  json::object line{{"status", progress.status}};
  if (progress.total > 0) line["total"] = progress.total;
  if (progress.completed > 0) line["completed"] = progress.completed;
  return line;
}

using Relay = std::shared_ptr<ollama::ProgressRelay>;

Task<> import_and_report(catalogue::ImportService& imports, ImportRequest request, Relay relay) {
  auto listener = [relay](const ImportProgress& progress) {
    if (*relay->cancelled()) throw Error(ErrorCode::cancelled, "the client went away");
    relay->report(to_line(progress));
  };
  const auto report = co_await imports.import(std::move(request), std::move(listener));
  relay->set_last({{"status", "success"}, {"report", write_body(report)}});
}

}  // namespace

Task<> import_catalogue(Call& call) {
  auto& imports = call.services.imports;
  const auto folder = imports.incoming();
  ImportSink sink(call, folder->path());
  // Without a body: the mapping and the live database of the import before.
  std::map<std::string, std::string> fields;
  if (!call.request().header("content-type").empty()) fields = co_await read_form(call, sink);
  ImportRequest request{call.parameter("name"), sink.source, sink.mapping, fields["replace_models"] == "true"};
  co_await call.services.administration.record(call.actor(), "catalogue.import", request.name);
  auto relay = std::make_shared<ollama::ProgressRelay>(co_await asio::this_coro::executor);
  auto work = import_and_report(imports, std::move(request), relay);
  co_await ollama::ProgressRelay::run(call, true, relay, std::move(work));
}

Task<> suggest_mapping(Call& call) {
  auto& imports = call.services.imports;
  const auto folder = imports.incoming();
  ImportSink sink(call, folder->path());
  co_await read_form(call, sink);
  if (sink.source.empty()) throw Error(ErrorCode::invalid_argument, "the form must have the file \"source\"");
  auto mapping = co_await imports.suggest(sink.source);
  json::object answer;
  answer["status"] = "success";
  answer["mapping"] = std::move(mapping);
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
