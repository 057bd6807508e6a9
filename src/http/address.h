// Which addresses are out on the public internet, and which lead back inside. Callers: http/transfer.
// Threads: any; pure. Unknown ranges count as inside.
#pragma once
#include <boost/asio/ip/address.hpp>

namespace fragua::http {

namespace asio = boost::asio;

// False for loopback, private, link-local, shared, multicast, documentation and reserved ranges, and for IPv6 forms
// that carry such an IPv4 address (mapped, NAT64, 6to4, Teredo).
bool is_public_address(const asio::ip::address& address);

}  // namespace fragua::http
