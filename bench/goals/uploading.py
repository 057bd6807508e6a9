"""Documents through the API, for the goals that ask about them: collections, uploads, and when all is read."""

import http.client
import json
import time


def call(server, method, path, body=None, content_type="application/json"):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    connection.request(method, path, body, {"Content-Type": content_type})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status not in (200, 201, 202):
        raise RuntimeError(f"{method} {path}: {answer.status} {text[:500]!r}")
    return json.loads(text)


def new_collection(server, name):
    return server.ask("/api/v1/collections", {"name": name}, 201)["id"]


def upload(server, collection, name, content):
    """The id of the document that the bytes are now."""
    mark = "fragua-bench-boundary"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{mark}--\r\n".encode()
    return call(server, "POST", f"/api/v1/collections/{collection}/documents", body, f"multipart/form-data; boundary={mark}")["documents"][0]["id"]


def wait_until_read(server, collection):
    """How many are in each state once none waits."""
    while True:
        counts = call(server, "GET", f"/api/v1/collections/{collection}/documents?limit=1")["counts"]
        if counts["received"] + counts["extracting"] == 0:
            return counts
        time.sleep(0.5)
