"""Server: `fragua serve` on a free loopback port with folders of its own, and what tests ask of it.

The one helper that starts servers, for every folder of this suite: tests/api is on Python's path because of its conftest."""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import time

import requests

START_TIMEOUT_S = 20
STOP_TIMEOUT_S = 60
CALL_TIMEOUT_S = 120


def free_port():
    """Below the ports that the system gives to outgoing connections, so that none of them takes it while a server starts again."""
    while True:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(condition, what, timeout_s=20.0):
    """The condition's first true value; AssertionError says what did not happen in time."""
    until = time.monotonic() + timeout_s
    while not (value := condition()):
        assert time.monotonic() < until, f"within {timeout_s} s: {what}"
        time.sleep(0.02)
    return value


def clean_environment(home):
    """Of a person with an empty home: nothing of this machine's own Fragua or Ollama."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(("FRAGUA_", "OLLAMA_"))}
    return theirs | {"HOME": str(home), "FRAGUA_DATA": str(pathlib.Path(home) / "data")}


class Server:
    """`settings` are KEY=VALUE of `--set`; `models` is the store's folder; `environment` adds to the clean one. Unless `anonymous` is
    False, its port is open without credentials, as scripts/start.sh opens Ollama's."""

    def __init__(self, binary, folder, settings=(), models=None, environment=None, anonymous=True, host="127.0.0.1", port=None, **popen):
        self.binary, self.folder = binary, pathlib.Path(folder)
        self.models = pathlib.Path(models or self.folder / "models")
        self.models.mkdir(parents=True, exist_ok=True)
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = clean_environment(folder) | {"FRAGUA_MODELS": str(self.models), "FRAGUA_HOST": self.url} | (environment or {})
        self.log_path = self.folder / "server.log"
        command = [binary, "serve", "--listen", f"{host}:{self.port}"]
        if anonymous:
            settings = [*settings, f"anonymous=127.0.0.1:{self.port}"]
        for setting in settings:
            command += ["--set", setting]
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **popen)
        wait_for(self.answers, "the server does not come up", START_TIMEOUT_S)

    def answers(self):
        assert self.process.poll() is None, self.log()
        try:
            return requests.get(self.url + "/api/version", timeout=1).ok
        except requests.ConnectionError:
            return False

    def is_up(self):
        return self.process.poll() is None and requests.get(self.url + "/api/version", timeout=5).ok

    def log(self):
        return self.log_path.read_text(errors="replace")

    def command(self, *arguments, **options):
        return subprocess.run([self.binary, *arguments], env=self.environment, capture_output=True, text=True, timeout=CALL_TIMEOUT_S, **options)

    def create(self, name, gguf):
        done = self.command("create", name, "-f", "-", input=f"FROM {gguf}\n")
        assert done.returncode == 0, done.stderr

    def get(self, path, **options):
        return requests.get(self.url + path, **{"timeout": CALL_TIMEOUT_S, **options})

    def post(self, path, body, **options):
        return requests.post(self.url + path, json=body, **{"timeout": CALL_TIMEOUT_S, **options})

    def lines(self, verb, name, **fields):
        """The lines of a streamed pull, push or create, one by one, as they come."""
        body = {"model": name, "insecure": True, **fields}
        with self.post(f"/api/{verb}", body, stream=True) as answer:
            for line in answer.iter_lines():
                if line:
                    yield json.loads(line)

    def pull(self, name, **fields):
        return list(self.lines("pull", name, **fields))

    def push(self, name, **fields):
        return list(self.lines("push", name, **fields))

    def upload(self, data):
        return requests.post(f"{self.url}/api/blobs/{digest_of(data)}", data=data, timeout=CALL_TIMEOUT_S)

    def create_from(self, name, data):
        """The lines of creating a model from a GGUF that is uploaded already."""
        return list(self.lines("create", name, files={"model.gguf": digest_of(data)}))

    def names(self):
        return [model["name"] for model in self.get("/api/tags").json()["models"]]

    def delete(self, name):
        requests.delete(self.url + "/api/delete", json={"model": name}, timeout=5).raise_for_status()

    def blob_files(self):
        return sorted(path.name for path in (self.models / "blobs").iterdir())

    def engines(self):
        """Process ids of the engine children."""
        out = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout
        return [int(line.split()[0]) for line in out.splitlines() if line.rstrip().endswith("/fragua-engine")]

    def resident_bytes(self, field="VmRSS"):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", status)[1]) * 1024

    def resident_peak_bytes(self):
        return self.resident_bytes("VmHWM")

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def stop(self):
        """Asks it to end, as an administrator does, and expects a clean end."""
        self.process.terminate()
        try:
            assert self.process.wait(STOP_TIMEOUT_S) == 0, self.log()
        finally:
            self.kill()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def error_of(lines):
    return lines[-1].get("error", "") if lines else ""


def succeeded(lines):
    return bool(lines) and lines[-1] == {"status": "success"}
