"""The official openai client against the real server: chat, completions, embeddings, models, errors."""

import base64
import json
import math
import struct

import openai
import pydantic
import pytest

CHAT, SMALL, EMBEDDER = "qwen2.5-coder:0.5b", "smollm2:135m", "multilingual-e5-small"
HELLO = [{"role": "user", "content": "Say hello to Lugo."}]


@pytest.fixture(scope="module")
def client(server):
    return openai.OpenAI(base_url=server.url + "/v1", api_key="unused", max_retries=0, timeout=120)


def ask(client, content=None, model=SMALL, **options):
    messages = HELLO if content is None else [{"role": "user", "content": content}]
    return checked(client.chat.completions.create(model=model, messages=messages, **({"temperature": 0, "max_tokens": 16} | options)))


def checked(answer):
    """The client does not validate what it is sent: here every required field must be there, with its type."""
    type(answer).model_validate(answer.to_dict())
    return answer


def number_of(server, text, model=SMALL):
    """The one token that the text is."""
    tokens = server.post("/api/v1/tokenize", {"model": model, "text": text, "add_special": False}).json()["tokens"]
    assert len(tokens) == 1, tokens
    return tokens[0]


def test_a_chat_answer_is_whole(client):
    answer = ask(client)
    assert answer.object == "chat.completion" and answer.id.startswith("chatcmpl-") and answer.model == SMALL
    choice = answer.choices[0]
    assert choice.message.role == "assistant" and choice.message.content
    assert choice.finish_reason in ("stop", "length") and choice.message.tool_calls is None
    usage = answer.usage
    assert usage.prompt_tokens > 0 and 0 < usage.completion_tokens <= 16
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_a_streamed_chat_has_the_role_once_an_end_and_usage_only_when_asked(client):
    ask(client)  # fills the cache: the others then compute in the same batches, so near ties fall alike
    whole = ask(client).choices[0]
    for with_usage in (False, True):
        options = {"stream_options": {"include_usage": True}} if with_usage else {}
        stream = client.chat.completions.create(model=SMALL, messages=HELLO, temperature=0, max_tokens=16, stream=True, **options)
        chunks = [checked(chunk) for chunk in stream]
        assert len({chunk.id for chunk in chunks}) == 1 and all(chunk.object == "chat.completion.chunk" for chunk in chunks)
        usage = [chunk for chunk in chunks if not chunk.choices]
        assert len(usage) == (1 if with_usage else 0)
        if with_usage:
            assert chunks.pop() is usage[0] and usage[0].usage.completion_tokens > 0
        assert all(chunk.usage is None for chunk in chunks)
        deltas = [chunk.choices[0].delta for chunk in chunks]
        assert deltas[0].role == "assistant" and not deltas[0].content
        assert all(delta.role is None for delta in deltas[1:])
        assert chunks[-1].choices[0].delta.to_dict() == {} and chunks[-1].choices[0].finish_reason == whole.finish_reason
        assert all(chunk.choices[0].finish_reason is None for chunk in chunks[:-1])
        assert "".join(delta.content or "" for delta in deltas) == whole.message.content


def test_a_stream_ends_with_done_on_the_wire(server):
    body = {"model": SMALL, "messages": HELLO, "max_tokens": 2, "stream": True}
    with server.post("/v1/chat/completions", body, stream=True) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        lines = [line for line in answer.iter_lines() if line]
    assert all(line.startswith(b"data: ") for line in lines) and lines[-1] == b"data: [DONE]"


def test_a_seed_repeats_an_answer_and_every_one_of_n_has_its_own(client):
    def texts(**options):
        answer = ask(client, "Write a random sentence.", temperature=1.5, **{"max_tokens": 3} | options)
        assert [choice.index for choice in answer.choices] == list(range(len(answer.choices)))
        return [choice.message.content for choice in answer.choices]

    assert len(set(texts(seed=7, n=3))) > 1
    first, again = ([texts(seed=seed, max_tokens=2)[0] for seed in range(12)] for _ in range(2))
    assert len(set(first)) > 4
    # Not all: where cells of the cache lie decides how sums round, and a near tie may fall otherwise (docs/guide/api.md).
    assert sum(a == b for a, b in zip(first, again)) >= 9


