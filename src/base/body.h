// Bodies described once: a struct lists its fields in `describe`, and from that list it is read from JSON with checks,
// written to JSON, and turned into a JSON Schema.
//
//   struct Copy { std::string source, destination; };
//   template <class V> void describe(V& field, Copy& copy) {
//     field.required("source", copy.source, "the model to copy");
//     field.optional("destination", copy.destination, "its new name");
//   }
//   Copy copy = read_body<Copy>(value, Unknown::refused);
//
// Callers: api/, engine/protocol, app/configuration. Threads: any. Errors name the field: `"options.top_k" must be an integer`.
// null counts as absent. Fields may be bool, integers, double, std::string, json::value, json::object, std::optional,
// std::vector, std::map<std::string, T> and described structs.
#pragma once
#include <cmath>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace fragua {

enum class Unknown { ignored, refused };

class BodyReader;
class BodyWriter;
class BodySchema;

template <class T>
concept Described = requires(BodyWriter& writer, T& value) { describe(writer, value); };

namespace body {

[[noreturn]] void fail(const std::string& path, std::string_view expected);
void refuse_unknown(const json::object& object, const std::vector<std::string_view>& known, const std::string& path);

inline void read(const json::value& from, bool& to, const std::string& path, Unknown) {
  if (!from.is_bool()) fail(path, "true or false");
  to = from.get_bool();
}
template <std::integral T>
void read(const json::value& from, T& to, const std::string& path, Unknown) {
  if (from.is_int64() && std::in_range<T>(from.get_int64())) {
    to = T(from.get_int64());
  } else if (from.is_uint64() && std::in_range<T>(from.get_uint64())) {
    to = T(from.get_uint64());
  } else if (from.is_double() && std::nearbyint(from.get_double()) == from.get_double() &&
             from.get_double() >= double(std::numeric_limits<T>::min()) && std::abs(from.get_double()) < 9e15 &&
             from.get_double() <= double(std::numeric_limits<T>::max())) {
    to = T(from.get_double());  // clients send 40.0 where they mean 40
  } else {
    fail(path, "an integer");
  }
}
template <std::floating_point T>
void read(const json::value& from, T& to, const std::string& path, Unknown) {
  if (!from.is_number()) fail(path, "a number");
  to = from.to_number<T>();
}
inline void read(const json::value& from, std::string& to, const std::string& path, Unknown) {
  if (!from.is_string()) fail(path, "a string");
  to = from.get_string().c_str();
  to.assign(from.get_string().data(), from.get_string().size());
}
inline void read(const json::value& from, json::value& to, const std::string&, Unknown) { to = from; }
inline void read(const json::value& from, json::object& to, const std::string& path, Unknown) {
  if (!from.is_object()) fail(path, "an object");
  to = from.get_object();
}
template <Described T>
void read(const json::value& from, T& to, const std::string& path, Unknown unknown);
template <class T>
void read(const json::value& from, std::map<std::string, T>& to, const std::string& path, Unknown unknown);
template <class T>
void read(const json::value& from, std::vector<T>& to, const std::string& path, Unknown unknown);
template <class T>
void read(const json::value& from, std::optional<T>& to, const std::string& path, Unknown unknown) {
  read(from, to.emplace(), path, unknown);
}
template <class T>
void read(const json::value& from, std::vector<T>& to, const std::string& path, Unknown unknown) {
  if (!from.is_array()) fail(path, "a list");
  to.clear();
  for (const auto& item : from.get_array()) {
    T element{};
    read(item, element, path + "[" + std::to_string(to.size()) + "]", unknown);
    to.push_back(std::move(element));
  }
}
template <class T>
void read(const json::value& from, std::map<std::string, T>& to, const std::string& path, Unknown unknown) {
  if (!from.is_object()) fail(path, "an object");
  for (const auto& [key, value] : from.get_object()) read(value, to[std::string(key)], path + "." + std::string(key), unknown);
}

template <class T>
json::value write(const T& from);

template <class T>
bool is_absent(const T&) { return false; }
template <class T>
bool is_absent(const std::optional<T>& value) { return !value.has_value(); }

}  // namespace body

class BodyReader {
 public:
  BodyReader(const json::object& object, std::string path, Unknown unknown)
      : object_(object), path_(std::move(path)), unknown_(unknown) {}

  template <class T>
  void required(std::string_view key, T& to, std::string_view = {}) {
    if (!take(key, to)) body::fail(at(key), "present");
  }
  template <class T>
  void optional(std::string_view key, T& to, std::string_view = {}) { take(key, to); }

