// Parser: Go template source to a Tree. Unknown functions, undeclared variables and misplaced words are errors here,
// not when the template is rendered. Callers: go_template.cpp. Threads: any; pure. Errors give line and column. Nesting
// and size are limited.
#pragma once
#include <string>

#include "modelfile/template/nodes.h"

namespace fragua::modelfile {

constexpr std::size_t kTemplateMaxBytes = 1 << 20;
constexpr std::size_t kTemplateMaxDepth = 64;

Tree parse_template(std::string source);

}  // namespace fragua::modelfile
