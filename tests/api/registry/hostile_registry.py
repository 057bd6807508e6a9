"""HostileRegistry: a registry on loopback that answers what a test wants: lies, cuts, floods, redirects. It notes every
request and how many bytes of each blob it sent."""

import re
import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECE_BYTES = 64 * 1024


class Cut(Exception):
    """Ends the connection here."""


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (Cut, ConnectionError):
            self.close_connection = True

    def do_GET(self):
        registry = self.server.registry
        registry.seen.append((self.command, self.path, dict(self.headers)))
        blob = re.fullmatch(r"/(?:v2/.*|elsewhere)/blobs/(sha256:[0-9a-f]{64})", self.path.partition("?")[0])
        if self.path.startswith("/token"):
            self.reply(200, b'{"token": "t0ken"}')
        elif registry.challenge and not self.headers.get("Authorization"):
            self.reply(401, b"{}", {"WWW-Authenticate": registry.challenge})
        elif blob:
            self.send_blob(blob[1])
        elif self.path in registry.answers:
            registry.answers[self.path](self)
        else:
            self.reply(404, b'{"errors":[{"code":"NOT_FOUND"}]}')

    do_HEAD = do_POST = do_PATCH = do_PUT = do_GET

    def reply(self, status, body=b"", headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if not headers or "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_blob(self, digest):
        registry = self.server.registry
        data = registry.blobs.get(digest)
        if registry.on_blob and registry.on_blob(self, digest):
            return
        if data is None:
            self.reply(404)
            return
        first, last = 0, len(data) - 1
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if asked and registry.ranges:
            first, last = int(asked[1]), min(int(asked[2]), last)
        self.send_response(206 if asked and registry.ranges else 200)
        if asked and registry.ranges:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.send_pieces(digest, data, first, last + 1)

    def send_pieces(self, digest, data, at, end):
        registry = self.server.registry
        stop = end if registry.stop_at is None else registry.stop_at(digest, at, end)
        while at < min(stop, end):
            piece = data[at:min(at + PIECE_BYTES, stop, end)]
            self.wfile.write(piece)
            at += len(piece)
            registry.sent[digest] += len(piece)
        if at == end:
            return
        self.wfile.flush()
        if registry.hold:
            registry.held.set()
            registry.hold.wait(60)
            self.send_pieces(digest, data, at, end)
            return
        self.connection.shutdown(socket.SHUT_WR)  # what was sent arrives, and then nothing more
        raise Cut


class HostileRegistry:
    def __init__(self):
        self.answers = {}  # path -> function of the handler
        self.blobs = {}
        self.sent = Counter()
        self.seen = []
        self.ranges = True
        self.challenge = ""
        self.on_blob = None   # answers itself and returns True, or False
        self.stop_at = None   # (digest, first, end) -> where this answer stops: with `hold` it waits there, else it is cut
        self.hold = None      # an Event that ends the waiting
        self.held = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.server.daemon_threads = True
        self.server.registry = self
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def add(self, model, repository="ana/small", tag="latest"):
        """Serves the model; the name that pulls it."""
        self.blobs.update(model.blobs)
        self.serve_manifest(model.manifest, repository, tag)
        return f"{self.host}/{repository}:{tag}"

    def serve_manifest(self, manifest, repository="ana/small", tag="latest", headers=None):
        self.answers[f"/v2/{repository}/manifests/{tag}"] = lambda handler: handler.reply(200, manifest, headers)

    def reset_counts(self):
        self.sent.clear()
        self.seen.clear()

    def close(self):
        if self.hold:
            self.hold.set()
        self.server.shutdown()
        self.server.server_close()