  void finish() const {
    if (unknown_ == Unknown::refused) body::refuse_unknown(object_, known_, path_);
  }

 private:
  template <class T>
  bool take(std::string_view key, T& to) {
    known_.push_back(key);
    const auto* found = find_member(object_, key);
    if (found) body::read(*found, to, at(key), unknown_);
    return found != nullptr;
  }
  std::string at(std::string_view key) const { return path_.empty() ? std::string(key) : path_ + "." + std::string(key); }

  const json::object& object_;
  std::string path_;
  Unknown unknown_;
  std::vector<std::string_view> known_;
};

class BodyWriter {
 public:
  template <class T>
  void required(std::string_view key, const T& from, std::string_view = {}) { object[key] = body::write(from); }
  // An absent std::optional is left out.
  template <class T>
  void optional(std::string_view key, const T& from, std::string_view = {}) {
    if (!body::is_absent(from)) object[key] = body::write(from);
  }
  json::object object;
};

namespace body {

template <Described T>
void read(const json::value& from, T& to, const std::string& path, Unknown unknown) {
  if (!from.is_object()) fail(path, "an object");
  BodyReader reader(from.get_object(), path, unknown);
  describe(reader, to);
  reader.finish();
}

inline json::value write_one(const json::value& value) { return value; }
inline json::value write_one(const json::object& value) { return value; }
inline json::value write_one(const std::string& value) { return json::value(value); }
template <class T>
  requires std::is_arithmetic_v<T>
json::value write_one(T value) { return json::value(value); }
template <Described T>
json::value write_one(const T& value) {
  BodyWriter writer;
  describe(writer, const_cast<T&>(value));  // describe only reads through a writer
  return std::move(writer.object);
}
template <class T>
json::value write_one(const std::optional<T>& value) { return value ? write(*value) : json::value(nullptr); }
template <class T>
json::value write_one(const std::vector<T>& value) {
  json::array array;
  for (const auto& item : value) array.push_back(write(T(item)));
  return array;
}
template <class T>
json::value write_one(const std::map<std::string, T>& value) {
  json::object object;
  for (const auto& [key, item] : value) object[key] = write(item);
  return object;
}
template <class T>
json::value write(const T& from) { return write_one(from); }

}  // namespace body

// JSON Schema of a described struct. Nested structs are written in place.
class BodySchema {
 public:
  template <class T>
  void required(std::string_view key, T&, std::string_view about = {}) {
    required_.push_back(json::value(key));
    add<T>(key, about);
  }
  template <class T>
  void optional(std::string_view key, T&, std::string_view about = {}) { add<T>(key, about); }

  json::object schema() const {
    json::object result{{"type", "object"}, {"properties", properties_}};
    if (!required_.empty()) result["required"] = required_;
    return result;
  }
  template <class T>
  static json::object of() {
    return type_of(static_cast<T*>(nullptr));
  }

 private:
  template <class T>
  void add(std::string_view key, std::string_view about) {
    auto type = of<T>();
    if (!about.empty()) type["description"] = about;
    properties_[key] = std::move(type);
  }
  static json::object type_of(bool*) { return {{"type", "boolean"}}; }
  static json::object type_of(std::string*) { return {{"type", "string"}}; }
  static json::object type_of(json::value*) { return {}; }
  static json::object type_of(json::object*) { return {{"type", "object"}}; }
  template <std::integral T>
  static json::object type_of(T*) { return {{"type", "integer"}}; }
  template <std::floating_point T>
  static json::object type_of(T*) { return {{"type", "number"}}; }
  template <class T>
  static json::object type_of(std::optional<T>*) { return of<T>(); }
  template <class T>
  static json::object type_of(std::vector<T>*) { return {{"type", "array"}, {"items", of<T>()}}; }
  template <class T>
  static json::object type_of(std::map<std::string, T>*) {
    return {{"type", "object"}, {"additionalProperties", of<T>()}};
  }
  template <Described T>
  static json::object type_of(T*) {
    BodySchema schema;
    T value{};
    describe(schema, value);
    return schema.schema();
  }

  json::object properties_;
  json::array required_;
};

template <Described T>
T read_body(const json::value& value, Unknown unknown) {
  T result{};
  body::read(value, result, "", unknown);
  return result;
}
template <Described T>
json::value write_body(const T& value) { return body::write(value); }

}  // namespace fragua
