// Frames on the engine's socketpair: u32 payload length, u8 kind, u64 request id (little endian), payload (JSON, or bytes for embeddings).
// Callers: engine/host (blocking side), inference/engine_client (loop side). Threads: any; pure functions on bytes.
// A length over kFrameMaxBytes or an unknown kind is a broken peer: Error(corrupt).
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/protocol.h"

namespace fragua::engine {

constexpr std::size_t kFrameHeaderBytes = 13;
constexpr std::size_t kFrameMaxBytes = 256u << 20;

enum class FrameKind : std::uint8_t {
  load = 1, generate, embed, tokenize, detokenize, render, cancel, stats, shutdown,      // server -> engine
  loaded = 64, progress, delta, done, embeddings, text, counted, failed, memory,              // engine -> server
};

struct FrameHeader {
  std::uint32_t payload_bytes = 0;
  FrameKind kind = FrameKind::load;
  std::uint64_t request = 0;
};

using FrameHeaderBytes = std::array<char, kFrameHeaderBytes>;

FrameHeader decode_frame_header(const FrameHeaderBytes& bytes);
std::string encode_frame(FrameKind kind, std::uint64_t request, std::string_view payload);

template <Described T>
std::string encode_frame(FrameKind kind, std::uint64_t request, const T& body) {
  return encode_frame(kind, request, to_json(write_body(body)));
}

std::string encode_embeddings(const Embeddings& embeddings);
Embeddings decode_embeddings(std::string_view payload);

}  // namespace fragua::engine
