// Networks: addresses and networks of addresses ("127.0.0.1", "10.0.0.0/8", "fd00::/8"), and whether an address is in one of them.
// Callers: api/admission, app/access. Threads: any; it never changes.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::api {

class Networks {
 public:
  Networks() = default;
  // Error(invalid_argument): the entry that is neither.
  explicit Networks(const std::vector<std::string>& entries);
  // False for what is no address. An IPv4 address in IPv6's form is the IPv4 address.
  bool contains(std::string_view address) const;

 private:
  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace fragua::api
