// HTTP requests: how the bytes are cut into pieces makes no difference to what is read from them.
#include "http/request_parser.h"

#include <algorithm>

#include "fuzz/fuzz.h"

using namespace fragua;
using namespace fragua::http;

namespace {

struct Outcome {
  std::optional<int> refused;
  bool head_done = false;
  bool done = false;
  std::string target;
  std::string content;
  bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view input, std::size_t piece) {
  RequestParser parser({});
  Outcome outcome;
  std::size_t offered = 0;
  while (!parser.refusal() && !parser.done()) {
    offered = std::min(offered + piece, input.size());
    const std::string_view bytes = input.substr(0, offered);
    const std::size_t taken = parser.head_done() ? parser.put_body(bytes, outcome.content) : parser.put_head(bytes);
    CHECK_THAT(taken <= bytes.size());
    const bool stuck = taken == 0 && offered == input.size();
    input.remove_prefix(taken);
    offered -= taken;
    if (stuck) break;
  }
  if (parser.refusal()) outcome.refused = parser.refusal()->status;
  outcome.head_done = parser.head_done();
  outcome.done = parser.done();
  if (outcome.head_done) outcome.target = parser.request().target;
  return outcome;
}

}  // namespace

void fuzz(std::string_view input) {
  const Outcome whole = read(input, input.size() + 1);
  const Outcome pieces = read(input, 7);
  // In pieces, Beast judges a head only when all of it is there: a refusal may still be to come, but nothing is
  // accepted.
  if (whole.refused)
    CHECK_THAT(pieces.refused || !pieces.done);
  else
    CHECK_THAT(pieces == whole);
}
