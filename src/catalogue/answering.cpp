#include "catalogue/answering.h"

namespace fragua::catalogue {

bool Answering::answers(const models::StoredModel& model) const { return catalogues_.bound_to(model.name.display()).has_value(); }

Task<std::unique_ptr<inference::Generation>> Answering::answer(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                                               inference::KeepAlive keep_alive) {
  const auto bound = catalogues_.bound_to(model.name.display());
  if (!bound) throw Error(ErrorCode::not_found, "the catalogue of model '" + model.name.display() + "' was removed: ask again");
  BoundRequest wanted{bound->catalogue, std::move(model), std::move(request), std::move(options), keep_alive};
  auto& role = bound->role == Role::search ? search_ : assistant_;
  co_return co_await role.answer(std::move(wanted));
}

std::string question_of(const engine::GenerateRequest& request) {
  for (auto message = request.messages.rbegin(); message != request.messages.rend(); ++message)
    if (message->role == "user") return message->content;
  return request.prompt.value_or("");
}

}  // namespace fragua::catalogue
