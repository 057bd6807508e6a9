// Dataset: conversations to train or test a model with, made from a catalogue, and how they are written. Callers: search_set, chat_set,
// api/native. Threads: pure. The same seed makes the same text on every machine.
// No question, and no answer to one, is in both parts: what belongs to one group stays together.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace fragua::catalogue {

constexpr std::size_t kDatasetMax = 20'000;   // conversations

struct Turn {
  std::string role;      // system, user, assistant
  std::string content;
};

struct Conversation {
  std::vector<Turn> turns;
  std::string group;     // of those that a model must not have seen when it is tested with one of them
};

enum class Part { all, train, validation };
// Error(invalid_argument).
Part part_named(const std::string& name);

enum class DatasetFormat {
  conversations,         // {"conversations": [{"messages": [{"role", "content"}]}]}
  llama3,                // JSONL: {"text": "<|begin_of_text|><|start_header_id|>…"}
  messages,              // JSONL as OpenAI takes it: {"messages": […]}
};
DatasetFormat format_named(const std::string& name);

// One group in ten is for validation.
std::vector<Conversation> part_of(std::vector<Conversation> all, Part part);
std::string written(const std::vector<Conversation>& conversations, DatasetFormat format);

// Random choices that are the same everywhere: the standard's distributions are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return std::size_t(engine_() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class List>
  const auto& of(const List& list) { return list[below(std::size(list))]; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace fragua::catalogue
