"""E7 and E8: answers that must be JSON of a schema."""

import json
import subprocess
import time

from figures import ratios, spread
from goals.requests import CHAT, chat_body
from peers import MODELS, ROOT, fragua, llama_server

SCHEMA = {"type": "object", "additionalProperties": False, "required": ["genre", "city", "date", "price_max"], "properties": {
    "genre": {"enum": ["thrash metal", "heavy metal", "punk rock", "hard rock", "flamenco", "jazz", None]},
    "city": {"enum": ["Madrid", "Valencia", "Barcelona", "Bilbao", "Sevilla", None]},
    "date": {"enum": ["current_month", "next_month", None]}, "price_max": {"type": ["number", "null"]}}}
SYSTEM = ("Turn the question into a search filter. Answer with JSON with the fields genre, city, date and price_max; null where the question "
          "does not say. Cheap means 30.")
WARM_UP = ["hard rock en Sevilla", "algo barato"]
SEARCHES = ["thrash metal en Valencia este mes", "conciertos de flamenco en Sevilla", "algo de jazz por menos de 35 euros",
            "hard rock en Bilbao el mes que viene", "punk rock en Madrid", "heavy metal barato en Barcelona", "conciertos en Valencia por 20 euros",
            "flamenco este mes", "jazz en Bilbao", "heavy metal por 45 euros en Sevilla", "¿qué hay en Madrid el próximo mes?",
            "entradas de thrash metal", "hard rock por menos de 50 euros", "punk en Barcelona este mes", "conciertos baratos en Bilbao",
            "jazz el mes que viene en Valencia", "conciertos en Sevilla", "heavy metal", "flamenco en Madrid por 25 euros", "algo este mes"]


def e7(rounds, model):
    """xgrammar's masks in our engine and llama.cpp's grammar sampler, over the same answers of the same model's vocabulary."""
    build = ROOT / "build/release"
    subprocess.run(["ninja", "-C", str(build), "mask_bench"], check=True, capture_output=True)
    program = build / "mask_bench"
    schema = program.parent / "schema.json"
    schema.write_text(json.dumps(SCHEMA))
    runs = [json.loads(subprocess.run([str(program), str(MODELS[model]), str(schema)], check=True, capture_output=True).stdout)
            for _ in range(rounds)]
    return "per-token mask ≤ 0.05 ms median; compile ≤ 10 ms for ordinary schemas, cached", {
        "vocabulary": runs[0]["vocabulary"],
        **{name: spread([run[key] for run in runs]) for name, key in (
            ("mask ms median", "mask_ms"), ("mask ms p99", "mask_p99_ms"), ("compile ms", "compile_ms"), ("compile ms, again", "cached_ms"),
            ("llama.cpp's grammar, ms a token median", "gbnf_ms"), ("llama.cpp's grammar, compile ms", "gbnf_compile_ms"))}}


def answers_of(server, searches):
    for search in searches:
        body = chat_body(search, system=SYSTEM, stream=False, max_tokens=96,
                         response_format={"type": "json_schema", "json_schema": {"name": "filter", "schema": SCHEMA, "strict": True}})
        begin = time.monotonic()
        text = server.ask(CHAT, body)["choices"][0]["message"]["content"]
        yield time.monotonic() - begin, json.loads(text)


def e8(rounds, model):
    """A structured search request; the system prompt is warm, the question is new."""
    sides = {"fragua": fragua, "fragua without guesses": lambda m: fragua(m, settings=["draft_tokens_max=0"]),
             "llama-server": lambda m: llama_server(m, slots=1)}
    times, answers = {side: [] for side in sides}, {side: [] for side in sides}
    for _ in range(rounds):
        for side, start in sides.items():
            with start(model) as server:
                list(answers_of(server, WARM_UP))
                for seconds, answer in answers_of(server, SEARCHES):
                    times[side].append(seconds)
                    answers[side].append(answer)
    same = sum(a == b for a, b in zip(answers["fragua"], answers["llama-server"]))
    same_greedy = sum(a == b for a, b in zip(answers["fragua"], answers["fragua without guesses"]))
    return "≤ 0.5× of llama-server's median time (≤ 0.3× as the target)", {
        **{f"seconds, {side}": spread(values) for side, values in times.items()},
        "ratio, search by search": ratios(times["fragua"], times["llama-server"]),
        "answers equal to llama-server's": f"{same} of {len(answers['fragua'])}",
        "answers equal to those without guesses": f"{same_greedy} of {len(answers['fragua'])}"}
