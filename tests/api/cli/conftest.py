"""What the tests of the command line share: the binary, a fake server, terminals."""

import os
import subprocess

import pytest
from fake_ollama import FakeOllama
from terminal import Terminal


@pytest.fixture(scope="session")
def binary(fragua_binary):
    return fragua_binary


@pytest.fixture
def fake():
    server = FakeOllama()
    yield server
    server.close()


@pytest.fixture
def environment(tmp_path):
    """Of a person with an empty home."""
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "FRAGUA_DATA": str(tmp_path / "data"), "TERM": "xterm-256color",
            "LANG": "C.UTF-8"}


@pytest.fixture
def fragua(binary, fake, environment, tmp_path):
    """Runs a command against the fake server and returns the finished process."""

    def run(*arguments, stdin="", **more):
        env = {**environment, "FRAGUA_HOST": fake.host, **more.pop("env", {})}
        return subprocess.run([binary, *arguments], input=stdin, capture_output=True, text=True, env=env,
                              timeout=60, cwd=more.pop("cwd", tmp_path), **more)

    return run


@pytest.fixture
def terminal(binary, fake, environment):
    """Runs a command under a terminal against the fake server."""
    opened = []

    def run(*arguments, env=None, columns=100):
        opened.append(Terminal([binary, *arguments], {**environment, "FRAGUA_HOST": fake.host, **(env or {})}, columns))
        return opened[-1]

    yield run
    for one in opened:
        one.close()
