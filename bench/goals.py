"""The goals of the engine, each as a function that measures both sides in one run and returns (target, figures)."""

import json
import statistics
import tempfile
import threading
import time

from figures import percentile, spread
from peers import chat_body, fragua, llama_server, stream, text_of

CHAT = "/v1/chat/completions"


def filler(words, seed=0):
    """Text that no two seeds share."""
    return " ".join(f"w{(seed * 7919 + i * 104729) % 99991}" for i in range(words))


def first_token(server, body):
    """(seconds to the first text, tokens prefilled, tokens cached)"""
    first, usage = None, {}
    for seconds, event in stream(server, CHAT, body):
        if first is None and text_of(event):
            first = seconds
        usage = event.get("usage") or usage
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
    return first, usage.get("prompt_tokens", 0) - cached, cached


def together(server, bodies):
    results = [None] * len(bodies)

    def one(i):
        results[i] = first_token(server, bodies[i])

    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def e1(rounds, model):
    """8 users at once: a shared system prompt of about 1,500 tokens and 50 tokens of their own."""
    prefilled, ttft = {"fragua": [], "llama-server": []}, {"fragua": [], "llama-server": []}
    for round_ in range(rounds):
        bodies = [chat_body(filler(12, 100 * round_ + user + 1), system=filler(380, 9000 + round_), max_tokens=4) for user in range(8)]
        for start in (fragua, lambda m: llama_server(m, "-kvu")):
            with start(model) as server:
                first_token(server, chat_body("hi", max_tokens=1))
                results = together(server, bodies)
            prefilled[server.name].append(sum(r[1] for r in results))
            ttft[server.name].append(percentile([r[0] for r in results], 95))
    return "≥ 6× fewer prefilled tokens, TTFT p95 ≥ 5× lower than llama-server -np 8 -kvu", {
        "prefilled tokens, fragua": spread(prefilled["fragua"]), "prefilled tokens, llama-server": spread(prefilled["llama-server"]),
        "TTFT p95 s, fragua": spread(ttft["fragua"]), "TTFT p95 s, llama-server": spread(ttft["llama-server"]),
        "ratio of prefilled tokens": spread([b / a for a, b in zip(prefilled["fragua"], prefilled["llama-server"])]),
        "ratio of TTFT p95": spread([b / a for a, b in zip(ttft["fragua"], ttft["llama-server"])])}


def e2(rounds, model, words=260):
    """First token after a restart with a SYSTEM prompt of about 1k tokens: from the snapshot, and without one."""
    warm, cold = [], []
    for round_ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for figures in (cold, warm):
                with fragua(model, folder=folder, system=filler(words, 500 + round_)) as server:
                    server.ask("/api/generate", {"model": "m", "keep_alive": "5m"})
                    figures.append(first_token(server, chat_body(f"say hi {len(warm)}", max_tokens=2))[0])
    return "≥ 12× sooner with a 1k SYSTEM prompt", {"TTFT s without snapshot": spread(cold), "TTFT s with snapshot": spread(warm),
                                                    "ratio": spread([c / w for c, w in zip(cold, warm)])}


