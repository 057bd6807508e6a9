#include "api/anthropic/routes.h"
#include "api/guard.h"
#include "api/native/account_routes.h"
#include "api/native/catalogue_routes.h"
#include "api/native/conversation_routes.h"
#include "api/native/document_routes.h"
#include "api/native/routes.h"
#include "api/ollama/routes.h"
#include "api/openai/routes.h"

namespace fragua::api {

Routes all_routes() {
  Routes routes;
  ollama::add_routes(routes);
  openai::add_routes(routes);
  anthropic::add_routes(routes);
  native::add_routes(routes);
  native::add_account_routes(routes);
  native::add_conversation_routes(routes);
  native::add_document_routes(routes);
  native::add_catalogue_routes(routes);
  return routes;
}

}  // namespace fragua::api
