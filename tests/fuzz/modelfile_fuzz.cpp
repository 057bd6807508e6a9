// Modelfile: whatever was read, its print reads back equal, and so do its parameters as JSON.
#include "modelfile/modelfile.h"

#include "fuzz/fuzz.h"

using namespace fragua;
using namespace fragua::modelfile;

void fuzz(std::string_view input) {
  const Modelfile modelfile = parse(input);
  CHECK_THAT(parse(print(modelfile)) == modelfile);
  const json::object parameters = parameters_to_json(modelfile.parameters);
  CHECK_THAT(parameters_to_json(parameters_from_json(parameters)) == parameters);
}
