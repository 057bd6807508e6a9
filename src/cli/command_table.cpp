#include "cli/command_table.h"

namespace fragua::cli {

namespace {

OptionSpec host() {
  return {"host", 0, "ADDRESS", "The server to speak to (default: FRAGUA_HOST, OLLAMA_HOST, 127.0.0.1:11434)"};
}
OptionSpec as_json() { return {"json", 0, "", "Write JSON for programs instead of text for people"}; }
OptionSpec insecure() {
  return {"insecure", 0, "", "Accept a registry without TLS or with a certificate nobody vouches for"};
}
OptionSpec keepalive() {
  return {"keepalive", 0, "DURATION", "How long the model stays in memory afterwards: 5m, 1h30m, 0, -1s for ever"};
}
OptionSpec dimensions() { return {"dimensions", 0, "N", "Shorten the vectors to so many dimensions"}; }
ArgumentSpec model(std::string about) { return {"MODEL", std::move(about), true, false, Values::model}; }

// Every command that speaks to a server has these two at its end.
CommandSpec client(CommandSpec command) {
  command.options.push_back(as_json());
  command.options.push_back(host());
  return command;
}

CommandSpec serve() {
  CommandSpec command{
      "serve", {"start"}, "Start the server", "Serves the web page and the APIs until it is stopped.", {}, {}, {}};
  command.options = {
      {"listen", 0, "HOST:PORT", "Address to listen on; repeatable (default: 127.0.0.1:3000 and 127.0.0.1:11434)",
       true},
      {"models", 0, "FOLDER", "Where the models are; a folder of Ollama's is used in place", false, false,
       Values::folder},
      {"config", 0, "FILE", "Configuration file", false, false, Values::file},
      {"set", 0, "KEY=VALUE", "Set one key of the configuration; repeatable", true},
      {"log-format",
       0,
       "FORMAT",
       "json for machines, text for people, silent",
       false,
       false,
       Values::choices,
       {"json", "text", "silent"}},
      {"log-level",
       0,
       "LEVEL",
       "Least important event that is logged",
       false,
       false,
       Values::choices,
       {"debug", "info", "warn", "error"}},
      {"clock", 0, "DAY", "The day that is today, such as 2025-11-10, for demonstrations and tests"},
  };
  command.examples = {
      {"fragua serve --listen 127.0.0.1:8080 --log-format text", "on another port, with a log for people"}};
  return command;
}

CommandSpec run() {
  CommandSpec command{
      "run",
      {},
      "Talk to a model",
      "With a prompt (or text on the standard input) answers once; without, opens a conversation. Fetches the model if "
      "it is not "
      "there and starts a server if none is running on this machine. An embedding model prints the vector of its "
      "prompt.",
      {model("The model to talk to"), {"PROMPT", "What to ask; the words are joined by spaces", false, true}},
      {},
      {}};
  command.options = {
      {"verbose", 0, "", "Show timings after every answer"},
      {"format", 0, "FORMAT", "json, a JSON Schema, or a file with one: the answer is valid against it"},
      {"system", 0, "TEXT", "System message, instead of the model's own"},
      {"option", 'o', "NAME=VALUE", "A parameter of the model, such as temperature=0.2; repeatable", true},
      keepalive(),
      {"think",
       0,
       "LEVEL",
       "Let a thinking model think: true, false, high, medium, low",
       false,
       true,
       Values::choices,
       {"true", "false", "high", "medium", "low"}},
      {"hidethinking", 0, "", "Do not show what the model thinks"},
      {"nowordwrap", 0, "", "Do not break lines at words"},
      dimensions(),
      {"truncate",
       0,
       "BOOL",
       "For embedding models: cut what is too long (default), or with =false refuse it",
       false,
       true,
       Values::choices,
       {"true", "false"}},
      insecure(),
  };
  command.examples = {{"fragua run qwen2.5-coder:1.5b", "a conversation"},
                      {"fragua run qwen2.5-coder:1.5b \"Why is the sky blue?\" --verbose", "one answer, with timings"},
                      {"fragua run qwen2.5-coder:1.5b \"Summarise this:\" < notes.txt", "the file, then the prompt"}};
  return client(std::move(command));
}

CommandSpec create() {
  CommandSpec command{
      "create",
      {},
      "Create a model from a Modelfile",
      "Reads the Modelfile, sends the files it names (GGUF, safetensors, adapters) and builds the model on the server.",
      {{"MODEL", "The name of the new model"}},
      {},
      {}};
  command.options = {
      {"file", 'f', "FILE", "The Modelfile (default: Modelfile in this folder); - reads the standard input", false,
       false, Values::file},
      {"quantize", 'q', "TYPE", "Quantise to this type", false, false, Values::choices, {"q8_0", "q4_0", "q4_K_M"}},
  };
  command.examples = {{"fragua create search-nlp -f Modelfile", "from a Modelfile"},
                      {"fragua create small -f Modelfile --quantize q4_K_M", "quantised on the way"}};
  return client(std::move(command));
}

CommandSpec pull() {
  return client({"pull",
                 {},
                 "Fetch models from a registry",
                 "Fetches what is missing; a fetch that was cut goes on where it stopped.",
                 {{"MODEL", "NAME[:TAG], HOST/USER/NAME[:TAG] or hf.co/USER/REPOSITORY[:QUANTISATION]", true, true}},
                 {insecure()},
                 {{"fragua pull hf.co/Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q4_K_M", "from Hugging Face"}}});
}

CommandSpec push() {
  return client({"push",
                 {},
                 "Send a model to a registry",
                 "",
                 {model("The model to send")},
                 {insecure()},
                 {{"fragua push localhost:5000/me/search-nlp --insecure", "to a registry of one's own"}}});
}

CommandSpec list() {
  return client({"list",
                 {"ls"},
                 "List models",
                 "",
                 {{"PREFIX", "Only the models whose name begins so", false, false, Values::model}},
                 {{"names", 0, "", "Only the names, one a line"}},
                 {}});
}

CommandSpec ps() {
  return client({"ps",
                 {},
                 "List the models in memory",
                 "",
                 {{"PREFIX", "Only the models whose name begins so", false, false, Values::model}},
                 {},
                 {}});
}

CommandSpec show() {
  return client({"show",
                 {},
                 "Show what a model is made of",
                 "",
                 {model("The model to show")},
                 {{"license", 0, "", "Only its licence"},
                  {"modelfile", 0, "", "Only its Modelfile"},
                  {"parameters", 0, "", "Only its parameters"},
                  {"system", 0, "", "Only its system message"},
                  {"template", 0, "", "Only its prompt template"},
                  {"verbose", 'v', "", "Also its metadata and tensors"}},
                 {}});
}

CommandSpec cp() {
  return client({"cp",
                 {},
                 "Copy a model",
                 "Costs no space: both names refer to the same files.",
                 {{"SOURCE", "The model to copy", true, false, Values::model}, {"DESTINATION", "The name of the copy"}},
                 {},
                 {}});
}

CommandSpec rm() {
  return client(
      {"rm", {}, "Remove models", "", {{"MODEL", "The models to remove", true, true, Values::model}}, {}, {}});
}

CommandSpec stop() {
  return client({"stop", {}, "Take a model out of memory", "", {model("The model to stop")}, {}, {}});
}

CommandSpec embed() {
  return client(
      {"embed",
       {},
       "Turn texts into vectors",
       "Prints one vector a line, as JSON. Without a text, every line of the standard input is one.",
       {model("An embedding model"), {"TEXT", "The texts, each an argument of its own", false, true}},
       {dimensions(), keepalive(), {"no-truncate", 0, "", "Refuse a text that is too long instead of cutting it"}},
       {{"fragua embed multilingual-e5-small \"query: forja\"", "one vector"}}});
}

CommandSpec bench() {
  return client({"bench",
                 {},
                 "Measure a model's speed",
                 "Asks the server several times, each time with a new prompt, and reports medians, least and most: "
                 "time to the first "
                 "token, tokens per second of the prompt and of the answer.",
                 {model("The model to measure")},
                 {{"runs", 'n', "N", "How many measured runs (default: 5)"},
                  {"prompt-words", 0, "N", "How long the prompt is (default: 400)"},
                  {"tokens", 0, "N", "How many tokens to answer with (default: 128)"}},
                 {{"fragua bench qwen2.5-coder:1.5b --runs 10 --json", "for a program"}}});
}

CommandSpec eval() {
  return client({"eval",
                 {},
                 "Count how often a model is right",
                 "Asks it every question of FILE, one {\"question\": …, \"answer\": {…}} a line, and reports exact matches, how often "
                 "each field is right, answers that are no JSON, and times; then what was missed.",
                 {model("The model to ask"), {"FILE", "The labelled set", true, false, Values::file}},
                 {{"half", 0, "NAME", "Only questions of this half of the set: development or test"},
                  {"format", 0, "FORMAT", "json, a JSON Schema, or a file with one: the answer is valid against it"},
                  {"system", 0, "TEXT", "System message, instead of the model's own"},
                  {"option", 'o', "NAME=VALUE", "A parameter of the request, such as search_mode=rules; repeatable", true}},
                 {{"fragua eval search-nlp questions.es.jsonl --half test", "a catalogue's search model"}}});
}

CommandSpec catalogue() {
  CommandSpec command{
      "catalogue",
      {},
      "Import data and take it out again",
      "import NAME [SOURCE] brings in a database dump, CSV, JSON or SQLite file; without SOURCE, the live database that its "
      "mapping names. suggest SOURCE proposes a mapping. list and show NAME say what is there, export NAME [FILE] writes "
      "all items with every field as JSON, dataset NAME [FILE] makes a set to train a model with, rm NAME deletes a catalogue.",
      {{"ACTION", "import, suggest, list, show, export, dataset or rm"}, {"ARGUMENT", "What the action is about", false, true, Values::file}},
      {},
      {}};
  command.options = {
      {"mapping", 'm', "FILE", "What the source's tables mean (default: as in the import before)", false, false, Values::file},
      {"replace-models", 0, "", "Also make those models anew that were changed since they were made"},
      {"kind", 0, "KIND", "Of a dataset: questions with their filters, or conversations (default: search)", false, false, Values::choices, {"search", "chat"}},
      {"size", 0, "N", "Conversations of a dataset (default: 61 of search, 53 of chat)"},
      {"seed", 0, "N", "The same seed makes the same dataset (default: 1)"},
      {"part", 0, "PART", "Of a dataset (default: all)", false, false, Values::choices, {"all", "train", "validation"}},
      {"format", 0, "FORMAT", "Of a dataset (default: conversations)", false, false, Values::choices, {"conversations", "llama3", "messages"}},
  };
  command.examples = {{"fragua catalogue suggest shop.sql > catalogue.toml", "a first mapping"},
                      {"fragua catalogue import tickets shop.sql --mapping catalogue.toml", "bring it in"},
                      {"fragua catalogue export tickets all_events.json", "take it out"},
                      {"fragua catalogue dataset tickets --size 2000 --part train --format llama3 > train.jsonl", "to train with"}};
  return client(std::move(command));
}

CommandSpec documents() {
  CommandSpec command{
      "documents",
      {"docs"},
      "Hand in documents and ask them",
      "list [COLLECTION]: documents with their states. add COLLECTION FILE...: hands files in and waits until they can "
      "be asked about. watch COLLECTION FOLDER: keeps a collection in step with a folder until Ctrl-C. "
      "ask [COLLECTION...] QUESTION: an answer with its sources. search [COLLECTION...] QUESTION: the passages alone. "
      "rm COLLECTION DOCUMENT...: removes documents. retry COLLECTION [DOCUMENT...]: reads failed ones again. "
      "collections: lists them. create NAME...: makes them. Collections and documents go by name or id.",
      {{"ACTION", "What to do", true, false, Values::choices},
       {"ARGUMENT", "What to do it with", false, true, Values::file}},
      {},
      {}};
  command.arguments[0].choices = {"list", "add", "watch", "ask", "search", "rm", "retry", "collections", "create"};
  command.options = {
      {"recursive", 'r', "", "add: also folders, with everything in them"},
      {"mirror", 0, "", "watch: also remove documents whose file is not in the folder"},
      {"all", 0, "", "rm: the collection itself, with all of its documents"},
      {"password-file", 0, "FILE", "retry: a file with the password of the documents; - reads the standard input", false,
       false, Values::file},
      {"model", 0, "MODEL", "ask: the model that answers", false, false, Values::model},
      {"limit", 0, "N", "ask, search: how many passages"},
  };
  command.examples = {{"fragua documents add Manuals -r ~/manuals", "a whole folder"},
                      {"fragua documents watch Manuals ~/manuals --mirror", "the collection is what the folder is"},
                      {"fragua documents ask Manuals \"How do I reset the printer?\"", "with the page it stands on"}};
  return client(std::move(command));
}

CommandSpec config() {
  return {"config",
          {},
          "Show the configuration",
          "Prints the values in force: file, then environment, then flags.",
          {},
          {{"explain", 0, "", "Also say where each value comes from and what it means"},
           {"config", 0, "FILE", "Configuration file", false, false, Values::file},
           {"set", 0, "KEY=VALUE", "Set one key of the configuration; repeatable", true},
           as_json()},
          {}};
}

CommandSpec openapi() { return {"openapi", {}, "Print the OpenAPI description of the APIs", "", {}, {}, {}}; }

CommandSpec on_backup_file(std::string name, std::string summary, std::string about, std::string example) {
  return {std::move(name),
          {},
          std::move(summary),
          std::move(about),
          {{"FILE", "The backup, a zip file", true, false, Values::file}},
          {{"config", 0, "FILE", "Configuration file", false, false, Values::file},
           {"set", 0, "KEY=VALUE", "Set one key of the configuration; repeatable", true},
           as_json()},
          {{std::move(example), ""}}};
}

CommandSpec backup() {
  return on_backup_file("backup", "Copy everything but the models' files into one file",
                        "The server may go on running. People, keys, conversations and the models' manifests are in it.",
                        "fragua backup fragua-monday.zip");
}

CommandSpec restore() {
  return on_backup_file("restore", "Put a backup in the place of what is there",
                        "The server must be stopped. The database that was there is kept beside the new one.",
                        "fragua restore fragua-monday.zip");
}

CommandSpec completion() {
  return {"completion",
          {},
          "Print the completion script of a shell",
          "",
          {{"SHELL", "bash, zsh or fish", true, false, Values::shell}},
          {},
          {{"fragua completion bash > ~/.local/share/bash-completion/completions/fragua", "for bash"},
           {"fragua completion zsh > ~/.zfunc/_fragua", "for zsh, with ~/.zfunc in fpath"},
           {"fragua completion fish > ~/.config/fish/completions/fragua.fish", "for fish"}}};
}

CommandSpec man() { return {"man", {}, "Print the manual page", "", {}, {}, {{"fragua man | man -l -", "read it"}}}; }

CommandSpec help() {
  return {"help", {}, "Explain a command", "", {{"COMMAND", "The command to explain", false}}, {}, {}};
}

}  // namespace

std::vector<CommandSpec> command_table() {
  return {serve(), run(),  create(), pull(),  push(),   list(),    ps(),         show(), cp(),
          rm(),    stop(), embed(),  bench(), eval(), documents(), catalogue(), config(), openapi(), backup(), restore(), completion(), man(), help()};
}

}  // namespace fragua::cli
