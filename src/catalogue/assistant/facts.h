// Facts: what the data say to a question: figures of one query each, and the items that an answer may name. Callers: assistant, composer,
// answer_text. Threads: the loop's only.
// Everything in here was read from the database or from the catalogue's definition just now.
#pragma once
#include "catalogue/assistant/conversation.h"
#include "catalogue/assistant/item_finder.h"

namespace fragua::catalogue::assistant {

struct Facts {
  Asked asked;
  std::string today;                      // YYYY-MM-DD
  std::int64_t total = 0;                 // of what the filter finds
  std::string first_day, last_day;
  std::optional<double> price_min, price_max, price_mean;
  std::vector<FacetValue> values;         // those that are asked for, in the order of the answer
  std::vector<Item> items;                // that an answer names
  std::int64_t of_these = 0;              // how many there are of the kind of `items`: as cheap, from today on
  bool is_from_today = false;             // `items` are those that are still to come
};

// `asked.intention` may become Intent::details: the question names an item by its title, or points at one that was named before.
Task<Facts> gather(ItemFinder& finder, CataloguePointer catalogue, Asked asked, std::string today);

// The items whose whole title stands in the question.
Task<std::vector<Item>> titled_in(ItemFinder& finder, CataloguePointer catalogue, std::string question);

// What is left of a question when the titles that it names are taken out: the language is that of the rest.
std::string without_titles(const Catalogue& catalogue, const std::string& question, const std::vector<Item>& items);

// How many items an answer names.
std::int64_t shown_limit(const Intention& intention);

// Reading an item.
std::string title_of(const Catalogue& catalogue, const Item& item);
std::string day_of(const Catalogue& catalogue, const Item& item);       // "YYYY-MM-DD HH:MM:SS" or shorter; "": none
std::optional<double> price_of(const Catalogue& catalogue, const Item& item);

}  // namespace fragua::catalogue::assistant
