// ModelMaker: the models that a mapping names (one that answers questions with a filter, one that chats), made from a base model and a
// Modelfile with the catalogue's true figures. Callers: catalogue/import_service. Threads: any; blocks, on a worker.
// Never overwrites a model that somebody else made or changed, unless that is asked for.
#pragma once
#include "catalogue/definition.h"
#include "catalogue/import_report.h"
#include "catalogue/mapping.h"
#include "models/creator.h"

namespace fragua::catalogue {

using MadeModels = std::map<std::string, std::string>;   // by name: the digest that it had when it was made

class ModelMaker {
 public:
  ModelMaker(models::ModelStore& store, models::Creator& creator) : store_(store), creator_(creator) {}

  struct Order {
    const Mapping& mapping;
    const Catalogue& catalogue;
    std::string base;                     // where the mapping names none; "": there is none
    bool replace = false;                 // also what others made or changed
  };
  // `made`: by imports before; what is made now is added.
  std::vector<ModelOutcome> make(const Order& order, MadeModels& made);
  // Those that are still as they were made.
  void remove(const MadeModels& made);

 private:
  ModelOutcome make_one(const Order& order, const ModelMapping& wanted, const std::string& modelfile, MadeModels& made);

  models::ModelStore& store_;
  models::Creator& creator_;
};

// Without FROM.
std::string search_modelfile(const Mapping& mapping, const Catalogue& catalogue);
std::string assistant_modelfile(const Mapping& mapping, const Catalogue& catalogue);

}  // namespace fragua::catalogue
