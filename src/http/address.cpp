#include "http/address.h"

#include <array>
#include <cstdint>

namespace fragua::http {

namespace {

struct Range4 {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t ip4(unsigned a, unsigned b, unsigned c, unsigned d) { return a << 24 | b << 16 | c << 8 | d; }

// The IANA special-purpose registry, and everything from multicast up.
constexpr std::array kInside4{
    Range4{ip4(0, 0, 0, 0), 8},      Range4{ip4(10, 0, 0, 0), 8},     Range4{ip4(100, 64, 0, 0), 10},
    Range4{ip4(127, 0, 0, 0), 8},    Range4{ip4(169, 254, 0, 0), 16}, Range4{ip4(172, 16, 0, 0), 12},
    Range4{ip4(192, 0, 0, 0), 24},   Range4{ip4(192, 0, 2, 0), 24},   Range4{ip4(192, 88, 99, 0), 24},
    Range4{ip4(192, 168, 0, 0), 16}, Range4{ip4(198, 18, 0, 0), 15},  Range4{ip4(198, 51, 100, 0), 24},
    Range4{ip4(203, 0, 113, 0), 24}, Range4{ip4(224, 0, 0, 0), 3},
};

bool is_public4(std::uint32_t address) {
  for (const auto& range : kInside4)
    if ((address ^ range.first) >> (32 - range.bits) == 0) return false;
  return true;
}

using Bytes = asio::ip::address_v6::bytes_type;

std::uint32_t ip4_at(const Bytes& bytes, std::size_t offset) {
  return ip4(bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]);
}

bool starts_with(const Bytes& bytes, std::initializer_list<unsigned char> prefix) {
  std::size_t i = 0;
  for (auto byte : prefix)
    if (bytes[i++] != byte) return false;
  return true;
}

bool is_public6(const asio::ip::address_v6& address) {
  const auto bytes = address.to_bytes();
  if (address.is_v4_mapped()) return is_public4(ip4_at(bytes, 12));
  if (starts_with(bytes, {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) return is_public4(ip4_at(bytes, 12));
  if ((bytes[0] & 0xe0) != 0x20) return false;                           // only 2000::/3 is given out
  if (starts_with(bytes, {0x20, 0x01}) && bytes[2] < 2) return false;    // 2001::/23: Teredo, ORCHID, benchmarking
  if (starts_with(bytes, {0x20, 0x01, 0x0d, 0xb8})) return false;        // documentation
  if (starts_with(bytes, {0x20, 0x02})) return false;                    // 6to4
  return !(starts_with(bytes, {0x3f, 0xff}) && (bytes[2] & 0xf0) == 0);  // documentation
}

}  // namespace

bool is_public_address(const asio::ip::address& address) {
  return address.is_v4() ? is_public4(address.to_v4().to_uint()) : is_public6(address.to_v6());
}

}  // namespace fragua::http
