#include "cli/repl.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/context.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

// What is written to standard output meanwhile.
template <class Work>
std::string written_by(Work work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const int saved = ::dup(STDOUT_FILENO);
  ::dup2(ends[1], STDOUT_FILENO);
  work();
  ::dup2(saved, STDOUT_FILENO);
  ::close(saved);
  ::close(ends[1]);
  std::string text(4096, '\0');
  text.resize(std::size_t(std::max<ssize_t>(0, ::read(ends[0], text.data(), text.size()))));
  ::close(ends[0]);
  return text;
}

}  // namespace

TEST_CASE("conversation: the messages of a saved model are shown as they were typed, system messages are not") {
  const Environment environment;
  const Arguments arguments;
  const Clock clock;
  ApiClient api(ServerAddress{}, Secret());
  const auto shown = parse_json(R"({"messages":[{"role":"system","content":"s"},{"role":"user","content":"hello"},
    {"role":"assistant","content":"hi"},{"role":"user","content":"bye"},"odd"]})");
  const auto text = written_by([&] {
    const Console console(environment);
    const Context context{console, api, arguments, environment, clock};
    show_history(context, shown.as_object(), true);
    show_history(context, {}, true);
  });
  CHECK(text == ">>> hello\nhi\n>>> bye\n");
}
