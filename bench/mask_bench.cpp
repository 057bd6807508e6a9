// E7: what a constraint costs per token: our masks (xgrammar) and llama.cpp's grammar sampler, for the same schema, vocabulary and
// answers, in one process. Usage: mask_bench MODEL.gguf SCHEMA.json; prints one JSON object.
#include <json-schema-to-grammar.h>
#include <llama.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "engine/constrain/grammar_state.h"
#include "engine/llama/vocabulary.h"

using namespace fragua::engine;

namespace {

// Answers with all of the schema's branches; their tokens are what is walked.
constexpr const char* kAnswers[] = {
    R"({"genre": "thrash metal", "city": "Valencia", "date": "current_month", "price_max": 30})",
    R"({"genre": null, "city": null, "date": "next_month", "price_max": null})",
    R"({"genre": "jazz", "city": "Bilbao", "date": null, "price_max": 19.95})",
};

double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

GrammarVocabulary grammar_vocabulary(const LlamaVocabulary& vocabulary) {
  GrammarVocabulary result{.pieces = vocabulary.pieces(), .stop_tokens = {}, .control_tokens = {}, .size = int(vocabulary.pieces().size())};
  for (Token token = 0; token < result.size; ++token) {
    if (vocabulary.is_end(token)) result.stop_tokens.push_back(token);
    else if (vocabulary.is_control(token)) result.control_tokens.push_back(token);
  }
  return result;
}

std::vector<double> mask_times(const std::shared_ptr<const Grammar>& grammar, const LlamaVocabulary& vocabulary) {
  std::vector<double> times;
  TokenMask mask(int(vocabulary.pieces().size()));
  for (const char* answer : kAnswers) {
    GrammarState state(grammar);
    for (const Token token : vocabulary.tokenize(answer, false, false)) {
      const auto start = std::chrono::steady_clock::now();
      state.fill_mask(mask);
      times.push_back(ms_since(start));
      if (!mask.allows(token) || !state.accept(token)) throw std::runtime_error(std::string("not allowed in ") + answer);
    }
  }
  return times;
}

std::vector<double> gbnf_times(const llama_vocab* vocab, const std::string& gbnf, const LlamaVocabulary& vocabulary) {
  std::vector<double> times;
  std::vector<llama_token_data> candidates(vocabulary.pieces().size());
  for (const char* answer : kAnswers) {
    auto* sampler = llama_sampler_init_grammar(vocab, gbnf.c_str(), "root");
    for (const Token token : vocabulary.tokenize(answer, false, false)) {
      for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i] = {llama_token(i), 0, 0};
      llama_token_data_array all{candidates.data(), candidates.size(), -1, false};
      const auto start = std::chrono::steady_clock::now();
      llama_sampler_apply(sampler, &all);
      times.push_back(ms_since(start));
      llama_sampler_accept(sampler, token);
    }
    llama_sampler_free(sampler);
  }
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: mask_bench MODEL.gguf SCHEMA.json\n"), 2;
  std::stringstream schema;
  schema << std::ifstream(argv[2]).rdbuf();
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  auto params = llama_model_default_params();
  params.vocab_only = true;
  ModelHandle model(llama_model_load_from_file(argv[1], params));
  if (!model) return std::fprintf(stderr, "cannot load %s\n", argv[1]), 1;
  const auto* vocab = llama_model_get_vocab(model.get());
  const LlamaVocabulary vocabulary(vocab);
  GrammarCompiler compiler(grammar_vocabulary(vocabulary));

  const GrammarSpec spec{GrammarSpec::Kind::json_schema, schema.str(), {}};
  auto start = std::chrono::steady_clock::now();
  const auto grammar = compiler.compile(spec);
  const double compile_ms = ms_since(start);
  start = std::chrono::steady_clock::now();
  compiler.compile(spec);
  const double cached_ms = ms_since(start);
  const auto masks = mask_times(grammar, vocabulary);

  start = std::chrono::steady_clock::now();
  const auto gbnf = json_schema_to_grammar(common_json::parse(schema.str()));
  const double gbnf_compile_ms = ms_since(start);
  const auto scans = gbnf_times(vocab, gbnf, vocabulary);
  std::printf(R"({"vocabulary":%zu,"mask_ms":%.5f,"mask_p99_ms":%.5f,"compile_ms":%.3f,"cached_ms":%.4f,"gbnf_ms":%.5f,"gbnf_compile_ms":%.3f})" "\n",
              vocabulary.pieces().size(), percentile(masks, 0.5), percentile(masks, 0.99), compile_ms, cached_ms, percentile(scans, 0.5), gbnf_compile_ms);
}
