#include "models/safetensors/sentence_piece.h"

#include <charconv>
#include <cstring>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

[[noreturn]] void fail() { throw Error(ErrorCode::corrupt, "tokenizer.model is not a SentencePiece model"); }

// The fields of one protobuf message, one after the other.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : left_(bytes) {}

  bool next() {
    if (left_.empty()) return false;
    const auto key = varint();
    number = key >> 3;
    switch (key & 7) {
      case 0:
        value = varint();
        break;
      case 1:
        bytes = take(8);
        break;
      case 2:
        bytes = take(varint());
        break;
      case 5:
        bytes = take(4);
        break;
      default:
        fail();
    }
    return true;
  }
  float as_float() const {
    if (bytes.size() != 4) fail();
    float result = 0;
    std::memcpy(&result, bytes.data(), sizeof result);
    return result;
  }

  std::uint64_t number = 0;
  std::uint64_t value = 0;
  std::string_view bytes;

 private:
  std::uint64_t varint() {
    std::uint64_t result = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = std::uint8_t(take(1)[0]);
      result |= std::uint64_t(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
    fail();
  }
  std::string_view take(std::uint64_t size) {
    if (size > left_.size()) fail();
    const auto taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  std::string_view left_;
};

struct Piece {
  std::string text;
  float score = 0;
  std::int32_t kind = kNormal;  // SentencePiece numbers the kinds as GGUF does
};

Piece read_piece(std::string_view bytes) {
  Piece piece;
  for (Fields field(bytes); field.next();) {
    if (field.number == 1) piece.text = field.bytes;
    if (field.number == 2) piece.score = field.as_float();
    if (field.number == 3) piece.kind = std::int32_t(field.value);
  }
  if (piece.kind < kNormal || piece.kind > kByte || !is_valid_utf8(piece.text)) fail();
  if (piece.kind == kUserDefined) piece.kind = kNormal;  // as llama.cpp's own converter does
  return piece;
}

void check_is_byte_pairs(std::string_view trainer) {
  constexpr std::uint64_t kModelType = 3;
  constexpr std::uint64_t kUnigram = 1, kBytePairs = 2;
  std::uint64_t type = kUnigram;
  for (Fields field(trainer); field.next();) {
    if (field.number == kModelType) type = field.value;
  }
  if (type != kBytePairs) {
    throw Error(ErrorCode::unsupported, "tokenizer.model is not a BPE model, which this architecture needs");
  }
}

std::vector<Piece> read_pieces(std::string_view model) {
  std::vector<Piece> pieces;
  for (Fields field(model); field.next();) {
    if (field.number == 1) pieces.push_back(read_piece(field.bytes));
    if (field.number == 2) check_is_byte_pairs(field.bytes);
    if (pieces.size() > kVocabularyMax) fail();
  }
  if (pieces.empty()) fail();
  return pieces;
}

// What added_tokens.json and tokenizer_config.json say about single tokens; out of range ones are left out.
void apply_added(const TokenizerFiles& tokenizer, Vocabulary& vocabulary) {
  constexpr float kAddedScore = -1000.0f;
  const auto set = [&](std::uint64_t id, std::string token, TokenKind kind) {
    if (id >= vocabulary.tokens.size()) return;
    vocabulary.tokens[id] = std::move(token);
    vocabulary.scores[id] = kAddedScore;
    vocabulary.kinds[id] = kind;
  };
  if (const auto added = tokenizer.files.find_object("added_tokens.json")) {
    for (const auto& [token, id] : *added) {
      if (id.is_int64() && id.get_int64() >= 0) set(std::uint64_t(id.get_int64()), token, kUserDefined);
    }
  }
  const auto* decoder = tokenizer.config ? find_member(*tokenizer.config, "added_tokens_decoder") : nullptr;
  if (!decoder || !decoder->is_object()) return;
  for (const auto& [number, entry] : decoder->get_object()) {
    std::uint32_t id = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), id).ec != std::errc()) continue;
    const auto content = token_content(&entry);
    const auto* special = entry.is_object() ? find_member(entry.get_object(), "special") : nullptr;
    const bool is_control = (special && special->is_bool() && special->get_bool()) || looks_special(content);
    set(id, is_control ? content : with_spaces(content), is_control ? kControl : kUserDefined);
  }
}

}  // namespace

Vocabulary read_sentence_piece(const TokenizerFiles& tokenizer, std::uint32_t size) {
  if (size > kVocabularyMax) throw Error(ErrorCode::invalid_argument, "config.json: vocab_size is too large");
  const auto model = tokenizer.files.find_text("tokenizer.model");
  if (!model) throw Error(ErrorCode::not_found, "the model has no tokenizer.model");
  constexpr float kUnusedScore = -10000.0f;
  Vocabulary vocabulary;
  for (std::uint32_t id = 0; id < size; ++id) vocabulary.tokens.push_back("[PAD" + std::to_string(id) + "]");
  vocabulary.scores.assign(size, kUnusedScore);
  vocabulary.kinds.assign(size, kUnused);
  const auto pieces = read_pieces(*model);
  for (std::size_t id = 0; id < pieces.size() && id < size; ++id) {
    vocabulary.tokens[id] = pieces[id].text;
    vocabulary.scores[id] = pieces[id].score;
    vocabulary.kinds[id] = pieces[id].kind;
  }
  apply_added(tokenizer, vocabulary);
  return vocabulary;
}

}  // namespace fragua::models
