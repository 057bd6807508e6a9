// Questions: understands what is asked of a catalogue: rules first; words that are left are looked up in its texts; a model is asked only where
// such a word is near to a value, and may only say which one, or none.
// Callers: api/native, search_answerer, catalogue/assistant. Threads: the loop's only.
#pragma once
#include <map>

#include "base/clock.h"
#include "catalogue/catalogues.h"
#include "catalogue/question/model_reader.h"

namespace fragua::catalogue {

enum class Mode {
  combined,   // as described
  rules,      // never asks a model
  model,      // asks it for everything, and no rules: to measure
};
// "", "combined", "rules", "model". Error(invalid_argument).
Mode mode_named(const std::string& name);

class Questions {
 public:
  Questions(Catalogues& catalogues, ModelReader& model, const Clock& clock) : catalogues_(catalogues), model_(model), clock_(clock) {}

  // The catalogue's search model is asked, if it has one.
  Task<Understanding> understand(CataloguePointer catalogue, std::string question, Mode mode = Mode::combined);
  // Makes what the first questions would wait for. Before the first request.
  void prepare();
  std::shared_ptr<const FacetIndex> index_of(const CataloguePointer& catalogue);
  Day today(const Catalogue& catalogue) const { return local_day(clock_.system(), catalogue.time_zone); }

 private:
  struct Kept {
    CataloguePointer catalogue;
    std::shared_ptr<const FacetIndex> index;
  };

  Task<Understanding> ask_model(CataloguePointer catalogue, std::string question);

  Catalogues& catalogues_;
  ModelReader& model_;
  const Clock& clock_;
  std::map<std::string, Kept> indexes_;   // by the catalogue's name: of its last version that was asked
};

}  // namespace fragua::catalogue
