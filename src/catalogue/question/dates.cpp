#include "catalogue/question/dates.h"

#include <algorithm>
#include <array>
#include <span>

#include "catalogue/question/explicit_days.h"
#include "catalogue/question/negation.h"
#include "catalogue/question/word_lists.h"

namespace fragua::catalogue {

using namespace std::chrono;

namespace {

enum class Direction { at, before, until, since, after };

struct Preposition {
  std::string_view words;
  Direction direction;
};

constexpr Preposition kPrepositions[] = {
    {"antes de", Direction::before}, {"antes del", Direction::before}, {"antes que", Direction::before}, {"before", Direction::before},
    {"abans de", Direction::before}, {"abans del", Direction::before}, {"antes do", Direction::before},  {"previo a", Direction::before},
    {"hasta", Direction::until},     {"until", Direction::until},      {"till", Direction::until},       {"fins a", Direction::until},
    {"fins", Direction::until},      {"fins al", Direction::until},    {"ate", Direction::until},        {"ate ao", Direction::until},
    {"hasta finales de", Direction::until}, {"by", Direction::until},  {"a partir de", Direction::since}, {"a partir del", Direction::since},
    {"desde", Direction::since},     {"since", Direction::since},      {"des de", Direction::since},     {"des del", Direction::since},
    {"a partir do", Direction::since}, {"desde o", Direction::since},  {"starting", Direction::since},   {"from", Direction::since},
    {"despues de", Direction::after}, {"despues del", Direction::after}, {"after", Direction::after},    {"despres de", Direction::after},
    {"despres del", Direction::after}, {"depois de", Direction::after}, {"depois do", Direction::after}, {"pasado", Direction::after},
    {"tras", Direction::after},
};
constexpr std::array<std::string_view, 13> kBetween = {"el", "la", "los", "las", "the", "l", "d", "dia", "mes", "a", "o", "proximo", "este"};
constexpr std::array<std::string_view, 16> kJoiners = {"y", "o", "u", "a", "al", "hasta", "to", "and", "or", "-", "i", "e", "ou", "ate", "fins", "ao"};
constexpr std::array<std::string_view, 9> kArticles = {"el", "la", "the", "dia", "l", "al", "a", "de", "d"};

struct Piece {
  Span span;
  DaySpan days;
  std::string period;
  bool is_joined = false;
};

// The preposition that ends before `first`, and where it begins.
struct Lead {
  Direction direction = Direction::at;
  std::size_t first;
};

Lead lead_before(const Question& question, std::size_t first) {
  auto end = first;
  for (int skipped = 0; skipped <= 3; ++skipped) {
    for (std::size_t words = std::min<std::size_t>(3, end); words > 0; --words)
      for (const auto& known : kPrepositions) {
        const auto count = std::size_t(std::count(known.words.begin(), known.words.end(), ' ')) + 1;
        if (count == words && question.is_free({end - words, end}) && question.says(end - words, known.words)) return {known.direction, end - words};
      }
    if (end == 0 || !question.is_free(end - 1) || !contains(kBetween, question.word(end - 1))) break;
    --end;
  }
  return {Direction::at, first};
}

Lead lead_of(const Question& question, const Piece& piece) {
  auto lead = lead_before(question, piece.span.first);
  // "desde marzo hasta mayo" was joined: it has both its ends.
  const bool has_ends = piece.is_joined && lead.direction == Direction::since;
  if (has_ends) lead.direction = Direction::at;
  return lead;
}

// "No mês que vem" is Portuguese for "in"; Spanish says "que no sea".
bool is_denied(const Question& question, std::size_t first) { return is_negated(question, first) && question.word(first - 1) != "no"; }

bool are_joined(const Question& question, const Piece& before, const Piece& after) {
  bool is_joined = false;
  for (auto at = before.span.last; at < after.span.first; ++at) {
    if (contains(kJoiners, question.word(at))) is_joined = true;
    else if (!contains(kArticles, question.word(at))) return false;
  }
  return is_joined || after.span.first == before.span.last;
}

std::vector<Piece> pieces_of(const Question& question, Day today) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < question.size();) {
    auto said = question.is_free(at) ? explicit_days_at(question, at, today) : std::nullopt;
    if (!said && question.is_free(at)) said = phrase_at(question, at, today);
    if (!said || !question.is_free({at, at + said->words})) {
      ++at;
      continue;
    }
    pieces.push_back({{at, at + said->words}, said->days, said->period});
    at += said->words;
  }
  return pieces;
}

