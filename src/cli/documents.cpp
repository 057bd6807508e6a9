#include "cli/documents.h"

#include <algorithm>

#include "base/files.h"
#include "base/strings.h"
#include "cli/context.h"
#include "cli/document_add.h"
#include "cli/document_answers.h"
#include "cli/document_names.h"
#include "cli/document_tables.h"
#include "cli/document_watch.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kPasswordMaxBytes = 1024;
constexpr std::size_t kAnyNumber = SIZE_MAX;

int list_collections(Context& context, const Words&) {
  const auto collections = collections_of(context.api);
  if (context.as_json())
    context.console.out_line(to_json(json::value_from(collections)));
  else
    context.console.out(collections_table(collections));
  return 0;
}

int list_documents(Context& context, const Words& words) {
  std::vector<json::object> collections;
  if (words.empty())
    collections = collections_of(context.api);
  else
    collections.push_back(require_collection(context.api, words.front()));
  std::vector<ListedDocument> listed;
  for (const auto& collection : collections)
    for (auto& document : documents_of(context.api, string_member(collection, "id")))
      listed.push_back({string_member(collection, "name"), std::move(document)});
  if (!context.as_json()) {
    context.console.out(documents_table(listed));
    return 0;
  }
  for (const auto& one : listed) context.console.out_line(to_json(one.document));
  return 0;
}

int create_collections(Context& context, const Words& words) {
  for (const auto& name : words) {
    const auto made = context.api.post("/api/v1/collections", {{"name", name}});
    context.console.out_line(context.as_json() ? to_json(made) : "created " + name);
  }
  return 0;
}

// The named ones of a collection. Error(not_found) names the one that is missing, before anything is done.
std::vector<json::object> named_documents(Context& context, const json::object& collection, const Words& names) {
  const auto all = documents_of(context.api, string_member(collection, "id"));
  std::vector<json::object> found;
  for (const auto& name : names) found.push_back(require_document(all, name));
  return found;
}

int remove_documents(Context& context, const Words& words) {
  const auto collection = require_collection(context.api, words.front());
  const auto id = string_member(collection, "id");
  if (context.arguments.has("all") != (words.size() == 1))
    throw Error(ErrorCode::invalid_argument, "name the documents to remove, or give --all to remove the collection itself");
  if (words.size() == 1) {
    context.api.remove("/api/v1/collections/" + id);
    context.console.out_line("removed the collection " + string_member(collection, "name"));
    return 0;
  }
  for (const auto& document : named_documents(context, collection, Words(words.begin() + 1, words.end()))) {
    context.api.remove("/api/v1/documents/" + string_member(document, "id"));
    context.console.out_line("removed " + string_member(document, "name"));
  }
  return 0;
}

std::string given_password(const Context& context) {
  const auto file = context.arguments.text("password-file");
  if (file.empty()) return "";
  const auto text = file == "-" ? context.console.read_input(kPasswordMaxBytes) : read_file(file, kPasswordMaxBytes);
  return text.substr(0, text.find_first_of("\r\n"));
}

int retry_documents(Context& context, const Words& words) {
  const auto collection = require_collection(context.api, words.front());
  auto wanted = words.size() > 1 ? named_documents(context, collection, Words(words.begin() + 1, words.end()))
                                 : documents_of(context.api, string_member(collection, "id"));
  if (words.size() == 1)
    std::erase_if(wanted, [](const json::object& document) { return string_member(document, "state") != "failed"; });
  json::object body;
  if (const auto password = given_password(context); !password.empty()) body["password"] = password;
  Reading reading(context);
  for (const auto& document : wanted) {
    const auto again = context.api.post("/api/v1/documents/" + string_member(document, "id") + "/retry", body);
    reading.add(again.as_object());
  }
  return reading.finish();
}

struct Action {
  std::string_view name;
  std::size_t least;  // words after it
  std::size_t most;
  std::string_view usage;
  int (*run)(Context&, const Words&);
};

constexpr Action kActions[] = {
    {"list", 0, 1, "list [COLLECTION]", list_documents},
    {"add", 2, kAnyNumber, "add COLLECTION FILE...", add_documents},
    {"watch", 2, 2, "watch COLLECTION FOLDER", watch_folder},
    {"ask", 1, kAnyNumber, "ask [COLLECTION...] QUESTION", ask_documents},
    {"search", 1, kAnyNumber, "search [COLLECTION...] QUESTION", search_documents},
    {"rm", 1, kAnyNumber, "rm COLLECTION DOCUMENT...", remove_documents},
    {"retry", 1, kAnyNumber, "retry COLLECTION [DOCUMENT...]", retry_documents},
    {"collections", 0, 0, "collections", list_collections},
    {"create", 1, kAnyNumber, "create NAME...", create_collections},
};

}  // namespace

int use_documents(Context& context) {
  const auto name = context.arguments.text("ACTION");
  const auto words = context.arguments.list("ARGUMENT");
  const auto action = std::ranges::find(kActions, std::string_view(name), &Action::name);
  if (action == std::end(kActions))
    throw Error(ErrorCode::invalid_argument, "documents has no action \"" + name + "\"; see `fragua documents --help`");
  if (words.size() < action->least || words.size() > action->most)
    throw Error(ErrorCode::invalid_argument, "usage: fragua documents " + std::string(action->usage));
  return action->run(context, words);
}

}  // namespace fragua::cli
