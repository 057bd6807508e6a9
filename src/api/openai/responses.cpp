// POST /v1/responses, stateless: an answer as items, whole or in events.
#include "api/openai/response_stream.h"
#include "api/openai/routes.h"

namespace fragua::api::openai {

Task<> responses(Call& call) {
  const auto body = co_await call.body_as<ResponsesBody>(Unknown::ignored);
  auto request = to_request(body);
  request.user = call.user;
  auto options = to_options(body);
  auto model = co_await named_model(call, body.model);
  auto generation =
      co_await call.services.inference.generate(std::move(model), std::move(request), std::move(options), std::nullopt);
  Generations generations;
  generations.push_back(std::move(generation));
  const DisconnectWatch watch(call, generations);
  ResponseStream stream(call, body);
  auto done = co_await relay(call, *generations.front(), stream);
  co_await stream.finish(std::move(done));
}

}  // namespace fragua::api::openai
