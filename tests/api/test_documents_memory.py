"""The shared documents through one server, damaged and protected ones included: each ends in a state, and nothing stays behind.

The small ones of the Office formats; with FRAGUA_ALL_DOCUMENTS=1 all of them, scans too, which takes minutes of OCR."""

import os
import subprocess
import time

import pytest
from fragua_server import Server, wait_for
from library import SHARED, Library
from people import People

LIMIT_S = 2400
GROWTH_MAX_BYTES = 12 << 20     # of the server's process, after all was read; vectors of its open collection included
LEFT_MAX_BYTES = 8 << 20       # after all was deleted
SMALL_MAX_BYTES = 25_000
SMALL_FORMATS = (".docx", ".odt", ".xlsx", ".html")
REASONS = {"password_needed", "damaged", "empty", "too_large", "unsupported"}


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def wanted(path):
    return os.environ.get("FRAGUA_ALL_DOCUMENTS") or (path.suffix in SMALL_FORMATS and path.stat().st_size <= SMALL_MAX_BYTES)


def children_of(fragua):
    listed = subprocess.run(["ps", "-o", "args=", "--ppid", str(fragua.process.pid)], capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if "extract" in line]


@pytest.fixture
def library(fragua_binary, server, tmp_path):
    if not (SHARED / "documents").exists():
        pytest.skip("../shared/data/documents is needed")
    fragua = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    yield Library(fragua, People(fragua).admin, "Todo")
    fragua.kill()


def test_memory_and_disk_are_flat_after_the_shared_documents(library, tmp_path):
    fragua = library.server
    library.add("primero.txt", "Lo primero lo lee un servidor que acaba de empezar: lo que carga entonces no cuenta.")
    library.search("primero")
    before = fragua.resident_bytes()
    handed_in = []
    for path in sorted(filter(wanted, files_below(SHARED / "documents"))):
        handed_in.append(library.upload("-".join(path.relative_to(SHARED).parts), path.read_bytes()))
    until = time.monotonic() + LIMIT_S
    ended = [library.wait(document, max(1, until - time.monotonic())) for document in handed_in]
    assert {document["error_code"] for document in ended if document["state"] == "failed"} <= REASONS, \
        {document["name"]: document["error_code"] for document in ended if document["state"] == "failed"}
    assert sum(document["state"] == "indexed" for document in ended) > 0.7 * len(ended)
    library.search("What is it about?")
    after = fragua.resident_bytes()
    assert after - before < GROWTH_MAX_BYTES, (before, after)

    documents = tmp_path / "data/documents"
    library.call("DELETE", f"/api/v1/collections/{library.collection}", status=204)
    wait_for(lambda: children_of(fragua) == [], "the children end")
    assert files_below(documents) == [] and list((documents / "scratch").iterdir()) == []
    left = fragua.resident_bytes()
    assert left - before < LEFT_MAX_BYTES, (before, after, left)
    print(f"{len(ended)} documents; resident: {before >> 20} MiB before, {after >> 20} after, {left >> 20} once deleted")
