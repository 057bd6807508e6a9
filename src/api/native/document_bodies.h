// Bodies of the documents' endpoints. Callers: api/native. Threads: plain data. Unknown fields are refused.
// What sizes and words may be, documents/service checks.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/body.h"

namespace fragua::api::native {

struct NewCollectionBody {
  std::string name;
  std::string embedding_model;
  std::optional<std::int64_t> chunk_characters;
  std::optional<std::int64_t> chunk_overlap;
  std::string prompt;
};
template <class V>
void describe(V& field, NewCollectionBody& body) {
  field.required("name", body.name);
  field.optional("embedding_model", body.embedding_model, "the house's when it is left out");
  field.optional("chunk_characters", body.chunk_characters, "how long the pieces are that are searched; 1000 when it is left out");
  field.optional("chunk_overlap", body.chunk_overlap, "how much of a piece the next one repeats; 200 when it is left out");
  field.optional("prompt", body.prompt, "instructions for answers; the house's own when it is left out");
}

struct CollectionChangeBody {
  std::optional<std::string> name;
  std::optional<std::string> embedding_model;
  std::optional<std::int64_t> chunk_characters;
  std::optional<std::int64_t> chunk_overlap;
  std::optional<std::string> prompt;
};
template <class V>
void describe(V& field, CollectionChangeBody& body) {
  field.optional("name", body.name);
  field.optional("embedding_model", body.embedding_model, "everything is embedded again in the background; until then the old one serves");
  field.optional("chunk_characters", body.chunk_characters, "for documents that come from now on");
  field.optional("chunk_overlap", body.chunk_overlap, "for documents that come from now on");
  field.optional("prompt", body.prompt, "\"\": the house's own");
}

struct ReaderBody {
  std::string kind;
  std::string id;
  std::string name;
};
template <class V>
void describe(V& field, ReaderBody& body) {
  field.required("kind", body.kind, "user, group or everyone");
  field.optional("id", body.id, "of the user or group");
  field.optional("name", body.name, "instead of the id, as it is written");
}

struct ReadersBody {
  std::vector<ReaderBody> readers;
};
template <class V>
void describe(V& field, ReadersBody& body) {
  field.required("readers", body.readers);
}

struct RetryBody {
  std::string password;
};
template <class V>
void describe(V& field, RetryBody& body) {
  field.optional("password", body.password, "of the file; kept until it is read, never stored");
}

struct UrlsBody {
  std::vector<std::string> urls;
};
template <class V>
void describe(V& field, UrlsBody& body) {
  field.required("urls", body.urls, "1 to 20 http or https addresses");
}

struct SearchBody {
  std::string question;
  std::vector<std::string> collections;
  std::int64_t limit = 10;
  std::vector<std::string> documents;
  std::vector<std::string> formats;
  std::optional<std::int64_t> since;
  std::optional<std::int64_t> until;
};
template <class V>
void describe(V& field, SearchBody& body) {
  field.required("question", body.question);
  field.optional("collections", body.collections, "ids; all that one may read when it is left out");
  field.optional("limit", body.limit, "1 to 50 passages");
  field.optional("documents", body.documents, "ids; only in these");
  field.optional("formats", body.formats, "pdf, docx, …; only these");
  field.optional("since", body.since, "ms since 1970; only what was received then or later");
  field.optional("until", body.until, "ms since 1970; only what was received then or earlier");
}

struct TurnBody {
  std::string role;
  std::string content;
};
template <class V>
void describe(V& field, TurnBody& body) {
  field.required("role", body.role, "user or assistant");
  field.required("content", body.content);
}

struct AskBody {
  std::string question;
  std::vector<std::string> collections;
  std::vector<std::string> documents;
  std::string model;
  std::int64_t limit = 3;
  std::vector<TurnBody> history;
  json::object options;
  bool stream = false;
};
template <class V>
void describe(V& field, AskBody& body) {
  field.required("question", body.question);
  field.optional("collections", body.collections, "ids; all that one may read when it is left out");
  field.optional("documents", body.documents, "ids; only in these");
  field.optional("model", body.model, "the house's when it is left out");
  field.optional("limit", body.limit, "1 to 20 passages for the model to read");
  field.optional("history", body.history, "the conversation so far: a follow-up question is understood with it");
  field.optional("options", body.options, "temperature, num_ctx, num_predict, …");
  field.optional("stream", body.stream, "events as they come");
}

}  // namespace fragua::api::native
