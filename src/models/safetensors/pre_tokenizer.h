// Which of llama.cpp's pre-tokenizers splits text as the tokenizer.json of a byte-level BPE says.
// Callers: models/safetensors/tokenizer. Threads: any; pure.
// llama.cpp's converter recognises them by what a tokenizer makes of a test text; here it is the rules themselves that
// are compared. Unknown rules are an error: a wrong guess would make a model quietly worse.
#pragma once
#include <string>

#include "models/safetensors/tokenizer_files.h"

namespace fragua::models {

// tokenizer.ggml.pre. `fallback` is the architecture's, for models without tokenizer.json; empty when it has none.
// Error: unsupported.
std::string pre_tokenizer_name(const TokenizerFiles& tokenizer, const std::string& fallback);

}  // namespace fragua::models
