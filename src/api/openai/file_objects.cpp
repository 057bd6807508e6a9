#include "api/openai/file_objects.h"

namespace fragua::api::openai {

namespace {

constexpr std::string_view kFilePrefix = "file-";
constexpr std::string_view kStorePrefix = "vs_";
constexpr std::int64_t kCharactersOfToken = 4;

std::int64_t seconds(std::int64_t millis) { return millis / 1000; }

std::string_view file_status(const documents::Document& document) {
  if (document.state == documents::state::kIndexed) return "processed";
  return document.state == documents::state::kFailed ? "error" : "uploaded";
}

std::string_view store_file_status(const documents::Document& document) {
  if (document.state == documents::state::kIndexed) return "completed";
  return document.state == documents::state::kFailed ? "failed" : "in_progress";
}

json::value last_error(const documents::Document& document) {
  if (document.state != documents::state::kFailed) return nullptr;
  json::object error;
  error["code"] = document.error_code == "unsupported" ? "unsupported_file" : "invalid_file";
  error["message"] = document.error_code + ": " + document.error;
  return error;
}

std::int64_t count_of(const documents::DocumentPage& contents, std::string_view state) {
  for (const auto& count : contents.counts)
    if (count.state == state) return count.count;
  return 0;
}

json::object file_counts(const documents::DocumentPage& contents) {
  const auto completed = count_of(contents, documents::state::kIndexed);
  const auto failed = count_of(contents, documents::state::kFailed);
  const auto in_progress = count_of(contents, documents::state::kReceived) + count_of(contents, documents::state::kExtracting);
  json::object counts;
  counts["in_progress"] = in_progress;
  counts["completed"] = completed;
  counts["failed"] = failed;
  counts["cancelled"] = 0;
  counts["total"] = completed + failed + in_progress;
  return counts;
}

}  // namespace

std::string file_id(const documents::Document& document) { return std::string(kFilePrefix) + document.id; }
std::string store_id(const documents::Collection& collection) { return std::string(kStorePrefix) + collection.id; }

std::string bare_id(std::string_view id) {
  for (const auto prefix : {kFilePrefix, kStorePrefix})
    if (id.starts_with(prefix)) return std::string(id.substr(prefix.size()));
  return std::string(id);
}

std::string file_id_in_store(const documents::Document& document) {
  const auto prefix = documents::copy_source("");
  if (!document.source.starts_with(prefix)) return file_id(document);
  return std::string(kFilePrefix) + document.source.substr(prefix.size());
}

json::object file_to_json(const documents::Document& document) {
  json::object o;
  o["id"] = file_id(document);
  o["object"] = "file";
  o["bytes"] = document.bytes;
  o["created_at"] = seconds(document.created_at);
  o["expires_at"] = nullptr;
  o["filename"] = document.name;
  o["purpose"] = "assistants";
  o["status"] = file_status(document);
  o["status_details"] = document.error.empty() ? json::value(nullptr) : json::value(document.error_code + ": " + document.error);
  return o;
}

json::object store_to_json(const documents::Collection& collection, const documents::DocumentPage& contents) {
  auto counts = file_counts(contents);
  json::object o;
  o["id"] = store_id(collection);
  o["object"] = "vector_store";
  o["created_at"] = seconds(collection.created_at);
  o["last_active_at"] = seconds(collection.updated_at);
  o["name"] = collection.name;
  o["usage_bytes"] = contents.bytes;
  o["status"] = counts.at("in_progress") == 0 ? "completed" : "in_progress";
  o["file_counts"] = std::move(counts);
  o["expires_after"] = nullptr;
  o["expires_at"] = nullptr;
  o["metadata"] = json::object();
  return o;
}

json::object store_file_to_json(const documents::Document& document, const documents::Collection& collection) {
  json::object sizes;
  sizes["max_chunk_size_tokens"] = collection.chunk_characters / kCharactersOfToken;
  sizes["chunk_overlap_tokens"] = collection.chunk_overlap / kCharactersOfToken;
  json::object strategy;
  strategy["type"] = "static";
  strategy["static"] = std::move(sizes);
  json::object o;
  o["id"] = file_id_in_store(document);
  o["object"] = "vector_store.file";
  o["created_at"] = seconds(document.created_at);
  o["vector_store_id"] = store_id(collection);
  o["usage_bytes"] = document.bytes;
  o["status"] = store_file_status(document);
  o["last_error"] = last_error(document);
  o["chunking_strategy"] = std::move(strategy);
  o["attributes"] = json::object();
  return o;
}

json::object text_part(const std::string& text) { return {{"type", "text"}, {"text", text}}; }

json::object deleted(const std::string& id, std::string_view object) {
  json::object o;
  o["id"] = id;
  o["object"] = object;
  o["deleted"] = true;
  return o;
}

json::object page_of(json::array items, const std::string& after, std::int64_t limit, std::int64_t limit_max) {
  if (limit < 1 || limit > limit_max) throw Error(ErrorCode::invalid_argument, "\"limit\" must be between 1 and " + std::to_string(limit_max));
  json::array data;
  bool is_past = after.empty(), has_more = false;
  for (auto& item : items) {
    if (!is_past) {
      is_past = string_member(item.as_object(), "id") == after;
      continue;
    }
    has_more = std::int64_t(data.size()) == limit;
    if (has_more) break;
    data.push_back(std::move(item));
  }
  json::object o;
  o["object"] = "list";
  o["first_id"] = data.empty() ? json::value(nullptr) : data.front().at("id");
  o["last_id"] = data.empty() ? json::value(nullptr) : data.back().at("id");
  o["has_more"] = has_more;
  o["data"] = std::move(data);
  return o;
}

}  // namespace fragua::api::openai
