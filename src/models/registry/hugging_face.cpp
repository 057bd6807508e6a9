#include "models/registry/hugging_face.h"

#include "models/registry/session.h"

namespace fragua::models {

// Missing and private repositories both get 401 without a token, so that nobody learns which ones exist.
Error hub_error(const http::ClientResponse& response) {
  const auto plain = error_of("pull model manifest", response);
  if (response.status == 401 || response.status == 403)
    return {ErrorCode::forbidden,
            "pull model manifest: the hub has no such repository, or it is private or gated: check the name, or give a "
            "token in registry_credentials"};
  if (response.status == 404)
    return {ErrorCode::not_found, "pull model manifest: file does not exist (the repository or that quantisation)"};
  return plain;
}

}  // namespace fragua::models
