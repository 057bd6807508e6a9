// GET /v1/models and /v1/models/NAME, and what no model can do yet.
#include "api/openai/routes.h"
#include "models/store.h"
#include "runtime/pool.h"

namespace fragua::api::openai {

namespace {

json::object model_to_json(const std::string& name, SystemTime created) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(created.time_since_epoch()).count();
  return {{"id", name}, {"object", "model"}, {"created", seconds}, {"owned_by", "library"}};
}

}  // namespace

Task<> list_models(Call& call) {
  auto& store = call.services.store;
  const auto work = [&store] { return store.list(); };
  const auto list = co_await call.services.pool.run(work);
  json::array data;
  for (const auto& model : list) data.push_back(model_to_json(model.name.display(), model.modified_at));
  json::object answer;
  answer["object"] = "list";
  answer["data"] = std::move(data);
  co_await call.reply(std::move(answer));
}

Task<> show_model(Call& call) {
  const std::string name = call.parameter("model");
  const auto model = co_await call.services.inference.find(name);
  co_await call.reply(model_to_json(name, model.modified_at));
}

Task<> transcriptions(Call&) {
  throw Error(ErrorCode::unsupported,
              "audio is not supported: Fragua loads models that read text, and none that hears");
  co_return;
}

}  // namespace fragua::api::openai
