// RunningLines: headers, footers and page numbers: lines at a page's edge that stand at the same place on its neighbours, whatever number they
// show. Callers: pdf/pdf. Threads: any; pure.
#pragma once
#include <vector>

#include "documents/extractors/layout/lines.h"

namespace fragua::documents::extractors {

// The page at `index` without its running lines, judged by the pages around it. A page that has nothing else keeps them.
PageLines without_running_lines(const std::vector<const PageLines*>& pages, std::size_t index);

}  // namespace fragua::documents::extractors
