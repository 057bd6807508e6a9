#include "engine/constrain/grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <mutex>
#include <unordered_map>

#include "base/error.h"
#include "base/sha256.h"
#include "engine/constrain/compiled.h"
#include "engine/constrain/gbnf.h"
#include "engine/constrain/schema.h"

namespace fragua::engine {
namespace {

constexpr std::int64_t kRuleCacheBytes = 24 << 20;  // of parts that grammars share, such as "any string"

std::vector<std::string> answer_pieces(const GrammarVocabulary& vocabulary) {
  auto pieces = vocabulary.pieces;
  for (const auto& tokens : {vocabulary.control_tokens, vocabulary.stop_tokens})
    for (Token token : tokens)
      if (token >= 0 && std::size_t(token) < pieces.size()) pieces[std::size_t(token)].clear();
  return pieces;
}

// A control token gets bytes that no text has: so it can be asked for by number, and cannot come by its text.
xgrammar::TokenizerInfo tokenizer_info(const VocabularyTables& tables, const GrammarVocabulary& vocabulary) {
  std::vector<std::string> pieces;
  for (std::size_t token = 0; token < tables.piece_count(); ++token) pieces.push_back(tables.piece(Token(token)));
  for (Token token : vocabulary.control_tokens)
    if (token >= 0 && std::size_t(token) < pieces.size()) pieces[std::size_t(token)] = "\xFF";
  const std::vector<std::int32_t> stops(vocabulary.stop_tokens.begin(), vocabulary.stop_tokens.end());
  return {pieces, xgrammar::VocabType::RAW, tables.size(), stops, false};
}

std::string key_of(const GrammarSpec& spec) {
  Sha256 hash;
  hash.update(std::to_string(int(spec.kind)) + '\n');
  for (const auto& text : spec.preserved) hash.update(std::to_string(text.size()) + ' ' + text);
  hash.update("\n" + spec.text);
  return hash.hex();
}

// A class of characters that is only counted needs no state for each count: the class goes on for ever, and the count
// is kept as a length.
StringRule rule_of(const StringRuleText& text) {
  StringRule rule{text.bounds, nullptr};
  if (!text.pattern) return rule;
  const Regex* regex = &*text.pattern;
  while (regex->kind == Regex::Kind::sequence && regex->parts.size() == 1) regex = &regex->parts[0];
  const bool is_counted_class = regex->kind == Regex::Kind::repeat && regex->parts[0].kind == Regex::Kind::set;
  if (!is_counted_class) {
    rule.pattern = std::make_unique<PatternMasks>(Automaton(*text.pattern, Automaton::Text::json_string, text.bounds));
    rule.bounds = {};
    return rule;
  }
  rule.bounds.least = std::max(rule.bounds.least, std::uint32_t(regex->least));
  if (regex->most != Regex::kUnlimited) rule.bounds.most = std::min(rule.bounds.most, std::uint32_t(regex->most));
  if (rule.bounds.least > rule.bounds.most)
    throw Error(ErrorCode::invalid_argument, "no text matches the pattern within its lengths");
  const auto any_number = regex_repeat(regex->parts[0], 0, Regex::kUnlimited);
  rule.pattern = std::make_unique<PatternMasks>(Automaton(any_number, Automaton::Text::json_string));
  return rule;
}

// xgrammar's messages begin with time, file and line, and end with a line break.
std::string plain_message(std::string message) {
  if (const auto at = message.find(".cc:"); at != std::string::npos)
    if (const auto end = message.find(": ", at); end != std::string::npos) message.erase(0, end + 2);
  while (message.ends_with('\n') || message.ends_with(' ')) message.pop_back();
  return message;
}

}  // namespace

struct GrammarCompiler::Parts {
  GrammarLimits limits;
  std::shared_ptr<const VocabularyTables> tables;
  std::vector<Token> stop_tokens;
  xgrammar::TokenizerInfo tokenizer;
  xgrammar::GrammarCompiler compiler;
  std::unordered_map<std::string, Token> token_by_text;
  std::shared_ptr<const Grammar> any_object;  // of kind json, which has no text

  struct Cached {
    std::string key;
    std::shared_ptr<const Grammar> grammar;
  };
  mutable std::mutex lock;
  std::list<Cached> cache;  // the most recently used first
  std::size_t cached_bytes = 0;

  Parts(const GrammarVocabulary& vocabulary, GrammarLimits given)
      : limits(given),
        tables(std::make_shared<VocabularyTables>(answer_pieces(vocabulary),
                                                  std::max(vocabulary.size, int(vocabulary.pieces.size())))),
        stop_tokens(vocabulary.stop_tokens),
        tokenizer(tokenizer_info(*tables, vocabulary)),
        compiler(tokenizer, std::max(1, given.threads), true, kRuleCacheBytes) {
    for (std::size_t token = 0; token < vocabulary.pieces.size(); ++token)
      if (!vocabulary.pieces[token].empty()) token_by_text.emplace(vocabulary.pieces[token], Token(token));
  }

  std::shared_ptr<const Grammar> cached(const std::string& key) {
    for (auto it = cache.begin(); it != cache.end(); ++it) {
      if (it->key != key) continue;
      cache.splice(cache.begin(), cache, it);
      return it->grammar;
    }
    return nullptr;
  }
  void keep(std::string key, std::shared_ptr<const Grammar> grammar) {
    cached_bytes += grammar->bytes;
    cache.push_front({std::move(key), std::move(grammar)});
    while (cache.size() > 1 && (cache.size() > limits.cached_max || cached_bytes > limits.cached_bytes_max)) {
      cached_bytes -= cache.back().grammar->bytes;
      cache.pop_back();
    }
  }

