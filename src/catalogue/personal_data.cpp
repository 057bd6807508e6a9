#include "catalogue/personal_data.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::catalogue {

namespace {

// Small letters and digits only: "firstName", "first_name" and "First Name" are one.
std::string plain(std::string_view name) {
  std::string result;
  for (const char c : lowercase(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) result += c;
  return result;
}

constexpr std::string_view kColumnParts[] = {"email",     "password", "passwd",  "firstname", "lastname", "surname",  "apellido",  "phone",     "telefono", "ipaddress",
                                             "useragent", "birth",    "nacimiento", "passport", "iban",   "cardnumber", "creditcard", "sessionid", "fullname", "nationalid"};
constexpr std::string_view kColumns[] = {"dni", "nif", "nie", "ssn", "mail", "correo", "ip"};
constexpr std::string_view kTables[] = {"user",  "users",  "customer", "customers", "client",  "clients",  "admin",   "admins",    "person",   "people",  "member",
                                        "members", "employee", "employees", "usuario", "usuarios", "cliente", "clientes", "order", "orders", "pedido", "pedidos",
                                        "reservation", "reservations", "account", "accounts", "session", "sessions"};

}  // namespace

bool is_personal_column(std::string_view name) {
  const auto word = plain(name);
  const auto is_part = [&](std::string_view part) { return word.find(part) != std::string::npos; };
  return std::ranges::any_of(kColumnParts, is_part) || std::ranges::find(kColumns, word) != std::end(kColumns);
}

bool is_personal_table(const TableHead& head) {
  if (std::ranges::find(kTables, plain(head.name)) != std::end(kTables)) return true;
  return std::ranges::any_of(head.columns, [](const Column& column) { return is_personal_column(column.name); });
}

}  // namespace fragua::catalogue
