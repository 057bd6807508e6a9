#include "api/native/catalogue_json.h"

namespace fragua::api::native {

json::array to_json(const std::vector<catalogue::Item>& items) {
  json::array list;
  for (const auto& item : items) {
    json::object one;
    one["key"] = item.key;
    one["fields"] = item.fields;
    list.push_back(std::move(one));
  }
  return list;
}

json::array to_json(const std::vector<catalogue::Trace>& traces) {
  json::array list;
  for (const auto& trace : traces) {
    json::object one;
    one["part"] = trace.part;
    one["value"] = trace.value;
    one["words"] = trace.words;
    one["how"] = trace.how;
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace fragua::api::native