def test_the_streams_of_several_answers_keep_their_index(client, server):
    options = {"n": 2, "max_tokens": 100, "logit_bias": {number_of(server, " stone"): 100}}
    chunks = list(client.chat.completions.create(model=SMALL, messages=HELLO, stream=True, **options))
    for index in (0, 1):
        own = [chunk.choices[0] for chunk in chunks if chunk.choices[0].index == index]
        assert own[0].delta.role == "assistant" and own[-1].finish_reason == "length"
        assert "".join(choice.delta.content or "" for choice in own) == " stone" * 100
    # Both are written at once: neither waits for the other's end.
    order = [chunk.choices[0].index for chunk in chunks]
    assert order.index(1) < len(order) - 1 - order[::-1].index(0) and order.index(0) < len(order) - 1 - order[::-1].index(1)


def test_stop_sequences_and_both_words_for_the_limit(client):
    counted = ask(client, "Count: 1, 2, 3, 4, 5, 6,", model=CHAT, stop=["7", "8"], max_tokens=64)
    assert counted.choices[0].finish_reason == "stop" and "7" not in counted.choices[0].message.content
    for options in ({"max_tokens": 3}, {"max_tokens": None, "max_completion_tokens": 3}):
        short = ask(client, "Tell a long story.", **options)
        assert short.usage.completion_tokens == 3 and short.choices[0].finish_reason == "length"


def test_log_probabilities_are_of_the_answers_tokens(client):
    answer = ask(client, logprobs=True, top_logprobs=3, max_tokens=5)
    tokens = answer.choices[0].logprobs.content
    assert len(tokens) == answer.usage.completion_tokens
    assert "".join(bytes(token.bytes).decode() for token in tokens if token.token != "<|im_end|>").startswith(answer.choices[0].message.content)
    for token in tokens:
        assert token.logprob <= 0 and len(token.top_logprobs) == 3
        assert token.logprob == pytest.approx(max(top.logprob for top in token.top_logprobs))  # temperature 0 takes the likeliest
        assert sum(math.exp(top.logprob) for top in token.top_logprobs) <= 1.001


def test_a_bias_forces_and_forbids_a_token(client, server):
    token = number_of(server, " stone")
    forced = ask(client, logit_bias={token: 100}, max_tokens=4)
    assert forced.choices[0].message.content == " stone" * 4
    plain = ask(client, logprobs=True, max_tokens=1).choices[0].logprobs.content[0].token
    banned = ask(client, logit_bias={number_of(server, plain): -100}, logprobs=True, max_tokens=1)
    assert banned.choices[0].logprobs.content[0].token != plain


