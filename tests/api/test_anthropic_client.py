"""The official anthropic client against the real server."""

import json

import anthropic
import offered_tools
import pytest

CHAT, SMALL = "qwen2.5-coder:0.5b", "smollm2:135m"
QUESTION = [{"role": "user", "content": "What is the weather in Lugo?"}]
UNRELATED = [{"role": "user", "content": "Explain in one sentence why iron rusts."}]


@pytest.fixture(scope="module")
def client(server):
    return anthropic.Anthropic(base_url=server.url, api_key="unused", max_retries=0, timeout=120)


def options_of(content=None, temperature=0, **options):
    messages = [{"role": "user", "content": "Say hello to Lugo." if content is None else content}]
    # This version of the client has no parameter for the temperature; the API has.
    return {"model": SMALL, "messages": messages, "max_tokens": 32, "extra_body": {"temperature": temperature}} | options


def ask(client, content=None, **options):
    return checked(client.messages.create(**options_of(content, **options)))


def checked(answer):
    """The client does not validate what it is sent: here every required field must be there, with its type."""
    type(answer).model_validate(answer.to_dict())
    return answer


def calls_of(answer):
    assert answer.stop_reason == "tool_use", answer
    calls = [block for block in answer.content if block.type == "tool_use"]
    for call in calls:
        offered_tools.check_call(call.name, call.input)
    assert calls
    return calls


def test_a_message_is_whole(client):
    answer = ask(client)
    assert answer.type == "message" and answer.role == "assistant" and answer.id.startswith("msg_") and answer.model == SMALL
    assert answer.content[0].type == "text" and answer.content[0].text
    assert answer.stop_reason in ("end_turn", "max_tokens") and answer.stop_sequence is None
    usage = answer.usage
    assert usage.input_tokens + usage.cache_read_input_tokens > 0 and 0 < usage.output_tokens <= 32
    assert answer._request_id.startswith("req_")


def test_the_clients_accumulator_makes_the_same_message(client):
    ask(client)  # fills the cache: the others then compute in the same batches, so near ties fall alike
    whole = ask(client)
    with client.messages.stream(**options_of()) as stream:
        events = list(stream)
        message = checked(stream.get_final_message())
    kinds = [event.type for event in events if event.type != "text"]
    assert kinds[0] == "message_start" and kinds[-2:] == ["message_delta", "message_stop"]
    assert kinds.count("content_block_start") == kinds.count("content_block_stop") == 1
    assert [block.text for block in message.content] == [block.text for block in whole.content]
    assert (message.stop_reason, message.usage.output_tokens) == (whole.stop_reason, whole.usage.output_tokens)
    assert message.usage.input_tokens + message.usage.cache_read_input_tokens == whole.usage.input_tokens + whole.usage.cache_read_input_tokens


def test_system_and_blocks_are_read(client):
    messages = [
        {"role": "user", "content": [{"type": "text", "text": "My name is Aitana."}]},
        {"role": "assistant", "content": "Hello Aitana!"},
        {"role": "user", "content": "What is my name?"},
    ]
    answer = ask(client, model=CHAT, messages=messages, system=[{"type": "text", "text": "You answer in one sentence."}])
    assert "Aitana" in answer.content[0].text
    counted = client.messages.count_tokens(model=CHAT, messages=messages, system="You answer in one sentence.")
    assert counted.input_tokens == answer.usage.input_tokens + answer.usage.cache_read_input_tokens
    assert client.messages.count_tokens(model=CHAT, messages=messages, tools=offered_tools.ANTHROPIC).input_tokens > counted.input_tokens


def test_the_models_own_messages_are_counted(client, server):
    server.post("/api/create", {"model": "sworn", "from": SMALL, "system": "You are a smith. " * 20, "messages": [{"role": "user", "content": "Hi."}], "stream": False}).raise_for_status()
    messages = [{"role": "user", "content": "Who are you?"}]
    answer = ask(client, model="sworn", messages=messages)
    counted = client.messages.count_tokens(model="sworn", messages=messages).input_tokens
    assert counted == answer.usage.input_tokens + answer.usage.cache_read_input_tokens > client.messages.count_tokens(model=SMALL, messages=messages).input_tokens


