// Image tokens: what stands for an image in a list of tokens: one negative number for each position that it takes, made
// of the image's digest. So prefixes are compared, shared and cut as those of text are, and equal only where the images
// are. Callers: sequences, scheduler, preparer, the projectors. Threads: any; pure. Never given to a model's
// vocabulary.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/token.h"

namespace fragua::engine {

constexpr bool is_image(Token token) { return token < 0; }

// The tokens of one part of an image (some models see an image in several). `digest` is of the image's bytes.
std::vector<Token> image_tokens(const std::string& digest, std::size_t part, std::size_t count);
// How many tokens from `first` on are text.
std::size_t text_length(std::span<const Token> tokens, std::size_t first = 0);
// True when a cut before tokens[at] would divide an image's part.
bool divides_image(std::span<const Token> tokens, std::size_t at);
std::vector<Token> without_images(std::span<const Token> tokens);

}  // namespace fragua::engine
