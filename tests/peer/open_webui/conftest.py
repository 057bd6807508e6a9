"""A real Open WebUI whose two connections, Ollama's and OpenAI's, both point at one Fragua. Asked for by name (scripts/test.sh open-webui)."""

import os
import pathlib
import subprocess
import sys

import pytest
import requests

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "api"))

from fragua_server import Server, clean_environment, free_port, wait_for  # noqa: E402
from people import People  # noqa: E402

MODELS = {"smollm2:135m": "smollm2-135m-instruct-q4_1.gguf", "qwen2.5-coder:0.5b": "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
          "multilingual-e5-small": "multilingual-e5-small-q4_0.gguf"}
START_S = 180


def named(variable):
    value = os.environ.get(variable)
    assert value, f"{variable} is not set: run scripts/test.sh open-webui"
    return os.path.abspath(value)


@pytest.fixture(scope="module")
def fragua(tmp_path_factory):
    """With accounts: nothing is open without a key."""
    server = Server(named("FRAGUA_BINARY"), tmp_path_factory.mktemp("fragua"), anonymous=False)
    server.key = People(server).key("infer", "embed", "models:read", "models:write")["key"]
    server.environment["FRAGUA_API_KEY"] = server.key
    for name, file in MODELS.items():
        server.create(name, pathlib.Path(named("FRAGUA_MODELS_CACHE")) / file)
    yield server
    server.stop()


class OpenWebUi:
    """Its server, and the session of its first user."""

    def __init__(self, folder, fragua):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log_path = folder / "open-webui.log"
        environment = clean_environment(folder) | {
            "DATA_DIR": str(folder / "data"), "WEBUI_SECRET_KEY": "test", "OFFLINE_MODE": "true", "HF_HUB_OFFLINE": "1",
            "OLLAMA_BASE_URL": fragua.url, "OPENAI_API_BASE_URL": fragua.url + "/v1", "OPENAI_API_KEY": fragua.key,
            "OLLAMA_API_CONFIGS": '{"0": {"key": "%s", "prefix_id": "ollama"}}' % fragua.key,
            "RAG_EMBEDDING_ENGINE": "openai", "RAG_EMBEDDING_MODEL": "multilingual-e5-small",
            "RAG_OPENAI_API_BASE_URL": fragua.url + "/v1", "RAG_OPENAI_API_KEY": fragua.key}
        command = [named("FRAGUA_OPEN_WEBUI"), "serve", "--host", "127.0.0.1", "--port", str(port)]
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(self.answers, "Open WebUI does not come up", START_S)
        self.session = requests.Session()
        signed_up = self.session.post(self.url + "/api/v1/auths/signup", json={"name": "Ana", "email": "ana@example.com", "password": "caballo correcto"}, timeout=30)
        assert signed_up.status_code == 200, signed_up.text
        self.session.headers["Authorization"] = "Bearer " + signed_up.json()["token"]

    def answers(self):
        assert self.process.poll() is None, self.log_path.read_text(errors="replace")[-3000:]
        try:
            return requests.get(self.url + "/health", timeout=2).ok
        except requests.RequestException:
            return False

    def post(self, path, body, **options):
        answer = self.session.post(self.url + path, json=body, timeout=180, **options)
        assert answer.status_code == 200, answer.text
        return answer

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="module")
def webui(tmp_path_factory, fragua):
    started = OpenWebUi(tmp_path_factory.mktemp("open-webui"), fragua)
    yield started
    started.stop()
