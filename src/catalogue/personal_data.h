// Personal data: which tables of a source look like rows of people, by the names of tables and columns alone.
// Callers: catalogue/importer, catalogue/suggestion. Threads: pure. Never looks at a row.
#pragma once
#include "catalogue/rows.h"

namespace fragua::catalogue {

// "email", "firstName", "ip_address", "user_id" is none: it only points at one.
bool is_personal_column(std::string_view name);
bool is_personal_table(const TableHead& head);

}  // namespace fragua::catalogue
