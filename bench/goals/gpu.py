"""GPU: the same engine where a card computes. Needs a build with CUDA of both sides, and takes any GGUF (bench/synthetic_model.py)."""

import subprocess

from figures import percentile, ratios, spread
from goals.requests import Seen, chat_body, filler, long_for, together, warmed
from goals.throughput import llama_bench
from peers import fragua, llama_server

USERS = 32
CONTEXT = 65536  # cells for all of them


def card():
    told = subprocess.run(["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"], capture_output=True, text=True, check=True)
    return told.stdout.strip()


def rate_of(seen, seconds):
    return sum(s.answer_tokens for s in seen) / seconds


def gpu(rounds, model):
    """One user's answer, then 8 and 32 users at once, then 8 users with a shared prompt: tokens a second and time to the first token."""
    figures, bench = {}, []
    note = lambda what, server, value: figures.setdefault(what, {}).setdefault(server.name, []).append(value)
    bias = {"logit_bias": long_for("135m")}
    for round_ in range(rounds):
        for start in (lambda m: fragua(m, settings=[f"parallel_max={USERS}", "draft_tokens_max=0"]),
                      lambda m: llama_server(m, "-kvu", "-ngl", "999", slots=USERS, context=CONTEXT)):
            with start(model) as server:
                warmed(server)
                note("1 user tokens/s", server, Seen(server, chat_body("Count upwards in words.", max_tokens=256, **bias)).tokens_per_second)
                note("TTFT s of 2,000 tokens", server, Seen(server, chat_body(filler(450, round_), max_tokens=2, **bias)).first)
                for users in (8, USERS):
                    seen = together(server, [chat_body(f"Number {i} of {users}: count.", max_tokens=128, **bias) for i in range(users)])
                    note(f"{users} users tokens/s", server, rate_of(seen, max(s.started + s.seconds for s in seen) - min(s.started for s in seen)))
                bodies = [chat_body(filler(12, user + 1), system=filler(380, 9000 + round_), max_tokens=4, **bias) for user in range(8)]
                note("TTFT p95 s, 8 users, 1,500 tokens shared", server, percentile([s.first for s in together(server, bodies)], 95))
        bench += llama_bench(model, "-p", "0", "-n", "256", "-r", "1")
    alone = figures["1 user tokens/s"]["fragua"]
    told = {"card": card(), "tokens/s, llama-bench": spread(bench), "ratio, 1 user, to llama-bench": ratios(alone, bench)}
    for what, sides in figures.items():
        told |= {f"{what}, {name}": spread(values) for name, values in sides.items()}
        told[f"ratio of {what}"] = ratios(sides["fragua"], sides["llama-server"])
    return "1 user ≥ 0.95× llama-bench decode; 8 and 32 users ≥ llama-server's tokens/s; shared prompts sooner", told
