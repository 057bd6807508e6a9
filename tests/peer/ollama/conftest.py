"""What the tests with the real Ollama share. They are asked for by name (scripts/test.sh ollama): building it takes a while."""

import pathlib
import subprocess
import sys

import pytest

TESTS = pathlib.Path(__file__).parents[2] / "api"
sys.path[:0] = [str(TESTS), str(TESTS / "cli"), str(TESTS / "registry")]

from docker_registry import DockerRegistry  # noqa: E402
from fragua_server import Server, clean_environment  # noqa: E402
from peer_programs import EMBEDDER_GGUF, TIMEOUT_S, OllamaServer, gguf, program  # noqa: E402
from terminal import Terminal  # noqa: E402


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    started = DockerRegistry(tmp_path_factory.mktemp("registry") / "docker")
    yield started
    started.close()


@pytest.fixture(scope="module")
def fragua(tmp_path_factory, registry):
    """One Fragua server with one model, made by the tests' first lines."""
    server = Server(program("FRAGUA_BINARY"), tmp_path_factory.mktemp("fragua"), environment={"FRAGUA_INSECURE_REGISTRIES": registry.host})
    server.create("smollm2:135m", gguf())
    server.create("multilingual-e5-small", gguf(EMBEDDER_GGUF))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def command_environment(fragua, tmp_path_factory):
    """Of a person whose Ollama speaks to Fragua."""
    return clean_environment(tmp_path_factory.mktemp("home")) | {"OLLAMA_HOST": fragua.url, "TERM": "xterm-256color", "LANG": "C.UTF-8"}


@pytest.fixture
def ollama(command_environment, tmp_path):
    """Runs the real command line against Fragua; its output, after a good end."""

    def run(*arguments, fails=False, stdin=None):
        given = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
        done = subprocess.run([program("FRAGUA_OLLAMA"), *arguments], env=command_environment, cwd=tmp_path, capture_output=True, text=True, timeout=TIMEOUT_S, **given)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    return run


@pytest.fixture
def terminal(command_environment):
    """Runs it under a terminal."""
    opened = []

    def run(*arguments):
        opened.append(Terminal([program("FRAGUA_OLLAMA"), *arguments], command_environment))
        return opened[-1]

    yield run
    for one in opened:
        one.close()


@pytest.fixture
def start_fragua(tmp_path):
    started = []

    def begin(models):
        started.append(Server(program("FRAGUA_BINARY"), tmp_path, models=models))
        return started[-1]

    yield begin
    for one in started:
        one.kill()


@pytest.fixture
def start_ollama(tmp_path):
    started = []

    def begin(models):
        started.append(OllamaServer(tmp_path, models))
        return started[-1]

    yield begin
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()
