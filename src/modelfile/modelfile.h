// Modelfile: the text that describes a model (FROM, PARAMETER, SYSTEM, TEMPLATE ...) as a struct, and back.
// Callers: models/ (create, show), cli/ (create). Threads: any; both functions are pure.
// What parse() accepted, print() writes so that it reads back equal. Errors are invalid_argument and name the line.
// Never opens a file: FROM, ADAPTER and DRAFT are kept as they were written.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "modelfile/parameters.h"

namespace fragua::modelfile {

constexpr std::size_t kModelfileMaxBytes = 8 << 20;
constexpr std::size_t kModelfileMaxCommands = 10'000;

struct Message {
  std::string role;  // system, user or assistant
  std::string content;
  bool operator==(const Message&) const = default;
};

struct Modelfile {
  std::vector<std::string> from;  // one or more: a model, a GGUF file, a folder; several: model and projector
  std::vector<std::string> adapters;
  std::vector<Parameter> parameters;
  std::string template_text;  // Go text/template
  std::string system;
  std::vector<Message> messages;
  std::vector<std::string> licenses;
  std::string requires_version;  // without a leading v
  std::vector<std::string> drafts;
  std::string renderer;
  std::string parser;
  bool operator==(const Modelfile&) const = default;
};

// Reads what Ollama reads: commands in any case, # comments, "quoted" and """multi-line""" values, CRLF, a BOM, UTF-16.
Modelfile parse(std::string_view text);

// In the order of `ollama show --modelfile`. A text that no quoting can express (it has both `"` and `"""` at the ends
// of lines) is written in """: the one case that does not read back equal, and parse() cannot produce it.
std::string print(const Modelfile& modelfile);

}  // namespace fragua::modelfile
