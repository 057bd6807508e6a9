#include "catalogue/question/questions.h"

namespace fragua::catalogue {

namespace {

constexpr std::string_view kWarmUp = "concierto barato este mes en Valencia";   // whatever it means there
constexpr std::size_t kIndexesMax = 64;   // catalogues that are asked at the same time

}  // namespace

Mode mode_named(const std::string& name) {
  if (name.empty() || name == "combined") return Mode::combined;
  if (name == "rules") return Mode::rules;
  if (name == "model") return Mode::model;
  throw Error(ErrorCode::invalid_argument, "\"mode\" must be combined, rules or model");
}

std::shared_ptr<const FacetIndex> Questions::index_of(const CataloguePointer& catalogue) {
  auto& kept = indexes_[catalogue->name];
  if (kept.catalogue != catalogue) kept = {catalogue, std::make_shared<const FacetIndex>(*catalogue)};
  auto index = kept.index;
  if (indexes_.size() > kIndexesMax) indexes_.clear();
  return index;
}

void Questions::prepare() {
  for (const auto& catalogue : catalogues_.list()) {
    const auto index = index_of(catalogue);
    const auto day = today(*catalogue);
    finish(*index, read_question(*index, kWarmUp, day), {}, day);
  }
}

Task<Understanding> Questions::understand(CataloguePointer catalogue, std::string question, Mode mode) {
  if (mode == Mode::model) co_return co_await ask_model(std::move(catalogue), std::move(question));
  const auto index = index_of(catalogue);
  const auto day = today(*catalogue);
  auto reading = read_question(*index, question, day);
  std::vector<std::string> known;
  Catalogues::AskedWords words{words_left(reading), words_mistyped(reading)};
  if (!words.in_any_form.empty() || !words.as_they_are.empty()) known = co_await catalogues_.known(catalogue, std::move(words));
  const auto near = mode == Mode::combined && !catalogue->search.model.empty() ? near_values(*index, reading, known) : std::vector<NearValue>();
  if (!near.empty()) {
    auto model = catalogue->search.model;
    auto asked = ask_which(*index, reading, near);
    const auto answer = co_await model_.read(std::move(model), std::move(asked));
    if (answer) take_answer(*index, *answer, near, reading);
  }
  auto understanding = finish(*index, std::move(reading), known, day);
  understanding.asked_model = !near.empty();
  co_return understanding;
}

Task<Understanding> Questions::ask_model(CataloguePointer catalogue, std::string question) {
  if (catalogue->search.model.empty()) throw Error(ErrorCode::invalid_argument, "this catalogue has no search model: use the mode combined or rules");
  auto model = catalogue->search.model;
  auto asked = ask_all(*catalogue, question);
  const auto answer = co_await model_.read(std::move(model), std::move(asked));
  co_return understand_all(*catalogue, answer.value_or(json::object()), today(*catalogue));
}

}  // namespace fragua::catalogue
