"""Tools through the official openai client: offered, demanded, forbidden, streamed, answered."""

import json
import os

import offered_tools
import openai
import pytest

CHAT, SMALL = "qwen2.5-coder:0.5b", "smollm2:135m"
QUESTION = [{"role": "user", "content": "What is the weather in Lugo?"}]
NAMED = {"type": "function", "function": {"name": "book_table"}}
# A question that has nothing to do with any tool: only a constraint makes a small model call one.
UNRELATED = [{"role": "user", "content": "Explain in one sentence why iron rusts."}]


@pytest.fixture(scope="module")
def client(server):
    return openai.OpenAI(base_url=server.url + "/v1", api_key="unused", max_retries=0, timeout=120)


@pytest.fixture(scope="module")
def templated(client, server):
    """The same model with a Modelfile's TEMPLATE, which goes through our own Go templates."""
    template = (
        "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ if .ToolCalls }}<tool_call>\n{{ range .ToolCalls }}"
        '{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}{{ end }}\n</tool_call>'
        "{{ else }}{{ .Content }}{{ end }}<|im_end|>\n{{ end }}{{ if .Tools }}<|im_start|>system\nTools: {{ .Tools }}<|im_end|>\n{{ end }}<|im_start|>assistant\n"
    )
    server.post("/api/create", {"model": "templated", "from": CHAT, "template": template, "stream": False}).raise_for_status()
    return "templated"


def ask(client, messages=QUESTION, **options):
    return client.chat.completions.create(**({"model": CHAT, "messages": messages, "tools": offered_tools.OPENAI, "temperature": 0, "max_tokens": 400} | options))


def calls_of(answer):
    choice = answer.choices[0]
    assert choice.finish_reason == "tool_calls", choice
    calls = choice.message.tool_calls
    for call in calls:
        assert call.type == "function" and call.id.startswith("call_")
        offered_tools.check_call(call.function.name, json.loads(call.function.arguments))
    assert len({call.id for call in calls}) == len(calls)
    return calls


def streamed_calls(chunks):
    """Calls put together from the pieces: id and name once, then pieces of the arguments."""
    calls = []
    for chunk in chunks:
        for piece in chunk.choices[0].delta.tool_calls or []:
            if piece.index == len(calls):
                assert piece.id and piece.type == "function" and piece.function.name
                calls.append([piece.function.name, ""])
            else:
                assert piece.id is None and piece.function.name is None
            calls[piece.index][1] += piece.function.arguments or ""
    return calls


def test_a_model_calls_a_tool_that_helps(client):
    (call,) = calls_of(ask(client, temperature=0))
    assert call.function.name == "get_weather" and json.loads(call.function.arguments)["city"] == "Lugo"


# FRAGUA_TOOL_REQUESTS=48 makes it the full count of 50.
@pytest.mark.parametrize("temperature,count", [(0, 2), (1, int(os.environ.get("FRAGUA_TOOL_REQUESTS", 10)))])
def test_a_demanded_call_always_comes_and_is_valid(client, temperature, count):
    for seed in range(count):
        messages = UNRELATED if seed % 2 else QUESTION
        assert calls_of(ask(client, messages, tool_choice="required", temperature=temperature, seed=seed))


@pytest.mark.parametrize("temperature", [0, 1])
def test_the_named_function_is_called_and_no_other(client, temperature):
    for messages in (QUESTION, UNRELATED):
        calls = calls_of(ask(client, messages, tool_choice=NAMED, temperature=temperature, seed=3))
        assert {call.function.name for call in calls} == {"book_table"}


@pytest.mark.parametrize("choice", ["required", NAMED])
def test_a_demanded_call_streams_in_pieces(client, choice):
    chunks = list(ask(client, UNRELATED, tool_choice=choice, stream=True))
    assert chunks[-1].choices[0].finish_reason == "tool_calls"
    calls = streamed_calls(chunks)
    assert calls and not any(chunk.choices[0].delta.content for chunk in chunks)
    for name, arguments in calls:
        offered_tools.check_call(name, json.loads(arguments))


def test_forbidden_tools_are_not_called(client):
    choice = ask(client, tool_choice="none", max_tokens=32).choices[0]
    assert choice.message.tool_calls is None and choice.finish_reason != "tool_calls" and choice.message.content


def test_at_most_one_call_when_they_may_not_be_parallel(client):
    messages = [{"role": "user", "content": "Tell me the weather in Lugo, in Vigo and in Ourense. Call the tool three times."}]
    for seed in range(4):
        assert len(calls_of(ask(client, messages, tool_choice="required", parallel_tool_calls=False, temperature=1, seed=seed))) == 1


def test_a_free_call_has_valid_arguments_at_any_temperature(client):
    finished = [answer for answer in (ask(client, temperature=1, seed=seed, max_tokens=200) for seed in range(8)) if answer.choices[0].finish_reason == "tool_calls"]
    assert finished  # with this question most are
    for answer in finished:
        for call in answer.choices[0].message.tool_calls:
            assert call.function.name in offered_tools.SCHEMAS and isinstance(json.loads(call.function.arguments), dict)


def test_a_tools_result_comes_back_by_its_call_id(client):
    (call,) = calls_of(ask(client))
    messages = QUESTION + [
        {"role": "assistant", "content": None, "tool_calls": [call.to_dict()]},
        {"role": "tool", "tool_call_id": call.id, "content": '{"degrees": 31, "sky": "clear"}'},
    ]
    answer = ask(client, messages, tool_choice="none", max_tokens=48).choices[0].message.content
    assert "31" in answer


@pytest.mark.parametrize("choice", ["required", NAMED])
@pytest.mark.parametrize("stream", [False, True])
def test_a_modelfile_template_does_not_weaken_the_demand(client, templated, choice, stream):
    for temperature in (0, 1):
        options = {"model": templated, "tool_choice": choice, "temperature": temperature, "seed": 5}
        if stream:
            calls = streamed_calls(ask(client, UNRELATED, stream=True, **options))
        else:
            calls = [(call.function.name, call.function.arguments) for call in calls_of(ask(client, UNRELATED, **options))]
        assert calls and (choice == "required" or {name for name, _ in calls} == {"book_table"})
        for name, arguments in calls:
            offered_tools.check_call(name, json.loads(arguments))


def test_a_demand_outranks_the_response_format(client):
    calls_of(ask(client, UNRELATED, tool_choice="required", response_format={"type": "json_object"}))


def test_impossible_demands_are_refused(client):
    for options in (
        {"tool_choice": {"type": "function", "function": {"name": "nobody"}}},
        {"tool_choice": "sometimes"},
        {"tool_choice": "required", "tools": []},
        {"tools": [{"type": "function"}]},
        {"model": SMALL},
    ):
        with pytest.raises(openai.BadRequestError):
            ask(client, **options)
