"""The official openai client's Responses API against the real server. It is stateless: nothing is kept."""

import json

import offered_tools
import openai
import pytest

CHAT, SMALL = "qwen2.5-coder:0.5b", "smollm2:135m"


@pytest.fixture(scope="module")
def client(server):
    return openai.OpenAI(base_url=server.url + "/v1", api_key="unused", max_retries=0, timeout=120)


def ask(client, question="Say hello to Lugo.", **options):
    return client.responses.create(**({"model": SMALL, "input": question, "temperature": 0, "max_output_tokens": 32} | options))


def checked(answer):
    """The client does not validate what it is sent: here every required field must be there, with its type."""
    type(answer).model_validate(answer.to_dict())
    return answer


def test_an_answer_is_whole(client):
    answer = checked(ask(client, metadata={"order": "7"}))
    assert answer.object == "response" and answer.id.startswith("resp_") and answer.status in ("completed", "incomplete")
    (message,) = answer.output
    assert message.type == "message" and message.role == "assistant" and answer.output_text == message.content[0].text != ""
    assert answer.usage.output_tokens <= 32 and answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens
    assert answer.metadata == {"order": "7"}


def test_a_cut_answer_is_incomplete(client):
    answer = checked(ask(client, "Tell a long story.", max_output_tokens=2))
    assert answer.status == "incomplete" and answer.incomplete_details.reason == "max_output_tokens"


def test_events_are_typed_numbered_and_make_the_whole(client):
    events = [checked(event) for event in ask(client, stream=True)]
    assert [event.sequence_number for event in events] == list(range(len(events)))
    kinds = [event.type for event in events]
    assert kinds[:4] == ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added"]
    assert kinds[-4:-1] == ["response.output_text.done", "response.content_part.done", "response.output_item.done"]
    assert kinds[-1] in ("response.completed", "response.incomplete")
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert text and text == events[-4].text == events[-1].response.output_text
    assert len({event.item_id for event in events if hasattr(event, "item_id")}) == 1
    # The client's own accumulator wants an answer that is not cut: this one must end.
    ends = {"text": {"format": {"type": "regex", "grammar": "(yes|no)!"}}}
    with client.responses.stream(model=SMALL, input="Well?", extra_body=ends) as stream:
        assert stream.get_final_response().output_text in ("yes!", "no!")


def test_instructions_and_items_are_read(client):
    items = [
        {"role": "user", "content": "My name is Aitana."},
        {"role": "assistant", "content": [{"type": "output_text", "text": "Hello Aitana!"}]},
        {"role": "user", "content": [{"type": "input_text", "text": "What is my name?"}]},
    ]
    assert "Aitana" in ask(client, items, model=CHAT).output_text
    plain, instructed = ask(client), ask(client, instructions="You only speak of anvils.")
    assert instructed.usage.input_tokens > plain.usage.input_tokens - 40 and instructed.instructions == "You only speak of anvils."


def test_a_schema_is_obeyed(client):
    schema = {"type": "object", "properties": {"metal": {"enum": ["iron", "copper"]}, "kilos": {"type": "integer"}}, "required": ["metal", "kilos"], "additionalProperties": False}
    answer = ask(client, "Two kilos of copper.", max_output_tokens=100, text={"format": {"type": "json_schema", "name": "order", "schema": schema, "strict": True}})
    order = json.loads(answer.output_text)
    assert order["metal"] in ("iron", "copper") and isinstance(order["kilos"], int)


@pytest.mark.parametrize("choice", ["required", {"type": "function", "name": "book_table"}])
@pytest.mark.parametrize("stream", [False, True])
def test_demanded_calls_come_and_their_results_go_back(client, choice, stream):
    question = {"role": "user", "content": "Why does iron rust?"}
    answer = ask(client, [question], model=CHAT, tools=offered_tools.RESPONSES, tool_choice=choice, max_output_tokens=400, stream=stream)
    if stream:
        events = [checked(event) for event in answer]
        deltas = "".join(event.delta for event in events if event.type == "response.function_call_arguments.delta")
        answer = events[-1].response
        assert deltas == "".join(item.arguments for item in answer.output)
    assert checked(answer).status == "completed"
    for call in answer.output:
        assert call.type == "function_call" and call.call_id.startswith("call_")
        assert choice == "required" or call.name == "book_table"
        offered_tools.check_call(call.name, json.loads(call.arguments))
    results = [{"type": "function_call_output", "call_id": call.call_id, "output": "31 degrees"} for call in answer.output]
    history = [question, *[call.to_dict() for call in answer.output], *results, {"role": "user", "content": "How many degrees did the tool say?"}]
    assert "31" in ask(client, history, model=CHAT).output_text


@pytest.mark.parametrize(
    "options,field",
    [
        ({"previous_response_id": "resp_1"}, "previous_response_id"),
        ({"input": []}, "input"),
        ({"input": [{"type": "computer_call"}]}, "input[0].type"),
        ({"tools": [{"type": "web_search"}]}, "tools"),
        ({"truncation": "sometimes"}, "truncation"),
        ({"max_output_tokens": 0}, None),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(client, options, field):
    with pytest.raises(openai.BadRequestError) as error:
        client.responses.create(**({"model": SMALL, "input": "x"} | options))
    assert error.value.param == field or (field is None and error.value.param)
    with pytest.raises(openai.NotFoundError):
        client.responses.create(model="nobody", input="x")


def test_nothing_is_kept(client):
    with pytest.raises(openai.NotFoundError):
        client.responses.retrieve(ask(client).id)
