"""The command line against a server of its own with SmolLM2-135M. FRAGUA_MODELS_CACHE names the folder of the model files."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from fragua_server import Server, free_port, wait_for
from terminal import Terminal

MODEL_FILE = "smollm2-135m-instruct-q4_1.gguf"


def free_address():
    return f"127.0.0.1:{free_port()}"


def answers(address):
    try:
        urllib.request.urlopen(f"http://{address}/health", timeout=1).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def server(binary, tmp_path_factory):
    """The environment of a client of a running server that has the model `tiny`."""
    cache = os.environ.get("FRAGUA_MODELS_CACHE")
    if not cache:
        pytest.skip("FRAGUA_MODELS_CACHE is not set")
    started = Server(binary, tmp_path_factory.mktemp("home"))
    try:
        modelfile = f"FROM {cache}/{MODEL_FILE}\nSYSTEM You are brief.\nPARAMETER temperature 0\nPARAMETER num_predict 16\n"
        assert started.command("create", "tiny", "-f", "-", input=modelfile).returncode == 0
        yield started.environment | {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
        started.stop()
    finally:
        started.kill()


@pytest.fixture
def command(binary, server):
    def run(*arguments, stdin="", status=0):
        done = subprocess.run([binary, *arguments], input=stdin, env=server, capture_output=True, text=True, timeout=300)
        assert done.returncode == status, done.stderr
        return done

    return run


def test_list_show_copy_and_remove(command):
    assert re.search(r"^tiny:latest +[0-9a-f]{12} +98 MB +", command("list").stdout, re.M)
    text = command("show", "tiny").stdout
    assert "architecture        llama" in text and "quantization        Q4_1" in text and "temperature    0" in text
    assert "SYSTEM You are brief." in command("show", "tiny", "--modelfile").stdout
    command("cp", "tiny", "other")
    assert sorted(command("list", "--names").stdout.split()) == ["other:latest", "tiny:latest"]
    command("rm", "other")
    assert command("list", "--names").stdout == "tiny:latest\n"
    assert "not found" in command("rm", "other", status=1).stderr


def test_what_show_prints_creates_an_equal_model(command, tmp_path):
    shown = command("show", "tiny", "--modelfile").stdout
    command("create", "again", "-f", "-", stdin=shown)
    without_names = [line for line in shown.splitlines() if not line.startswith("#")]
    again = command("show", "again", "--modelfile").stdout
    assert [line for line in again.splitlines() if not line.startswith("#")] == without_names
    command("rm", "again")


def test_one_answer_with_timings_then_ps_and_stop(command):
    done = command("run", "tiny", "Name one colour.", "--verbose")
    assert done.stdout.strip() and "eval rate:" in done.stderr
    answer = json.loads(command("run", "tiny", "Name one colour.", "--json").stdout)
    assert answer["response"].strip() == done.stdout.strip() and answer["eval_count"] > 0
    assert "tiny:latest" in command("ps").stdout
    command("stop", "tiny")
    wait_for(lambda: "tiny:latest" not in command("ps").stdout, "stop did not unload the model")


def test_a_format_is_kept_to(command):
    schema = '{"type":"object","properties":{"colour":{"enum":["red","blue"]}},"required":["colour"]}'
    answer = json.loads(command("run", "tiny", "A colour, please.", "--format", schema, "-o", "num_predict=64").stdout)
    assert answer["colour"] in ("red", "blue")


def test_a_conversation_remembers_and_ctrl_c_stops_the_answer(binary, server):
    screen = Terminal([binary, "run", "tiny"], server)
    try:
        screen.expect("Send a message (/? for help)", 60)
        screen.expect(">>> ")
        screen.line("/set parameter num_predict 4000")
        screen.expect(">>> ")
        screen.line("/set parameter temperature 1.5")
        screen.expect(">>> ")
        screen.line("Tell me a very long story.")
        screen.expect("story.\n")
        wait_for(lambda: screen.read(0.1) and re.search(r"[A-Za-z]{3}", screen.text), "no word was answered", 60)
        screen.type("\x03")
        screen.expect(">>> ", 3)
        screen.line("/set parameter num_predict 8")
        screen.expect(">>> ")
        screen.line("And now?")
        screen.expect("\n\n", 60)
        screen.expect(">>> ")
        screen.line("/show system")
        screen.expect("You are brief.")
        screen.line("/bye")
        assert screen.wait() == 0
    finally:
        screen.close()


def test_bench_measures(command):
    result = json.loads(command("bench", "tiny", "--runs", "2", "--prompt-words", "20", "--tokens", "8", "--json").stdout)
    assert result["runs"] == 2 and result["answer_tokens_per_second"]["median"] > 0 and result["first_token_ms"]["least"] > 0


def processes_of(address):
    """Ids of the servers that were told to listen there."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
        except OSError:
            continue
        if b"serve" in words and address.encode() in words:
            found.append(int(entry.name))
    return found


def test_run_starts_a_server_if_none_is_there(binary, environment, tmp_path):
    address = free_address()
    env = {**environment, "FRAGUA_HOST": address, "FRAGUA_MODELS": str(tmp_path / "models")}
    try:
        done = subprocess.run([binary, "run", "127.0.0.1:9/nobody/nothing", "x"], env=env, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL)
        assert "Starting a server in the background" in done.stderr
        assert done.returncode == 1 and "Error: " in done.stderr.splitlines()[-1]
        assert answers(address), "the server outlives the command"
        (server,) = processes_of(address)
        assert os.getsid(server) == server
        assert (tmp_path / "data" / "server.log").read_text()
        again = subprocess.run([binary, "list"], env=env, capture_output=True, text=True, timeout=60)
        assert again.returncode == 0 and again.stdout.split() == ["NAME", "ID", "SIZE", "MODIFIED"]
    finally:
        for server in processes_of(address):
            os.kill(server, signal.SIGTERM)
    wait_for(lambda: not answers(address), "the server goes on")


def test_run_says_why_no_server_could_be_started(binary, environment, tmp_path):
    (tmp_path / "data").mkdir()
    env = {**environment, "FRAGUA_HOST": free_address(), "FRAGUA_LOG_LEVEL": "deafening"}
    done = subprocess.run([binary, "run", "x", "y"], env=env, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert "the server ended as soon as it was started:" in done.stderr and "log_level" in done.stderr
    assert "run `fragua serve` to see what it needs" in done.stderr
