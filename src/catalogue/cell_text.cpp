#include "catalogue/cell_text.h"

#include "base/json.h"
#include "base/strings.h"

namespace fragua::catalogue {

namespace {

// One level of an array of PostgreSQL: what is nested stays text.
class ArrayReader {
 public:
  explicit ArrayReader(std::string_view inside) : rest_(inside) {}

  json::array read() {
    json::array values;
    while (!rest_.empty()) {
      values.push_back(rest_[0] == '"' ? json::value(quoted()) : plain());
      if (!rest_.empty()) rest_.remove_prefix(1);   // the comma
    }
    return values;
  }

 private:
  std::string quoted() {
    std::string text;
    rest_.remove_prefix(1);
    while (!rest_.empty() && rest_[0] != '"') {
      if (rest_[0] == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      text += rest_[0];
      rest_.remove_prefix(1);
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return text;
  }
  json::value plain() {
    const auto length = std::min(rest_.find(','), rest_.size());
    const auto word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return equal_ignoring_case(word, "null") ? json::value(nullptr) : json::value(word);
  }

  std::string_view rest_;
};

}  // namespace

std::string array_as_json(const std::string& text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return text;
  return to_json(ArrayReader(std::string_view(text).substr(1, text.size() - 2)).read());
}

Cell plain_cell(Cell cell, std::string_view type) {
  if (!cell) return cell;
  if (type.ends_with("[]")) return array_as_json(*cell);
  if (!type.starts_with("bool")) return cell;
  if (*cell == "t" || *cell == "true") return "1";
  if (*cell == "f" || *cell == "false") return "0";
  return cell;
}

}  // namespace fragua::catalogue
