"""The search request of the shop: a schema of four fields, each of which may be null, always gives valid JSON.

24 requests a run; FRAGUA_SCHEMA_REQUESTS=1000 asks for the full count."""

import concurrent.futures
import itertools
import json
import os

REQUESTS = int(os.environ.get("FRAGUA_SCHEMA_REQUESTS", "24"))
MODELS = ("smollm2:135m", "qwen2.5-coder:0.5b")
AT_ONCE = 4

GENRES = ["rock", "metal", "jazz", None]
FORMATS = ["vinyl", "cd", "cassette", None]
CONDITIONS = ["new", "used", None]
SCHEMA = {
    "type": "object",
    "properties": {
        "genre": {"enum": GENRES},
        "format": {"enum": FORMATS},
        "condition": {"enum": CONDITIONS},
        "price_max": {"type": ["number", "null"]},
    },
    "required": ["genre", "format", "condition", "price_max"],
    "additionalProperties": False,
}
QUESTIONS = ["metal on vinyl under 30 euros", "un cd de jazz de segunda mano", "something new", "cassettes \"raros\", baratos: < 5 €",
             "I do not know what I want", "rock rock rock", "{\"genre\": \"pop\"}", "价格低于一百的新唱片", ""]


def ask(server, number):
    model, temperature = list(itertools.product(MODELS, (0, 1)))[number % 4]
    question = QUESTIONS[number % len(QUESTIONS)]
    messages = [{"role": "system", "content": "Turn the customer's wish into a filter."}, {"role": "user", "content": f"{question} (request {number})"}]
    body = {"model": model, "messages": messages, "stream": False, "format": SCHEMA, "options": {"temperature": temperature, "seed": number, "num_predict": 200}}
    return server.post("/api/chat", body).json()


def problem_of(answer):
    """What is wrong with the answer; nothing if it is as the schema wants it."""
    if answer.get("done_reason") != "stop":
        return f"it ended with {answer.get('done_reason')}: {answer}"
    try:
        value = json.loads(answer["message"]["content"])
    except json.JSONDecodeError as error:
        return f"{error}: {answer['message']['content']!r}"
    price = value.get("price_max")
    is_valid = (list(value) == list(SCHEMA["properties"]) and value["genre"] in GENRES and value["format"] in FORMATS and value["condition"] in CONDITIONS
                and (price is None or isinstance(price, (int, float)) and not isinstance(price, bool)))
    return None if is_valid else f"not as the schema says: {value}"


def test_every_answer_is_as_the_schema_says(server):
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        problems = [problem_of(answer) for answer in pool.map(lambda number: ask(server, number), range(REQUESTS))]
    wrong = [problem for problem in problems if problem]
    print(f"{REQUESTS - len(wrong)}/{REQUESTS}")
    assert not wrong, f"{len(wrong)} of {REQUESTS}: {wrong[:3]}"
