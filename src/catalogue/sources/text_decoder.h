// TextDecoder: bytes in whatever encoding become UTF-8, block by block: by byte order mark, by the null bytes of UTF-16, else UTF-8;
// where a byte is not UTF-8 and nothing before it was more than ASCII, Windows-1252 from there on. Says what it assumed.
// Callers: text_reader, open. Threads: one. What cannot be decoded becomes U+FFFD and is counted; it never throws for the bytes.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace fragua::catalogue {

// UTF-16LE or UTF-16BE, by mark or by null bytes; UTF-8 by mark; "": nothing says so.
std::string marked_encoding(std::string_view head);

class TextDecoder {
 public:
  using Noted = std::function<void(std::string)>;
  // `encoding` as IANA names it, "": found out. Error(unsupported): ICU does not know it.
  TextDecoder(const std::string& encoding, Noted noted);
  ~TextDecoder();
  // The text of the next bytes. A character that is cut off at the end waits for the next call, unless `last`.
  std::string decode(std::string_view bytes, bool last);

 private:
  class Converter;

  void begin(std::string_view& bytes);
  std::string decode_utf8(std::string_view bytes, bool last);
  void note(std::string what) const;

  Noted noted_;
  std::unique_ptr<Converter> converter_;  // none: UTF-8
  bool begun_ = false;
  bool assumes_utf8_ = true;
  bool beyond_ascii_ = false;
  std::string cut_off_;
  std::uint64_t damaged_ = 0;             // bytes that are not UTF-8
};

}  // namespace fragua::catalogue