  std::shared_ptr<Grammar> made(const GrammarSpec& spec);
  xgrammar::CompiledGrammar compiled(const std::string& ebnf);
  SchemaGrammar text_of(const GrammarSpec& spec, json::value& schema) const;
};

SchemaGrammar GrammarCompiler::Parts::text_of(const GrammarSpec& spec, json::value& schema) const {
  switch (spec.kind) {
    case GrammarSpec::Kind::json:
      return any_object_grammar();
    case GrammarSpec::Kind::json_schema:
      // A level of a schema is two of JSON, and its values may be nested as well.
      schema = parse_json(spec.text, limits.depth_max * 4);
      return schema_grammar(schema, {limits.depth_max, limits.grammar_bytes_max});
    case GrammarSpec::Kind::regex:
      return {"root[temperature=0] ::= [\\u0000-\\ud7ff\\ue000-\\U0010ffff]*\n", {{{}, parse_regex(spec.text, false)}}};
    case GrammarSpec::Kind::ebnf:
      break;
  }
  GbnfContext context;
  context.preserved = spec.preserved;
  context.token_count = int(tables->piece_count());
  context.token_of = [this](std::string_view text) -> std::optional<Token> {
    const auto found = token_by_text.find(std::string(text));
    return found == token_by_text.end() ? std::nullopt : std::optional(found->second);
  };
  return {ebnf_of_gbnf(spec.text, context), {}};
}

xgrammar::CompiledGrammar GrammarCompiler::Parts::compiled(const std::string& ebnf) {
  try {
    // As text: a Grammar object would be printed and read again, which turns "\xf1" before an "a" into "\xf1a".
    return compiler.CompileGrammar(ebnf);
  } catch (const std::exception& error) {  // the library's own, translated
    throw Error(ErrorCode::invalid_argument, "grammar: " + plain_message(error.what()));
  }
}

std::shared_ptr<Grammar> GrammarCompiler::Parts::made(const GrammarSpec& spec) {
  if (spec.text.size() > limits.text_bytes_max)
    throw Error(ErrorCode::too_large, fmt::format("a schema or grammar of {} bytes is over the limit of {}",
                                                  spec.text.size(), limits.text_bytes_max));
  json::value schema;
  auto text = text_of(spec, schema);
  std::vector<StringRule> rules;
  for (const auto& rule : text.rules) {
    if (spec.kind == GrammarSpec::Kind::regex)
      rules.push_back({{}, std::make_unique<PatternMasks>(Automaton(*rule.pattern, Automaton::Text::plain))});
    else
      rules.push_back(rule_of(rule));
  }
  auto grammar = std::make_shared<Grammar>(
      Grammar{spec.kind, compiled(text.ebnf), std::move(rules), std::move(schema), tables, stop_tokens, 0});
  grammar->bytes = grammar->compiled.MemorySizeBytes() + 2 * spec.text.size() + 4096;
  for (const auto& rule : grammar->rules)
    if (rule.pattern) grammar->bytes += PatternMasks::bytes_max(tables->size());
  return grammar;
}

GrammarCompiler::GrammarCompiler(const GrammarVocabulary& vocabulary, GrammarLimits limits)
    : parts_(std::make_unique<Parts>(vocabulary, limits)) {
  // Brings the parts that almost every schema has, such as "any string", into the library's cache.
  parts_->made({GrammarSpec::Kind::json_schema, "{}", {}});
  parts_->any_object = parts_->made({GrammarSpec::Kind::json, "", {}});
}
GrammarCompiler::~GrammarCompiler() = default;

std::shared_ptr<const Grammar> GrammarCompiler::compile(const GrammarSpec& spec) {
  if (spec.kind == GrammarSpec::Kind::json) return parts_->any_object;
  const auto key = key_of(spec);
  {
    const std::lock_guard guard(parts_->lock);
    if (auto grammar = parts_->cached(key)) return grammar;
  }
  std::shared_ptr<const Grammar> grammar = parts_->made(spec);
  const std::lock_guard guard(parts_->lock);
  if (auto made_meanwhile = parts_->cached(key)) return made_meanwhile;
  parts_->keep(key, grammar);
  return grammar;
}

int GrammarCompiler::vocabulary_size() const { return parts_->tables->size(); }
std::size_t GrammarCompiler::cached_count() const {
  const std::lock_guard guard(parts_->lock);
  return parts_->cache.size();
}
std::size_t GrammarCompiler::cached_bytes() const {
  const std::lock_guard guard(parts_->lock);
  return parts_->cached_bytes;
}

GrammarSpec::Kind grammar_kind(const std::string& name) {
  if (name == "json") return GrammarSpec::Kind::json;
  if (name == "json_schema") return GrammarSpec::Kind::json_schema;
  if (name == "ebnf" || name == "gbnf") return GrammarSpec::Kind::ebnf;
  if (name == "regex") return GrammarSpec::Kind::regex;
  throw Error(ErrorCode::invalid_argument,
              "\"" + name + "\" is no kind of grammar: there are json, json_schema, ebnf and regex");
}

}  // namespace fragua::engine
