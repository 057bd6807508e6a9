"""scripts/start.sh: what it says when it cannot go on, before it has done any work, and one start of the built program.

It runs against caches and addresses of its own: nothing here touches a person's Fragua."""

import os
import pathlib
import re
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from fragua_server import clean_environment, free_port, wait_for
from small_disk import small_disk

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "start.sh"
NO_PACKAGES_HERE = "http://127.0.0.1:9/simple"


def start(tmp_path, *arguments, timeout_s=60, **environment):
    """The finished script: its status and what it said. Its set-up has an empty cache, so it fails there at the latest."""
    env = clean_environment(tmp_path) | {"FRAGUA_SKIP_APT": "1", "FRAGUA_CACHE": str(tmp_path / "cache"), "PIP_INDEX_URL": NO_PACKAGES_HERE,
                                         "PIP_RETRIES": "0"} | environment
    return subprocess.run([SCRIPT, *arguments], env=env, capture_output=True, text=True, timeout=timeout_s, stdin=subprocess.DEVNULL)


def free_address():
    return f"127.0.0.1:{free_port()}"


def test_help_names_every_option(tmp_path):
    done = start(tmp_path, "--help")
    assert done.returncode == 0 and done.stderr == ""
    for option in ("--model NAME", "--listen HOST:PORT", "--cpu", "--help", "FRAGUA_CACHE"):
        assert option in done.stdout


@pytest.mark.parametrize("arguments,said", [
    (["--wonders"], "unknown option --wonders"),
    (["--model"], "--model needs a name"),
    (["--listen"], "--listen needs HOST:PORT"),
    (["--listen", "8080"], "--listen 8080 is not HOST:PORT"),
    (["--listen", "127.0.0.1:99999"], "--listen 127.0.0.1:99999 is not HOST:PORT"),
    (["--listen", "127.0.0.1:"], "is not HOST:PORT"),
])
def test_wrong_arguments_are_named_before_anything_is_done(tmp_path, arguments, said):
    done = start(tmp_path, *arguments)
    assert done.returncode == 1 and said in done.stderr
    assert not (tmp_path / "cache").exists()


class Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"Ollama is running")

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


def test_a_taken_port_is_named_with_who_answers_there(tmp_path):
    other = HTTPServer(("127.0.0.1", 0), Greeter)
    threading.Thread(target=other.serve_forever, args=(0.01,), daemon=True).start()
    try:
        port = other.server_address[1]
        done = start(tmp_path, "--listen", free_address(), "--listen", f"127.0.0.1:{port}")
    finally:
        other.shutdown()
        other.server_close()
    assert done.returncode == 1
    assert f"port {port} on 127.0.0.1 is taken (it answers: Ollama is running)" in done.stderr
    assert f"scripts/start.sh --listen 127.0.0.1:{port + 1}" in done.stderr
    assert not (tmp_path / "cache").exists()


def test_a_running_fragua_is_recognised(tmp_path, server):
    done = start(tmp_path, "--listen", f"127.0.0.1:{server.port}")
    assert done.returncode == 1
    assert f"Fragua is already running on 127.0.0.1:{server.port}" in done.stderr
    assert f"FRAGUA_HOST=127.0.0.1:{server.port} ./build/release/fragua run" in done.stderr


def test_without_a_compiler_it_says_which_to_install(tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for folder in os.environ["PATH"].split(":"):
        for tool in pathlib.Path(folder).glob("*") if os.path.isdir(folder) else ():
            if not re.search(r"(\+\+|gcc|clang|/cc|^cc)(-[\d.]+)?$", tool.name) and not (tools / tool.name).exists():
                (tools / tool.name).symlink_to(tool)
    done = start(tmp_path, "--listen", free_address(), PATH=str(tools))
    assert done.returncode == 1
    assert "no C++ compiler was found" in done.stderr and "Install g++" in done.stderr


def test_without_a_network_it_says_what_it_could_not_fetch(tmp_path):
    done = start(tmp_path, "--listen", free_address())
    assert done.returncode == 1
    assert re.search(r"could not fetch \S+ \d", done.stderr) and "Is the network up" in done.stderr and "Run this again" in done.stderr


def test_on_a_full_disk_it_says_how_much_is_needed_and_where(tmp_path):
    with small_disk(tmp_path / "disk", 4) as disk:
        done = start(tmp_path, "--listen", free_address(), FRAGUA_CACHE=str(disk / "cache"))
    assert done.returncode == 1
    assert re.search(r"the disk is nearly full: \d+ MB are needed in \S+, \d+ MB are free", done.stderr)
    assert "point FRAGUA_CACHE at a folder on another disk" in done.stderr


def test_it_starts_answers_and_ends_with_its_server(fragua_binary, tmp_path):
    """With the program and the models that are there already, as on any day but the first."""
    if pathlib.Path(fragua_binary) != ROOT / "build" / "release" / "fragua":
        pytest.skip("the program under test is not the one that start.sh starts")
    cache = pathlib.Path(os.environ["FRAGUA_MODELS_CACHE"]).parent
    addresses = [free_address(), free_address()]
    arguments = [option for address in addresses for option in ("--listen", address)]
    env = clean_environment(tmp_path) | {"FRAGUA_CACHE": str(cache), "FRAGUA_MODELS": str(tmp_path / "models")}
    ready_s = []
    for _ in range(2):
        began = time.monotonic()
        with open(tmp_path / "said", "wb") as said:
            script = subprocess.Popen([SCRIPT, "--model", "smollm2:135m", *arguments], env=env, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        try:
            wait_for(lambda: b"Fragua is running" in (tmp_path / "said").read_bytes() or script.poll() is not None, "the script does not end its work", 300)
            assert script.poll() is None, (tmp_path / "said").read_text()
            ready_s.append(time.monotonic() - began)
            for address in addresses:
                assert requests.get(f"http://{address}/health", timeout=10).ok
            assert requests.get(f"http://{addresses[0]}/api/tags", timeout=10).status_code == 401  # the app's address wants credentials
            names = [model["name"] for model in requests.get(f"http://{addresses[1]}/api/tags", timeout=10).json()["models"]]
            assert sorted(names) == ["multilingual-e5-small:latest", "smollm2:135m"]
        finally:
            script.send_signal(signal.SIGTERM)
            assert script.wait(60) == 0
    print("ready after", ready_s)
    assert f"FRAGUA_HOST={addresses[1]} ./build/release/fragua run smollm2:135m" in (tmp_path / "said").read_text()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://{addresses[0]}/health", timeout=10)
