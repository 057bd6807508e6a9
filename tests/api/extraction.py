"""Runs `fragua extract` as the server does: a child with one end of a socketpair on descriptor 3."""

import contextlib
import json
import os
import pathlib
import re
import resource
import socket
import subprocess

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared/data/documents"


class Extraction:
    def __init__(self, lines, status, cpu_seconds):
        self.lines, self.status, self.cpu_seconds = lines, status, cpu_seconds
        self.document = next((line for line in lines if line["type"] == "document"), None)
        self.pages = [line for line in lines if line["type"] == "page"]
        self.blocks = [line for line in lines if line["type"] == "block"]
        self.error = next((line["code"] for line in lines if line["type"] == "error"), None)
        self.message = next((line["message"] for line in lines if line["type"] == "error"), "")
        self.whole = bool(lines) and lines[-1]["type"] == "end"

    def texts(self, kind=None, page=None):
        return [b["text"] for b in self.blocks if kind in (None, b["kind"]) and page in (None, b["page"])]

    @property
    def text(self):
        return "\n".join(self.texts())


def children_seconds():
    """Processor time of the children that have ended, and of theirs: what a busy machine does not change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def start(binary, channel, variables=None):
    def put_channel():
        os.dup2(channel.fileno(), 3)

    return subprocess.Popen([binary, "extract"], preexec_fn=put_channel, close_fds=False, start_new_session=True, stdin=subprocess.DEVNULL,
                            env={**os.environ, **(variables or {})})


def extract(binary, file, scratch, variables=None, timeout=400, **request):
    """Everything that the child says about a file. The answer must be lines of JSON within the protocol's bounds."""
    ours, theirs = socket.socketpair()
    os.set_inheritable(theirs.fileno(), True)
    begun = children_seconds()
    child = start(binary, theirs, variables)
    theirs.close()
    with contextlib.closing(ours):
        ours.settimeout(timeout)
        body = {"path": str(file), "name": pathlib.Path(file).name, "password": "", "languages": "spa+eng", "scratch": str(scratch), **request}
        ours.sendall(json.dumps(body).encode() + b"\n")
        answer = bytearray()
        while piece := ours.recv(1 << 20):
            answer += piece
    status = child.wait(timeout)
    rows = [row for row in bytes(answer).split(b"\n") if row]
    assert all(len(row) <= 8 << 20 for row in rows)
    return Extraction([json.loads(row) for row in rows], status, children_seconds() - begun)


def words(text):
    """Letters and digits only: how words are put together at the ends of lines does not count."""
    return re.findall(r"\w+", re.sub(r"[-‐]\s+", "", text))


def share_found(expected, text):
    """How many of the expected words are there, each as often as it is expected."""
    wanted, found = {}, {}
    for word in words(expected):
        wanted[word] = wanted.get(word, 0) + 1
    for word in words(text):
        found[word] = found.get(word, 0) + 1
    total = sum(wanted.values())
    return sum(min(count, found.get(word, 0)) for word, count in wanted.items()) / total if total else 1.0
