"""E16: a shop's search: how fast and how right the catalogue's search model is, beside llama-server with the same model and schema; and what
its rules and its model are each worth."""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import time

from figures import percentile, ratios, spread
from goals.requests import CHAT, chat_body
from peers import FRAGUA, ROOT, fragua, llama_server

EXAMPLE = ROOT / "examples/tickets"
DUMP = pathlib.Path(os.environ.get("FRAGUA_TICKETS", EXAMPLE / "tickets.sql"))
SYSTEM = ("Turn the visitor's question into a search filter. Answer with JSON with the fields genre, city, date and price_max; null where the "
          "question does not say. date: current_month for \"este mes\", next_month for \"el mes que viene\". \"Barato\" means price_max 30.")
PAUSE_S = 1.0            # a quiet shop: caches and cores have cooled down
VISITORS = 20
ASKED_EACH = 3
ASKED_SLOW = int(os.environ.get("FRAGUA_SLOW_QUESTIONS", "60"))   # of the sides that take seconds a question
WARM_UP = ["hard rock en Sevilla", "algo barato"]
MODES = ("combined", "rules", "model")


def labelled(language, half):
    lines = (EXAMPLE / f"questions/questions.{language}.jsonl").read_text().splitlines()
    return [question for question in map(json.loads, lines) if question["half"] == half]


@contextlib.contextmanager
def shop(model, folder):
    """Fragua with the tickets, in a folder that outlives it; what is imported already stays."""
    with fragua(model, folder=folder) as server:
        environment = dict(os.environ, FRAGUA_HOST=f"127.0.0.1:{server.port}")
        if not (pathlib.Path(folder) / "imported").exists():
            subprocess.run([FRAGUA, "catalogue", "import", "tickets", str(DUMP), "--mapping", str(EXAMPLE / "catalogue.toml")],
                           env=environment, check=True, capture_output=True)
            (pathlib.Path(folder) / "imported").touch()
        yield server


def schema_of(server):
    """What llama-server is held to: the values that the catalogue has, and null."""
    connection, answer = server.post("/api/v1/catalogues/tickets/search", {"limit": 0})
    facets = {facet["field"]: [value["value"] for value in facet["values"]] + [None] for facet in json.loads(answer.read())["facets"]}
    connection.close()
    return {"type": "object", "additionalProperties": False, "required": ["genre", "city", "date", "price_max"], "properties": {
        "genre": {"enum": facets["genre"]}, "city": {"enum": facets["city"]}, "date": {"enum": ["current_month", "next_month", None]},
        "price_max": {"type": ["number", "null"]}}}


def ask_fragua(server, question, mode="combined"):
    body = {"model": "search-nlp", "prompt": question, "stream": False, "options": {"search_mode": mode}}
    return server.ask("/api/generate", body)["response"]


def ask_llama(server, question, schema):
    body = chat_body(question, system=SYSTEM, stream=False, max_tokens=96,
                     response_format={"type": "json_schema", "json_schema": {"name": "filter", "schema": schema, "strict": True}})
    return server.ask(CHAT, body)["choices"][0]["message"]["content"]


def timed(ask, questions, pause=0):
    """[(seconds, answer)], with a pause before each."""
    found = []
    for question in questions:
        time.sleep(pause)
        begin = time.monotonic()
        answer = ask(question)
        found.append((time.monotonic() - begin, answer))
    return found


def at_once(ask, questions):
    """VISITORS people, ASKED_EACH questions each: the seconds of all, and of the whole."""
    seconds, lock = [], threading.Lock()

    def visitor(mine):
        for one, _ in timed(ask, mine):
            with lock:
                seconds.append(one)

    people = [threading.Thread(target=visitor, args=([questions[(number * ASKED_EACH + i) % len(questions)] for i in range(ASKED_EACH)],))
              for number in range(VISITORS)]
    begin = time.monotonic()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return seconds, time.monotonic() - begin


def right(text, wanted):
    try:
        return json.loads(text) == wanted
    except json.JSONDecodeError:
        return None


def accuracy(ask, questions):
    """The share of exact answers, and how many were no JSON."""
    found = [right(answer, question["answer"]) for (_, answer), question in zip(timed(ask, [q["question"] for q in questions]), questions)]
    return f"{100 * sum(map(bool, found)) / len(found):.1f} % of {len(found)}, {found.count(None)} no JSON"


def latency(rounds, model, folder):
    questions = [question["question"] for question in labelled("es", "test")][:30]
    times, crowd = {"fragua": [], "llama-server": []}, {"fragua": [], "llama-server": []}
    rates, first, apart = {"fragua": [], "llama-server": []}, [], []
    for _ in range(rounds):
        with shop(model, folder) as server:
            schema = schema_of(server)
            first.append(timed(lambda question: ask_fragua(server, question), questions[:1], PAUSE_S)[0][0])
            apart += [seconds for seconds, _ in timed(lambda question: ask_fragua(server, question), questions[1:9], PAUSE_S)]
            times["fragua"] += [seconds for seconds, _ in timed(lambda question: ask_fragua(server, question), questions)]
            seconds, whole = at_once(lambda question: ask_fragua(server, question), questions)
            crowd["fragua"] += seconds
            rates["fragua"].append(len(seconds) / whole)
        with llama_server(model, slots=8) as server:
            timed(lambda question: ask_llama(server, question, schema), WARM_UP)
            times["llama-server"] += [seconds for seconds, _ in timed(lambda question: ask_llama(server, question, schema), questions)]
            seconds, whole = at_once(lambda question: ask_llama(server, question, schema), questions)
            crowd["llama-server"] += seconds
            rates["llama-server"].append(len(seconds) / whole)
    return schema, {
        **{f"seconds, {side}": spread(values) for side, values in times.items()},
        "ratio, question by question": ratios(times["fragua"], times["llama-server"]),
        "first request after a start, seconds": spread(first), f"seconds, {PAUSE_S} s apart": spread(apart),
        "ratio, the first to those apart": ratios(first, [percentile(apart, 50)] * len(first)),
        **{f"{VISITORS} visitors, p95 seconds, {side}": percentile(values, 95) for side, values in crowd.items()},
        **{f"{VISITORS} visitors, requests a second, {side}": spread(values) for side, values in rates.items()}}


def e16(rounds, model):
    with tempfile.TemporaryDirectory() as folder:
        schema, figures = latency(rounds, model, folder)
        with shop(model, folder) as server:
            questions = labelled("es", "test")
            for mode in MODES:
                asked = questions[:ASKED_SLOW] if mode == "model" else questions
                figures[f"exact, es, test half, {mode}"] = accuracy(lambda question: ask_fragua(server, question, mode), asked)
            for language in ("en", "ca", "pt"):
                figures[f"exact, {language}, test half"] = accuracy(lambda question: ask_fragua(server, question), labelled(language, "test"))
        with llama_server(model, slots=1) as server:
            figures["exact, es, test half, llama-server"] = accuracy(lambda question: ask_llama(server, question, schema), questions[:ASKED_SLOW])
    return "≤ 0.5× of llama-server's median (≤ 0.3× as the target); first request ≤ 1.5× of the median; exact ≥ 97 % (1.5B), ≥ 90 % (0.5B); all JSON", figures
