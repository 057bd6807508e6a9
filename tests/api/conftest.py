"""One real server for the API suite: the program of FRAGUA_BINARY, small real models, a store in a temporary folder."""

import os
import pathlib
import socket
import subprocess
import time

import pytest
import requests

MODELS = {
    "smollm2:135m": "smollm2-135m-instruct-q4_1.gguf",
    "qwen2.5-coder:0.5b": "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    "multilingual-e5-small:latest": "multilingual-e5-small-q4_0.gguf",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, binary, folder, settings=()):
        self.binary, self.folder = binary, folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = dict(os.environ, FRAGUA_DATA=str(folder / "data"), FRAGUA_MODELS=str(folder / "models"), FRAGUA_HOST=self.url)
        self.log = open(folder / "server.log", "ab")
        command = [binary, "serve", "--listen", f"127.0.0.1:{self.port}"]
        for setting in settings:
            command += ["--set", setting]
        self.process = subprocess.Popen(command, env=self.environment, stderr=self.log)
        self.wait_ready()

    def wait_ready(self):
        deadline = time.monotonic() + 20
        while True:
            try:
                requests.get(self.url + "/api/version", timeout=1)
                return
            except requests.ConnectionError:
                assert time.monotonic() < deadline and self.process.poll() is None, "the server did not start"
                time.sleep(0.02)

    def command(self, *arguments, **options):
        return subprocess.run([self.binary, *arguments], env=self.environment, capture_output=True, text=True, timeout=120, **options)

    def create(self, name, gguf):
        modelfile = self.folder / "Modelfile"
        modelfile.write_text(f"FROM {gguf}\n")
        done = self.command("create", name, "-f", str(modelfile))
        assert done.returncode == 0, done.stderr

    def post(self, path, body, **options):
        return requests.post(self.url + path, json=body, timeout=120, **options)

    def engines(self):
        """Process ids of the engine children."""
        out = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout
        return [int(line.split()[0]) for line in out.splitlines() if line.rstrip().endswith(" engine")]

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.log.close()


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
    for name, file in MODELS.items():
        started.create(name, cache / file)
    yield started
    started.stop()
