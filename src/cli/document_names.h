// How people name collections and documents, and what the server calls them. Callers: the actions of cli/documents.
// Threads: the main one. A name that fits several things is an error that says so; nothing is guessed.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "cli/api_client.h"

namespace fragua::cli {

std::vector<json::object> collections_of(ApiClient& api);
// All of them, the newest first.
std::vector<json::object> documents_of(ApiClient& api, const std::string& collection_id);

// By id, else by name; one's own before other people's. Error(not_found), Error(conflict): several have that name.
json::object choose_collection(const std::vector<json::object>& collections, const std::string& name);
json::object require_collection(ApiClient& api, const std::string& name);
// By id or name. Error(not_found).
json::object require_document(const std::vector<json::object>& documents, const std::string& name);

// What a file in a folder is called there: "printers › setup.pdf". Two files of a folder never share a name.
std::string document_name(const std::filesystem::path& relative);
// Without control characters: what a document says must not steer a terminal.
std::string printable(std::string_view text);

}  // namespace fragua::cli
