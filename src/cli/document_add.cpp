#include "cli/document_add.h"

#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "cli/document_names.h"
#include "cli/document_tables.h"
#include "cli/format.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLookEvery{400};
constexpr std::chrono::minutes kGiveUpAfter{30};
constexpr std::chrono::seconds kLineEvery{15};         // where nothing can be drawn over
constexpr std::size_t kFilesMax = 100'000;

bool is_regular(const fs::path& path) { return fs::is_regular_file(fs::symlink_status(path)); }

std::vector<NamedFile> files_named(const Context& context, const std::vector<std::string>& paths) {
  std::vector<NamedFile> files;
  for (const auto& given : paths) {
    const fs::path path(given);
    if (!fs::exists(path)) throw Error(ErrorCode::not_found, "there is no file \"" + given + "\"");
    if (!fs::is_directory(path)) {
      files.push_back({path, path.filename().string()});
      continue;
    }
    if (!context.arguments.has("recursive"))
      throw Error(ErrorCode::invalid_argument, "\"" + given + "\" is a folder: give -r to hand in what is in it");
    auto below = files_below(path);
    std::ranges::move(below, std::back_inserter(files));
  }
  return files;
}

}  // namespace

bool is_document_name(const std::string& file_name) {
  for (const auto* begin : {".", "~$"})
    if (file_name.starts_with(begin)) return false;
  for (const auto* end : {"~", ".tmp", ".part", ".crdownload"})
    if (file_name.ends_with(end)) return false;
  return !file_name.empty();
}

std::vector<NamedFile> files_below(const fs::path& folder) {
  std::vector<NamedFile> files;
  const auto options = fs::directory_options::skip_permission_denied;
  for (auto at = fs::recursive_directory_iterator(folder, options); at != fs::recursive_directory_iterator(); ++at) {
    const bool is_hidden = !is_document_name(at->path().filename().string());
    if (is_hidden && at->is_directory()) at.disable_recursion_pending();
    if (is_hidden || !is_regular(at->path())) continue;
    if (files.size() == kFilesMax) throw Error(ErrorCode::too_large, "the folder has more than 100000 files");
    files.push_back({at->path(), document_name(at->path().lexically_relative(folder))});
  }
  std::ranges::sort(files, {}, &NamedFile::name);
  return files;
}

Reading::Reading(Context& context)
    : context_(context),
      progress_(context.clock.steady()),
      last_step_(context.clock.steady()),
      last_line_(context.clock.steady()) {}

void Reading::add(const json::object& document) {
  const auto state = string_member(document, "state");
  const bool is_waiting = state == "received" || state == "extracting";
  if (is_waiting && !boolean_member(document, "duplicate"))
    progress_.add(document);
  else
    tell(document);
}

void Reading::fail(const std::string& name, const std::string& why) {
  tell({{"name", name}, {"state", "failed"}, {"error_code", "refused"}, {"error", why}});
}

void Reading::tell(const json::object& document) {
  clear_progress();
  has_failed_ |= string_member(document, "state") == "failed";
  context_.console.out_line(context_.as_json() ? to_json(document) : outcome_line(document));
}

void Reading::look() {
  for (const auto& id : progress_.next()) {
    const auto found = context_.api.find("/api/v1/documents/" + id);
    if (!found)
      progress_.forget(id);
    else if (progress_.update(found->as_object(), context_.clock.steady()))
      tell(found->as_object());
  }
  const auto now = context_.clock.steady();
  if (steps_ != progress_.steps() || progress_.empty()) last_step_ = now;
  steps_ = progress_.steps();
  if (now - last_step_ > kGiveUpAfter)
    throw Error(ErrorCode::deadline_exceeded, "the server got no further with the documents for 30 minutes; "
                                              "`fragua documents list` shows how far they are");
  show_progress();
}

int Reading::finish() {
  while (!progress_.empty()) {
    look();
    if (!progress_.empty()) context_.api.wait(kLookEvery);
  }
  clear_progress();
  return has_failed_ ? 1 : 0;
}

void Reading::show_progress() {
  const auto now = context_.clock.steady();
  if (progress_.empty() || context_.as_json()) return;
  const auto line = progress_.line(now);
  const auto& console = context_.console;
  if (console.error_is_terminal()) {
    console.err("\r" + std::string(clipped(line, console.width() - 1)) + "\x1b[K");
    is_drawn_ = true;
  } else if (now - last_line_ >= kLineEvery) {
    console.err_line(line);
    last_line_ = now;
  }
}

void Reading::clear_progress() {
  if (is_drawn_) context_.console.err("\r\x1b[K");
  is_drawn_ = false;
}

std::optional<json::object> hand_in(Context& context, Reading& reading, const std::string& collection_id,
                                    const NamedFile& file) {
  const auto answer = context.api.upload_form("/api/v1/collections/" + collection_id + "/documents", file.path, file.name);
  if (!answer) {
    reading.fail(file.name, answer.error().what());
    return std::nullopt;
  }
  const auto documents = array_member(answer->as_object(), "documents");
  if (documents.empty() || !documents.front().is_object())
    throw Error(ErrorCode::corrupt, "the server did not say what became of " + file.name);
  auto document = documents.front().get_object();
  auto told = document;
  told["same_as"] = string_member(document, "name");
  told["name"] = file.name;
  reading.add(told);
  return document;
}

int add_documents(Context& context, const std::vector<std::string>& words) {
  const auto files = files_named(context, {words.begin() + 1, words.end()});
  const auto id = string_member(require_collection(context.api, words.front()), "id");
  Reading reading(context);
  for (const auto& file : files) {
    hand_in(context, reading, id, file);
    reading.look();
  }
  return reading.finish();
}

}  // namespace fragua::cli
