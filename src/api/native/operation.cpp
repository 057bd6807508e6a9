// GET /health, /ready, /metrics, /openapi.json and /docs.
#include "api/metrics.h"
#include "api/native/engines.h"
#include "api/native/page.h"
#include "api/native/routes.h"
#include "api/openapi.h"

namespace fragua::api::native {

namespace {

http::Response text_response(Call& call, std::string content_type, std::string text) {
  call.status = 200;
  http::Response response;
  response.content_type = std::move(content_type);
  response.body = std::move(text);
  response.headers.emplace_back("X-Request-Id", call.request_id);
  return response;
}

}  // namespace

Task<> health(Call& call) {
  json::object answer;
  answer["status"] = true;
  co_await call.reply(std::move(answer));
}

// While the server drains: 503, so that no new work is sent here.
Task<> ready(Call& call) {
  if (call.services.draining) throw Error(ErrorCode::overloaded, "the server is shutting down");
  json::object answer;
  answer["status"] = true;
  answer["models_loaded"] = call.services.inference.fleet().loaded().size();
  answer["requests_active"] = call.services.inference.fleet().active_requests();
  co_await call.reply(std::move(answer));
}

Task<> metrics(Call& call) {
  const auto engines = co_await engine_figures(call.services);
  auto response = text_response(call, "text/plain; version=0.0.4; charset=utf-8", call.services.metrics.text(engines));
  co_await call.exchange.reply(std::move(response));
}

Task<> openapi_document(Call& call) { co_await call.reply(openapi()); }

Task<> documentation(Call& call) {
  auto response = text_response(call, "text/html; charset=utf-8", page_of(openapi()));
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  co_await call.exchange.reply(std::move(response));
}

}  // namespace fragua::api::native
