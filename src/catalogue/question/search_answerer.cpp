#include "catalogue/question/search_answerer.h"

#include "catalogue/question/search_answer.h"
#include "catalogue/ready_generation.h"

namespace fragua::catalogue {

Task<std::unique_ptr<inference::Generation>> SearchAnswerer::answer(BoundRequest request) {
  const auto mode = mode_named(string_member(request.options, "search_mode"));
  const auto catalogue = request.catalogue;
  auto question = question_of(request.request);
  const auto understanding = co_await questions_.understand(catalogue, std::move(question), mode);
  co_return std::make_unique<ReadyGeneration>(search_answer(*catalogue, understanding));
}

}  // namespace fragua::catalogue
