"""Too much at once, and the end of the server: what does not fit is told so at once, what runs goes on."""

from fragua_server import wait_for

CHAT = "smollm2:135m"
BUSY = "server busy, please try again.  maximum pending requests exceeded"  # two spaces, as Ollama says it
REFUSED = [
    ("/api/generate", {"model": CHAT, "prompt": "x"}, lambda body: body["error"]),
    ("/api/chat", {"model": CHAT, "messages": [{"role": "user", "content": "x"}]}, lambda body: body["error"]),
    ("/api/embed", {"model": "multilingual-e5-small", "input": "x"}, lambda body: body["error"]),
    ("/v1/chat/completions", {"model": CHAT, "messages": [{"role": "user", "content": "x"}]}, lambda body: body["error"]["message"]),
    ("/v1/messages", {"model": CHAT, "max_tokens": 5, "messages": [{"role": "user", "content": "x"}]}, lambda body: body["error"]["message"]),
]


def begin(server, tokens_max=4000):
    """A stream that has begun, and its lines. SmolLM2's two end tokens are forbidden: it ends with its last token."""
    body = {"model": CHAT, "messages": [{"role": "user", "content": "Count for ever."}], "stream": True, "max_tokens": tokens_max,
            "logit_bias": {"0": -100, "2": -100}}
    lines = server.post("/v1/chat/completions", body, stream=True).iter_lines()
    assert b'"error"' not in next(lines)
    return lines


def test_a_full_queue_says_so_at_once_and_health_answers(start):
    server = start("queue_max_requests=2")
    running = [begin(server), begin(server)]
    for path, body, message in REFUSED:
        answer = server.post(path, body, timeout=10)
        assert answer.status_code == 503 and message(answer.json()) == BUSY, path
        assert int(answer.headers["Retry-After"]) >= 1
    assert server.get("/health", timeout=10).status_code == 200
    for lines in running:
        lines.close()
    wait_for(lambda: server.post("/api/generate", {"model": CHAT, "prompt": "x", "options": {"num_predict": 1}}).ok, "the queue stays full")


def test_sigterm_lets_running_answers_end_and_refuses_new_ones(start):
    server = start("drain_timeout=5m")
    lines = begin(server, tokens_max=100)
    server.process.terminate()
    wait_for(lambda: "server.draining" in server.log(), "the server does not notice SIGTERM")
    for path, body, message in REFUSED:
        answer = server.post(path, body, timeout=10)
        assert answer.status_code == 503 and message(answer.json()) == "the server is shutting down", path
        assert int(answer.headers["Retry-After"]) >= 1
    assert server.get("/health", timeout=10).status_code == 200
    assert server.get("/ready", timeout=10).status_code == 503
    rest = [line for line in lines if line]
    assert rest[-1] == b"data: [DONE]" and not [line for line in rest if b'"error"' in line]
    assert server.process.wait(60) == 0
