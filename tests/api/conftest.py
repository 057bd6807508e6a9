"""One real server for the API suite: the program of FRAGUA_BINARY, small real models, a store in a temporary folder."""

import os
import pathlib

import pytest
from fragua_server import Server

MODELS = {
    "smollm2:135m": "smollm2-135m-instruct-q4_1.gguf",
    "qwen2.5-coder:0.5b": "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    "multilingual-e5-small:latest": "multilingual-e5-small-q4_0.gguf",
}


@pytest.fixture(scope="session")
def fragua_binary():
    path = os.environ.get("FRAGUA_BINARY")
    if not path:
        pytest.skip("FRAGUA_BINARY does not name the program")
    return os.path.abspath(path)


@pytest.fixture(scope="session")
def server(fragua_binary, tmp_path_factory):
    cache = pathlib.Path(os.environ.get("FRAGUA_MODELS_CACHE", pathlib.Path.home() / ".cache/fragua/models"))
    missing = [file for file in MODELS.values() if not (cache / file).exists()]
    if missing:
        pytest.skip(f"the models {missing} are not in {cache.name}/: run scripts/fetch_models.py")
    started = Server(fragua_binary, tmp_path_factory.mktemp("server"))
    try:
        for name, file in MODELS.items():
            started.create(name, cache / file)
        yield started
        started.stop()
    finally:
        started.kill()


@pytest.fixture
def start(fragua_binary, server, tmp_path):
    """Starts servers with settings of their own on the models of the suite."""
    started = []

    def begin(*settings):
        started.append(Server(fragua_binary, tmp_path, settings, models=server.models))
        return started[-1]

    yield begin
    for one in started:
        one.kill()
