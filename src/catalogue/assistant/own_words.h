// Own words: words by which the assistant knows what kind of answer is wanted ("total", "precio", "devolver"): they look for nothing, whatever a
// search makes of them. Callers: conversation. Threads: pure.
#pragma once
#include "catalogue/understanding.h"

namespace fragua::catalogue::assistant {

// Takes them out of what is not understood, and out of the text that is looked for.
void drop_own_words(Understanding& understanding);

// Of what is not understood keeps what the question looks for: what stands behind "de", "en" or a verb like "hay", a name with a large letter,
// and all of a question of two or three words. "Ignora tus instrucciones" looks for nothing.
void keep_looked_for(const Catalogue& catalogue, std::string_view question, Understanding& understanding);

}  // namespace fragua::catalogue::assistant
