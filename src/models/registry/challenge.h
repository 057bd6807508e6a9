// Challenge: one way to log in that a WWW-Authenticate header offers ("Bearer realm=…,service=…,scope=…").
// Callers: auth. Threads: any; pure. What it cannot read it leaves out; it never throws.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::models {

struct Challenge {
  std::string scheme;                             // lower case
  std::map<std::string, std::string> parameters;  // names in lower case
};

std::vector<Challenge> parse_challenges(std::string_view header);

}  // namespace fragua::models
