// Opened: a PDF without its password, made by qpdf, which reads the password from its standard input: on a command line other users of the
// machine would see it. Callers: pdf/pdf. Threads: one; blocks.
#pragma once
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

// The file itself where no password is given, else a copy in the scratch folder.
// Failure: wrong_password, damaged, too_large (too slow), tool_missing.
fs::path opened_pdf(const Request& request, const Tools& tools);

}  // namespace fragua::documents::extractors
