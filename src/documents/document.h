// Collection, Document, Page, Block, Chunk: what the room keeps, as plain data.
// Callers: documents/, api/native, api/openai. Threads: plain data.
// Ids are random (128 bits); who may see a collection is decided in every query, and what one may not see is not found.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/entropy.h"
#include "base/error.h"

namespace fragua::documents {

constexpr std::int64_t kChunkCharacters = 1000;
constexpr std::int64_t kChunkOverlap = 200;
constexpr std::size_t kNameMaxBytes = 300;

std::int64_t to_millis(SystemTime time);
std::string new_id(const Entropy& entropy);
// The one answer for what is not there and for what is somebody else's.
Error not_found(const std::string& what);
// A file's name without folders and control characters, at most kNameMaxBytes; for showing only, never a path.
std::string display_name(std::string_view name);
// Of what is at an address, with the whole way to it: a later state of the same page takes the earlier one's place, another page does not.
std::string address_name(const std::string& url);
// The `source` of a file that lay in an archive of that name, and what tells such sources.
std::string archive_source(const std::string& name);
bool is_from_archive(const std::string& source);
// "printers › setup.pdf" for a path in an archive: two files of it never share a name.
std::string packed_name(const std::string& path);
// The `source` of a copy of a document in another collection.
std::string copy_source(const std::string& id);

struct Collection {
  std::int64_t number = 0;                // never leaves the room
  std::string id;
  std::string owner_id;
  std::string owner;                      // name; "" for the anonymous one
  std::string name;
  std::string embedding_model;
  std::string next_embedding_model;       // being computed; "": none
  std::int64_t chunk_characters = kChunkCharacters;
  std::int64_t chunk_overlap = kChunkOverlap;
  std::int64_t created_at = 0;            // ms
  std::int64_t updated_at = 0;
  std::string prompt;                     // "": the house's own
  std::int64_t documents = 0;
  std::int64_t chunks = 0;
  bool is_own = false;                    // of who asks
};

// Who besides its owner may read a collection.
struct Reader {
  std::string kind;                       // user, group, everyone
  std::string id;                         // "" for everyone
  std::string name;
};

namespace state {
inline constexpr char kReceived[] = "received";
inline constexpr char kExtracting[] = "extracting";
inline constexpr char kIndexed[] = "indexed";
inline constexpr char kFailed[] = "failed";
}  // namespace state

struct Document {
  std::int64_t number = 0;
  std::string id;
  std::string state = state::kReceived;
  std::string sha256;
  std::int64_t bytes = 0;
  std::int64_t created_at = 0;            // ms
  std::int64_t updated_at = 0;
  std::int64_t pages = 0;                 // 0: the format has none, or not known yet
  std::int64_t pages_done = 0;            // while it is extracting
  double pages_per_second = 0;
  std::int64_t chunks = 0;
  std::int64_t ocr_pages = 0;
  std::string format;                     // pdf, docx, …
  std::string language;
  std::string error_code;                 // password_needed, damaged, empty, too_large, unsupported, …
  std::string name;                       // as its giver called it
  std::string title;
  std::string source;                     // the address it was fetched from, the archive it lay in, what it is a copy of; "": handed in
  std::string error;                      // in words
  std::int64_t collection_number = 0;
  std::string collection_id;
};

// In fractions of the page, from its top left.
struct Box {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

struct Word {
  std::string text;
  Box box;
};

struct Page {
  std::int64_t number = 0;                // from 1
  std::string label;                      // a sheet's or slide's name
  double width = 0;
  double height = 0;
  bool ocr = false;
  double confidence = 0;                  // of the OCR, 0 to 1
  std::vector<Word> words;
};

struct Block {
  enum class Kind { heading, paragraph, list, table, code };
  Kind kind = Kind::paragraph;
  int level = 0;                          // of a heading, from 1
  std::int64_t page = 0;                  // 0: the format has none
  std::string text;
};

struct Chunk {
  std::int64_t number = 0;
  std::int64_t position = 0;              // in its document, from 0
  std::int64_t page = 0;
  std::int64_t page_end = 0;
  std::string heading;                    // path: "Manual › Installation"
  std::string content;
};

}  // namespace fragua::documents