// Neighbours that overlap narrow each other ("el sábado 15", "en marzo, el finde del 15"); others reach from one to the other.
void join_pieces(const Question& question, std::vector<Piece>& pieces) {
  for (std::size_t i = 0; i + 1 < pieces.size();) {
    auto& piece = pieces[i];
    const auto& next = pieces[i + 1];
    const bool overlaps = std::max(piece.days.from, next.days.from) <= std::min(piece.days.until, next.days.until);
    if (!are_joined(question, piece, next) && !overlaps) {
      ++i;
      continue;
    }
    if (overlaps && !are_joined(question, piece, next)) piece.days = {std::max(piece.days.from, next.days.from), std::min(piece.days.until, next.days.until)};
    else piece.days = {std::min(piece.days.from, next.days.from), std::max(piece.days.until, next.days.until)};
    piece.span.last = next.span.last;
    piece.period.clear();
    piece.is_joined = true;
    pieces.erase(pieces.begin() + std::ptrdiff_t(i) + 1);
  }
}

DayRange range_of(const Piece& piece, Direction direction) {
  switch (direction) {
    case Direction::before: return {"", text_of(piece.days.from - days(1))};
    case Direction::until: return {"", text_of(piece.days.until)};
    case Direction::since: return {text_of(piece.days.from), ""};
    case Direction::after: return {text_of(piece.days.until + days(1)), ""};
    case Direction::at: break;
  }
  return {text_of(piece.days.from), text_of(piece.days.until)};
}

// Both conditions, where they can hold together.
bool narrow(DayRange& range, const DayRange& by) {
  DayRange both{std::max(range.from, by.from), range.until.empty() || by.until.empty() ? range.until + by.until : std::min(range.until, by.until)};
  if (!both.until.empty() && both.from > both.until) return false;
  range = both;
  return true;
}

// "¿Qué conciertos quedan?": those that are over do not. "¿Cuántas entradas quedan?" asks something else.
constexpr std::array<std::string_view, 6> kRemaining = {"quedan", "queden", "restan", "restam", "left", "remaining"};
constexpr std::array<std::string_view, 10> kSeats = {"entradas", "entrada", "entrades", "tickets", "ticket", "bilhetes", "ingressos", "plazas", "sitios", "seats"};

bool says_any(const Question& question, std::span<const std::string_view> words) {
  for (std::size_t at = 0; at < question.size(); ++at)
    if (question.is_free(at) && contains(words, question.word(at))) return true;
  return false;
}

void leave_out_past(const Question& question, const std::string& today, std::optional<DayRange>& asked) {
  if (!says_any(question, kRemaining) || says_any(question, kSeats)) return;
  auto days = asked.value_or(DayRange{});
  if (narrow(days, {today, ""})) asked = days;
}

}  // namespace

AskedDays find_days(Question& question, Day today) {
  auto pieces = pieces_of(question, today);
  join_pieces(question, pieces);
  AskedDays asked;
  for (const auto& piece : pieces) {
    const auto lead = lead_of(question, piece);
    const Span span{lead.first, piece.span.last};
    const auto range = range_of(piece, lead.direction);
    const bool is_refused = (lead.direction == Direction::at && is_denied(question, piece.span.first)) || is_negated_behind(question, piece.span.last);
    if (is_refused || (asked.days && !narrow(*asked.days, range))) {
      asked.refused.push_back(piece.span);
    } else {
      asked.period = !asked.days && lead.direction == Direction::at ? piece.period : "";
      if (!asked.days) asked.days = range;
      asked.spans.push_back(span);
    }
    question.take(span);
  }
  leave_out_past(question, text_of(today), asked.days);
  return asked;
}

}  // namespace fragua::catalogue
