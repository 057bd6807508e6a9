"""What the goals ask of a server, and how long it took as the client sees it."""

import threading
import time

from peers import stream, text_of

CHAT = "/v1/chat/completions"
# Qwen's end tokens: with them banned an answer has exactly the length that was asked for, on every peer alike.
LONG = {"151643": -100, "151645": -100}


def long_for(model):
    """The same for the model: SmolLM2 has end tokens of its own."""
    return {"0": -100, "2": -100} if model == "135m" else LONG


def filler(words, seed=0):
    """Text that no two seeds share, some four tokens a word."""
    return " ".join(f"w{(seed * 7919 + i * 104729) % 99991}" for i in range(words))


def chat_body(prompt, system=None, **options):
    messages = ([{"role": "system", "content": system}] if system else []) + [{"role": "user", "content": prompt}]
    return {"model": "m", "messages": messages, "stream": True, "temperature": 0, "stream_options": {"include_usage": True}, **options}


class Seen:
    """One streamed answer: when each piece of text came (seconds since `started`), and the usage it reported."""

    def __init__(self, server, body):
        self.started = time.monotonic()
        self.times, self.text, usage = [], "", {}
        for seconds, event in stream(server, CHAT, body):
            if text_of(event):
                self.times.append(seconds)
                self.text += text_of(event)
            usage = event.get("usage") or usage
        self.seconds = time.monotonic() - self.started
        self.cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
        self.prompt_tokens = usage.get("prompt_tokens", 0)
        self.answer_tokens = usage.get("completion_tokens", 0)

    @property
    def first(self):
        return self.times[0] if self.times else self.seconds

    @property
    def prefilled(self):
        return self.prompt_tokens - self.cached

    @property
    def tokens_per_second(self):
        """Of the answer after its first token."""
        return (self.answer_tokens - 1) / (self.seconds - self.first)

    def gaps(self, begin, end):
        """Between two pieces of text that came within the absolute times begin and end."""
        at = [self.started + t for t in self.times]
        return [b - a for a, b in zip(at, at[1:]) if b > begin and a < end]


def together(server, bodies, delays=None):
    """All at once (or each after its delay), one thread each."""
    seen = [None] * len(bodies)

    def one(i):
        if delays:
            time.sleep(delays[i])
        seen[i] = Seen(server, bodies[i])

    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def warmed(server):
    """The model is loaded and has answered."""
    Seen(server, chat_body("hi", max_tokens=1))
    return server
