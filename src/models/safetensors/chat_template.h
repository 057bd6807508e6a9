// The chat template of a Hugging Face model: from tokenizer_config.json, chat_template.jinja or chat_template.json.
// Callers: models/safetensors/tokenizer. Threads: any. The template is copied, never run.
#pragma once

namespace fragua::models {

class GgufWriter;
struct TokenizerFiles;

// tokenizer.chat_template and, when there are more of them, tokenizer.chat_template.<name>.
void describe_chat_template(const TokenizerFiles& tokenizer, GgufWriter& writer);

}  // namespace fragua::models
