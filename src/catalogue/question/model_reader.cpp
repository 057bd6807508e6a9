#include "catalogue/question/model_reader.h"

namespace fragua::catalogue {

namespace {

constexpr std::int64_t kAnswerTokensMax = 200;

engine::Message message(std::string role, std::string content) {
  engine::Message made;
  made.role = std::move(role);
  made.content = std::move(content);
  return made;
}

}  // namespace

engine::GenerateRequest request_of(const ModelQuestion& question) {
  engine::GenerateRequest request;
  request.messages.push_back(message("system", question.instructions));
  request.messages.push_back(message("user", question.question));
  request.grammar_kind = "json_schema";
  request.grammar = to_json(question.schema);
  return request;
}

Task<std::string> InferenceModelReader::ask(std::string name, ModelQuestion question) {
  auto model = co_await inference_.find(std::move(name));
  auto request = request_of(question);
  json::object options;
  options["temperature"] = 0;
  options["num_predict"] = kAnswerTokensMax;
  auto generation = co_await inference_.run_model(std::move(model), std::move(request), std::move(options), std::nullopt, "chat");
  std::string answer;
  while (const auto event = co_await generation->next())
    if (const auto* delta = std::get_if<engine::Delta>(&*event)) answer += delta->content;
  co_return answer;
}

Task<std::optional<json::object>> InferenceModelReader::read(std::string model, ModelQuestion question) {
  try {
    const auto answer = co_await ask(model, std::move(question));
    auto parsed = parse_json(answer);
    if (parsed.is_object()) co_return std::move(parsed.get_object());
  } catch (const Error& error) {
    log_.warn("catalogue.model_silent", {{"model", model}, {"why", error.what()}});
  }
  co_return std::nullopt;
}

}  // namespace fragua::catalogue
