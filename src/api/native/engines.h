// What the loaded engines are at. Callers: native/metrics, native/dashboard. Threads: the loop's.
// One engine in trouble does not hide what is told of the others.
#pragma once
#include "api/call.h"
#include "api/metrics.h"

namespace fragua::api::native {

Task<std::vector<EngineFigures>> engine_figures(Services& services);

}  // namespace fragua::api::native
