"""E6, E9 and E12: tokens a second, alone and together, copying and fresh, at depth."""

import json
import subprocess
import time

from figures import ratios, spread
from goals.requests import LONG, Seen, chat_body, filler, long_for, together, warmed
from peers import MODELS, fragua, llama_program, llama_server, ollama, threads


def llama_bench(model, *arguments):
    """Tokens a second of each test of llama-bench, as it averages them over its repetitions."""
    command = [llama_program("llama-bench"), "-m", str(MODELS[model]), "-t", str(threads()), "-o", "json", *arguments]
    return [run["avg_ts"] for run in json.loads(subprocess.run(command, check=True, capture_output=True).stdout)]


def tokens_per_second(server, users, tokens):
    bodies = [chat_body(f"Number {i}: count upwards in words.", max_tokens=tokens, logit_bias=LONG) for i in range(users)]
    begin = time.monotonic()
    seen = together(server, bodies)
    return sum(s.answer_tokens for s in seen) / (time.monotonic() - begin)


def e6(rounds, model):
    """1 user beside llama-bench; 8 users beside Ollama as it comes and tuned, and llama-server tuned. Guessing is off: counting repeats itself."""
    alone, bench, eight = [], [], {}
    sides = (lambda m: fragua(m, settings=["draft_tokens_max=0"]), lambda m: llama_server(m, "-kvu"), ollama, lambda m: ollama(m, parallel=8))
    for _ in range(rounds):
        for start in sides:
            with start(model) as server:
                warmed(server)
                if server.name == "fragua":
                    alone.append(Seen(server, chat_body("Count upwards in words.", max_tokens=128, logit_bias=LONG)).tokens_per_second)
                eight.setdefault(server.name, []).append(tokens_per_second(server, 8, 64))
        bench += llama_bench(model, "-p", "0", "-n", "128", "-r", "1")
    return "1 user ≥ 0.98× llama-bench decode; 8 users ≥ 2× Ollama's default", {
        "1 user tokens/s, fragua": spread(alone), "tokens/s, llama-bench": spread(bench), "ratio, 1 user": ratios(alone, bench),
        **{f"8 users tokens/s, {name}": spread(values) for name, values in eight.items()},
        **{f"ratio, 8 users, to {name}": ratios(eight["fragua"], values) for name, values in eight.items() if name != "fragua"}}


PARAGRAPHS = [
    "La Sala Apolo de Barcelona abre sus puertas a las 20:30. La entrada anticipada cuesta 24 euros y en taquilla 28 euros.",
    "El reembolso se pide hasta 48 horas antes del concierto. Después solo se admite el cambio de titular, que cuesta 3 euros.",
    "Los menores de 16 años entran acompañados de su padre, madre o tutor legal, con una autorización firmada y el documento de identidad.",
    "El guardarropa es gratuito hasta las 23:00. A partir de esa hora cuesta 2 euros por prenda y se paga en efectivo o con tarjeta.",
    "La sala dispone de una plataforma para sillas de ruedas y de un aseo adaptado. La persona acompañante entra sin pagar.",
    "No se permite la entrada con comida, bebida, cámaras profesionales ni objetos de vidrio. Los teléfonos móviles sí se permiten."]
COPYING = "Estos son los documentos:\n\n" + "\n\n".join(PARAGRAPHS) + "\n\nCopia literalmente todos los documentos, uno tras otro, sin añadir nada."
FRESH = ["Escribe un cuento corto sobre un herrero y su hija.", "Explain how rain forms, in plain words.", "¿Por qué el cielo es azul?",
         "Write a letter to a friend about a journey by train."]


def e9(rounds, model):
    """The same server with and without guessing (prompt lookup), one user."""
    rate = {(side, what): [] for side in ("with", "without") for what in ("copying", "fresh")}
    sides = {"with": [], "without": ["draft_tokens_max=0"]}
    for _ in range(rounds):
        for side, settings in sides.items():
            with fragua(model, settings=settings) as server:
                warmed(server)
                for what, prompts in (("copying", [COPYING]), ("fresh", FRESH)):
                    for prompt in prompts:
                        rate[side, what].append(Seen(server, chat_body(prompt, max_tokens=200, logit_bias=LONG)).tokens_per_second)
    figures = {f"tokens/s, {what}, {side} guesses": spread(values) for (side, what), values in rate.items()}
    for what in ("copying", "fresh"):
        figures[f"ratio, {what}"] = ratios(rate["with", what], rate["without", what])
    return "copy-heavy answers ≥ 1.3× plain decode, never < 0.98× on fresh text", figures


def e12(rounds, model):
    """Decode and prefill at a depth of about 3,000 tokens (half of that for SmolLM2, whose context is short), llama-server as it comes."""
    decode, prefill = {"fragua": [], "llama-server": []}, {"fragua": [], "llama-server": []}
    for round_ in range(rounds):
        body = chat_body(filler(320 if model == "135m" else 740, round_), max_tokens=48, logit_bias=long_for(model))
        for start in (lambda m: fragua(m, settings=["draft_tokens_max=0"]), lambda m: llama_server(m, slots=1)):
            with start(model) as server:
                seen = Seen(warmed(server), body)
            decode[server.name].append(seen.tokens_per_second)
            prefill[server.name].append(seen.prefilled / seen.first)
    figures = {"prompt tokens": seen.prompt_tokens}
    for what, rate in (("decode", decode), ("prefill", prefill)):
        figures |= {f"{what} tokens/s, {side}": spread(values) for side, values in rate.items()}
        figures[f"ratio of {what}"] = ratios(rate["fragua"], rate["llama-server"])
    return "decode at 3k context ≥ 2× llama-server's default on the 0.5B, never slower on others; same for prefill", figures
