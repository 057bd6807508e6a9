"""The loaded models: one engine each, that grows, leaves when it should, makes room for others and never holds them up."""

import concurrent.futures
import hashlib
import json
import os
import signal
import struct
import subprocess

from fragua_server import Server, wait_for
from lora_file import STRING, padded, pair, text

SMALL, LARGER, EMBEDDER = "smollm2:135m", "qwen2.5-coder:0.5b", "multilingual-e5-small:latest"
LOAD_OVERHEAD_BYTES = 200 << 20  # what the fleet adds to a file that it has not measured yet


def ask(server, model, prompt="Hi", predict=2, **options):
    answer = server.post("/api/generate", {"model": model, "prompt": prompt, "stream": False, "options": {"num_predict": predict, "temperature": 0, **options}})
    assert answer.status_code == 200, answer.text
    return answer.json()


def load(server, model, **fields):
    if model == EMBEDDER:
        return server.post("/api/embed", {"model": model, "input": "query: a", **fields})
    return server.post("/api/generate", {"model": model, **fields})


def running(server):
    return {model["name"]: model for model in server.get("/api/ps").json()["models"]}


def children(server):
    """Process id and state of every child, zombies included."""
    listed = subprocess.run(["ps", "-o", "pid=,stat=", "--ppid", str(server.process.pid)], capture_output=True, text=True).stdout
    return [line.split() for line in listed.splitlines()]


def needed_bytes(server, model):
    path, tag = model.split(":")
    manifest = json.loads((server.models / "manifests/registry.ollama.ai/library" / path / tag).read_text())
    return LOAD_OVERHEAD_BYTES + next(layer["size"] for layer in manifest["layers"] if layer["mediaType"].endswith("image.model"))


def test_a_larger_num_ctx_grows_the_context_of_the_same_engine(start):
    server = start("num_ctx=512")
    ask(server, SMALL, num_ctx=512)
    engines = server.engines()
    assert len(engines) == 1 and running(server)[SMALL]["context_length"] == 512
    grown = ask(server, SMALL, prompt="word " * 900, num_ctx=8192)
    assert grown["prompt_eval_count"] > 900 and "truncated" not in grown
    assert server.engines() == engines and running(server)[SMALL]["context_length"] == 8192
    ask(server, SMALL, num_ctx=1_000_000)
    assert server.engines() == engines
    assert running(server)[SMALL]["context_length"] == 8192, "not more than the model was trained for"


def test_an_idle_model_is_loaded_again_as_a_request_wants_it_loaded(start):
    server = start()
    ask(server, SMALL, num_thread=1)
    (first,) = server.engines()
    ask(server, SMALL)
    assert server.engines() == [first], "threads need no load"
    ask(server, SMALL, use_mmap=False)
    (second,) = server.engines()
    ask(server, SMALL, use_mmap=False)
    assert server.engines() == [second] != [first]
    refused = server.post("/api/generate", {"model": SMALL, "prompt": "Hi", "options": {"num_thread": 100_000}})
    assert refused.status_code == 400 and "num_thread" in refused.json()["error"]


def test_a_model_in_use_is_not_loaded_again_under_its_answer(start):
    server = start()
    stream = server.post("/api/generate", {"model": SMALL, "prompt": "Count to fifty.", "options": {"num_predict": 60, "temperature": 0}}, stream=True)
    lines = stream.iter_lines()
    next(lines)
    engines = server.engines()
    ask(server, SMALL, use_mmap=False)
    assert server.engines() == engines
    assert json.loads(list(lines)[-1])["done"]


def test_a_model_that_loads_does_not_hold_up_the_answers_of_another(start):
    server = start()
    ask(server, SMALL)
    before = set(server.engines())
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load, server, LARGER)
        loader = wait_for(lambda: set(server.engines()) - before, "no engine is started for the second model").pop()
        os.kill(loader, signal.SIGSTOP)  # it loads as long as we like
        try:
            assert ask(server, SMALL, predict=4)["eval_count"] == 4
            assert not loading.done() and LARGER not in running(server)
        finally:
            os.kill(loader, signal.SIGCONT)
        assert loading.result().json()["done_reason"] == "load"
    assert {SMALL, LARGER} <= set(running(server))


