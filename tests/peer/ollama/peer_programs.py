"""The real Ollama and our program, as the environment names them.

FRAGUA_OLLAMA names Ollama's program, FRAGUA_BINARY ours, FRAGUA_MODELS_CACHE the folder of the small models."""

import os
import pathlib
import subprocess

from fragua_server import clean_environment, free_port, wait_for

GGUF = "smollm2-135m-instruct-q4_1.gguf"
EMBEDDER_GGUF = "multilingual-e5-small-q4_0.gguf"
TIMEOUT_S = 180


def program(variable):
    path = os.environ.get(variable)
    assert path and os.access(path, os.X_OK), f"{variable} does not name a program: run scripts/test.sh ollama"
    return os.path.abspath(path)


def gguf(name=GGUF):
    return pathlib.Path(os.environ.get("FRAGUA_MODELS_CACHE", pathlib.Path.home() / ".cache/fragua/models")) / name


class OllamaServer:
    """`ollama serve` on a model folder."""

    def __init__(self, folder, models):
        self.url = f"http://127.0.0.1:{free_port()}"
        self.environment = clean_environment(folder) | {"OLLAMA_HOST": self.url, "OLLAMA_MODELS": str(models)}
        self.log_path = folder / "ollama.log"
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([program("FRAGUA_OLLAMA"), "serve"], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(lambda: self.run("list").returncode == 0, "Ollama does not come up")

    def run(self, *arguments, **options):
        return subprocess.run([program("FRAGUA_OLLAMA"), *arguments], env=self.environment, capture_output=True, text=True, timeout=TIMEOUT_S,
                              stdin=subprocess.DEVNULL, **options)

    def stop(self):
        self.process.terminate()
        self.process.wait(TIMEOUT_S)
