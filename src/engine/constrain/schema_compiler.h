// SchemaCompiler: one schema on its way to a grammar. A schema becomes a Shape, the alternatives that a value has;
// shapes of unions join; a Shape becomes an expression where a value is written. Callers: schema.cpp only. Threads: one
// at a time.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "engine/constrain/ebnf.h"
#include "engine/constrain/schema.h"

namespace fragua::engine {

class SchemaCompiler {
 public:
  SchemaCompiler(const json::value& root, const SchemaLimits& limits);
  SchemaGrammar compile();

 private:
  struct Alternative {
    std::string expression{};
    bool is_container = false;                // an object or array, or a reference to what may be one
    std::string first_key{};                  // of an object that always begins with it
    std::vector<std::string> first_values{};  // and which it then has; empty: any
  };
  struct Shape {
    bool is_anything = false;
    std::vector<Alternative> others;  // all but strings
    bool has_free_string = false;
    std::vector<std::string> literals;  // strings
    std::vector<StringRuleText> rules;  // strings under rules
  };
  struct Property {
    std::string key;
    json::value schema;
    bool is_required;
  };

  // schema_compiler.cpp: references, unions
  Shape shape_of(const json::value& schema);
  Shape shape_of_object(const json::object& schema);
  Shape shape_of_reference(const std::string& reference);
  Shape shape_of_union(const json::object& schema, std::string_view keyword);
  Shape shape_of_types(const json::object& schema);
  const json::value& referred(const std::string& reference) const;
  json::object flattened(json::object schema, int hops = 0) const;
  void unite(Shape& to, Shape from);
  bool is_told_apart(const Alternative& a, const Alternative& b) const;
  std::string expression_of(Shape shape);
  std::string value_expression(const json::value& schema, std::string_view step);
  std::string strings_expression(const Shape& shape);
  std::string named(const std::string& expression);
  void check_keywords(const json::object& schema) const;
  [[noreturn]] void fail(ErrorCode code, const std::string& what) const;

  // schema_values.cpp: literals, strings, numbers
  Shape shape_of_literals(const json::object& schema);
  Shape shape_of_string(const json::object& schema);
  std::string integer_expression(const json::object& schema) const;
  std::string number_expression(const json::object& schema) const;
  std::optional<double> number_member(const json::object& schema, std::string_view key) const;
  std::optional<std::uint32_t> count_member(const json::object& schema, std::string_view key) const;

  // schema_containers.cpp: arrays, objects
  Alternative array_alternative(const json::object& schema);
  Alternative object_alternative(const json::object& schema);
  std::string items_expression(const json::array& first, const json::value* more, const json::object& schema);
  std::vector<Property> properties_of(const json::object& schema) const;
  std::string map_expression(const json::object& schema, const json::value* additional);
  std::string pattern_map_expression(const json::object& schema);
  std::string chain_expression(const std::vector<Property>& properties, const json::value* additional);
  std::string key_other_than(const std::vector<Property>& properties);
  std::string trie_rule(const std::vector<std::string_view>& names, std::size_t from);
  std::string pairs_expression(const json::object& schema, const std::string& key, const std::string& value);
  void set_first(Alternative& alternative, const Property& first) const;
  void check_property_counts(const json::object& schema, const std::vector<Property>& properties, bool is_open) const;

  const json::value& root_;
  SchemaLimits limits_;
  EbnfWriter writer_;
  std::vector<StringRuleText> rules_;
  std::map<std::string, std::string, std::less<>> names_;  // body -> rule that has it
  std::map<std::string, Shape> references_;
  struct Open {
    std::string name;   // of its rule, once something in it refers to it
    std::size_t depth;  // containers around it
  };
  std::map<std::string, Open> open_references_;
  std::vector<std::string> path_;  // for messages
  std::size_t containers_ = 0;
  bool has_string_rules_;
};

std::string json_spelling(const json::value& value);

}  // namespace fragua::engine
