// fragua-extract: reads one document for the server and ends. Lies beside `fragua`, whose `extract` becomes it.
#include <string>

#include "documents/extractors/host.h"

namespace {

constexpr int kChannel = 3;

}  // namespace

int main(int, char**, char** variables) {
  fragua::documents::extractors::Variables environment;
  for (char** entry = variables; *entry; ++entry) {
    const std::string text(*entry);
    if (const auto equals = text.find('='); equals != std::string::npos) environment[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return fragua::documents::extractors::serve_extraction(kChannel, environment);
}
