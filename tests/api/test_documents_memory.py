"""The shared documents through one server, twice, damaged and protected ones included: each ends in its state, and nothing stays behind.

The small ones of the Office formats; with FRAGUA_ALL_DOCUMENTS=1 all of them, scans too, which takes minutes of OCR."""

import os
import subprocess
import time

import pytest
from fragua_server import Server, wait_for
from library import SHARED, Library
from people import People
from test_extraction import REFUSED as EXTRACTION_REFUSED

ALL = bool(os.environ.get("FRAGUA_ALL_DOCUMENTS"))
LIMIT_S = 2400
GROWTH_MAX_BYTES = 12 << 20    # of the server's process, after all was read; vectors of its open collection included
LEFT_MAX_BYTES = 8 << 20       # after the small ones were deleted
SMALL_MAX_BYTES = 25_000
REFUSED = {name: code for name, password, code in EXTRACTION_REFUSED if not password}
SMALL_FORMATS = (".docx", ".odt", ".xlsx", ".html")
AGAIN_MAX = 1.1                # the same documents a second time, beside the first


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def wanted(path):
    return ALL or (path.suffix in SMALL_FORMATS and path.stat().st_size <= SMALL_MAX_BYTES)


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


def read_all(library):
    """Hands all in and waits: name -> the document in its last state."""
    handed_in = {}
    for path in sorted(filter(wanted, files_below(SHARED / "documents"))):
        name = path.relative_to(SHARED / "documents").as_posix()
        handed_in[name] = library.upload(name.replace("/", "-"), path.read_bytes())
    until = time.monotonic() + LIMIT_S
    return {name: library.wait(document, max(1, until - time.monotonic())) for name, document in handed_in.items()}


def forget_all(library, tmp_path):
    documents = tmp_path / "data/documents"
    library.call("DELETE", f"/api/v1/collections/{library.collection}", status=204)
    wait_for(lambda: children_of(library.server) == [], "the children end")
    assert files_below(documents) == [] and list((documents / "scratch").iterdir()) == []


def test_memory_and_disk_are_flat_after_the_shared_documents(library, tmp_path):
    fragua = library.server
    library.add("primero.txt", "Lo primero lo lee un servidor que acaba de empezar: lo que carga entonces no cuenta.")
    library.search("primero")
    resident, seconds = [fragua.resident_bytes()], []
    for _ in range(2):
        begun = time.monotonic()
        ended = read_all(library)
        seconds.append(time.monotonic() - begun)
        failed = {name: document["error_code"] for name, document in ended.items() if document["state"] == "failed"}
        assert failed == {name: code for name, code in REFUSED.items() if name in ended}
        library.search("What is it about?")
        resident.append(fragua.resident_bytes())
        forget_all(library, tmp_path)
        resident.append(fragua.resident_bytes())
        library.collection = library.call("POST", "/api/v1/collections", json={"name": "Otra vez"})["id"]
    print(f"{len(ended)} documents in {seconds[0]:.0f} and {seconds[1]:.0f} s; resident MiB before, after, deleted, after again, deleted again:",
          [size >> 20 for size in resident])
    before, after, left, again, left_again = resident
    # Four connections to the database keep up to 2 MiB of its pages each: after all documents they are full.
    assert after - before < GROWTH_MAX_BYTES
    assert left - before < (GROWTH_MAX_BYTES if ALL else LEFT_MAX_BYTES)
    assert again < AGAIN_MAX * after and left_again < AGAIN_MAX * left