def gaps_during_prefill(server, words):
    """Gaps between tokens of 3 running chats while a long prompt is prefilled; the long one's own TTFT."""
    gaps, long_ttft, lock = [], [], threading.Event()

    def running(i):
        last = None
        for seconds, event in stream(server, CHAT, chat_body(f"Count from {i} upwards, slowly and with words.", max_tokens=120, ignore_eos=True)):
            if not text_of(event):
                continue
            if last is not None and lock.is_set() and not long_ttft:
                gaps.append(seconds - last)
            last = seconds

    threads = [threading.Thread(target=running, args=(i,)) for i in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(4)
    lock.set()
    long_ttft.append(first_token(server, chat_body(filler(words, 3), max_tokens=2))[0])
    for thread in threads:
        thread.join()
    return percentile(gaps, 99) if gaps else 0.0, long_ttft[0]


def e3(rounds, model, words=550):
    gaps, long_ttft = {"fragua": [], "llama-server": []}, {"fragua": [], "llama-server": []}
    for _ in range(rounds):
        for start in (fragua, lambda m: llama_server(m, "-kvu")):
            with start(model) as server:
                first_token(server, chat_body("hi", max_tokens=1))
                gap, ttft = gaps_during_prefill(server, words)
            gaps[server.name].append(gap)
            long_ttft[server.name].append(ttft)
    return "p99 gap ≤ 1/10 of llama-server's; the long prompt's TTFT ≤ 1.5×", {
        "p99 gap s, fragua": spread(gaps["fragua"]), "p99 gap s, llama-server": spread(gaps["llama-server"]),
        "long TTFT s, fragua": spread(long_ttft["fragua"]), "long TTFT s, llama-server": spread(long_ttft["llama-server"]),
        "ratio of gaps": spread([b / a for a, b in zip(gaps["fragua"], gaps["llama-server"]) if a])}


def e4(rounds, model, words=1200):
    """Short requests of another user behind a long prefill."""
    short = {"fragua": [], "llama-server": []}
    for round_ in range(rounds):
        for start in (fragua, lambda m: llama_server(m, "-kvu")):
            with start(model) as server:
                first_token(server, chat_body("hi", max_tokens=1))
                long = threading.Thread(target=first_token, args=(server, chat_body(filler(words, round_), max_tokens=1)))
                long.start()
                time.sleep(1)
                short[server.name].append(percentile([first_token(server, chat_body(filler(10, 70 + i), max_tokens=2))[0] for i in range(4)], 95))
                long.join()
    return "TTFT p95 of a 50-token request behind a long prefill ≤ 1/20", {
        "TTFT p95 s, fragua": spread(short["fragua"]), "TTFT p95 s, llama-server": spread(short["llama-server"]),
        "ratio": spread([b / a for a, b in zip(short["fragua"], short["llama-server"])])}


SCHEMA = {"type": "object", "additionalProperties": False, "required": ["genre", "city", "when", "price_max"], "properties": {
    "genre": {"enum": ["rock", "metal", "pop", "jazz", "flamenco", None]}, "city": {"enum": ["Madrid", "Valencia", "Sevilla", "Bilbao", None]},
    "when": {"enum": ["today", "week", "month", None]}, "price_max": {"type": ["number", "null"]}}}
SEARCHES = ["thrash metal en Valencia este mes", "conciertos de flamenco en Sevilla", "algo de jazz por menos de 30 euros", "rock en Bilbao esta semana",
            "pop hoy en Madrid", "metal barato en Madrid", "conciertos en Valencia por 20 euros", "flamenco este mes", "jazz en Bilbao", "rock por 45 euros en Sevilla"]


def e8(rounds, model):
    """A structured search request with the prefix warm: time to the whole answer."""
    system = "Turn the question into a search filter. Answer with JSON with the fields genre, city, when and price_max; null where the question does not say."
    times, answers = {"fragua": [], "llama-server": []}, {"fragua": [], "llama-server": []}
    for _ in range(rounds):
        for start in (fragua, lambda m: llama_server(m, slots=1)):
            with start(model) as server:
                for warm in (True, False):
                    for search in SEARCHES:
                        body = chat_body(search, system=system, stream=False, max_tokens=96,
                                         response_format={"type": "json_schema", "json_schema": {"name": "filter", "schema": SCHEMA, "strict": True}})
                        begin = time.monotonic()
                        text = server.ask(CHAT, body)["choices"][0]["message"]["content"]
                        if not warm:
                            times[server.name].append(time.monotonic() - begin)
                            answers[server.name].append(json.loads(text))
    medians = {name: statistics.median(values) for name, values in times.items()}
    same = sum(a == b for a, b in zip(answers["fragua"], answers["llama-server"]))
    return "≤ 0.5× of llama-server's median time", {"seconds, fragua": spread(times["fragua"]), "seconds, llama-server": spread(times["llama-server"]),
                                                    "ratio": medians["fragua"] / medians["llama-server"],
                                                    "answers equal to llama-server's": f"{same}/{len(answers['fragua'])}"}


def e10(rounds, model="e5"):
    """Embedding throughput: short texts, and texts of about 256 tokens."""
    short, long = [], []
    texts = [f"query: concierto número {i} en Valencia" for i in range(128)]
    passages = ["passage: " + filler(60, i) for i in range(16)]
    with fragua("e5") as server:
        server.ask("/api/embed", {"model": "m", "input": texts[:8]})
        for _ in range(rounds):
            for inputs, figures in ((texts, short), (passages, long)):
                begin = time.monotonic()
                tokens = server.ask("/api/embed", {"model": "m", "input": inputs})["prompt_eval_count"]
                figures.append(tokens / (time.monotonic() - begin))
    return "≥ 0.9× llama-bench prefill at 256 tokens", {"tokens/s, short texts": spread(short), "tokens/s, long texts": spread(long)}


GOALS = {"E1": e1, "E2": e2, "E3": e3, "E4": e4, "E8": e8, "E10": e10}
