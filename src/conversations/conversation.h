// Conversation, Message, StoredFile: what the room keeps, as plain data; messages form a tree through parent_id.
// Callers: conversations/, api/native. Threads: plain data.
// Ids are random (128 bits) and unguessable; whose something is, is decided by the owner's id in every query.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/entropy.h"
#include "base/error.h"
#include "base/json.h"

namespace fragua::conversations {

constexpr std::size_t kContentMaxBytes = 4 << 20;    // of one message
constexpr std::size_t kImagesMax = 16;               // of one message
constexpr std::size_t kImageMaxBytes = 20 << 20;

constexpr std::size_t kIdLength = 32;

std::int64_t to_millis(SystemTime time);
std::string new_id(const Entropy& entropy);
// The one answer for what is not there and for what is somebody else's.
Error not_found(const std::string& what);
// At most `max_bytes`, on a whole character.
std::string shortened(std::string_view text, std::size_t max_bytes);

// Who gave the title: the first words stand in until the model has made one; a person's is never replaced.
namespace titled_by {
inline constexpr char kNobody[] = "nobody";
inline constexpr char kWords[] = "words";
inline constexpr char kModel[] = "model";
inline constexpr char kPerson[] = "person";
}  // namespace titled_by

struct Conversation {
  std::int64_t number = 0;                // order of making; never leaves the room
  std::string id;
  std::string title;
  std::string titled_by = titled_by::kNobody;
  std::string model;
  std::string system;
  json::object parameters;                // Ollama's options, think, keep_alive
  std::string mode = "conversation";      // or "command": each question alone
  std::string folder;
  std::vector<std::string> tags;
  bool pinned = false;
  bool archived = false;
  std::int64_t created_at = 0;            // ms
  std::int64_t updated_at = 0;
  std::string current_message_id;         // the leaf that is shown; "": no messages
  std::string share_id;
  std::string running_message_id;
  std::optional<std::string> snippet;     // of a search: found words between \u0001 and \u0002
};

struct Figures {
  std::uint32_t prompt_tokens = 0;
  std::uint32_t cached_tokens = 0;
  std::uint32_t answer_tokens = 0;
  double first_token_ms = 0;
  double answer_ms = 0;
  double load_ms = 0;
};
template <class V> void describe(V& field, Figures& figures) {
  field.optional("prompt_tokens", figures.prompt_tokens);
  field.optional("cached_tokens", figures.cached_tokens);
  field.optional("answer_tokens", figures.answer_tokens);
  field.optional("first_token_ms", figures.first_token_ms);
  field.optional("answer_ms", figures.answer_ms);
  field.optional("load_ms", figures.load_ms);
}

struct Message {
  std::int64_t number = 0;
  std::string id;
  std::string parent_id;                  // "": a root
  std::string role;                       // user, assistant
  std::string content;
  std::string thinking;
  std::vector<std::string> images;        // ids of files
  std::string model;
  std::string status = "done";            // done, running, stopped, failed
  std::string error;
  int rating = 0;
  std::int64_t created_at = 0;
  std::vector<std::string> siblings;      // oldest first, itself included
  std::optional<Figures> figures;
  std::string done_reason;
  std::vector<std::string> collections;   // of a question: whose documents answer it; none: the model alone
  json::array sources;                    // of an answer from documents: what it stands on
  std::optional<bool> sufficient;         // of an answer from documents: false: it is not in them
};

struct StoredFile {
  std::string id;
  std::string message_id;
  std::string type;                       // image/png, …
  std::string bytes;
};

// "image/png", … by the first bytes; nothing for what is no image that browsers show as a plain picture.
std::optional<std::string> image_type(std::string_view bytes);

}  // namespace fragua::conversations
