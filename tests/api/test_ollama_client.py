"""The official ollama client against the real server."""

import json

import ollama
import pytest

CHAT, EMBEDDER = "qwen2.5-coder:0.5b", "multilingual-e5-small"
GREEDY = {"temperature": 0, "num_predict": 24}

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a city now",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


@pytest.fixture(scope="module")
def client(server):
    return ollama.Client(host=server.url)


def test_list_names_what_was_created(client):
    names = [model.model for model in client.list().models]
    assert {"smollm2:135m", CHAT, "multilingual-e5-small:latest"} <= set(names)


def test_show_tells_details_and_capabilities(client):
    shown = client.show(CHAT)
    assert shown.details.format == "gguf"
    assert "completion" in shown.capabilities and "tools" in shown.capabilities
    assert shown.modelinfo["general.architecture"] == "qwen2"


def test_generate_is_reproducible_and_counts(client):
    first = client.generate(CHAT, "The capital of France is", options=GREEDY)
    again = client.generate(CHAT, "The capital of France is", options=GREEDY)
    assert "Paris" in first.response
    assert first.response == again.response
    assert first.done and first.done_reason in ("stop", "length")
    assert min(first.total_duration, first.load_duration, first.prompt_eval_duration, first.eval_duration) > 0
    assert again.prompt_eval_count == first.prompt_eval_count
    assert first.context


def test_seed_decides_what_chance_decides(client):
    def ask(seed):
        return client.generate(CHAT, "Write a random word.", options={"temperature": 1.5, "seed": seed, "num_predict": 3}).response

    first, again = ([ask(seed) for seed in range(8)] for _ in range(2))
    assert len(set(first)) > 2
    # Not all: where cells of the cache lie decides how sums round, and one near tie may fall otherwise (docs/guide/api.md).
    assert sum(a == b for a, b in zip(first, again)) >= 6


def test_generate_streams_and_the_pieces_make_the_whole(client):
    # The first time computes the whole prompt, later ones from the cache: in other batches, so a near tie may fall otherwise.
    client.generate(CHAT, "Count to five.", options=GREEDY)
    whole = client.generate(CHAT, "Count to five.", options=GREEDY).response
    parts = list(client.generate(CHAT, "Count to five.", options=GREEDY, stream=True))
    assert "".join(part.response for part in parts) == whole
    assert [part.done for part in parts].count(True) == 1 and parts[-1].done


def test_chat_remembers_its_messages(client):
    messages = [
        {"role": "user", "content": "My name is Aitana."},
        {"role": "assistant", "content": "Hello Aitana!"},
        {"role": "user", "content": "What is my name?"},
    ]
    assert "Aitana" in client.chat(CHAT, messages, options=GREEDY).message.content
    streamed = "".join(part.message.content for part in client.chat(CHAT, messages, options=GREEDY, stream=True))
    assert "Aitana" in streamed


def test_tools_are_called(client):
    answer = client.chat(CHAT, [{"role": "user", "content": "What is the weather in Lugo?"}], tools=[WEATHER], options={"temperature": 0})
    assert answer.message.tool_calls, answer.message.content
    call = answer.message.tool_calls[0].function
    assert call.name == "get_weather" and call.arguments["city"]


def test_a_schema_is_obeyed(client):
    schema = {
        "type": "object",
        "properties": {"genre": {"enum": ["rock", "metal", None]}, "price": {"type": ["number", "null"]}},
        "required": ["genre", "price"],
    }
    for temperature in (0, 1):
        answer = client.chat(CHAT, [{"role": "user", "content": "metal under 30 euros"}], format=schema, options={"temperature": temperature})
        value = json.loads(answer.message.content)
        assert value["genre"] in ("rock", "metal", None)
        assert value["price"] is None or isinstance(value["price"], (int, float))


def test_embeddings_are_normalised_and_rank_sensibly(client):
    vectors = client.embed(EMBEDDER, ["query: ¿dónde está la fragua?", "passage: La fragua está en el pueblo.", "passage: Los gatos duermen."]).embeddings
    dot = lambda a, b: sum(x * y for x, y in zip(a, b))
    assert all(abs(dot(v, v) - 1) < 1e-3 for v in vectors)
    assert dot(vectors[0], vectors[1]) > dot(vectors[0], vectors[2])
    short = client.embed(EMBEDDER, "query: hola", dimensions=64).embeddings[0]
    assert len(short) == 64 and abs(dot(short, short) - 1) < 1e-3


def test_create_copy_delete(client):
    last = client.create("search-nlp", from_=CHAT, system="Answer with one word.", parameters={"temperature": 0.1, "top_p": 0.9})
    assert last.status == "success"
    shown = client.show("search-nlp")
    assert "temperature" in shown.parameters and "0.9" in shown.parameters
    client.copy("search-nlp", "search-copy")
    assert "search-copy:latest" in [model.model for model in client.list().models]
    client.delete("search-copy")
    client.delete("search-nlp")
    with pytest.raises(ollama.ResponseError) as error:
        client.show("search-nlp")
    assert error.value.status_code == 404


def test_ps_shows_what_is_loaded_and_keep_alive_zero_unloads(client):
    client.generate("smollm2:135m", "hi", options={"num_predict": 1})
    assert "smollm2:135m" in [model.model for model in client.ps().models]
    client.generate("smollm2:135m", keep_alive=0)
    assert "smollm2:135m" not in [model.model for model in client.ps().models]


def test_unknown_model_and_empty_requests_say_so(client, server):
    with pytest.raises(ollama.ResponseError) as error:
        client.chat("nobody", [{"role": "user", "content": "hi"}])
    assert (error.value.status_code, error.value.error) == (404, "model 'nobody' not found")
    assert server.post("/api/chat", {}).json() == {"error": "model is required"}
    assert server.post("/api/embed", {"model": "nobody", "input": "x"}).json() == {"error": 'model "nobody" not found, try pulling it first'}