def test_stop_sequences_and_limits_are_told(client):
    stopped = ask(client, "Tell a long story.", stop_sequences=["#", " a"], max_tokens=64)
    assert (stopped.stop_reason, stopped.stop_sequence) == ("stop_sequence", " a") and " a" not in stopped.content[0].text
    cut = ask(client, "Tell a long story.", max_tokens=2)
    assert cut.stop_reason == "max_tokens" and cut.usage.output_tokens == 2


@pytest.mark.parametrize("temperature", [0, 1])
@pytest.mark.parametrize("choice", [{"type": "any"}, {"type": "tool", "name": "book_table"}, {"type": "any", "disable_parallel_tool_use": True}])
def test_demanded_tools_are_used(client, choice, temperature):
    request = options_of(model=CHAT, messages=UNRELATED, tools=offered_tools.ANTHROPIC, tool_choice=choice, max_tokens=400, temperature=temperature)
    calls = calls_of(checked(client.messages.create(**request)))
    assert "name" not in choice or {call.name for call in calls} == {choice["name"]}
    assert "disable_parallel_tool_use" not in choice or len(calls) == 1
    with client.messages.stream(**request) as stream:
        pieces = [event.partial_json for event in stream if event.type == "input_json"]
        streamed = calls_of(checked(stream.get_final_message()))
    assert pieces and all(call.id.startswith("call_") or call.id.startswith("toolu_") for call in streamed)


def test_no_tool_is_used_when_none_may_be(client):
    answer = ask(client, model=CHAT, messages=QUESTION, tools=offered_tools.ANTHROPIC, tool_choice={"type": "none"})
    assert answer.stop_reason != "tool_use" and {block.type for block in answer.content} == {"text"}


def test_a_tools_result_goes_back(client):
    first = ask(client, model=CHAT, messages=QUESTION, tools=offered_tools.ANTHROPIC, max_tokens=400, tool_choice={"type": "tool", "name": "get_weather"})
    (call,) = calls_of(first)
    messages = QUESTION + [
        {"role": "assistant", "content": [block.to_dict() for block in first.content]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": [{"type": "text", "text": "31 degrees"}]}, {"type": "text", "text": "So how many degrees?"}]},
    ]
    assert "31" in ask(client, model=CHAT, messages=messages, tools=offered_tools.ANTHROPIC, tool_choice={"type": "none"}).content[0].text


def test_an_output_format_is_obeyed(client):
    schema = {"type": "object", "properties": {"metal": {"enum": ["iron", "copper"]}, "kilos": {"type": "integer"}}, "required": ["metal", "kilos"], "additionalProperties": False}
    answer = ask(client, "Two kilos of copper.", max_tokens=100, output_config={"format": {"type": "json_schema", "schema": schema}})
    order = json.loads(answer.content[0].text)
    assert order["metal"] in ("iron", "copper") and isinstance(order["kilos"], int)


@pytest.mark.parametrize(
    "options",
    [
        {"messages": []},
        {"max_tokens": 0},
        {"messages": [{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": "http://127.0.0.1/x.png"}}]}]},
        {"messages": [{"role": "wizard", "content": "x"}]},
        {"messages": [{"role": "user", "content": [{"type": "document"}]}]},
        {"tool_choice": {"type": "any"}},
        {"model": CHAT, "tools": offered_tools.ANTHROPIC, "tool_choice": {"type": "tool", "name": "nobody"}},
        {"output_config": {"format": {"type": "poem"}}},
    ],
)
def test_bad_requests_are_refused(client, options):
    with pytest.raises(anthropic.BadRequestError) as error:
        client.messages.create(**options_of(**options))
    assert error.value.body["type"] == "error" and error.value.body["error"]["type"] == "invalid_request_error"
    assert error.value.body["error"]["message"]


def test_unknown_models_are_not_found(client):
    with pytest.raises(anthropic.NotFoundError) as error:
        ask(client, model="nobody")
    assert error.value.body["error"] == {"type": "not_found_error", "message": "model 'nobody' not found"}
    with pytest.raises(anthropic.NotFoundError), client.messages.stream(**options_of(model="nobody")):
        pass
