// ModelItself: the role of a model that answers as it is, with what its SYSTEM says. Callers: app/. Threads: the loop's only.
// Looks nothing up.
#pragma once
#include "catalogue/answering.h"

namespace fragua::catalogue {

class ModelItself final : public RoleAnswerer {
 public:
  explicit ModelItself(inference::Service& inference) : inference_(inference) {}
  Task<std::unique_ptr<inference::Generation>> answer(BoundRequest request) override {
    return inference_.run_model(std::move(request.model), std::move(request.request), std::move(request.options), request.keep_alive);
  }

 private:
  inference::Service& inference_;
};

}  // namespace fragua::catalogue
