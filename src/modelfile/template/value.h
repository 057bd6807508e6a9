// Value: what a template computes with: a JSON value, borrowed from the data or owned, or a window of a list.
// Callers: executor, functions, format. Threads: one rendering's. Borrowed data must outlive the rendering.
// Copies are cheap; nothing here changes the data.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"

namespace fragua::modelfile {

class Value {
 public:
  Value() = default;  // nil
  static Value borrow(const json::value& value);
  static Value own(json::value value);
  static Value window(const Value& list, std::size_t begin, std::size_t end);

  const json::value& json() const;  // of a window: the whole list
  bool is_nil() const { return json().is_null(); }
  bool is_list() const { return json().is_array(); }
  bool is_object() const { return json().is_object(); }
  bool is_text() const { return json().is_string(); }
  bool is_integer() const { return json().is_int64() || json().is_uint64(); }
  bool is_number() const { return json().is_number(); }

  std::span<const json::value> list() const;
  const json::object& object() const { return json().get_object(); }
  std::string_view text() const { return json().get_string(); }
  // A part of this value, kept alive as long as this one would be.
  Value part(const json::value& inner) const;

  // Go's rule: false, 0, "", nil and what is empty are not true.
  bool truth() const;
  std::string_view kind_name() const;  // for messages: "a list"

 private:
  const json::value* at_ = nullptr;
  std::shared_ptr<const json::value> owner_;
  std::size_t begin_ = 0;
  std::size_t end_ = std::size_t(-1);
};

}  // namespace fragua::modelfile
