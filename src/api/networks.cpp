#include "api/networks.h"

#include <algorithm>

#include "base/error.h"

namespace fragua::api {

namespace ip = boost::asio::ip;

namespace {

constexpr unsigned short kWholeV4 = 32;
constexpr unsigned short kWholeV6 = 128;

ip::address plain(const ip::address& address) {
  const bool is_mapped = address.is_v6() && address.to_v6().is_v4_mapped();
  return is_mapped ? ip::make_address_v4(ip::v4_mapped, address.to_v6()) : address;
}

}  // namespace

Networks::Networks(const std::vector<std::string>& entries) {
  for (const auto& entry : entries) {
    boost::system::error_code no_address, no_v4, no_v6;
    const auto address = ip::make_address(entry, no_address);
    const auto v4 = ip::make_network_v4(entry, no_v4);
    const auto v6 = ip::make_network_v6(entry, no_v6);
    if (!no_address && plain(address).is_v4()) v4_.emplace_back(plain(address).to_v4(), kWholeV4);
    else if (!no_address) v6_.emplace_back(address.to_v6(), kWholeV6);
    else if (!no_v4) v4_.push_back(v4.canonical());
    else if (!no_v6) v6_.push_back(v6.canonical());
    else throw Error(ErrorCode::invalid_argument, "\"" + entry + "\" is neither an address nor a network such as 10.0.0.0/8");
  }
}

bool Networks::contains(std::string_view text) const {
  boost::system::error_code failed;
  const auto address = ip::make_address(text, failed);
  if (failed) return false;
  const auto wanted = plain(address);
  if (wanted.is_v4()) return std::any_of(v4_.begin(), v4_.end(), [&](const auto& network) { return ip::network_v4(wanted.to_v4(), network.prefix_length()).canonical() == network; });
  return std::any_of(v6_.begin(), v6_.end(), [&](const auto& network) { return ip::network_v6(wanted.to_v6(), network.prefix_length()).canonical() == network; });
}

}  // namespace fragua::api
