"""Starts Fragua and its peers on loopback with the same model, context and threads, and speaks to them.

Timings come from the client's side, over HTTP, as users see them. Each server is started fresh for a round, so that no cache is
warm by accident; rounds of the peers alternate."""

import contextlib
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("FRAGUA_CACHE", pathlib.Path.home() / ".cache/fragua"))
FRAGUA = os.environ.get("FRAGUA_BINARY", str(ROOT / "build/release/fragua"))


class Models(dict):
    """By short name; any other is a file's path."""

    def __missing__(self, path):
        return pathlib.Path(path)


MODELS = Models({
    "135m": CACHE / "models/smollm2-135m-instruct-q4_1.gguf",
    "0.5b": CACHE / "models/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    "1.5b": CACHE / "models/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    "e5": CACHE / "models/multilingual-e5-small-q4_0.gguf",
    "minilm": CACHE / "models/all-MiniLM-L6-v2",
})


def peer(pattern):
    found = sorted(CACHE.glob(pattern))
    return str(found[-1]) if found else None


def threads():
    """All sides compute with as many."""
    return os.cpu_count()


def llama_program(name):
    return peer(f"peers/llama.cpp-*/bin/{name}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def resident_bytes(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Server:
    """One running peer. `url_path` and `body` say how it is asked for a completion."""

    def __init__(self, name, command, port, environment=None):
        self.name, self.command, self.port = name, command, port
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment, start_new_session=True)

    def wait(self, path="/health", seconds=120):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    return self
            time.sleep(0.05)
        self.log.seek(0)
        raise RuntimeError(f"{self.name} did not start: {self.log.read()[-2000:]!r}")

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def post(self, path, body, timeout=600):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        return connection, connection.getresponse()

    def ask(self, path, body, status=200):
        _, answer = self.post(path, body)
        value = json.loads(answer.read())
        if answer.status != status:
            raise RuntimeError(f"{self.name}: {answer.status} {value}")
        return value


@contextlib.contextmanager
def fragua(model, settings=(), folder=None, system=None):
    """Fragua with one model, "m", created from the GGUF. The folder may outlive the server (restarts)."""
    own = tempfile.TemporaryDirectory() if folder is None else None
    home = pathlib.Path(own.name if own else folder)
    port = free_port()
    environment = dict(os.environ, FRAGUA_DATA=str(home / "data"), FRAGUA_MODELS=str(home / "models"), FRAGUA_HOST=f"127.0.0.1:{port}",
                       FRAGUA_LOG_LEVEL="error")
    command = [FRAGUA, "serve", "--listen", f"127.0.0.1:{port}"]
    for setting in [*settings, f"anonymous=127.0.0.1:{port}"]:
        command += ["--set", setting]
    with Server("fragua", command, port, environment) as server:
        server.wait("/api/version")
        modelfile = home / "Modelfile"
        modelfile.write_text(f"FROM {MODELS[model]}\n" + (f'SYSTEM """{system}"""\n' if system else ""))
        subprocess.run([FRAGUA, "create", "m", "-f", str(modelfile)], env=environment, check=True, capture_output=True)
        yield server
    if own:
        own.cleanup()


@contextlib.contextmanager
def llama_server(model, *arguments, slots=8, context=16384):
    port = free_port()
    command = [llama_program("llama-server"), "-m", str(MODELS[model]), "--host", "127.0.0.1", "--port", str(port), "-c", str(context),
               "-np", str(slots), "-t", str(threads()), "--jinja", *arguments]
    with Server("llama-server", command, port) as server:
        yield server.wait()


CHATML = """{{ range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
"""


@contextlib.contextmanager
def ollama(model, parallel=None, context=4096):
    """Ollama with one model, "m", created from the same GGUF; `parallel`: OLLAMA_NUM_PARALLEL, unless it is to choose."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, HOME=home, OLLAMA_MODELS=home + "/models", OLLAMA_HOST=f"127.0.0.1:{port}",
                           OLLAMA_CONTEXT_LENGTH=str(context))
        if parallel:
            environment["OLLAMA_NUM_PARALLEL"] = str(parallel)
        program = peer("peers/ollama-*/bin/ollama")
        name = "ollama" if not parallel else f"ollama, OLLAMA_NUM_PARALLEL={parallel}"
        with Server(name, [program, "serve"], port, environment) as server:
            server.wait("/api/version")
            modelfile = pathlib.Path(home) / "Modelfile"
            modelfile.write_text(f"FROM {MODELS[model]}\n" + ("" if model == "e5" else f'TEMPLATE """{CHATML}"""\n'))
            subprocess.run([program, "create", "m", "-f", str(modelfile)], env=environment, check=True, capture_output=True)
            yield server


def stream(server, path, body, timeout=600):
    """Yields (seconds since the request, event) for an SSE or NDJSON answer."""
    start = time.monotonic()
    connection, answer = server.post(path, body, timeout)
    if answer.status != 200:
        raise RuntimeError(f"{server.name}: {answer.status} {answer.read()!r}")
    for line in answer:
        line = line.strip()
        if line.startswith(b"data: "):
            line = line[6:]
        if line and line != b"[DONE]" and line.startswith(b"{"):
            yield time.monotonic() - start, json.loads(line)
    connection.close()


def text_of(event):
    choices = event.get("choices") or [{}]
    return (choices[0].get("delta") or {}).get("content") or ""
