#include "models/gguf_header.h"

#include <cstdlib>
#include <cstring>
#include <random>

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

template <class T>
std::string raw(T value) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}
std::string text(std::string_view value) { return raw(std::uint64_t(value.size())) + std::string(value); }
std::string start(std::uint64_t tensors, std::uint64_t keys, std::uint32_t version = 3) {
  return "GGUF" + raw(version) + raw(tensors) + raw(keys);
}
std::string string_key(std::string_view key, std::string_view value) { return text(key) + raw(8u) + text(value); }
std::string tensor(std::string_view name, const std::vector<std::uint64_t>& shape, std::uint32_t type,
                   std::uint64_t at) {
  std::string bytes = text(name) + raw(std::uint32_t(shape.size()));
  for (const auto size : shape) bytes += raw(size);
  return bytes + raw(type) + raw(at);
}
std::string with_data(std::string bytes, std::size_t data) {
  return bytes + std::string((32 - bytes.size() % 32) % 32 + data, '\0');
}

}  // namespace

TEST_CASE("GGUF header: keys, tensors and places are read") {
  const auto header = inspect_gguf_bytes(small_gguf_bytes());
  CHECK(header.version == 3);
  CHECK(header.architecture() == "llama");
  CHECK(header.of_architecture("context_length") == 2048);
  CHECK(header.number("general.file_type") == 1);
  CHECK(header.parameter_count() == 64 * 7 + 64 * 3);
  REQUIRE(header.tensors.size() == 2);
  CHECK(header.tensors[1].name == "blk.0.attn_q.weight");
  CHECK(header.tensors[1].offset == 64 * 7 * 2);
  CHECK(header.tensors[1].bytes == 64 * 3 / 32 * 18);
  CHECK(header.data_offset % 32 == 0);
  CHECK(header.has_tensor("token_embd.weight"));
  CHECK(header.has_tensor_prefix("blk.0."));
  CHECK_FALSE(header.has_tensor("blk"));
  CHECK(header.text("general.file_type").empty());  // not a text
  CHECK_FALSE(header.number("general.name"));
}

TEST_CASE("GGUF header: long lists are counted only, unless details are asked for") {
  std::string list = text("list") + raw(9u) + raw(8u) + raw(std::uint64_t(1000));
  for (int i = 0; i < 1000; ++i) list += text("token " + std::to_string(i));
  const auto bytes = start(0, 2) + list + string_key("general.architecture", "x");
  const auto brief = inspect_gguf_bytes(bytes);
  const auto& counted = std::get<GgufArray>(brief.find("list")->value);
  CHECK(counted.count == 1000);
  CHECK(counted.values.empty());
  CHECK(brief.architecture() == "x");
  const auto all = inspect_gguf_bytes(bytes, GgufDetail::all);
  CHECK(std::get<GgufArray>(all.find("list")->value).values.at(999) == "token 999");
}

