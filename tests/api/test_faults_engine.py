"""An engine that is killed, and clients that leave: one child or one answer is lost, and nothing else."""

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
import time

import pytest
from fragua_server import wait_for
from raw_http import connect, post

CHAT, WITNESS = "smollm2:135m", "witness"
PATH = "/v1/chat/completions"
KILLS = 10
TOLD_WITHIN_S = 30  # the promise is one second; a forgotten stream would stay silent for minutes
LEFT_WITHIN_S = 10  # the promise is 50 ms; the answer itself would take longer than this by far


def endless(model, tokens_max=8000):
    """A streamed answer that cannot end by itself: SmolLM2's two end tokens are forbidden."""
    return {"model": model, "messages": [{"role": "user", "content": "Count for ever."}], "stream": True, "max_tokens": tokens_max,
            "logit_bias": {"0": -100, "2": -100}, "options": {"num_ctx": 8192}}


def zombies(server):
    out = subprocess.run(["ps", "-o", "stat=", "--ppid", str(server.process.pid)], capture_output=True, text=True).stdout
    return [state for state in out.split() if state.startswith("Z")]


def requests_in(server, model):
    """How many answers of the model run or wait in its engine, as /metrics says; nothing while the engine is not asked."""
    values = re.findall(rf'^llama_engine_requests\{{[^}}]*model="{re.escape(model)}"[^}}]*\}} (\S+)', server.get("/metrics").text, re.M)
    return sum(int(float(value)) for value in values) if values else None


@pytest.fixture(scope="module")
def witness(server):
    """The small model with another system text: another engine."""
    done = server.command("create", WITNESS, "-f", "-", input=f"FROM {CHAT}\nSYSTEM You are a witness.\n")
    assert done.returncode == 0, done.stderr
    yield WITNESS
    server.post("/api/generate", {"model": WITNESS, "keep_alive": 0})
    server.delete(WITNESS)


class Listener:
    """Reads a stream in the background and keeps its events."""

    def __init__(self, server, body):
        self.events = []
        self.answer = server.post(PATH, body, stream=True)
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        with contextlib.suppress(Exception):  # closing it from the other thread ends the reading somehow
            for line in self.answer.iter_lines():
                if line:
                    self.events.append(line)

    def close(self):
        self.answer.close()
        self.thread.join(30)
        assert not self.thread.is_alive()


def test_an_engine_killed_mid_stream_loses_only_its_own_streams(server, witness):
    for name in [loaded["name"] for loaded in server.get("/api/ps").json()["models"]]:
        server.post("/api/generate", {"model": name, "keep_alive": 0})
    wait_for(lambda: not server.engines(), "engines go on")
    other = Listener(server, endless(witness))
    try:
        wait_for(lambda: len(other.events) > 1, "the other stream does not begin", 60)
        others = set(server.engines())
        for _ in range(KILLS):
            lines = server.post("/api/generate", {"model": CHAT, "prompt": "Tell a very long story.", "options": {"num_predict": 4000}}, stream=True).iter_lines()
            assert "error" not in json.loads(next(lines))
            (victim,) = set(server.engines()) - others
            began = time.monotonic()
            os.kill(victim, signal.SIGKILL)
            assert "stopped unexpectedly (signal 9)" in json.loads(list(lines)[-1])["error"]
            assert time.monotonic() - began < TOLD_WITHIN_S
        again = server.post("/api/generate", {"model": CHAT, "prompt": "hi", "stream": False, "options": {"num_predict": 2}})
        assert again.status_code == 200 and again.json()["done"]
        heard = len(other.events)
        # It goes on, or came to its own end: a fast machine writes all its tokens meanwhile.
        wait_for(lambda: len(other.events) > heard or other.events[-1] == b"data: [DONE]", "the other stream stopped")
        assert not [event for event in other.events if b'"error"' in event]
        wait_for(lambda: not zombies(server), "zombies stay")
        assert len(server.engines()) == 2
    finally:
        other.close()


def test_clients_that_leave_free_their_compute(server):
    streams = [server.post(PATH, endless(CHAT), stream=True) for _ in range(3)]
    for stream in streams:
        assert next(stream.iter_lines())
    assert requests_in(server, CHAT) == 3
    for stream in streams:
        stream.close()
    wait_for(lambda: requests_in(server, CHAT) == 0, "answers that nobody reads go on", LEFT_WITHIN_S)


@pytest.mark.parametrize("path,fields", [("/api/generate", {"stream": False}), (PATH, {})])
def test_a_client_that_leaves_while_its_long_prompt_is_read_frees_its_compute(server, path, fields):
    server.post("/api/generate", {"model": CHAT, "prompt": "hi", "stream": False, "options": {"num_predict": 1}})
    text = f"{path} " + "the river runs to the sea and the sea to the sky " * 600  # some 7,000 tokens
    body = {"model": CHAT, "prompt": text, "messages": [{"role": "user", "content": text}], "options": {"num_ctx": 8192}, **fields}
    with connect(server) as connection:
        connection.sendall(post(path, json.dumps(body).encode()))
        wait_for(lambda: requests_in(server, CHAT) == 1, "the prompt does not arrive")
    wait_for(lambda: requests_in(server, CHAT) == 0, "a prompt that nobody waits for is read on", LEFT_WITHIN_S)
    wait_for(lambda: any(f'"path":"{path}","status":499' in line for line in server.log().splitlines()[-5:]), "the log does not say that the client left")
