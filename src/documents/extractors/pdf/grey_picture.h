// Whether a grey picture (PGM, as pdftoppm draws them) shows anything. Callers: pdf/pdf. Threads: any.
// What cannot be read counts as not blank: the OCR will say what is wrong.
#pragma once
#include <string_view>

namespace fragua::documents::extractors {

bool is_blank_picture(std::string_view pgm);

}  // namespace fragua::documents::extractors
