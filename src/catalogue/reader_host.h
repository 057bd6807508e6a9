// The process `fragua read-catalogue`: reads one request from its channel, limits itself, and answers with lines of JSON. Callers: app/main.
// Threads: the main one. The exit status is 0 whatever the source was; it is 1 only where nobody could be told.
// -> {"task":"import"|"suggest","source":…,"connection":…,"mapping":…,"staging":…,"name":…}
// <- {"type":"rows"|"items","count":…}, {"type":"item",…}, {"type":"report",…} or {"type":"suggestion",…}; or {"type":"error","code":…,"message":…}
#pragma once

namespace fragua::catalogue {

int serve_reading(int channel);

}  // namespace fragua::catalogue
