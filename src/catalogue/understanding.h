// Understanding: what a question in plain words asks of a catalogue, with a reason for every part. Callers: catalogue/, api/native.
// Threads: plain data.
#pragma once
#include "catalogue/filter.h"

namespace fragua::catalogue {

// Why the filter has a part: these words of the question.
struct Trace {
  std::string part;                       // genre, city, days, price_max, sort …
  std::string value;
  std::string words;                      // of the question, as they stand there
  std::string how;                        // exact, synonym, part (of a value), family (of values), typo, model
};

struct Understanding {
  Filter filter;
  std::vector<Trace> traces;
  std::vector<std::string> not_understood;  // words that should mean something and name nothing here: "jazz", "Tokio"
  std::string language;                   // es, en, ca, pt
  bool asked_model = false;
};

}  // namespace fragua::catalogue
