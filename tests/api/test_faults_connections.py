"""Clients that hold connections, send slowly or do not read: they are cut, and honest requests are answered meanwhile."""

import contextlib
import json
import threading
import time

import pytest
from fragua_server import Server, wait_for
from raw_http import allow_descriptors, connect, exchange, head, post, read_to_end, statuses

IDLE = 1000
IDLE_BYTES_EACH = 32 * 1024
ATTACKERS = 20  # of each kind
CHAT = "smollm2:135m"


@pytest.fixture
def impatient(fragua_binary, server, tmp_path):
    """A server on the models of the shared one that waits for nobody longer than a second."""
    settings = [f"{name}_timeout=1s" for name in ("header", "body", "write", "idle")]
    started = Server(fragua_binary, tmp_path, settings, models=server.models)
    yield started
    started.stop()


def test_a_thousand_idle_connections_cost_little_and_block_nobody(fragua_binary, tmp_path):
    allow_descriptors(IDLE + 200)
    server = Server(fragua_binary, tmp_path)
    with contextlib.ExitStack() as idle:
        exchange(server, head("GET", "/api/version"))
        before = server.resident_bytes()
        connections = [idle.enter_context(connect(server)) for _ in range(IDLE)]
        for connection in connections:
            connection.sendall(head("GET", "/api/version"))
        for connection in connections:
            assert statuses(connection.recv(4096)) == [200]
        assert server.resident_bytes() - before <= IDLE * IDLE_BYTES_EACH
        assert statuses(exchange(server, head("GET", "/api/tags"))) == [200]
        # They are still open, and still served.
        connections[IDLE // 2].sendall(head("GET", "/health"))
        assert statuses(connections[IDLE // 2].recv(4096)) == [200]
    server.stop()


class Attacker(threading.Thread):
    """Opens a connection and does something slowly until the server has enough of it; `answer` is what it said then."""

    def __init__(self, server, act, receive_buffer_bytes=None):
        super().__init__()
        self.connection = connect(server, 30, receive_buffer_bytes)
        self.act, self.answer = act, None
        self.start()

    def run(self):
        with self.connection:
            with contextlib.suppress(ConnectionError):
                self.act(self.connection)
            self.answer = read_to_end(self.connection)


def trickle(connection, data):
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def slow_head(connection):
    trickle(connection, head("GET", "/api/tags", "X-Padding: " + "x" * 500))


def slow_body(connection):
    connection.sendall(head("POST", "/api/show", "Content-Length: 1000"))
    trickle(connection, b" " * 1000)


def slow_read(connection):
    text = json.dumps({"model": CHAT, "text": "la fragua del pueblo " * 20_000}).encode()
    connection.sendall(post("/api/v1/tokenize", text))
    connection.recv(100)  # the long answer begins; now nothing of it is read for longer than write_timeout
    time.sleep(4)


def test_slow_clients_are_cut_and_honest_ones_are_served(impatient):
    impatient.post("/api/v1/tokenize", {"model": CHAT, "text": "loads the model"}).raise_for_status()
    slow = [Attacker(impatient, slow_head) for _ in range(ATTACKERS)] + [Attacker(impatient, slow_body) for _ in range(ATTACKERS)]
    readers = [Attacker(impatient, slow_read, receive_buffer_bytes=4096) for _ in range(ATTACKERS)]
    honest = 0
    while any(attacker.is_alive() for attacker in slow + readers):
        assert statuses(exchange(impatient, head("GET", "/api/tags"))) == [200]
        honest += 1
        time.sleep(0.02)
    for attacker in slow:
        assert statuses(attacker.answer) in ([408], []), attacker.answer  # a reset takes the answer with it
    assert sum(statuses(attacker.answer) == [408] for attacker in slow) >= ATTACKERS
    for reader in readers:
        length = int(reader.answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
        assert len(reader.answer) < length, "the whole answer was kept for a reader that did not read"
    assert honest > 10
    wait_for(lambda: "http.reader_stalled" in impatient.log(), "nobody was cut for not reading")
