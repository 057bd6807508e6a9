"""What the server takes before a model is loaded, and how soon it answers."""

import http.client
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from figures import spread
from peers import FRAGUA, free_port, resident_bytes


def start_once():
    """(seconds until /health answers, resident bytes a second later)"""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = dict(os.environ, FRAGUA_DATA=folder + "/data", FRAGUA_MODELS=folder + "/models", FRAGUA_LOG_LEVEL="error")
        begin = time.monotonic()
        server = subprocess.Popen([FRAGUA, "serve", "--listen", f"127.0.0.1:{port}"], env=environment)
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.001)
        seconds = time.monotonic() - begin
        time.sleep(1)
        resident = resident_bytes(server.pid)
        server.terminate()
        server.wait()
        return seconds, resident


def footprint(rounds, model):
    with tempfile.TemporaryDirectory() as folder:
        stripped = pathlib.Path(folder) / "fragua"
        shutil.copy(FRAGUA, stripped)
        subprocess.run(["strip", str(stripped)], check=True)
        size = stripped.stat().st_size
    seconds, resident = zip(*[start_once() for _ in range(5 * rounds)])
    return "server without a model ≤ 30 MB RSS; binary ≤ 60 MB stripped; /health within 100 ms of start", {
        "ms until /health": spread([s * 1000 for s in seconds]), "RSS MB": spread([r / 1e6 for r in resident]), "binary MB, stripped": size / 1e6}
