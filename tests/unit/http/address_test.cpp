#include "http/address.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace fragua::http;

TEST_CASE("address: what leads back inside is not public") {
  for (const std::string& inside : std::vector<std::string>{"0.0.0.0",
                                                            "0.1.2.3",
                                                            "10.0.0.1",
                                                            "10.255.255.255",
                                                            "100.64.0.1",
                                                            "100.127.255.255",
                                                            "127.0.0.1",
                                                            "127.255.255.254",
                                                            "169.254.169.254",
                                                            "172.16.0.1",
                                                            "172.31.255.255",
                                                            "192.0.0.8",
                                                            "192.0.2.1",
                                                            "192.168.0.1",
                                                            "198.18.0.1",
                                                            "198.19.255.255",
                                                            "198.51.100.7",
                                                            "203.0.113.9",
                                                            "224.0.0.1",
                                                            "240.0.0.1",
                                                            "255.255.255.255",
                                                            "::",
                                                            "::1",
                                                            "::7f00:1",
                                                            "fe80::1",
                                                            "fc00::1",
                                                            "fd12:3456::1",
                                                            "ff02::1",
                                                            "fec0::1",
                                                            "::ffff:127.0.0.1",
                                                            "::ffff:10.0.0.1",
                                                            "64:ff9b::a00:1",
                                                            "64:ff9b:1::1",
                                                            "2001::1",
                                                            "2001:db8::1",
                                                            "2002:7f00:1::",
                                                            "3fff::1",
                                                            "4000::1",
                                                            "100::1",
                                                            "5f00::1"}) {
    CAPTURE(inside);
    CHECK_FALSE(is_public_address(asio::ip::make_address(inside)));
  }
}

TEST_CASE("address: what is out on the internet is public") {
  for (const std::string& outside : std::vector<std::string>{
           "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
           "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
           "223.255.255.255", "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
           "64:ff9b::808:808"}) {
    CAPTURE(outside);
    CHECK(is_public_address(asio::ip::make_address(outside)));
  }
}