def test_a_repeated_prompt_comes_from_the_cache(client):
    content = "Remember these words: anvil, hammer, tongs, bellows, quench, temper, forge."
    first, again = ask(client, content), ask(client, content)
    assert again.usage.prompt_tokens == first.usage.prompt_tokens
    assert again.usage.prompt_tokens_details.cached_tokens > max(first.usage.prompt_tokens_details.cached_tokens, again.usage.prompt_tokens // 2)


def test_response_formats_are_obeyed(client):
    value = json.loads(ask(client, "Give me a JSON object with the name and the symbol of iron.", model=CHAT, response_format={"type": "json_object"}, max_tokens=400).choices[0].message.content)
    assert isinstance(value, dict)
    schema = {"type": "object", "properties": {"metal": {"enum": ["iron", "copper"]}, "kilos": {"type": "integer"}}, "required": ["metal", "kilos"]}
    for temperature in (0, 1):
        answer = ask(client, "Two kilos of copper.", temperature=temperature, max_tokens=100,
                     response_format={"type": "json_schema", "json_schema": {"name": "order", "schema": schema, "strict": True}})
        order = json.loads(answer.choices[0].message.content)
        assert order["metal"] in ("iron", "copper") and isinstance(order["kilos"], int)


class Order(pydantic.BaseModel):
    metal: str
    kilos: int


def test_parse_gives_back_the_pydantic_model(client):
    answer = client.chat.completions.parse(model=CHAT, messages=[{"role": "user", "content": "I want two kilos of copper."}], response_format=Order, temperature=0)
    assert isinstance(answer.choices[0].message.parsed, Order)


@pytest.mark.parametrize(
    "grammar,pattern",
    [
        ('root ::= ("yes" | "no") "!"', ("yes!", "no!")),
        ({"type": "regex", "grammar": "(red|blue) [0-9]"}, tuple(f"{colour} {digit}" for colour in ("red", "blue") for digit in range(10))),
    ],
)
def test_a_grammar_is_obeyed(client, grammar, pattern):
    assert ask(client, "Answer.", temperature=1, extra_body={"grammar": grammar}).choices[0].message.content in pattern


def test_a_structured_answer_that_is_cut_says_what_is_missing(client):
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a", "b"]}
    answer = ask(client, max_tokens=3, response_format={"type": "json_schema", "json_schema": {"name": "x", "schema": schema}})
    assert answer.choices[0].finish_reason == "length" and answer.choices[0].model_extra["missing"]


def test_a_dialogue_that_does_not_fit_says_what_it_lost_or_is_refused(client):
    messages = [{"role": ("user", "assistant")[i % 2], "content": f"message {i} " + "word " * 40} for i in range(21)]
    options = {"model": SMALL, "messages": messages, "max_tokens": 4, "extra_body": {"num_ctx": 512}}
    lacks = client.chat.completions.create(**options).choices[0].model_extra
    assert lacks["truncated"] and lacks["dropped_messages"] > 0
    last = list(client.chat.completions.create(**options, stream=True))[-1]
    assert last.choices[0].model_extra["dropped_tokens"] == lacks["dropped_tokens"]
    with pytest.raises(openai.BadRequestError, match="exceeds the context length"):
        client.chat.completions.create(**(options | {"extra_body": {"num_ctx": 512, "truncate": False}}))


def test_completions_go_on_from_texts_and_tokens(client, server):
    tokens = server.post("/api/v1/tokenize", {"model": CHAT, "text": "The capital of France is"}).json()["tokens"]
    other = server.post("/api/v1/tokenize", {"model": CHAT, "text": "One plus one is"}).json()["tokens"]
    options = {"model": CHAT, "temperature": 0, "max_tokens": 4}
    one = checked(client.completions.create(prompt="The capital of France is", **options))
    assert one.object == "text_completion" and "Paris" in one.choices[0].text
    assert "Paris" in client.completions.create(prompt=tokens, **options).choices[0].text
    both = client.completions.create(prompt=[tokens, other], **options)
    assert [choice.index for choice in both.choices] == [0, 1] and "Paris" in both.choices[0].text
    texts = client.completions.create(prompt=["The capital of France is", "Hello"], n=2, echo=True, **options)
    assert [choice.text.startswith(start) for choice, start in zip(texts.choices, ["The capital"] * 2 + ["Hello"] * 2)] == [True] * 4
    assert client.completions.create(prompt=tokens, echo=True, **options).choices[0].text.startswith("The capital of France is")


def test_completions_stream_and_tell_log_probabilities(client):
    options = {"model": SMALL, "prompt": "The sky is", "temperature": 0, "max_tokens": 6}
    whole = client.completions.create(**options, logprobs=2)
    logprobs = whole.choices[0].logprobs
    assert "".join(logprobs.tokens) == whole.choices[0].text and logprobs.text_offset[0] == 0
    assert all(len(top) == 2 for top in logprobs.top_logprobs)
    chunks = list(client.completions.create(**options, stream=True, stream_options={"include_usage": True}))
    assert "".join(chunk.choices[0].text for chunk in chunks if chunk.choices) == whole.choices[0].text
    assert chunks[-1].choices == [] and chunks[-1].usage.completion_tokens == whole.usage.completion_tokens
    assert chunks[-2].choices[0].finish_reason == "length"


def test_a_suffix_stands_in_the_prompt_where_the_model_can_insert(client, server):
    prompt, suffix = "def add(a, b):\n    return ", "\n\nprint(add(1, 2))"
    answer = client.completions.create(model=CHAT, prompt=prompt, suffix=suffix, temperature=0, max_tokens=4)
    tokens = [server.post("/api/v1/tokenize", {"model": CHAT, "text": text, "add_special": False}).json()["count"] for text in (prompt, suffix)]
    assert answer.usage.prompt_tokens == sum(tokens) + 3  # the marks before, between and after
    with pytest.raises(openai.BadRequestError, match="does not support insert"):
        client.completions.create(model=SMALL, prompt="a", suffix="b")


def test_embeddings_take_texts_and_tokens_and_come_as_numbers_or_base64(client, server):
    def vectors(value, **options):
        answer = checked(client.embeddings.create(model=EMBEDDER, input=value, **options))
        assert [item.index for item in answer.data] == list(range(len(answer.data))) and answer.usage.prompt_tokens > 0
        return [item.embedding for item in answer.data]

    text = "query: hola"
    tokens = server.post("/api/v1/tokenize", {"model": EMBEDDER, "text": text}).json()["tokens"]
    one = vectors(text)[0]
    assert len(one) == 384 and sum(x * x for x in one) == pytest.approx(1, abs=1e-3)
    for other in (vectors([text, "passage: adiós"])[0], vectors(tokens)[0], vectors([tokens, tokens])[1], vectors(text, encoding_format="float")[0]):
        assert sum(a * b for a, b in zip(one, other)) == pytest.approx(1, abs=2e-3)
    raw = server.post("/v1/embeddings", {"model": EMBEDDER, "input": text, "encoding_format": "base64"}).json()["data"][0]["embedding"]
    assert struct.unpack("<384f", base64.b64decode(raw)) == pytest.approx(one, abs=1e-5)
    short = vectors(text, dimensions=64)[0]
    assert len(short) == 64 and sum(x * x for x in short) == pytest.approx(1, abs=1e-3)


def test_models_are_listed_and_shown(client):
    listed = {model.id: checked(model) for model in client.models.list()}
    assert {SMALL, CHAT, EMBEDDER + ":latest"} <= set(listed)
    assert all(model.owned_by == "library" and model.object == "model" and model.created > 0 for model in listed.values())
    assert client.models.retrieve(SMALL).id == SMALL
    with pytest.raises(openai.NotFoundError) as error:
        client.models.retrieve("nobody")
    assert error.value.type == "not_found_error" and "nobody" in error.value.message


@pytest.mark.parametrize(
    "options,field",
    [
        ({"messages": []}, "messages"),
        ({"temperature": 3}, "temperature"),
        ({"n": 0}, "n"),
        ({"n": 1000}, "n"),
        ({"top_logprobs": 2}, "top_logprobs"),
        ({"logprobs": True, "top_logprobs": 21}, "top_logprobs"),
        ({"messages": [{"role": "wizard", "content": "x"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://127.0.0.1/x.png"}}]}]}, "messages[0].content[0].image_url"),
        ({"messages": [{"role": "user", "content": 5}]}, "messages[0].content"),
        ({"response_format": {"type": "poem"}}, "response_format.type"),
        ({"tool_choice": "required"}, "tool_choice"),
        ({"extra_body": {"num_ctx": "large"}}, "num_ctx"),
        ({"extra_body": {"stop": 5}}, None),
        ({"extra_body": {"grammar": "root ::= ("}}, None),
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "wrong"}}}}, None),
    ],
)
def test_a_bad_request_says_which_field_is_wrong(client, options, field):
    with pytest.raises(openai.BadRequestError) as error:
        client.chat.completions.create(**({"model": SMALL, "messages": HELLO} | options))
    assert error.value.type == "invalid_request_error" and error.value.code and error.value.message
    assert error.value.param == field or (field is None and error.value.param)


