#include "api/native/document_routes.h"

#include "api/native/document_bodies.h"
#include "api/route_group.h"
#include "documents/service.h"

namespace fragua::api::native {

namespace {

using http::Method;

constexpr std::uint64_t kUploadBody = documents::kFileMaxBytes + (1 << 20);

constexpr std::uint64_t kPassingBody = documents::kPassingFileMaxBytes + (1 << 20);

constexpr std::string_view kCollections = "/api/v1/collections";
constexpr std::string_view kCollection = "/api/v1/collections/:id";
constexpr std::string_view kReaders = "/api/v1/collections/:id/readers";
constexpr std::string_view kDocuments = "/api/v1/collections/:id/documents";
constexpr std::string_view kDocument = "/api/v1/documents/:id";

void add_collections(RouteGroup& group) {
  group.add({Method::get, kCollections, list_collections, Answer::json, "Collections that one may read: one's own first"});
  group.add({Method::post, kCollections, create_collection, Answer::json, "A new collection"}, kSmallBody, schema_of<NewCollectionBody>);
  group.add({Method::get, kCollection, show_collection, Answer::json, "One collection"});
  group.add({Method::patch, kCollection, change_collection, Answer::json, "Changes what is given"}, kSmallBody, schema_of<CollectionChangeBody>);
  group.add({Method::delete_, kCollection, remove_collection, Answer::empty, "Deletes it with its documents"});
  group.add({Method::get, kReaders, list_readers, Answer::json, "Who besides its owner may read it"});
  group.add({Method::put, kReaders, set_readers, Answer::json, "Says who may read it"}, kSmallBody, schema_of<ReadersBody>);
}

void add_documents(RouteGroup& group) {
  group.add({Method::get, kDocuments, list_documents, Answer::json, "Documents of a collection, the newest first; search, state, cursor, limit"});
  group.add({Method::post, kDocuments, upload_documents, Answer::json, "Hands in files as multipart/form-data"}, kUploadBody);
  group.add({Method::post, "/api/v1/collections/:id/urls", fetch_documents, Answer::json, "Fetches addresses and hands in what is there"}, kSmallBody,
      schema_of<UrlsBody>);
  group.add({Method::get, kDocument, show_document, Answer::json, "One document: its state and figures"});
  group.add({Method::delete_, kDocument, remove_document, Answer::empty, "Deletes its text, vectors and file"});
  group.add({Method::post, "/api/v1/documents/:id/retry", retry_document, Answer::json, "Reads a failed one again, with a password if it needs one"}, kSmallBody,
      schema_of<RetryBody>);
  group.add({Method::get, "/api/v1/documents/:id/file", document_file, Answer::text, "The file as it came"});
  group.add({Method::get, "/api/v1/documents/:id/text", document_text, Answer::json, "What was read of it, in pieces as they are searched"});
  group.add({Method::get, "/api/v1/documents/:id/place", document_place, Answer::json, "Where a quote stands: {page, boxes}, page 0: not found; quote, page, page_end"});
  group.add({Method::get, "/api/v1/documents/:id/pages/:page", document_page, Answer::json, "A page's facts, and where a quote stands on it"});
  group.add({Method::get, "/api/v1/documents/:id/pages/:page/image", document_page_image, Answer::text, "A page as a picture; width in pixels"});
}

void add_answers(RouteGroup& group) {
  group.add({Method::post, "/api/v1/documents/text", read_text, Answer::json, "The text of a file, which is not kept: {name, format, pages, text, truncated}"}, kPassingBody);
  group.add({Method::post, "/api/v1/documents/search", search_documents, Answer::json, "The passages that say most about a question, with their ranks and scores"},
      kSmallBody, schema_of<SearchBody>);
  group.add({Method::post, "/api/v1/ask", ask_documents, Answer::json, "An answer from the documents with its sources; events with \"stream\":true"},
      kSmallBody, schema_of<AskBody>);
}

void add_scripts(Routes& routes, RouteGroup& group) {
  group.add({Method::post, "/upload/", upload_script, Answer::json, "Hands in one file and waits until it can be asked about"}, kUploadBody);
  group.add({Method::post, "/upload", upload_script, Answer::json, "The same"}, kUploadBody);
  group.add({Method::post, "/ask/", ask_script, Answer::json, "{question, context} to {question, answer, context_used, sources}"}, kSmallBody);
  group.add({Method::post, "/ask", ask_script, Answer::json, "The same"}, kSmallBody);
  for (const std::string_view path : {"/models/", "/models"})
    routes.push_back({Method::get, path, Scope::models_read, Dialect::native, 0, models_script, nullptr, Answer::json, "Names of the models of the store"});
  for (const std::string_view path : {"/ask/", "/ask"})
    routes.push_back({Method::get, path, Scope::open, Dialect::native, 0, ask_page, nullptr, Answer::text, "A page for trying out /upload/ and /ask/"});
}

}  // namespace

void add_document_routes(Routes& routes) {
  RouteGroup group(routes, Scope::documents, Dialect::native);
  add_collections(group);
  add_documents(group);
  add_answers(group);
  add_scripts(routes, group);
}

}  // namespace fragua::api::native
