#include "documents/page_words.h"

#include <algorithm>
#include <cmath>

namespace fragua::documents {

namespace {

constexpr std::size_t kTextMaxBytes = 255;
constexpr float kWhole = 65535;

void put(std::string& to, float fraction) {
  const auto value = unsigned(std::lround(std::clamp(fraction, 0.0F, 1.0F) * kWhole));
  to += char(value & 0xff);
  to += char(value >> 8);
}

float get(std::string_view from) {
  return float(static_cast<unsigned char>(from[0]) | (static_cast<unsigned char>(from[1]) << 8)) / kWhole;
}

}  // namespace

std::string pack_words(const std::vector<Word>& words) {
  std::string bytes;
  for (const auto& word : words) {
    const auto text = std::string_view(word.text).substr(0, kTextMaxBytes);
    bytes += char(text.size());
    bytes += text;
    for (const auto edge : {word.box.x0, word.box.y0, word.box.x1, word.box.y1}) put(bytes, edge);
  }
  return bytes;
}

std::vector<Word> unpack_words(std::string_view bytes) {
  constexpr std::size_t kBoxBytes = 8;
  std::vector<Word> words;
  while (!bytes.empty()) {
    const std::size_t length = static_cast<unsigned char>(bytes.front());
    if (bytes.size() < 1 + length + kBoxBytes) break;
    const auto box = bytes.substr(1 + length, kBoxBytes);
    words.push_back({std::string(bytes.substr(1, length)), {get(box), get(box.substr(2)), get(box.substr(4)), get(box.substr(6))}});
    bytes.remove_prefix(1 + length + kBoxBytes);
  }
  return words;
}

}  // namespace fragua::documents
