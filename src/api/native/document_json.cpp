#include "api/native/document_json.h"

namespace fragua::api::native {

json::object to_json(const documents::Collection& c) {
  json::object o;
  o["id"] = c.id;
  o["name"] = c.name;
  o["owner"] = c.owner;
  o["is_own"] = c.is_own;
  o["embedding_model"] = c.embedding_model;
  o["next_embedding_model"] = c.next_embedding_model;
  o["chunk_characters"] = c.chunk_characters;
  o["chunk_overlap"] = c.chunk_overlap;
  o["prompt"] = c.prompt;
  o["documents"] = c.documents;
  o["chunks"] = c.chunks;
  o["created_at"] = c.created_at;
  o["updated_at"] = c.updated_at;
  return o;
}

json::object to_json(const documents::Document& d) {
  json::object o;
  o["id"] = d.id;
  o["collection_id"] = d.collection_id;
  o["name"] = d.name;
  o["title"] = d.title;
  o["state"] = d.state;
  o["format"] = d.format;
  o["language"] = d.language;
  o["bytes"] = d.bytes;
  o["sha256"] = d.sha256;
  o["pages"] = d.pages;
  o["pages_done"] = d.pages_done;
  o["pages_per_second"] = d.pages_per_second;
  o["ocr_pages"] = d.ocr_pages;
  o["chunks"] = d.chunks;
  o["source"] = d.source;
  o["error_code"] = d.error_code;
  o["error"] = d.error;
  o["created_at"] = d.created_at;
  o["updated_at"] = d.updated_at;
  return o;
}

json::object to_json(const documents::DocumentPage& page) {
  json::array list;
  for (const auto& document : page.documents) list.push_back(to_json(document));
  json::object counts{{"received", 0}, {"extracting", 0}, {"indexed", 0}, {"failed", 0}};
  for (const auto& count : page.counts) counts[count.state] = count.count;
  json::object o;
  o["documents"] = std::move(list);
  o["next_cursor"] = page.next_before == 0 ? "" : std::to_string(page.next_before);
  o["counts"] = std::move(counts);
  return o;
}

json::object to_json(const documents::Chunk& c) {
  json::object o;
  o["position"] = c.position;
  o["page"] = c.page;
  o["page_end"] = c.page_end;
  o["heading"] = c.heading;
  o["content"] = c.content;
  return o;
}

json::object to_json(const documents::Page& p) {
  json::object o;
  o["page"] = p.number;
  o["label"] = p.label;
  o["width"] = p.width;
  o["height"] = p.height;
  o["ocr"] = p.ocr;
  o["confidence"] = p.confidence;
  return o;
}

json::array to_json(const std::vector<documents::Box>& boxes) {
  json::array list;
  for (const auto& box : boxes) list.push_back(json::array{box.x0, box.y0, box.x1, box.y1});
  return list;
}

json::array to_json(const std::vector<documents::Reader>& readers) {
  json::array list;
  for (const auto& reader : readers) {
    json::object o;
    o["kind"] = reader.kind;
    o["id"] = reader.id;
    o["name"] = reader.name;
    list.push_back(std::move(o));
  }
  return list;
}

namespace {

json::value ranked(const std::optional<search::Ranked>& place) {
  if (!place) return nullptr;
  json::object o;
  o["rank"] = place->rank;
  o["score"] = place->score;
  return o;
}

json::object named(const documents::Passage& passage) {
  json::object o;
  o["document_id"] = passage.document.id;
  o["document"] = passage.document.name;
  o["title"] = passage.document.title;
  o["collection_id"] = passage.document.collection_id;
  o["collection"] = passage.collection;
  o["page"] = passage.chunk.page;
  o["page_end"] = passage.chunk.page_end;
  o["heading"] = passage.chunk.heading;
  o["score"] = passage.score;
  return o;
}

}  // namespace

json::object to_json(const documents::Passage& passage) {
  auto o = named(passage);
  o["content"] = passage.chunk.content;
  o["text"] = ranked(passage.text);
  o["vector"] = ranked(passage.vector);
  o["evidence"] = passage.evidence ? json::value(*passage.evidence) : json::value(nullptr);
  return o;
}

json::object to_json(const documents::Source& source) {
  auto o = named(source.passage);
  o["number"] = source.number;
  if (source.page > 0) o["page"] = source.page;
  o["quote"] = source.quote;
  o["boxes"] = to_json(source.boxes);
  o["content"] = source.passage.chunk.content;
  return o;
}

}  // namespace fragua::api::native
