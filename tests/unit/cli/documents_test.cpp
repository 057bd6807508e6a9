#include "cli/documents.h"

#include <doctest/doctest.h>

#include "base/clock.h"
#include "base/error.h"
#include "cli/context.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

void use(std::vector<const char*> words) {
  words.insert(words.begin(), {"fragua", "documents"});
  const auto arguments = parse_arguments(int(words.size()), words.data());
  const Environment environment;
  const Console console(environment);
  const Clock clock;
  ServerAddress nobody;
  nobody.port = 1;
  ApiClient api(nobody, Secret());
  Context context{console, api, arguments, environment, clock};
  use_documents(context);
}

}  // namespace

TEST_CASE("documents: wrong usage is said before anybody is asked") {
  CHECK_THROWS_WITH_AS(use({"read"}), "documents has no action \"read\"; see `fragua documents --help`", Error);
  CHECK_THROWS_WITH_AS(use({"add", "Manuals"}), "usage: fragua documents add COLLECTION FILE...", Error);
  CHECK_THROWS_WITH_AS(use({"watch", "a", "b", "c"}), "usage: fragua documents watch COLLECTION FOLDER", Error);
  CHECK_THROWS_WITH_AS(use({"add", "Manuals", "/nowhere/at/all"}), "there is no file \"/nowhere/at/all\"", Error);
  CHECK_THROWS_WITH_AS(use({"add", "Manuals", "/"}), "\"/\" is a folder: give -r to hand in what is in it", Error);
}
