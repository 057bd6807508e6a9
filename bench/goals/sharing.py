"""E1 and E2: what is computed once serves many, and survives a restart."""

import tempfile

from figures import percentile, ratios, spread
from goals.requests import Seen, chat_body, filler, together, warmed
from peers import fragua, llama_server


def e1(rounds, model):
    """8 users at once: a shared system prompt of about 1,500 tokens and 50 tokens of their own."""
    prefilled, first = {"fragua": [], "llama-server": []}, {"fragua": [], "llama-server": []}
    for round_ in range(rounds):
        bodies = [chat_body(filler(12, 100 * round_ + user + 1), system=filler(380, 9000 + round_), max_tokens=4) for user in range(8)]
        for start in (fragua, lambda m: llama_server(m, "-kvu")):
            with start(model) as server:
                seen = together(warmed(server), bodies)
            prefilled[server.name].append(sum(s.prefilled for s in seen))
            first[server.name].append(percentile([s.first for s in seen], 95))
    return "≥ 6× fewer prefilled tokens and TTFT p95 ≥ 5× lower than llama-server -np 8 -kvu", {
        "prefilled tokens, fragua": spread(prefilled["fragua"]), "prefilled tokens, llama-server": spread(prefilled["llama-server"]),
        "ratio of prefilled tokens": ratios(prefilled["llama-server"], prefilled["fragua"]),
        "TTFT p95 s, fragua": spread(first["fragua"]), "TTFT p95 s, llama-server": spread(first["llama-server"]),
        "ratio of TTFT p95": ratios(first["llama-server"], first["fragua"])}


def restart(model, words, seed):
    """TTFT after a start without and with the snapshot: the model is loaded, its SYSTEM prompt is not computed."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for question in ("say hi", "say hello"):
            with fragua(model, ["num_ctx=8192"], folder=folder, system=filler(words, seed)) as server:  # 4k and a question need more than 4,096
                server.ask("/api/generate", {"model": "m", "keep_alive": "5m"})
                figures.append(Seen(server, chat_body(question, max_tokens=2)).first)
    return figures


def e2(rounds, model):
    figures = {}
    for tokens, words in (("1k", 250), ("4k", 980)):
        pairs = [restart(model, words, 500 + round_) for round_ in range(rounds)]
        without, with_snapshot = zip(*pairs)
        figures |= {f"TTFT s, {tokens}, without": spread(without), f"TTFT s, {tokens}, with snapshot": spread(with_snapshot),
                    f"ratio, {tokens}": ratios(without, with_snapshot)}
    return "first token after a restart ≥ 12× (1k SYSTEM) and ≥ 40× (4k) sooner with the snapshot", figures
