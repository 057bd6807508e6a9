// Which extractor reads which format.
// Callers: host.cpp, office/encrypted. Threads: any.
#pragma once
#include <memory>

#include "documents/extractors/detect.h"
#include "documents/extractors/extractor.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

std::unique_ptr<Extractor> make_extractor(Format format, const Tools& tools);

}  // namespace fragua::documents::extractors
