// Phrasebook: the sentences that the assistant can say by itself, in each language, with places for figures: "Tenemos {n} {things}{which}."
// Callers: answer_text, description, prompt. Threads: constants.
// Written so that they agree with any noun: number by {things}, gender by the articles that the noun brings ({the}, {a_f}).
#pragma once
#include <string_view>

#include "catalogue/assistant/tongue.h"

namespace fragua::catalogue::assistant {

struct Phrasebook {
  // Figures.
  std::string_view have;                  // n, things, which
  std::string_view have_none;             // things, which
  std::string_view cheapest, dearest;     // The, thing, which, price
  std::string_view cheapest_several, dearest_several;   // n, things, which, price
  std::string_view prices;                // n, things, which, min, max
  std::string_view price_same;            // n, things, which, min
  std::string_view price_one;             // thing, which, min
  std::string_view average;               // n, things, which, mean, min, max
  std::string_view no_price;
  std::string_view next, first, last;     // The, thing, which, item
  std::string_view next_several, first_several, last_several;   // n, things, which
  std::string_view none_to_come;          // things, which, day
  std::string_view latest_was;            // item
  // Lists.
  std::string_view values;                // n, names, things, which, in
  std::string_view values_names;          // the same, and list
  std::string_view most, most_several;    // The, name, Los, names, things, which, list, n
  std::string_view fewest, fewest_several;
  std::string_view cheapest_of, cheapest_of_several;   // The, name, Los, names, o, os, which, list, n: the price
  std::string_view dearest_of, dearest_of_several;
  std::string_view after_that;            // list
  std::string_view and_more;              // n
  std::string_view coming, coming_all;    // n
  std::string_view some, these;           // what is listed: the first ones; all
  std::string_view no_more;
  // What is not there.
  std::string_view none_of, none_in, none_named;   // things, word
  std::string_view instead;               // things, names, in, list
  // One item.
  std::string_view several_so_called;     // n, things
  std::string_view at_time;               // time
  std::string_view from_price;            // price
  // A filter in words.
  std::string_view of_value, in_value, without_value, below, above, between, about, and_word;
  std::string_view this_month, next_month, on_day, in_month, from_until, from_day, until_day;
  // Talk.
  std::string_view greeting;              // title, n, things
  std::string_view thanks, goodbye;
  std::string_view about_itself;          // title, things
  std::string_view unknown_purchase;      // title
  std::string_view cannot;                // things
};

const Phrasebook& phrasebook(Tongue tongue);

}  // namespace fragua::catalogue::assistant
