"""Fragua's own endpoints, and what operators ask for: tokens, rerank, health, metrics, documentation, logs."""

import json
import re

import pytest
import requests
from fragua_server import Server

SMALL, EMBEDDER = "smollm2:135m", "multilingual-e5-small"


def generate(server, **body):
    return server.post("/api/generate", {"model": SMALL, "prompt": "hi", "stream": False, "options": {"num_predict": 4}} | body)


def test_tokens_go_back_to_their_text(server):
    text = "La fragua está en Lugo. 🔥"
    answer = server.post("/api/v1/tokenize", {"model": SMALL, "text": text, "add_special": False}).json()
    assert answer["count"] == len(answer["tokens"]) == len(answer["pieces"]) > 5
    assert server.post("/api/v1/detokenize", {"model": SMALL, "tokens": answer["tokens"]}).json()["text"] == text
    assert server.post("/api/v1/tokenize", {"model": SMALL, "text": ""}).json()["count"] == 0


def test_rerank_puts_what_fits_first(server):
    documents = ["Los gatos duermen todo el día.", "La fragua está en la plaza del pueblo.", "El precio del trigo sube."]
    body = {"model": EMBEDDER, "query": "¿Dónde está la fragua?", "documents": documents}
    answer = server.post("/api/v1/rerank", body).json()
    scores = [result["relevance_score"] for result in answer["results"]]
    assert answer["results"][0]["index"] == 1 and scores == sorted(scores, reverse=True) and len(scores) == 3
    assert answer["usage"]["total_tokens"] > 0
    best = server.post("/api/v1/rerank", body | {"top_n": 1, "return_documents": True}).json()["results"]
    assert [result["document"] for result in best] == [documents[1]]


@pytest.mark.parametrize(
    "path,body,message",
    [
        ("tokenize", {"model": SMALL, "txt": "x", "text": "x"}, 'unknown field "txt"'),
        ("tokenize", {"model": SMALL}, '"text" must be present'),
        ("tokenize", {"model": SMALL, "text": "x" * 2_000_000}, "larger than"),
        ("detokenize", {"model": SMALL, "tokens": [-1]}, "token"),
        ("detokenize", {"model": SMALL, "tokens": [10_000_000]}, "token"),
        ("detokenize", {"model": SMALL, "tokens": "x"}, '"tokens" must be a list'),
        ("rerank", {"model": EMBEDDER, "query": "x", "documents": []}, "between 1 and 2048"),
        ("rerank", {"model": EMBEDDER, "query": "x", "documents": ["a"] * 2049}, "between 1 and 2048"),
        ("rerank", {"model": EMBEDDER, "query": "x", "documents": ["a"], "top_n": 0}, "at least 1"),
    ],
)
def test_bad_requests_say_what_is_wrong(server, path, body, message):
    answer = server.post("/api/v1/" + path, body)
    assert answer.status_code in (400, 413), answer.text
    assert message in answer.json()["error"]["message"] and answer.json()["error"]["code"]
    assert generate(server).status_code == 200  # the engine is still there


def test_health_and_readiness(server):
    assert requests.get(server.url + "/health", timeout=5).json() == {"status": True}
    generate(server)
    ready = requests.get(server.url + "/ready", timeout=5).json()
    assert ready["status"] is True and ready["models_loaded"] >= 1 and ready["requests_active"] == 0


def metric(server, name, **labels):
    """The value of one series; nothing if it is not there."""
    for line in requests.get(server.url + "/metrics", timeout=5).text.splitlines():
        found = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line)
        if found and found[1] == name and dict(re.findall(r'(\w+)="([^"]*)"', found[2] or "")) == labels:
            return float(found[3])
    return None


def test_metrics_count_requests_tokens_and_engines(server):
    before = metric(server, "llama_requests_total", model=SMALL, status="200") or 0
    tokens = metric(server, "llama_tokens_total", model=SMALL, kind="answer") or 0
    generate(server, options={"num_predict": 4, "temperature": 0})
    generate(server, options={"num_predict": 4, "temperature": 0})
    assert metric(server, "llama_requests_total", model=SMALL, status="200") == before + 2
    assert tokens < metric(server, "llama_tokens_total", model=SMALL, kind="answer") <= tokens + 8
    assert metric(server, "llama_tokens_total", model=SMALL, kind="cached") > 0
    for histogram in ("llama_request_duration_seconds", "llama_time_to_first_token_seconds", "llama_tokens_per_second"):
        assert metric(server, histogram + "_count", model=SMALL) > 0, histogram
    assert metric(server, "llama_active_requests") == 1  # this one
    assert metric(server, "llama_engine_resident_bytes", model=SMALL) > 10_000_000
    assert metric(server, "llama_engine_requests", model=SMALL, state="running") == 0
    assert metric(server, "llama_engine_requests", model=SMALL, state="waiting") == 0


