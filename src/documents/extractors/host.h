// The process `fragua extract`: reads one request from its channel, locks itself in, and answers with lines of JSON. Callers: app/main.
// Threads: the main one. The exit status is 0 whatever the document was; it is 1 only where nobody could be told.
// -> {"path":…,"name":…,"password":…,"languages":…,"scratch":…,"pages_max":…,"text_max_bytes":…}, with "draw":{"page":…,"width":…} for a picture
// <- lines of type document, page, block and file (of an archive), and {"type":"end"}; or one of type image; or {"type":"error","code":…,"message":…}
#pragma once
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

int serve_extraction(int channel, const Variables& variables);

}  // namespace fragua::documents::extractors
