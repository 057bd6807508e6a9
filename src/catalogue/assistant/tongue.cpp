#include "catalogue/assistant/tongue.h"

#include <algorithm>
#include <array>

namespace fragua::catalogue::assistant {

namespace {

constexpr std::array<std::string_view, kTongues> kCodes{"es", "en", "ca", "pt"};

}  // namespace

Tongue tongue_of(std::string_view code) {
  const auto found = std::find(kCodes.begin(), kCodes.end(), code);
  return found == kCodes.end() ? Tongue::spanish : Tongue(found - kCodes.begin());
}

std::string_view code_of(Tongue tongue) { return kCodes[std::size_t(tongue)]; }

}  // namespace fragua::catalogue::assistant
