"""Golden dialogues: for each dialect, requests and the shape of their answers, field by field and event by event.

golden/DIALECT/NAME.json holds method, path, request, status and answer: one object, or a list of lines or events. What differs
from run to run (texts, ids, times, counts) stands as <text>, <id>, <time>, <count>; pieces of one kind in a row count as one.
FRAGUA_GOLDEN=write records the answers anew: read the difference before you commit it."""

import json
import os
import pathlib

import pytest
import requests

FOLDER = pathlib.Path(__file__).parent / "golden"
CASES = sorted(FOLDER.glob("*/*.json"))

# What stands for a value under these keys; an empty text stays, except in pieces of arguments, which may begin empty or not.
WORDS = {
    "<text>": {"response", "content", "text", "delta", "arguments", "partial_json", "city", "system_fingerprint"},
    "<id>": {"id", "item_id", "call_id"},
    "<time>": {"created", "created_at"},
    "<number>": {"sequence_number", "logprob"},
    "<numbers>": {"embedding", "embeddings", "context"},
}
WORD_OF = {key: word for word, keys in WORDS.items() for key in keys}


def is_count(key):
    return key.endswith(("_tokens", "_count", "_duration")) and not key.startswith("max_")


def normal(value, key=""):
    word = WORD_OF.get(key)
    if isinstance(value, dict):
        return {name: normal(item, name) for name, item in value.items()}
    if isinstance(value, list) and word != "<numbers>":
        return [normal(item, key) for item in value]
    if value is None or isinstance(value, bool) or (value == "" and key != "arguments"):
        return value
    if is_count(key):
        return "<count>"
    return word or value


def without_repetitions(items):
    return [item for i, item in enumerate(items) if i == 0 or item != items[i - 1]]


def events_of(answer):
    """Of server-sent events: the data, with the event's name where it has one. Of NDJSON: the lines."""
    if answer.headers["Content-Type"].startswith("application/x-ndjson"):
        return [json.loads(line) for line in answer.text.splitlines()]
    events = []
    for block in answer.text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        data = fields["data"] if fields["data"] == "[DONE]" else json.loads(fields["data"])
        events.append({"event": fields["event"], "data": data} if "event" in fields else data)
    return events


def answer_to(server, case):
    answer = requests.request(case["method"], server.url + case["path"], json=case.get("request"), timeout=120)
    is_whole = answer.headers.get("Content-Type", "").startswith("application/json")
    body = normal(answer.json()) if is_whole else without_repetitions([normal(event) for event in events_of(answer)])
    return {"status": answer.status_code, "answer": body}


@pytest.mark.parametrize("file", CASES, ids=[f"{file.parent.name}-{file.stem}" for file in CASES])
def test_the_answer_has_its_shape(server, file):
    case = json.loads(file.read_text())
    answer = answer_to(server, case)
    if os.environ.get("FRAGUA_GOLDEN") == "write":
        file.write_text(json.dumps(case | answer, indent=2, ensure_ascii=False) + "\n")
    assert answer == {"status": case.get("status"), "answer": case.get("answer")} or os.environ.get("FRAGUA_GOLDEN") == "write"


def test_there_are_dialogues_of_every_dialect():
    assert {file.parent.name for file in CASES} == {"ollama", "openai", "anthropic", "native"}
