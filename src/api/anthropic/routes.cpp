#include "api/anthropic/routes.h"

#include "api/anthropic/bodies.h"

namespace fragua::api::anthropic {

void add_routes(Routes& routes) {
  using http::Method;
  routes.push_back({Method::post, "/v1/messages", Scope::infer, Dialect::anthropic, kChatBody, messages,
                    schema_of<MessagesBody>, Answer::sse, "Answer the next message of a chat"});
  routes.push_back({Method::post, "/v1/messages/count_tokens", Scope::infer, Dialect::anthropic, kChatBody,
                    count_tokens, schema_of<CountBody>, Answer::json, "How many tokens a prompt has"});
}

}  // namespace fragua::api::anthropic
