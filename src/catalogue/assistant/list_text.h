// List text: a list that an item has, in words: kinds of tickets with their prices, services of a hall. Callers: description. Threads: pure.
// A list is an array, or an array as JSON in a text. What only programs read (addresses of images) is left out.
#pragma once
#include <optional>

#include "base/json.h"
#include "catalogue/assistant/folded_words.h"
#include "catalogue/assistant/tongue.h"

namespace fragua::catalogue::assistant {

std::optional<json::array> list_in(const json::value& value);
// "Pista General 16 €, Balcón 29 € y VIP 48 €"; "" if nothing of it is for people.
std::string list_text(const json::array& list, std::string_view currency, Tongue tongue);
// The question names something of a list that has prices: "¿cuánto cuesta la VIP?".
bool names_priced(const json::array& list, const FoldedWords& question);

// What an object of a list calls a price: "price", "precio".
bool is_price_name(std::string_view name);

}  // namespace fragua::catalogue::assistant
