#include "cli/document_names.h"

#include <algorithm>

#include "base/error.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

std::vector<json::object> objects_of(const json::array& array) {
  std::vector<json::object> objects;
  for (const auto& item : array)
    if (item.is_object()) objects.push_back(item.get_object());
  return objects;
}

std::vector<json::object> with_name(const std::vector<json::object>& all, const std::string& name, bool is_own) {
  std::vector<json::object> found;
  for (const auto& one : all)
    if (string_member(one, "name") == name && boolean_member(one, "is_own") == is_own) found.push_back(one);
  return found;
}

}  // namespace

std::vector<json::object> collections_of(ApiClient& api) {
  return objects_of(array_member(api.get("/api/v1/collections").as_object(), "collections"));
}

std::vector<json::object> documents_of(ApiClient& api, const std::string& collection_id) {
  std::vector<json::object> all;
  std::string cursor;
  do {
    const auto path = "/api/v1/collections/" + collection_id + "/documents?limit=200&cursor=" + cursor;
    const auto page = api.get(path);
    for (auto& document : objects_of(array_member(page.as_object(), "documents"))) all.push_back(std::move(document));
    cursor = string_member(page.as_object(), "next_cursor");
  } while (!cursor.empty());
  return all;
}

json::object choose_collection(const std::vector<json::object>& collections, const std::string& name) {
  for (const auto& one : collections)
    if (string_member(one, "id") == name) return one;
  for (const bool is_own : {true, false}) {
    const auto found = with_name(collections, name, is_own);
    if (found.size() == 1) return found.front();
    if (found.size() > 1)
      throw Error(ErrorCode::conflict, "several collections are called \"" + name +
                                           "\": give the id of one, which `fragua documents collections` shows");
  }
  throw Error(ErrorCode::not_found, "there is no collection \"" + name +
                                        "\"; `fragua documents collections` lists them, `fragua documents create` makes one");
}

json::object require_collection(ApiClient& api, const std::string& name) {
  return choose_collection(collections_of(api), name);
}

json::object require_document(const std::vector<json::object>& documents, const std::string& name) {
  for (const char* key : {"id", "name"})
    for (const auto& one : documents)
      if (string_member(one, key) == name) return one;
  throw Error(ErrorCode::not_found, "there is no document \"" + name + "\" in the collection; `fragua documents list` shows them");
}

std::string document_name(const std::filesystem::path& relative) {
  std::string name;
  for (const auto& part : relative) name += (name.empty() ? "" : " › ") + part.string();
  return name;
}

std::string printable(std::string_view text) {
  std::string clean(text);
  std::erase_if(clean, [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
  return clean;
}

}  // namespace fragua::cli
