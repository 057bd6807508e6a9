"""E10: embeddings of passages and of short texts."""

import time

from figures import ratios, spread
from goals.requests import filler
from goals.throughput import llama_bench
from peers import fragua, ollama

SHORT = [f"query: concierto número {i} en Valencia" for i in range(128)]


def passages(round_):
    """Texts of about 256 tokens."""
    return ["passage: " + filler(62, 100 * round_ + i) for i in range(16)]


def texts_per_second(server, texts):
    begin = time.monotonic()
    answer = server.ask("/api/embed", {"model": "m", "input": texts})
    seconds = time.monotonic() - begin
    return len(texts) / seconds, answer["prompt_eval_count"] / seconds


def e10(rounds, model):
    long, bench, short, one_by_one = [], [], {}, {}
    for round_ in range(rounds):
        for start in (fragua, ollama):
            with start(model) as server:
                server.ask("/api/embed", {"model": "m", "input": SHORT[:8]})
                if server.name == "fragua":
                    long.append(texts_per_second(server, passages(round_))[1])
                short.setdefault(server.name, []).append(texts_per_second(server, SHORT)[0])
                begin = time.monotonic()
                for text in SHORT[:32]:
                    texts_per_second(server, [text])
                one_by_one.setdefault(server.name, []).append(32 / (time.monotonic() - begin))
        bench += llama_bench(model, "-p", "256", "-n", "0", "-r", "5", "-embd", "1")
    (peer,) = [name for name in short if name != "fragua"]
    return "≥ 0.9× llama-bench prefill at 256 tokens; ≥ 4× Ollama's /api/embed on short texts", {
        "tokens/s at 256 tokens, fragua": spread(long), "tokens/s at 256 tokens, llama-bench": spread(bench), "ratio at 256 tokens": ratios(long, bench),
        **{f"short texts/s, 128 in one request, {name}": spread(values) for name, values in short.items()},
        "ratio, short, one request": ratios(short["fragua"], short[peer]),
        **{f"short texts/s, one a request, {name}": spread(values) for name, values in one_by_one.items()},
        "ratio, short, one a request": ratios(one_by_one["fragua"], one_by_one[peer])}