def test_limits_on_the_number_of_answers_and_inputs(client):
    for call in (
        lambda: client.completions.create(model=SMALL, prompt=["a"] * 65),
        lambda: client.embeddings.create(model=EMBEDDER, input=["a"] * 2049),
        lambda: client.embeddings.create(model=EMBEDDER, input=[]),
        lambda: client.embeddings.create(model=EMBEDDER, input="a", dimensions=385),
        lambda: client.embeddings.create(model=EMBEDDER, input=[1, 10_000_000]),
        lambda: client.completions.create(model=SMALL, prompt=[1, -1]),
        lambda: client.completions.create(model=SMALL, prompt=[10_000_000]),
    ):
        with pytest.raises(openai.BadRequestError):
            call()


def test_unknown_models_and_what_a_model_cannot_do(client):
    with pytest.raises(openai.NotFoundError) as error:
        client.chat.completions.create(model="nobody", messages=HELLO)
    assert error.value.code == "not_found" and "model 'nobody' not found" in error.value.message
    with pytest.raises(openai.BadRequestError, match="does not support generate"):
        client.chat.completions.create(model=EMBEDDER, messages=HELLO)
    with pytest.raises(openai.BadRequestError, match="audio is not supported"):
        client.audio.transcriptions.create(model=SMALL, file=("a.wav", b"RIFF"))
