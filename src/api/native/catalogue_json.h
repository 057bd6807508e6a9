// Items and traces of catalogues as clients read them. Callers: native/catalogue_search, native/catalogue_chat. Threads: pure.
// An item's fields are as they were imported; nothing is left out.
#pragma once
#include "catalogue/understanding.h"

namespace fragua::api::native {

// [{"key", "fields"}]
json::array to_json(const std::vector<catalogue::Item>& items);
// [{"part", "value", "words", "how"}]
json::array to_json(const std::vector<catalogue::Trace>& traces);

}  // namespace fragua::api::native
