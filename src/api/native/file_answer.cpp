#include "api/native/file_answer.h"

namespace fragua::api::native {

namespace {

constexpr std::size_t kPieceBytes = 256 << 10;

}  // namespace

Task<> send_file(Call& call, std::ifstream file) {
  std::string piece;
  do {
    piece.resize(kPieceBytes);
    file.read(piece.data(), std::streamsize(piece.size()));
    piece.resize(std::size_t(file.gcount()));
    if (!piece.empty()) co_await call.exchange.write(piece);
  } while (!piece.empty());
  co_await call.end();
}

}  // namespace fragua::api::native
