"""Methods, bad bodies, crashes and disconnects, dialogues that do not fit, wrong blobs: the server goes on, and says what was wrong."""

import os
import signal
import subprocess

import pytest
import requests

CHAT = "smollm2:135m"


def test_loopback_pages_may_call(server):
    answer = requests.get(server.url + "/api/tags", headers={"Origin": "http://localhost:5173"}, timeout=10)
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"


def test_methods_and_paths(server):
    assert requests.get(server.url + "/", timeout=5).text == "Ollama is running"
    assert requests.head(server.url + "/", timeout=5).status_code == 200
    wrong = requests.get(server.url + "/api/generate", timeout=5)
    assert wrong.status_code == 405 and "POST" in wrong.headers["Allow"]
    assert requests.get(server.url + "/nowhere", timeout=5).status_code == 404


@pytest.mark.parametrize(
    "body,status",
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"model": 5}', 400),
        (b'{"model": "x", "options": 1}', 400),
        (b"[" * 100_000, 400),
        (b'{"model": "../../etc/passwd", "prompt": "x"}', 400),
        (b'{"model": "nobody", "prompt": "x"}', 404),
        (b'{"model": "smollm2:135m", "prompt": "x", "options": {"temperature": "hot"}}', 400),
        (b'{"model": "smollm2:135m", "prompt": "x", "format": {"type": "wrong"}}', 400),
        (b'{"model": "smollm2:135m", "prompt": "x", "think": true}', 400),
        (b'{"model": "smollm2:135m", "prompt": "x", "keep_alive": "-1"}', 400),
        (b'{"model": "multilingual-e5-small", "prompt": "x"}', 400),
    ],
)
def test_bad_bodies_get_a_clear_error(server, body, status):
    answer = requests.post(server.url + "/api/generate", data=body, timeout=30)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]
    assert str(server.folder) not in answer.text


def test_a_killed_engine_is_an_error_and_comes_back(server):
    stream = server.post("/api/generate", {"model": CHAT, "prompt": "Tell a very long story.", "options": {"num_predict": 4000, "num_ctx": 8192}}, stream=True)
    lines = stream.iter_lines()
    next(lines)
    for pid in server.engines():
        os.kill(pid, signal.SIGKILL)
    last = list(lines)[-1]
    assert b"stopped unexpectedly" in last
    again = server.post("/api/generate", {"model": CHAT, "prompt": "hi", "stream": False, "options": {"num_predict": 2}})
    assert again.status_code == 200 and again.json()["done"]


def test_a_client_that_leaves_stops_its_answer(server):
    stream = server.post("/api/generate", {"model": CHAT, "prompt": "Tell a very long story.", "options": {"num_predict": 4000, "num_ctx": 8192}}, stream=True)
    next(stream.iter_lines())
    stream.close()
    done = server.post("/api/generate", {"model": CHAT, "prompt": "hi", "stream": False, "options": {"num_predict": 1}}).json()
    assert done["done"]


def test_a_dialogue_that_does_not_fit_says_what_it_lost(server):
    messages = [{"role": "user" if i % 2 == 0 else "assistant", "content": f"message {i} " + "word " * 40} for i in range(21)]
    body = {"model": CHAT, "messages": messages, "stream": False, "options": {"num_ctx": 512, "num_predict": 4}}
    answer = server.post("/api/chat", body).json()
    assert answer["truncated"] and answer["dropped_messages"] > 0 and answer["dropped_tokens"] > 0
    strict = server.post("/api/chat", body | {"truncate": False})
    assert strict.status_code == 400 and "exceeds the context length" in strict.json()["error"]


def test_blobs_are_checked_against_their_digest(server):
    empty = "sha256:" + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    other = "sha256:" + "0" * 64
    assert requests.head(f"{server.url}/api/blobs/{other}", timeout=5).status_code == 404
    assert requests.post(f"{server.url}/api/blobs/{other}", data=b"not that", timeout=5).status_code == 400
    assert requests.head(f"{server.url}/api/blobs/{other}", timeout=5).status_code == 404
    assert requests.post(f"{server.url}/api/blobs/{empty}", data=b"", timeout=5).status_code in (200, 201)
    assert requests.head(f"{server.url}/api/blobs/{empty}", timeout=5).status_code == 200
    assert requests.post(f"{server.url}/api/blobs/..%2f..%2fetc%2fpasswd", data=b"x", timeout=5).status_code in (400, 404)


def test_a_network_address_is_refused_until_there_is_an_administrator(fragua_binary, tmp_path):
    done = subprocess.run([fragua_binary, "serve", "--listen", "0.0.0.0:0"], env=dict(os.environ, FRAGUA_DATA=str(tmp_path)), capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and "administrator" in done.stderr
