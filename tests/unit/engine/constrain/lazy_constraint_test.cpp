#include "engine/constrain/lazy_constraint.h"

#include <doctest/doctest.h>

#include "walk.h"

using namespace fragua::engine;

namespace {

struct Fixture {
  GrammarVocabulary vocabulary = walk::vocabulary();
  GrammarCompiler compiler{vocabulary};
  TokenMask mask{compiler.vocabulary_size()};

  LazyConstraint constraint(std::vector<Trigger> triggers) {
    return {compiler.compile({GrammarSpec::Kind::ebnf, "root ::= \"<x>\"? \"{\" [a-z]* \"}\"", {}}),
            std::move(triggers)};
  }
  bool say(LazyConstraint& constraint, std::string_view text) {
    for (char byte : text)
      if (!constraint.accept(Token(std::uint8_t(byte)), vocabulary.pieces[std::uint8_t(byte)])) return false;
    return true;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "lazy constraint: without triggers it holds from the first token on") {
  auto constraint = this->constraint({});
  CHECK(constraint.is_active());
  CHECK(constraint.fill_mask(mask));
  CHECK_FALSE(mask.allows('a'));
  CHECK(say(constraint, "{ab}"));
  CHECK(constraint.is_finished());
}

TEST_CASE_FIXTURE(Fixture,
                  "lazy constraint: everything may come until the trigger is complete, then only the grammar's text") {
  auto constraint = this->constraint({{"</think>", false}});
  CHECK(constraint.awaited_text() == "</think>");
  CHECK(say(constraint, "let me see </thin"));
  CHECK_FALSE(constraint.is_active());
  CHECK_FALSE(constraint.fill_mask(mask));
  CHECK(constraint.may_stop());
  CHECK_FALSE(constraint.is_finished());
  CHECK(say(constraint, "k>"));
  CHECK(constraint.is_active());
  CHECK(constraint.fill_mask(mask));
  CHECK(mask.allows('{'));
  CHECK_FALSE(mask.allows('a'));
  CHECK_FALSE(constraint.may_stop());
}

TEST_CASE_FIXTURE(Fixture, "lazy constraint: what a token has after the trigger is the grammar's") {
  auto constraint = this->constraint({{"</think>", false}});
  CHECK(constraint.accept(5, "done</think>\n\n{ab"));
  CHECK(constraint.is_active());
  CHECK(say(constraint, "c}"));
  CHECK(constraint.is_finished());
  auto refused = this->constraint({{"</think>", false}});
  CHECK_FALSE(refused.accept(5, "</think>No"));
}

TEST_CASE_FIXTURE(Fixture,
                  "lazy constraint: a trigger may be part of the grammar's text; of several the first counts") {
  auto constraint = this->constraint({{"<tool>", false}, {"<x>", true}});
  CHECK(say(constraint, "I call <x>"));
  CHECK(constraint.is_active());
  CHECK(say(constraint, "{}"));
  CHECK(constraint.is_finished());
}

TEST_CASE_FIXTURE(Fixture, "lazy constraint: tokens taken back are forgotten, on both sides of the trigger") {
  auto constraint = this->constraint({{"::", false}});
  CHECK(say(constraint, "ab:"));
  constraint.rollback(1);
  CHECK(say(constraint, ":"));
  CHECK_FALSE(constraint.is_active());
  CHECK(say(constraint, ":{a"));
  CHECK(constraint.is_active());
  constraint.rollback(2);
  CHECK(constraint.is_active());
  CHECK(say(constraint, "{b"));
  constraint.rollback(3);
  CHECK_FALSE(constraint.is_active());
  CHECK(say(constraint, "x::{c}"));
  CHECK(constraint.is_finished());
}
