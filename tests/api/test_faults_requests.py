"""What strangers send: 2,000 malformed requests, bodies and heads over every limit, foreign hosts, and errors that tell nothing."""

import os
import re

import pytest
from fragua_server import Server
from malformed_requests import JSON_PATHS, malformed_requests
from raw_http import connect, exchange, head, post, read_to_end, statuses

REQUESTS = int(os.environ.get("FRAGUA_MALFORMED_REQUESTS", "2000"))  # 100,000 for a release
HOST_PATH = re.compile(rb"/(?:root|home|tmp|usr|var|proc|etc/(?!passwd)|work|opt|src)/")


@pytest.fixture(scope="module")
def empty(fragua_binary, tmp_path_factory):
    """A server without models."""
    server = Server(fragua_binary, tmp_path_factory.mktemp("empty"))
    yield server
    server.stop()


def is_foreign_coding(request):
    """The one 5xx that HTTP asks for: 501, of a request in a transfer coding that nobody here knows."""
    return b"transfer-encoding" in request.lower()


def test_malformed_requests_crash_nothing_and_are_never_our_fault(empty):
    bad = []
    for request in malformed_requests(REQUESTS):
        answer = exchange(empty, request)
        failed = [status for status in statuses(answer) if status >= 500 and not (status == 501 and is_foreign_coding(request))]
        if failed or str(empty.folder).encode() in answer or HOST_PATH.search(answer):
            bad.append((request[:300], answer[:300]))
    assert not bad, bad[:5]
    assert empty.is_up()
    assert "request.bug" not in empty.log() and "handler_failed" not in empty.log()


def test_bodies_over_the_limit_are_refused_before_they_are_read(empty):
    for path in ["/api/show", "/api/generate", "/v1/chat/completions", "/v1/messages", "/api/v1/tokenize"]:
        request = head("POST", path, "Content-Type: application/json", f"Content-Length: {1 << 40}")
        with connect(empty) as connection:
            connection.sendall(request)  # and not a byte of the body
            assert statuses(read_to_end(connection)) == [413], path


def test_a_chunked_body_is_counted(empty):
    with connect(empty) as connection:
        connection.sendall(head("POST", "/api/show", "Transfer-Encoding: chunked"))
        chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
        try:
            for _ in range(64):  # 4 MiB, four times what the route takes
                connection.sendall(chunk)
        except ConnectionError:
            pass
        assert statuses(read_to_end(connection)) == [413]


@pytest.mark.parametrize("nest", [b"[", b'{"a":', b'{"messages":['])
def test_json_of_depth_100_000_is_refused(empty, nest):
    for path in JSON_PATHS:
        # 413 where the text is larger than the route takes.
        assert statuses(exchange(empty, post(path, nest * 100_000))) in ([400], [413]), path


@pytest.mark.parametrize("status,lines", [(431, [f"X-{i}: y" for i in range(200)]), (431, ["X: " + "y" * 40_000]), (431, ["Y" * 40_000 + ": x"])])
def test_heads_over_the_limit_are_refused(empty, status, lines):
    assert statuses(exchange(empty, head("GET", "/api/tags", *lines))) == [status]


def test_a_target_over_the_limit_is_refused(empty):
    assert statuses(exchange(empty, head("GET", "/" + "x" * 40_000))) == [414]


FOREIGN_HOSTS = ["evil.example", "evil.example:11434", "127.0.0.1.evil.example", "localhost.evil.example", "localhost.evil.example:80",
                 "evillocalhost", "localhost-evil", "0.0.0.0", "0.0.0.0:1", "10.0.0.1", "192.168.1.1:3000", "169.254.169.254", "[fe80::1]",
                 "[::ffff:10.0.0.1]", "[::]", "[::2]:80", "localhost:80.evil.example", "localhost:evil", "127.0.0.1x", "metadata.internal"]
FOREIGN_ORIGINS = ["null", "file://", "https://evil.example", "http://evil.example:3000", "http://localhost.evil.example", "http://" "evil-localhost",
                   "http://127.0.0.1.evil.example", "http://10.0.0.1", "http://192.168.0.1:8080", "http://[fe80::1]", "http://0.0.0.0:3000",
                   "http://" "localhost@evil.example", "http://localhost:80@evil.example", "http://evil.example/localhost", "http://" "evil.example#localhost",
                   "http://" "evil.example?localhost", "https://localhost:evil.example", "localhost", "//localhost", "http://"]


def test_the_lists_of_hosts_and_origins_are_forty():
    assert len(set(FOREIGN_HOSTS)) + len(set(FOREIGN_ORIGINS)) == 40


@pytest.mark.parametrize("path", ["/api/tags", "/api/version", "/v1/models", "/metrics", "/health"])
def test_foreign_hosts_and_origins_are_refused(empty, path):
    for host in FOREIGN_HOSTS:
        assert statuses(exchange(empty, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())) == [403], host
    for origin in FOREIGN_ORIGINS:
        answer = exchange(empty, head("GET", path, f"Origin: {origin}"))
        assert statuses(answer) == [403] and b"access-control-allow-origin" not in answer.lower(), origin


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "app.localhost:3000", "127.0.0.1", "127.0.0.1:11434", "127.9.9.9", "[::1]", "[::1]:3000"])
def test_loopback_names_are_served(empty, host):
    assert statuses(exchange(empty, f"GET /api/version HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())) == [200]
