#include "modelfile/template/value.h"

#include <algorithm>

namespace fragua::modelfile {

Value Value::borrow(const json::value& value) {
  Value result;
  result.at_ = &value;
  return result;
}

Value Value::own(json::value value) {
  Value result;
  result.owner_ = std::make_shared<const json::value>(std::move(value));
  result.at_ = result.owner_.get();
  return result;
}

Value Value::window(const Value& list, std::size_t begin, std::size_t end) {
  Value result = list;
  result.begin_ = list.begin_ + begin;
  result.end_ = list.begin_ + end;
  return result;
}

const json::value& Value::json() const {
  static const json::value kNil;
  return at_ ? *at_ : kNil;
}

std::span<const json::value> Value::list() const {
  const auto& array = json().get_array();
  const std::size_t end = std::min(end_, array.size());
  return std::span(array.data(), array.size()).subspan(begin_, end - begin_);
}

Value Value::part(const json::value& inner) const {
  Value result;
  result.at_ = &inner;
  result.owner_ = owner_;
  return result;
}

bool Value::truth() const {
  const auto& value = json();
  switch (value.kind()) {
    case json::kind::null:
      return false;
    case json::kind::bool_:
      return value.get_bool();
    case json::kind::string:
      return !value.get_string().empty();
    case json::kind::object:
      return !value.get_object().empty();
    case json::kind::array:
      return !list().empty();
    default:
      return value.to_number<double>() != 0;
  }
}

std::string_view Value::kind_name() const {
  const auto& value = json();
  switch (value.kind()) {
    case json::kind::null:
      return "nil";
    case json::kind::bool_:
      return "a truth value";
    case json::kind::string:
      return "a text";
    case json::kind::object:
      return "an object";
    case json::kind::array:
      return "a list";
    default:
      return "a number";
  }
}

}  // namespace fragua::modelfile
