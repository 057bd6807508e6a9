"""FraguaProcess: `fragua serve` on a free loopback port and a model folder of its own, and what it answers."""

import json
import os
import re
import socket
import subprocess
import time

import requests

START_TIMEOUT_S = 20
CALL_TIMEOUT_S = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class FraguaProcess:
    def __init__(self, binary, home, models, insecure_registries=()):
        self.models = models
        self.models.mkdir(parents=True, exist_ok=True)
        self.log_path = home / "fragua.log"
        self.url = f"http://127.0.0.1:{free_port()}"
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "FRAGUA_DATA": str(home / "data"), "OLLAMA_MODELS": str(models),
                       "FRAGUA_INSECURE_REGISTRIES": ",".join(insecure_registries)}
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([binary, "serve", "--listen", self.url.removeprefix("http://")], env=environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait_until_up()

    def wait_until_up(self):
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log()
            try:
                if requests.get(self.url + "/api/version", timeout=1).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.02)
        raise AssertionError("the server does not come up: " + self.log())

    def log(self):
        return self.log_path.read_text(errors="replace")

    def is_up(self):
        return self.process.poll() is None and requests.get(self.url + "/api/version", timeout=5).ok

    def lines(self, verb, name, **fields):
        """The lines of a streamed answer, one by one, as they come."""
        body = {"model": name, "insecure": True, **fields}
        with requests.post(f"{self.url}/api/{verb}", json=body, stream=True, timeout=CALL_TIMEOUT_S) as answer:
            for line in answer.iter_lines():
                if line:
                    yield json.loads(line)

    def pull(self, name, **fields):
        return list(self.lines("pull", name, **fields))

    def push(self, name, **fields):
        return list(self.lines("push", name, **fields))

    def names(self):
        return [model["name"] for model in requests.get(self.url + "/api/tags", timeout=5).json()["models"]]

    def delete(self, name):
        requests.delete(self.url + "/api/delete", json={"model": name}, timeout=5).raise_for_status()

    def resident_peak_bytes(self):
        status = open(f"/proc/{self.process.pid}/status").read()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")

    def blob_files(self):
        return sorted(path.name for path in (self.models / "blobs").iterdir())

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def error_of(lines):
    return lines[-1].get("error", "") if lines else ""


def succeeded(lines):
    return bool(lines) and lines[-1] == {"status": "success"}
