#include "catalogue/model_maker.h"

#include "catalogue/facts.h"
#include "modelfile/modelfile.h"

namespace fragua::catalogue {

namespace {

std::string modelfile_of(const std::string& from, const std::string& system, std::int64_t num_predict) {
  modelfile::Modelfile file;
  file.from = {from};
  file.system = system;
  file.parameters = {{"temperature", "0"}, {"num_ctx", "4096"}, {"num_predict", std::to_string(num_predict)}};
  return modelfile::print(file);
}

std::string digest_of(models::ModelStore& store, const models::ModelName& name) {
  const auto stored = store.find(name);
  return stored ? stored->digest.text() : "";
}

std::string search_words(const Catalogue& catalogue) {
  return "You turn a question about " + catalogue.title +
         " into a filter, as JSON. Use only values of the lists below; what the question does not say is null.";
}

std::string assistant_words(const Catalogue& catalogue) {
  return "You answer questions about " + catalogue.title +
         ", in the language of the question, in few words. Say only what stands below or comes with the question; if it does not stand there, say that you do not know.";
}

}  // namespace

std::string search_modelfile(const Mapping& mapping, const Catalogue& catalogue) {
  const auto& words = mapping.search.system.empty() ? search_words(catalogue) : mapping.search.system;
  return modelfile_of(mapping.search.from, words + "\n\n" + facts_of(catalogue), 128);
}

std::string assistant_modelfile(const Mapping& mapping, const Catalogue& catalogue) {
  const auto& words = mapping.assistant.system.empty() ? assistant_words(catalogue) : mapping.assistant.system;
  return modelfile_of(mapping.assistant.from, words + "\n\n" + facts_of(catalogue), 400);
}

ModelOutcome ModelMaker::make_one(const Order& order, const ModelMapping& wanted, const std::string& modelfile, MadeModels& made) {
  const auto name = models::ModelName::require(wanted.model);
  const auto there = digest_of(store_, name);
  const auto known = made.find(wanted.model);
  const bool is_ours = known != made.end() && known->second == there;
  if (!there.empty() && !is_ours && !order.replace)
    return {wanted.model, "kept", wanted.model + " was there already, or was changed since it was made: it stays as it is (--replace-models makes it anew)"};
  const auto base = models::ModelName::parse(wanted.from);
  if (!base) return {wanted.model, "missing_base", wanted.model + " was not made: there is no model to make it from. Pull one, then import again"};
  if (!store_.find(*base))
    return {wanted.model, "missing_base", wanted.model + " was not made: pull its base first (fragua pull " + wanted.from + "), then import again"};
  models::CreateRequest request;
  request.name = name;
  request.from = *base;
  models::apply(modelfile::parse(modelfile), request);
  creator_.create(request);
  made[wanted.model] = digest_of(store_, name);
  return {wanted.model, "made", wanted.model + " was made from " + wanted.from};
}

std::vector<ModelOutcome> ModelMaker::make(const Order& order, MadeModels& made) {
  std::vector<ModelOutcome> outcomes;
  auto mapping = order.mapping;
  for (auto* wanted : {&mapping.search, &mapping.assistant})
    if (wanted->from.empty()) wanted->from = order.base;
  if (!mapping.search.model.empty()) outcomes.push_back(make_one(order, mapping.search, search_modelfile(mapping, order.catalogue), made));
  if (!mapping.assistant.model.empty()) outcomes.push_back(make_one(order, mapping.assistant, assistant_modelfile(mapping, order.catalogue), made));
  return outcomes;
}

void ModelMaker::remove(const MadeModels& made) {
  for (const auto& [model, digest] : made) {
    const auto name = models::ModelName::parse(model);
    if (name && digest_of(store_, *name) == digest) store_.remove(*name);
  }
}

}  // namespace fragua::catalogue
