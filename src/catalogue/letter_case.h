// Letter case of any script. Callers: catalogue/item_maker. Threads: pure.
// The rules of no particular language: what is compared must not depend on where the server stands.
#pragma once
#include <string>
#include <string_view>

namespace fragua::catalogue {

std::string small_letters(std::string_view text);

}  // namespace fragua::catalogue