def test_the_documentation_lists_every_route_and_loads_nothing(server):
    answer = requests.get(server.url + "/docs", timeout=5)
    assert answer.headers["Content-Type"].startswith("text/html") and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    paths = requests.get(server.url + "/openapi.json", timeout=5).json()["paths"]
    shown = re.findall(r'<span class="method">(\w+)</span> <code>([^<]+)</code>', answer.text)
    assert {(method.lower(), path) for method, path in shown} == {(method, path) for path, item in paths.items() for method in item}
    assert ("POST", "/v1/audio/transcriptions") in shown
    assert not re.search(r"<script|<img|<link|src=|url\(|@import|https?://", answer.text)


def test_a_page_may_call_with_its_clients_own_headers(server):
    headers = {"Origin": "http://localhost:5173", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,x-stainless-lang"}
    answer = requests.options(server.url + "/v1/chat/completions", headers=headers, timeout=5)
    assert answer.status_code == 204 and answer.headers["Access-Control-Allow-Headers"] == "authorization,x-stainless-lang"
    answer = requests.options(server.url + "/v1/chat/completions", headers=headers | {"Origin": "https://evil.example"}, timeout=5)
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_log_has_one_json_line_for_each_request(fragua_binary, server, tmp_path):
    own = Server(fragua_binary, tmp_path, models=server.models)
    answer = generate(own, prompt="The secret word is xyzzy.")
    missing = generate(own, model="nobody")
    lost = requests.get(own.url + "/nowhere%0aforged", timeout=5)
    own.stop()
    events = [json.loads(line) for line in own.log().splitlines()]
    lines = {event["request_id"]: event for event in events if event["event"] == "request"}
    line = lines[answer.headers["X-Request-Id"]]
    assert (line["method"], line["path"], line["status"], line["model"], line["level"]) == ("POST", "/api/generate", 200, SMALL, "info")
    assert line["duration_ms"] > 0 and line["prompt_tokens"] > 0 and line["answer_tokens"] > 0 and line["error"] == "" and line["time"]
    line = lines[missing.headers["X-Request-Id"]]
    assert (line["status"], line["error"]) == (404, "model 'nobody' not found")
    assert lines[lost.headers["X-Request-Id"]]["status"] == 404
    assert [event["path"] for event in lines.values()].count("/api/generate") == 2
    assert "xyzzy" not in own.log()


def test_the_log_may_be_for_people(fragua_binary, server, tmp_path):
    own = Server(fragua_binary, tmp_path, ["log_format=text"], models=server.models)
    answer = generate(own)
    own.stop()
    (line,) = [line for line in own.log().splitlines() if answer.headers["X-Request-Id"] in line]
    assert re.search(r"info request request_id=\S+ method=POST path=/api/generate status=200 model=smollm2:135m duration_ms=", line)


@pytest.mark.parametrize("allowed,origin,is_let_in", [
    ("", "tauri://localhost", True),
    ("", "chrome-extension://abcdefgh", False),
    ("chrome-extension://*,https:" "//*.shop.example", "chrome-extension://abcdefgh", True),
    ("chrome-extension://*,https:" "//*.shop.example", "https://tienda.Shop.example", True),
    ("chrome-extension://*,https:" "//*.shop.example", "https://shop.example", False),
    ("chrome-extension://*,https:" "//*.shop.example", "https://tienda.shop.example.evil.example", False),
    ("*", "https://anybody.example", True),
])
def test_the_origins_of_the_settings_may_hold_a_star(start, allowed, origin, is_let_in):
    answer = start(f"allowed_origins={allowed}").get("/api/version", headers={"Origin": origin}, timeout=10)
    assert answer.status_code == (200 if is_let_in else 403)
    assert answer.headers.get("Access-Control-Allow-Origin") == (origin if is_let_in else None)
