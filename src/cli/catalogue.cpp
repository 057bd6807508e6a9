#include "cli/catalogue.h"

#include <fstream>

#include "base/error.h"
#include "base/strings.h"
#include "cli/catalogue_dataset.h"
#include "cli/catalogue_report.h"
#include "cli/context.h"
#include "cli/members.h"
#include "cli/transfer.h"

namespace fragua::cli {

namespace {

const std::string kPath = "/api/v1/catalogues";

std::string path_of(const std::string& name, const std::string& rest = "") { return kPath + "/" + percent_encoded(name) + rest; }

fs::path existing(const std::string& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) throw Error(ErrorCode::not_found, "there is no file " + file);
  return file;
}

using Words = std::vector<std::string>;

// POSTs the form; the last line is the answer.
json::object send_form(Context& context, const std::string& path, const std::vector<FormPart>& parts) {
  auto progress = make_progress(context);
  const bool is_shown = !context.as_json();
  json::object last;
  StreamHandlers handlers;
  handlers.on_line = [&](const json::object& line) {
    last = line;
    // Items are no bytes: no bar.
    if (is_shown) progress.step(string_member(line, "status"));
  };
  if (is_shown) handlers.on_tick = [&] { progress.tick(); };
  const auto label = parts.empty() || parts[0].file.empty() ? std::string("sending") : "sending " + parts[0].file.filename().string();
  std::uint64_t total = 0;
  for (const auto& part : parts) total += part.file.empty() ? 0 : fs::file_size(part.file);
  context.api.stream_form(path, parts, handlers, [&](std::uint64_t sent) {
    if (is_shown && total > 0) progress.bar(label, std::min(sent, total), total);
  });
  progress.finish();
  return last;
}

int import(Context& context, const Words& words) {
  std::vector<FormPart> parts;
  if (words.size() > 1) parts.push_back({"source", existing(words[1]), ""});
  if (const auto mapping = context.arguments.text("mapping"); !mapping.empty()) parts.push_back({"mapping", existing(mapping), ""});
  parts.push_back({"replace_models", "", context.arguments.has("replace-models") ? "true" : "false"});
  const auto last = send_form(context, path_of(words[0], "/import"), parts);
  const auto report = object_member(last, "report");
  if (context.as_json()) context.console.out_line(to_pretty_json(report));
  else context.console.out(import_report(report));
  return 0;
}

int suggest(Context& context, const Words& words) {
  const auto last = send_form(context, kPath + "/suggest", {{"source", existing(words[0]), ""}});
  if (context.as_json()) context.console.out_line(to_pretty_json(last));
  else context.console.out(string_member(last, "mapping"));
  return 0;
}

int list(Context& context, const Words&) {
  const auto answer = context.api.get(kPath).as_object();
  if (context.as_json()) context.console.out_line(to_pretty_json(answer));
  else context.console.out(catalogues_table(answer));
  return 0;
}

int show(Context& context, const Words& words) {
  const auto answer = context.api.get(path_of(words[0])).as_object();
  if (context.as_json()) context.console.out_line(to_pretty_json(answer));
  else context.console.out(catalogue_text(answer));
  return 0;
}

// Beside its place until it is whole.
int export_items(Context& context, const Words& words) {
  const auto path = path_of(words[0], "/items.json");
  if (words.size() < 2) {
    context.api.download(path, [&](std::string_view piece) { context.console.out(piece); });
    return 0;
  }
  const fs::path file = words[1];
  const fs::path unfinished = file.string() + ".part";
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  context.api.download(path, [&](std::string_view piece) { out.write(piece.data(), std::streamsize(piece.size())); });
  out.close();
  if (!out) throw Error(ErrorCode::storage_full, "cannot write " + file.filename().string());
  fs::rename(unfinished, file);
  context.console.err_line("wrote " + file.string());
  return 0;
}

int remove(Context& context, const Words& words) {
  context.api.remove(path_of(words[0]), {});
  if (context.as_json()) context.console.out_line(to_pretty_json({{"status", "success"}, {"catalogue", words[0]}}));
  else context.console.out_line("deleted '" + words[0] + "'");
  return 0;
}

struct Action {
  std::string_view name;
  std::string_view usage;
  std::size_t words_min, words_max;
  int (*run)(Context&, const Words&);
};

constexpr Action kActions[] = {
    {"import", "import NAME [SOURCE]", 1, 2, import}, {"suggest", "suggest SOURCE", 1, 1, suggest},           {"list", "list", 0, 0, list},
    {"show", "show NAME", 1, 1, show},                {"export", "export NAME [FILE]", 1, 2, export_items}, {"rm", "rm NAME", 1, 1, remove},
    {"dataset", "dataset NAME [FILE]", 1, 2, write_dataset}};

}  // namespace

int work_on_catalogue(Context& context) {
  const auto name = context.arguments.text("ACTION");
  const auto words = context.arguments.list("ARGUMENT");
  for (const auto& action : kActions) {
    if (action.name != name) continue;
    if (words.size() < action.words_min || words.size() > action.words_max)
      throw Error(ErrorCode::invalid_argument, "use it so: fragua catalogue " + std::string(action.usage));
    return action.run(context, words);
  }
  throw Error(ErrorCode::invalid_argument, "\"" + name + "\" is nothing that can be done to a catalogue; `fragua catalogue --help` says what is");
}

}  // namespace fragua::cli