def test_when_too_many_are_loaded_the_one_used_longest_ago_goes(start):
    server = start("models_max=2")
    load(server, SMALL)
    load(server, EMBEDDER)
    ask(server, SMALL)
    load(server, LARGER)
    assert set(running(server)) == {SMALL, LARGER}
    assert len(server.engines()) == 2


def test_a_model_waits_for_room_until_the_one_in_use_is_done(start):
    server = start("models_max=1")
    stream = server.post("/api/generate", {"model": SMALL, "prompt": "Count to fifty.", "options": {"num_predict": 60, "temperature": 0}}, stream=True)
    lines = stream.iter_lines()
    next(lines)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, server, LARGER)
        rest = [json.loads(line) for line in lines]
        assert rest[-1]["done"] and "error" not in rest[-1], "the answer in progress was cut"
        assert waiting.result()["done"]
    assert set(running(server)) == {LARGER}


def test_memory_is_counted_over_all_models(start, server):
    limited = start(f"memory_bytes={needed_bytes(server, LARGER) + (50 << 20)}")
    load(limited, SMALL)
    assert set(running(limited)) == {SMALL}
    load(limited, LARGER)
    assert set(running(limited)) == {LARGER}, "both together are more than memory_bytes"


def test_a_model_that_never_fits_is_a_clear_503_and_nobody_has_to_go_for_it(start, server):
    limited = start(f"memory_bytes={needed_bytes(server, SMALL) + (10 << 20)}")
    load(limited, SMALL)
    refused = load(limited, LARGER)
    assert refused.status_code == 503 and refused.headers["Retry-After"]
    assert f"not enough memory to load {LARGER}: it needs about " in refused.json()["error"]
    assert set(running(limited)) == {SMALL}


def test_when_its_time_is_over_the_engine_ends_and_leaves_no_zombie(start):
    server = start()
    load(server, SMALL, keep_alive="300ms")
    load(server, EMBEDDER, keep_alive=0.3)
    wait_for(lambda: not children(server), "the engines end, and nothing of them stays")
    assert running(server) == {}


def test_a_file_for_ollamas_own_loader_is_refused_with_what_to_pull_instead(tmp_path, fragua_binary):
    models = tmp_path / "foreign"
    tensor = text("token_embd.weight") + struct.pack("<IQQIQ", 2, 32, 2, 0, 0)
    weights = padded(b"GGUF" + struct.pack("<IQQ", 3, 1, 1) + pair("general.architecture", STRING, "gptoss") + tensor) + bytes(256)
    config = json.dumps({"model_format": "gguf", "model_family": "gptoss"}).encode()
    named = {}
    for kind, data in (("config", config), ("layer", weights)):
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        named[kind] = {"digest": digest, "size": len(data)}
        (models / "blobs").mkdir(parents=True, exist_ok=True)
        (models / "blobs" / digest.replace(":", "-")).write_bytes(data)
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                "config": {"mediaType": "application/vnd.docker.container.image.v1+json", **named["config"]},
                "layers": [{"mediaType": "application/vnd.ollama.image.model", **named["layer"]}]}
    place = models / "manifests/registry.ollama.ai/library/gpt-oss/20b"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(manifest))
    server = Server(fragua_binary, tmp_path, models=models)
    try:
        refused = server.post("/api/generate", {"model": "gpt-oss:20b", "prompt": "Hi"})
        assert refused.status_code == 400 and "hf.co/ggml-org/gpt-oss-20b-GGUF" in refused.json()["error"]
        assert "model.load_failed" not in server.log()
    finally:
        server.kill()
