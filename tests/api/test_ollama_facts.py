"""Ollama's surface, fact by fact, over plain HTTP: what Ollama's own sources say, and what re-implementers get wrong."""

import datetime
import hashlib
import json
import re
import time

import pytest
import requests
from fragua_server import wait_for

CHAT, EMBEDDER = "smollm2:135m", "multilingual-e5-small"
SHORT = {"temperature": 0, "num_predict": 4}
HEX = re.compile(r"[0-9a-f]{64}")
NO_DIGEST = "sha256:" + "0" * 64

CHATML = """{{- if .System }}<|im_start|>system
{{ .System }}<|im_end|>
{{ end }}{{- range .Messages }}{{ if ne .Role "system" }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}{{ end }}<|im_start|>assistant
"""
THINKER = """{{- range .Messages }}<|im_start|>{{ .Role }}
{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
{{ if .Think }}<think>
{{ end }}"""
INSERTER = """{{ if .Suffix }}BEFORE {{ .Prompt }} AFTER {{ .Suffix }} MIDDLE {{ else }}{{ .Prompt }}{{ end }}"""


def call(server, method, path, body=None, **options):
    return requests.request(method, server.url + path, json=body, timeout=120, **options)


def generate(server, **fields):
    answer = server.post("/api/generate", {"model": CHAT, "stream": False, "options": SHORT} | fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def chat(server, messages, **fields):
    answer = server.post("/api/chat", {"model": CHAT, "messages": messages, "stream": False, "options": SHORT} | fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def text_of(server, model, tokens):
    return server.post("/api/v1/detokenize", {"model": model, "tokens": tokens}).json()["text"]


@pytest.fixture(scope="module")
def made(server):
    """Makes models by /api/create, and removes them at the end."""
    names = []

    def make(name, **fields):
        created = server.post("/api/create", {"model": name, "from": CHAT, "stream": False} | fields)
        assert created.status_code == 200, created.text
        names.append(name)
        return name

    yield make
    for name in names:
        server.delete(name)


ERRORS = [
    ("no body is an error that says so", "POST", "/api/generate", None, 400, "missing request body"),
    ("chat needs a model", "POST", "/api/chat", {}, 400, "model is required"),
    ("generate needs a model", "POST", "/api/generate", {"prompt": "x"}, 400, "model is required"),
    ("embed needs a model", "POST", "/api/embed", {"input": "x"}, 400, "model is required"),
    ("show needs a model", "POST", "/api/show", {"model": "", "name": None}, 400, "model is required"),
    ("push needs a model", "POST", "/api/push", {}, 400, "model is required"),
    ("generate names an unknown model", "POST", "/api/generate", {"model": "nobody", "prompt": "x"}, 404, "model 'nobody' not found"),
    ("chat names an unknown model", "POST", "/api/chat", {"model": "nobody", "messages": []}, 404, "model 'nobody' not found"),
    ("embed says to pull an unknown model", "POST", "/api/embed", {"model": "nobody", "input": "x"}, 404, 'model "nobody" not found, try pulling it first'),
    ("embeddings says to pull an unknown model", "POST", "/api/embeddings", {"model": "nobody", "prompt": "x"}, 404, 'model "nobody" not found, try pulling it first'),
    ("show names an unknown model", "POST", "/api/show", {"model": "nobody"}, 404, "model 'nobody' not found"),
    ("delete names an unknown model", "DELETE", "/api/delete", {"model": "nobody"}, 404, "model 'nobody' not found"),
    ("copy quotes an unknown source", "POST", "/api/copy", {"source": "nobody", "destination": "x"}, 404, 'model "nobody" not found'),
    ("copy refuses a source that is no name", "POST", "/api/copy", {"source": "a b", "destination": "x"}, 400, 'source "a b" is invalid'),
    ("copy refuses a destination that is no name", "POST", "/api/copy", {"source": CHAT, "destination": "a b"}, 400, 'destination "a b" is invalid'),
    ("show refuses what is no name", "POST", "/api/show", {"model": "a b"}, 400, "invalid model name"),
    ("pull refuses what is no name", "POST", "/api/pull", {"model": "a b"}, 400, "invalid model name"),
    ("create refuses what is no name", "POST", "/api/create", {"model": "a b", "from": CHAT}, 400, "invalid model name"),
    ("create needs something to create from", "POST", "/api/create", {"model": "x"}, 400, "neither 'from' or 'files' was specified"),
    ("create refuses files outside of its folder", "POST", "/api/create", {"model": "x", "files": {"../a.gguf": NO_DIGEST}}, 400, "file path must be relative"),
    ("create refuses a quantisation that nobody knows", "POST", "/api/create", {"model": "x", "from": CHAT, "quantization": "q9_Z"}, 400, "unsupported quantization type q9_Z"),
    ("raw takes no system", "POST", "/api/generate", {"model": CHAT, "prompt": "x", "raw": True, "system": "y"}, 400, "raw mode does not support template, system, or context"),
    ("raw takes no template", "POST", "/api/generate", {"model": CHAT, "prompt": "x", "raw": True, "template": "y"}, 400, "raw mode does not support template, system, or context"),
    ("raw takes no context", "POST", "/api/generate", {"model": CHAT, "prompt": "x", "raw": True, "context": [1]}, 400, "raw mode does not support template, system, or context"),
    ("twenty logprobs are the most", "POST", "/api/chat", {"model": CHAT, "messages": [], "top_logprobs": 21}, 400, "top_logprobs must be between 0 and 20"),
    ("a model that cannot think says so", "POST", "/api/chat", {"model": CHAT, "messages": [{"role": "user", "content": "x"}], "think": True}, 400, f'"{CHAT}" does not support thinking'),
    ("loading for thinking is refused as well", "POST", "/api/generate", {"model": CHAT, "think": True}, 400, f'"{CHAT}" does not support thinking'),
    ("a model that cannot fill in says so", "POST", "/api/generate", {"model": CHAT, "prompt": "x", "suffix": "y"}, 400, f'"{CHAT}" does not support insert'),
    ("an embedder does not chat", "POST", "/api/chat", {"model": EMBEDDER, "messages": [{"role": "user", "content": "x"}]}, 400, f'"{EMBEDDER}:latest" does not support chat'),
    ("an embedder does not generate", "POST", "/api/generate", {"model": EMBEDDER, "prompt": "x"}, 400, f'"{EMBEDDER}:latest" does not support generate'),
    ("an input of another type is named", "POST", "/api/embed", {"model": EMBEDDER, "input": 5}, 400, "invalid input type"),
    ("an input with another type inside is named", "POST", "/api/embed", {"model": EMBEDDER, "input": ["a", 5]}, 400, "invalid input type"),
    ("embed can be told not to cut", "POST", "/api/embed", {"model": EMBEDDER, "input": "word " * 2000, "truncate": False}, 400, "the input length exceeds the context length"),
    ('the text "-1" is no duration', "POST", "/api/generate", {"model": CHAT, "keep_alive": "-1"}, 400, None),
    ("a format that nobody knows is refused", "POST", "/api/generate", {"model": CHAT, "prompt": "x", "format": "xml"}, 400, None),
    ("an option of the wrong type is refused", "POST", "/api/generate", {"model": CHAT, "prompt": "x", "options": {"top_k": "many"}}, 400, None),
]


@pytest.mark.parametrize("fact,method,path,body,status,error", ERRORS, ids=[fact[0] for fact in ERRORS])
def test_errors(server, fact, method, path, body, status, error):
    answer = call(server, method, path, body)
    assert answer.status_code == status, answer.text
    said = answer.json()
    assert list(said) == ["error"] and said["error"]
    if error:
        assert said["error"] == error


WRONG_METHODS = [("GET", path) for path in ("/api/generate", "/api/chat", "/api/embed", "/api/embeddings", "/api/show", "/api/pull", "/api/push", "/api/create", "/api/copy")]
WRONG_METHODS += [("POST", path) for path in ("/api/tags", "/api/ps", "/api/version", "/api/delete")] + [("DELETE", "/api/blobs/" + NO_DIGEST)]


@pytest.mark.parametrize("method,path", WRONG_METHODS, ids=[" ".join(pair) for pair in WRONG_METHODS])
def test_a_wrong_method_is_405(server, method, path):
    assert call(server, method, path, {} if method == "POST" else None).status_code == 405


@pytest.mark.parametrize("path", ["/", "/api/version", "/api/tags"])
def test_head_is_answered_like_get_without_a_body(server, path):
    head = requests.head(server.url + path, timeout=10)
    assert head.status_code == 200 and head.content == b""


def test_the_root_says_what_clients_look_for(server):
    assert server.get("/").text == "Ollama is running"


@pytest.mark.parametrize("path,body", [("/api/generate", {"prompt": "Hi"}), ("/api/chat", {"messages": [{"role": "user", "content": "Hi"}]})])
def test_a_stream_is_the_default_and_its_last_line_alone_is_done(server, path, body):
    answer = server.post(path, {"model": CHAT, "options": SHORT} | body)
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["done"] for line in lines] == [False] * (len(lines) - 1) + [True]
    assert all(line["model"] == CHAT and line["created_at"].endswith("Z") for line in lines)
    assert lines[-1]["done_reason"] in ("stop", "length")
    durations = [lines[-1][name] for name in ("total_duration", "load_duration", "prompt_eval_duration", "eval_duration")]
    assert all(isinstance(duration, int) and duration > 0 for duration in durations)
    assert lines[-1]["prompt_eval_count"] > 0 and lines[-1]["eval_count"] > 0
    assert lines[-1]["total_duration"] < 120e9


@pytest.mark.parametrize("unused", ["", None])
def test_what_go_clients_send_for_unused_fields_counts_as_absent(server, unused):
    fields = {name: unused for name in ("system", "template", "suffix", "format", "keep_alive", "think", "context", "images", "raw", "truncate", "shift", "logprobs", "top_logprobs")}
    if unused == "":  # Go has no empty text for these
        fields = {name: "" for name in ("system", "template", "suffix", "format")}
    generate(server, prompt="Say hi")  # fills the cache: the others then compute in the same batches, so near ties fall alike
    assert generate(server, prompt="Say hi", **fields)["response"] == generate(server, prompt="Say hi")["response"]


@pytest.mark.parametrize("field", ["model", "name"])
def test_show_and_delete_fall_back_from_model_to_name(server, made, field):
    server.post("/api/copy", {"source": CHAT, "destination": "short-lived"})
    other = {"name": "model", "model": "name"}[field]
    assert server.post("/api/show", {field: "short-lived", other: ""}).status_code == 200
    gone = call(server, "DELETE", "/api/delete", {field: "short-lived", other: ""})
    assert (gone.status_code, gone.content) == (200, b"")


def test_copy_answers_200_with_an_empty_body(server):
    copied = server.post("/api/copy", {"source": CHAT, "destination": "copied"})
    assert (copied.status_code, copied.content) == (200, b"")
    assert "copied:latest" in server.names()
    server.delete("copied")


def test_an_empty_prompt_loads_and_with_keep_alive_zero_unloads(server):
    loaded = server.post("/api/generate", {"model": CHAT}).json()
    assert (loaded["response"], loaded["done"], loaded["done_reason"]) == ("", True, "load")
    assert CHAT in running(server)
    by_chat = server.post("/api/chat", {"model": CHAT, "messages": []}).json()
    assert (by_chat["message"], by_chat["done_reason"]) == ({"role": "assistant", "content": ""}, "load")
    unloaded = server.post("/api/chat", {"model": CHAT, "messages": [], "keep_alive": 0}).json()
    assert unloaded["done_reason"] == "unload"
    assert CHAT not in running(server)


def running(server):
    return {model["name"]: model for model in server.get("/api/ps").json()["models"]}


def seconds_left(server):
    expires = running(server)[CHAT]["expires_at"]
    when = datetime.datetime.fromisoformat(re.sub(r"\.\d+Z$", "+00:00", expires))
    return (when - datetime.datetime.now(datetime.timezone.utc)).total_seconds()


YEARS = 20 * 365 * 24 * 3600
KEEP_ALIVES = [(90, 30, 90), ("2h", 7000, 7200), ("1h30m", 5000, 5400), (120.5, 60, 121), (-1, YEARS, 1e12), ("-1m", YEARS, 1e12), (-5.5, YEARS, 1e12)]


@pytest.mark.parametrize("keep_alive,least,most", KEEP_ALIVES, ids=[json.dumps(row[0]) for row in KEEP_ALIVES])
def test_keep_alive_is_seconds_or_a_duration_and_for_ever_when_negative(server, keep_alive, least, most):
    server.post("/api/generate", {"model": CHAT, "keep_alive": keep_alive})
    assert least < seconds_left(server) <= most


def test_a_request_without_keep_alive_leaves_the_model_the_one_it_has(server):
    server.post("/api/generate", {"model": CHAT, "keep_alive": "3h"})
    generate(server, prompt="Hi")
    assert 10000 < seconds_left(server) <= 10800
    server.post("/api/generate", {"model": CHAT, "keep_alive": "5m"})


def test_ps_has_ollamas_fields(server):
    generate(server, prompt="Hi")
    model = running(server)[CHAT]
    assert set(model) == {"name", "model", "size", "digest", "details", "expires_at", "size_vram", "context_length"}
    assert model["size"] > 50_000_000 and HEX.fullmatch(model["digest"]) and model["details"]["format"] == "gguf"


def test_tags_are_newest_first_and_their_digest_is_that_of_the_manifests_bytes(server, made):
    made("newest", system="new")
    models = server.get("/api/tags").json()["models"]
    assert models[0]["name"] == models[0]["model"] == "newest:latest"
    assert [model["modified_at"] for model in models] == sorted((model["modified_at"] for model in models), reverse=True)
    for model in models:
        path, tag = model["name"].split(":")
        manifest = (server.models / "manifests/registry.ollama.ai/library" / path / tag).read_bytes()
        assert model["digest"] == hashlib.sha256(manifest).hexdigest()
        blobs = [json.loads(manifest)["config"], *json.loads(manifest)["layers"]]
        assert model["size"] == sum(blob["size"] for blob in blobs)
        assert set(model["details"]) >= {"parent_model", "format", "family", "families", "parameter_size", "quantization_level"}


def test_names_match_in_any_case(server):
    assert server.post("/api/show", {"model": "SmolLM2:135M"}).status_code == 200
    assert generate(server, model="SMOLLM2:135m", prompt="Hi")["done"]


def test_show_has_everything_that_the_model_was_made_of(server, made):
    made("whole", template=CHATML, system="Be brief.", license=["one", "two"], parameters={"temperature": 0.1, "stop": ["a", "b"]},
         messages=[{"role": "user", "content": "u"}, {"role": "assistant", "content": "a"}], requires="0.10.0", renderer="r", parser="p")
    shown = server.post("/api/show", {"model": "whole"}).json()
    assert set(shown) == {"license", "modelfile", "parameters", "template", "system", "renderer", "parser", "details", "messages", "model_info",
                          "capabilities", "modified_at", "requires"}
    assert (shown["license"], shown["system"], shown["template"]) == ("one\ntwo", "Be brief.", CHATML)
    assert (shown["requires"], shown["renderer"], shown["parser"]) == ("0.10.0", "r", "p")
    assert shown["messages"] == [{"role": "user", "content": "u"}, {"role": "assistant", "content": "a"}]
    assert shown["parameters"].split("\n") == [f'{"stop":<30} "a"', f'{"stop":<30} "b"', f'{"temperature":<30} 0.1']
    assert shown["details"]["parent_model"] == CHAT
    assert shown["model_info"]["general.architecture"] == "llama" and shown["model_info"]["tokenizer.ggml.tokens"] == []
    verbose = server.post("/api/show", {"model": "whole", "verbose": True}).json()
    assert len(verbose["model_info"]["tokenizer.ggml.tokens"]) == 49152
    tensors = {tensor["name"]: tensor for tensor in verbose["tensors"]}
    assert tensors["token_embd.weight"]["shape"] == [576, 49152] and tensors["token_embd.weight"]["type"].startswith("Q")


def test_create_tells_its_steps(server, made):
    answer = server.post("/api/create", {"model": "steps", "from": CHAT, "system": "Steps."})
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    steps = [json.loads(line)["status"] for line in answer.text.splitlines()]
    assert any(step.startswith("using existing layer sha256:") for step in steps)
    assert steps[-2:] == ["writing manifest", "success"]
    server.delete("steps")


def test_blobs_are_201_when_new_and_200_when_known(server):
    data = str(time.time_ns()).encode()
    url = f"{server.url}/api/blobs/sha256:{hashlib.sha256(data).hexdigest()}"
    assert requests.head(url, timeout=10).status_code == 404
    assert requests.post(url, data=data, timeout=10).status_code == 201
    assert requests.post(url, data=data, timeout=10).status_code == 200
    assert requests.head(url, timeout=10).status_code == 200


def test_an_unknown_option_is_ignored_with_a_warning(server):
    assert generate(server, prompt="Hi", options=SHORT | {"warmth": 3})["done"]
    warning = next(json.loads(line) for line in server.log().splitlines() if '"options.ignored"' in line and "warmth" in line)
    assert warning["level"] == "warn"


def test_the_requests_options_go_over_the_models_parameters(server, made):
    made("short", parameters={"num_predict": 3, "temperature": 0})
    assert generate(server, model="short", prompt="Count to one hundred.", options={})["eval_count"] == 3
    assert generate(server, model="short", prompt="Count to one hundred.", options={"num_predict": 5})["eval_count"] == 5


def test_prompt_eval_count_includes_cached_tokens(server):
    first = generate(server, prompt="The same words again and again.")
    again = generate(server, prompt="The same words again and again.")
    assert again["prompt_eval_count"] == first["prompt_eval_count"]
    assert again["prompt_cached_count"] > 0


def test_generate_returns_its_context_unless_raw(server):
    assert len(generate(server, prompt="Hi")["context"]) > 4
    assert "context" not in generate(server, prompt="Hi", raw=True)


def test_a_context_goes_on_and_the_system_is_not_said_twice(server, made):
    made("brief", template=CHATML, system="Be brief.", messages=[{"role": "user", "content": "u"}, {"role": "assistant", "content": "a"}])
    first = generate(server, model="brief", prompt="One")
    whole = text_of(server, "brief", first["context"])
    start = ("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nu<|im_end|>\n<|im_start|>assistant\na<|im_end|>\n"
             "<|im_start|>user\nOne<|im_end|>\n<|im_start|>assistant\n")
    assert whole == start + first["response"]
    second = generate(server, model="brief", prompt="Two", context=first["context"])
    assert text_of(server, "brief", second["context"]) == whole + "<|im_start|>user\nTwo<|im_end|>\n<|im_start|>assistant\n" + second["response"]
    other = generate(server, model="brief", prompt="One", system="Be kind.")
    assert text_of(server, "brief", other["context"]).startswith("<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nu<|im_end|>\n")


def test_a_chats_roles_may_be_written_in_any_case(server):
    assert chat(server, [{"role": "USER", "content": "Hi"}])["message"] == chat(server, [{"role": "user", "content": "Hi"}])["message"]


def test_a_thinking_model_thinks_unless_told_not_to(server, made):
    made("thinker", template=THINKER)
    assert "thinking" in server.post("/api/show", {"model": "thinker"}).json()["capabilities"]
    hello = [{"role": "user", "content": "Hello"}]
    for answer in (chat(server, hello, model="thinker"), chat(server, hello, model="thinker", think=True), chat(server, hello, model="thinker", think="high")):
        assert answer["message"]["thinking"] and not answer["message"]["content"]
    plain = chat(server, hello, model="thinker", think=False)["message"]
    assert plain["content"] and "thinking" not in plain
    assert generate(server, model="thinker", prompt="Hello")["thinking"]


def test_a_template_with_a_suffix_fills_in_the_middle(server, made):
    made("inserter", template=INSERTER)
    assert "insert" in server.post("/api/show", {"model": "inserter"}).json()["capabilities"]
    filled = generate(server, model="inserter", prompt="def f():", suffix="return x")
    assert text_of(server, "inserter", filled["context"]).startswith("BEFORE def f(): AFTER return x MIDDLE ")


def test_a_requests_template_goes_over_the_models(server):
    answer = generate(server, prompt="iron", template="Only {{ .Prompt }} counts:")
    assert text_of(server, CHAT, answer["context"]).startswith("Only iron counts:")


def test_format_is_json_or_a_schema(server):
    options = {"temperature": 0, "num_predict": 200}
    exact = 'Answer with exactly this JSON object and nothing else: {"legs": 4}'
    assert json.loads(generate(server, model="qwen2.5-coder:0.5b", prompt=exact, format="json", options=options)["response"]) == {"legs": 4}
    schema = {"type": "object", "properties": {"legs": {"type": "integer"}}, "required": ["legs"]}
    assert isinstance(json.loads(generate(server, prompt="A cat", format=schema, options=options)["response"])["legs"], int)


@pytest.mark.parametrize("path", ["/api/generate", "/api/chat"])
def test_logprobs_come_with_their_alternatives(server, path):
    ask = {"prompt": "Hi"} if path == "/api/generate" else {"messages": [{"role": "user", "content": "Hi"}]}
    answer = server.post(path, {"model": CHAT, "stream": False, "options": SHORT, "logprobs": True, "top_logprobs": 3} | ask).json()
    assert len(answer["logprobs"]) == answer["eval_count"]
    for entry in answer["logprobs"]:
        assert entry["logprob"] <= 0 and bytes(entry["bytes"]).decode("utf-8", "replace") == entry["token"]
        alternatives = [other["logprob"] for other in entry["top_logprobs"]]
        assert len(alternatives) == 3 and alternatives == sorted(alternatives, reverse=True)
        assert entry["logprob"] == pytest.approx(max(alternatives), abs=1e-3)  # the greedy choice is the likeliest
    alone = server.post(path, {"model": CHAT, "stream": False, "options": SHORT, "logprobs": True} | ask).json()["logprobs"]
    assert all("top_logprobs" not in entry for entry in alone)


def test_a_prompt_that_does_not_fit_is_cut_and_the_answer_says_so(server):
    cut = generate(server, prompt="word " * 900, options=SHORT | {"num_ctx": 256})
    assert cut["truncated"] and cut["dropped_tokens"] > 500 and cut["prompt_eval_count"] < 256
    refused = server.post("/api/generate", {"model": CHAT, "prompt": "word " * 900, "truncate": False, "options": {"num_ctx": 256}})
    assert refused.status_code == 400 and refused.json()["error"].startswith("the input length exceeds the context length")


def test_embeddings_come_in_order_and_cut_what_is_too_long(server):
    both = server.post("/api/embed", {"model": EMBEDDER, "input": ["query: a", "word " * 2000]}).json()
    assert set(both) == {"model", "embeddings", "total_duration", "load_duration", "prompt_eval_count"}
    assert len(both["embeddings"]) == 2 and both["prompt_eval_count"] <= 512 + 16
    assert both["total_duration"] > both["load_duration"] > 0
    alone = server.post("/api/embed", {"model": EMBEDDER, "input": "query: a"}).json()["embeddings"][0]
    assert alone == pytest.approx(both["embeddings"][0], abs=1e-3)
    older = server.post("/api/embeddings", {"model": EMBEDDER, "prompt": "query: a"}).json()
    assert list(older) == ["embedding"] and older["embedding"] == pytest.approx(alone, abs=1e-3)


@pytest.mark.parametrize("nothing", [None, "", []])
def test_an_empty_input_loads_and_embeds_nothing(server, nothing):
    assert server.post("/api/embed", {"model": EMBEDDER, "input": nothing}).json() == {"model": EMBEDDER, "embeddings": []}
    assert EMBEDDER + ":latest" in running(server)


def test_a_client_that_leaves_is_logged_as_499(server):
    stream = server.post("/api/generate", {"model": CHAT, "prompt": "Tell a long story.", "options": {"num_predict": 2000}}, stream=True)
    next(stream.iter_lines())
    identifier = stream.headers["X-Request-Id"]
    stream.close()
    line = wait_for(lambda: next((line for line in server.log().splitlines() if identifier in line), None), "the request is not logged")
    assert json.loads(line)["status"] == 499


