// Forms: how the bytes are cut into pieces makes no difference to what is read from them.
#include "http/multipart.h"

#include <algorithm>
#include <optional>

#include "fuzz/fuzz.h"

using namespace fragua;
using namespace fragua::http;

namespace {

struct Outcome {
  std::string told;                       // parts with their names, files and bytes
  std::optional<ErrorCode> refused;
  bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view input, std::size_t piece) {
  MultipartReader reader("x");
  Outcome outcome;
  try {
    while (!input.empty()) {
      for (const auto& event : reader.feed(input.substr(0, piece))) {
        if (event.kind == MultipartReader::Event::Kind::begin) outcome.told += "\n[" + event.part.name + "|" + event.part.file_name + "|" + event.part.content_type + "]";
        if (event.kind == MultipartReader::Event::Kind::bytes) outcome.told += event.bytes;
        if (event.kind == MultipartReader::Event::Kind::end) outcome.told += "[end]";
      }
      input.remove_prefix(std::min(piece, input.size()));
    }
    reader.finish();
  } catch (const Error& error) {
    outcome.refused = error.code();
  }
  return outcome;
}

}  // namespace

void fuzz(std::string_view input) {
  const Outcome whole = read(input, input.size() + 1);
  const Outcome pieces = read(input, 5);
  // A limit may be passed before what else is wrong is seen; what is read until then is the same.
  CHECK_THAT(whole.refused.has_value() == pieces.refused.has_value());
  if (!whole.refused) CHECK_THAT(whole == pieces);
  multipart_boundary(input);
}
