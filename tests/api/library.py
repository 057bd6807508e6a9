"""Documents for tests: one person's collection on a server, and the real files of ../shared/data."""

import pathlib
import time

import pytest

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared/data"


def shared_file(name):
    """A real document. Skips the test where the shared data is missing."""
    path = SHARED / "documents" / name
    if not path.exists():
        pytest.skip(f"{name} is not there: ../shared/data/documents is needed")
    return path


class Library:
    def __init__(self, server, session, name="Manuals", **settings):
        self.server, self.session = server, session
        self.collection = self.call("POST", "/api/v1/collections", json={"name": name, **settings})["id"]

    def call(self, method, path, status=None, **arguments):
        answer = self.session.request(method, self.server.url + path, timeout=300, **arguments)
        if status is not None:
            assert answer.status_code == status, answer.text
        else:
            assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content and "json" in answer.headers.get("Content-Type", "") else answer

    def upload(self, name, content):
        return self.call("POST", f"/api/v1/collections/{self.collection}/documents", files={"file": (name, content)})["documents"][0]

    def wait(self, document, seconds=240):
        """Until it is indexed or failed."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.call("GET", f"/api/v1/documents/{document['id']}")
            if found["state"] in ("indexed", "failed"):
                return found
            time.sleep(0.2)
        raise AssertionError(f"{document['name']} is still {found['state']} after {seconds} s")

    def add(self, name, content):
        return self.wait(self.upload(name, content))

    def add_shared(self, name):
        return self.add(pathlib.Path(name).name, shared_file(name).read_bytes())

    def search(self, question, **fields):
        return self.call("POST", "/api/v1/documents/search", json={"question": question, "collections": [self.collection], **fields})["passages"]

    def ask(self, question, **fields):
        return self.call("POST", "/api/v1/ask", json={"question": question, "collections": [self.collection], **fields})
