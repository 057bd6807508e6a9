#include "engine/frame.h"

#include <cstring>

namespace fragua::engine {

namespace {

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

template <class T>
T take(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

bool is_known(std::uint8_t kind) {
  return (kind >= std::uint8_t(FrameKind::load) && kind <= std::uint8_t(FrameKind::shutdown)) ||
         (kind >= std::uint8_t(FrameKind::loaded) && kind <= std::uint8_t(FrameKind::memory));
}

}  // namespace

FrameHeader decode_frame_header(const FrameHeaderBytes& bytes) {
  FrameHeader header{take<std::uint32_t>(bytes.data()), FrameKind(bytes[4]), take<std::uint64_t>(bytes.data() + 5)};
  if (header.payload_bytes > kFrameMaxBytes || !is_known(std::uint8_t(bytes[4])))
    throw Error(ErrorCode::corrupt, "the engine's channel carried a frame that makes no sense");
  return header;
}

std::string encode_frame(FrameKind kind, std::uint64_t request, std::string_view payload) {
  if (payload.size() > kFrameMaxBytes) throw Error(ErrorCode::too_large, "a message to the engine is larger than 256 MiB");
  std::string out;
  out.reserve(kFrameHeaderBytes + payload.size());
  put(out, std::uint32_t(payload.size()));
  put(out, std::uint8_t(kind));
  put(out, request);
  out += payload;
  return out;
}

std::string encode_embeddings(const Embeddings& embeddings) {
  std::string out;
  put(out, embeddings.dimensions);
  put(out, embeddings.prompt_tokens);
  out.append(reinterpret_cast<const char*>(embeddings.values.data()), embeddings.values.size() * sizeof(float));
  return out;
}

Embeddings decode_embeddings(std::string_view payload) {
  if (payload.size() < 8 || (payload.size() - 8) % sizeof(float) != 0)
    throw Error(ErrorCode::corrupt, "the engine's embeddings are cut off");
  Embeddings embeddings{take<std::uint32_t>(payload.data()), take<std::uint32_t>(payload.data() + 4), {}};
  payload.remove_prefix(8);
  embeddings.values.resize(payload.size() / sizeof(float));
  std::memcpy(embeddings.values.data(), payload.data(), payload.size());
  return embeddings;
}

}  // namespace fragua::engine