TEST_CASE("GGUF header: a damaged file is refused, and the message says what and where") {
  struct Case {
    std::string bytes;
    const char* code;
    const char* message;
  };
  const auto key = string_key("general.architecture", "llama");
  const auto one = [&](const std::string& entry, std::size_t data = 128) {
    return with_data(start(1, 1) + key + entry, data);
  };
  const Case cases[] = {
      {"", "unsupported", "not a GGUF"},
      {"GGUX", "unsupported", "not a GGUF"},
      {"GGUF", "corrupt", "byte 4"},
      {start(0, 0, 1), "unsupported", "version 1"},
      {start(0, 0, 4), "unsupported", "version 4"},
      {start(0, 0, 0x03000000), "unsupported", "big-endian"},
      {start(0, UINT64_MAX), "corrupt", "keys"},
      {start(UINT64_MAX, 0), "corrupt", "tensors"},
      {start(0, 99'999), "corrupt", "more than the file can hold"},
      {start(0, 2) + key + key, "corrupt", "'general.architecture' is there twice"},
      {start(0, 1) + text("") + raw(4u) + raw(1u) + "pad..", "corrupt", "an empty key"},
      {start(0, 1) + text("k") + raw(13u) + raw(1u), "corrupt", "'k' has the unknown type 13"},
      {start(0, 1) + text("k") + raw(9u) + raw(9u) + raw(std::uint64_t(1)), "unsupported", "list of lists"},
      {start(0, 1) + text("k") + raw(9u) + raw(4u) + raw(UINT64_MAX), "corrupt", "claims a list"},
      {start(0, 1) + text("k") + raw(8u) + raw(UINT64_MAX), "corrupt", "'k' is a text of"},
      {start(0, 1) + raw(UINT64_MAX) + "kkkkkkkkk", "corrupt", "a key at byte 24"},
      {start(0, 1) + text("general.alignment") + raw(4u) + raw(24u), "corrupt", "alignment is 24"},
      {start(0, 1) + text("general.alignment") + raw(4u) + raw(0u), "corrupt", "alignment is 0"},
      {start(0, 1) + text("general.alignment") + raw(8u) + text("32"), "corrupt", "not a uint32"},
      {one(tensor("t", {32}, 4, 0)), "unsupported", "'t' has the unknown type 4"},
      {one(tensor("t", {33}, 2, 0)), "corrupt", "whole blocks of Q4_0"},
      {one(tensor("t", {2, 2, 2, 2, 2}, 0, 0)), "corrupt", "5 dimensions"},
      {one(tensor("t", {1ull << 62, 4}, 0, 0)), "corrupt", "overflows"},
      {one(tensor("t", {UINT64_MAX}, 0, 0)), "corrupt", "overflows"},
      {one(tensor("t", {1ull << 40}, 0, 0)), "corrupt", "larger than the file"},
      {one(tensor("t", {32}, 0, 32)), "corrupt", "offset 32 instead of 0"},
      {one(tensor("t", {32}, 0, 0), 127), "corrupt", "ends 1 bytes before the end of tensor 't'"},
      {one(tensor(std::string(64, 'n'), {32}, 0, 0)), "corrupt", "the name of tensor 0"},
      {with_data(start(2, 1) + key + tensor("t", {8}, 0, 0) + tensor("t", {8}, 0, 32), 64), "corrupt",
       "'t' is there twice"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.message);
    const auto [code, message] = error_of([&] { inspect_gguf_bytes(c.bytes); });
    CHECK(code == c.code);
    CHECK(message.find(c.message) != std::string::npos);
  }
  CHECK(error_of([&] { inspect_gguf_bytes(one(tensor("t", {32}, 0, 0))); }).first == "none");
}

TEST_CASE("GGUF header: limits on what is kept hold") {
  GgufLimits limits;
  limits.max_kept_bytes = 2000;
  std::string keys;
  for (int i = 0; i < 40; ++i) keys += string_key("key " + std::to_string(i), std::string(100, 'x'));
  CHECK(error_of([&] {
          inspect_gguf_bytes(start(0, 40) + keys, GgufDetail::brief, limits);
        }).second.find("too large") != std::string::npos);
}

TEST_CASE("GGUF header: every cut of a good file is refused") {
  const auto whole = small_gguf_bytes();
  const auto header = inspect_gguf_bytes(whole);
  const auto end = header.data_offset + header.tensors.back().offset + header.tensors.back().bytes;
  for (std::size_t length = 0; length < end; ++length) {
    const auto code = error_of([&] { inspect_gguf_bytes(std::string_view(whole).substr(0, length)); }).first;
    if (code != "corrupt" && code != "unsupported") CHECK(length == end);
  }
  CHECK(error_of([&] { inspect_gguf_bytes(std::string_view(whole).substr(0, end)); }).first == "none");
}

TEST_CASE("GGUF header: 20,000 mutants are read with everything inside the file, or refused") {
  const char* const asked = std::getenv("FRAGUA_GGUF_MUTANTS");  // 100,000 for a release
  const int mutants = asked ? std::stoi(asked) : 20'000;
  std::mt19937 random(7);
  const auto base = small_gguf_bytes({.chat_template = "{{ messages }}"});
  const auto header_bytes = inspect_gguf_bytes(base).data_offset;
  int refused = 0;
  for (int i = 0; i < mutants; ++i) {
    auto mutant = base;
    for (int change = random() % 3; change >= 0; --change) {
      const auto at = random() % header_bytes;
      switch (random() % 4) {
        case 0:
          mutant[at] = char(random());
          break;
        case 1:
          mutant[at] = char(random() % 2 ? 0xff : 0);
          break;
        case 2:
          mutant.erase(at, random() % 16);
          break;
        default:
          mutant.insert(at, mutant.substr(random() % mutant.size(), random() % 32));
      }
    }
    try {
      const auto header = inspect_gguf_bytes(mutant, random() % 2 ? GgufDetail::all : GgufDetail::brief);
      for (const auto& tensor : header.tensors)
        if (header.data_offset + tensor.offset + tensor.bytes > mutant.size()) FAIL("a tensor outside the file");
    } catch (const Error& error) {
      if (error.code() != ErrorCode::corrupt && error.code() != ErrorCode::unsupported) FAIL(error.what());
      ++refused;
    }
  }
  CHECK(refused > mutants / 4);
  CHECK(refused < mutants);
}

TEST_CASE("GGUF header: files are read as bytes are") {
  TemporaryFolder folder;
  write_small_gguf(folder / "a.gguf");
  write_file_atomically(folder / "b.gguf", "GGML, an older format");
  CHECK(inspect_gguf(folder / "a.gguf").tensors.size() == 2);
  CHECK(looks_like_gguf(folder / "a.gguf"));
  CHECK_FALSE(looks_like_gguf(folder / "b.gguf"));
  CHECK(error_of([&] { inspect_gguf(folder / "c.gguf"); }).first == "not_found");
}
