// Intent: what kind of answer a question wants: a count, the cheapest, the next day, a list of values, events, how to buy …
// Callers: catalogue/assistant. Threads: pure. Spanish, English, Catalan and Portuguese; the same question always has the same intent.
// Which items are meant is not decided here: Understanding.
#pragma once
#include "catalogue/assistant/nouns.h"
#include "catalogue/understanding.h"

namespace fragua::catalogue::assistant {

enum class Intent {
  count,       // how many items
  values,      // which genres, how many cities
  cheapest,
  dearest,
  prices,      // from … to …
  average,     // what one costs on the average
  most,        // of which value there are the most: "¿qué ciudad tiene más conciertos?", "¿hay más en Madrid o en Bilbao?"
  fewest,
  cheapest_of, // of which value they cost the least on the average: "¿cuál es la ciudad más barata?"
  dearest_of,
  next,        // from today on
  first,
  last,
  events,      // a list of items
  details,     // one item, by its title
  purchase,    // what documents say: buying, refunds, kinds of tickets
  greeting,
  thanks,
  goodbye,
  about,       // the assistant itself
  open,        // anything else
};

struct Intention {
  Intent intent = Intent::open;
  std::string facet;                      // values, most, fewest, cheapest_of, dearest_of: of which
  bool counts_values = false;             // "¿cuántas ciudades?", not "¿qué ciudades?"
  std::int64_t limit = 0;                 // how many items are wanted; 0: not said
  bool leans = false;                     // on the question before it: "¿y en Bilbao?"
  bool wants_more = false;                // the next ones of what was shown
  bool points_back = false;               // at an item of the answer before it: "¿cuánto cuesta?"
};

constexpr std::int64_t kItemsShown = 5;   // items of one answer
constexpr std::int64_t kListMax = 20;     // where more are asked for

Intention intention_of(const Catalogue& catalogue, std::string_view question, const Understanding& understanding);
// "count", "cheapest" …
std::string_view name_of(Intent intent);
bool is_small_talk(Intent intent);
// It is answered with values of a facet, not with items.
bool is_of_values(Intent intent);
// Of these, those that are ranked by what they cost.
bool is_ranked_by_price(Intent intent);

// Nothing of the filter limits what is found.
bool wants_everything(const Filter& filter);

}  // namespace fragua::catalogue::assistant
