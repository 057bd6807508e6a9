#include "base/error.h"
#include "db/database.h"

namespace fragua::db {

std::string Row::text(std::size_t column) const { return maybe_text(column).value_or(""); }

std::int64_t Row::integer(std::size_t column) const { return maybe_integer(column).value_or(0); }

double Row::real(std::size_t column) const {
  const auto* value = std::get_if<double>(&values_.at(column));
  return value ? *value : double(integer(column));
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
  const auto& value = values_.at(column);
  if (std::holds_alternative<std::nullptr_t>(value)) return std::nullopt;
  const auto* integer = std::get_if<std::int64_t>(&value);
  CHECK_THAT(integer != nullptr);
  return *integer;
}

std::optional<double> Row::maybe_real(std::size_t column) const {
  if (std::holds_alternative<std::nullptr_t>(values_.at(column))) return std::nullopt;
  return real(column);
}

std::optional<std::string> Row::maybe_text(std::size_t column) const {
  const auto& value = values_.at(column);
  if (std::holds_alternative<std::nullptr_t>(value)) return std::nullopt;
  if (const auto* blob = std::get_if<Blob>(&value)) return blob->bytes;
  const auto* text = std::get_if<std::string>(&value);
  CHECK_THAT(text != nullptr);
  return *text;
}

}  // namespace fragua::db
