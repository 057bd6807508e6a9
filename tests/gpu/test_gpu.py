"""On a machine with an NVIDIA card and a build with CUDA: models go there, as many layers as fit, and give what the CPU gives."""

import contextlib
import ctypes
import math
import os
import pathlib
import shutil
import subprocess

import pytest
from fragua_server import Server, wait_for

SMALL = "smollm2:135m"
EXACT = "smollm2-f16"
FILE = "smollm2-135m-instruct-q4_1.gguf"
LAYERS = 31  # 30 and the output
QUESTION = "What is the capital of France?"


@pytest.fixture(scope="module")
def gpu_server(fragua_binary, tmp_path_factory):
    engine = pathlib.Path(fragua_binary).with_name("fragua-engine")
    if not shutil.which("nvidia-smi"):
        pytest.skip("this machine has no NVIDIA card")
    if "libcuda" not in subprocess.run(["ldd", engine], capture_output=True, text=True).stdout:
        pytest.skip("this build has no CUDA: run scripts/setup.sh where nvcc is")
    cache = pathlib.Path(os.environ.get("FRAGUA_MODELS_CACHE", pathlib.Path.home() / ".cache/fragua/models"))
    started = Server(fragua_binary, tmp_path_factory.mktemp("gpu"))
    try:
        started.create(SMALL, cache / FILE)
        # Quantised weights are multiplied in other ways on a card (of this file's by 0.5 in logarithms of probabilities, llama-server's too).
        exact = started.folder / "f16.gguf"
        subprocess.run([engine, cache / FILE, exact, "f16"], check=True, capture_output=True)
        started.create(EXACT, exact)
        yield started
        started.stop()
    finally:
        started.kill()


@pytest.fixture
def fresh(gpu_server):
    """Nothing is loaded."""
    for model in gpu_server.get("/api/ps").json()["models"]:
        gpu_server.post("/api/generate", {"model": model["name"], "keep_alive": 0})
    wait_for(lambda: not gpu_server.engines(), "the engines end")
    return gpu_server


def ask(server, model=SMALL, prompt=QUESTION, **options):
    body = {"model": model, "prompt": prompt, "stream": False, "options": {"temperature": 0, "num_predict": 8, **options}}
    answer = server.post("/api/generate", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def running(server):
    return {model["name"].removesuffix(":latest"): model for model in server.get("/api/ps").json()["models"]}


def free_bytes():
    told = subprocess.run(["nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits"], capture_output=True, text=True).stdout
    return int(told.split()[0]) << 20


@contextlib.contextmanager
def only(bytes_left):
    """Takes the first card's memory but for so many bytes, as another program would."""
    driver = ctypes.CDLL("libcuda.so.1")
    context, ballast = ctypes.c_void_p(), ctypes.c_uint64()
    assert driver.cuInit(0) == 0 and driver.cuCtxCreate_v2(ctypes.byref(context), 0, 0) == 0
    try:
        assert driver.cuMemAlloc_v2(ctypes.byref(ballast), ctypes.c_size_t(free_bytes() - bytes_left)) == 0
        yield
    finally:
        driver.cuCtxDestroy_v2(context)


def first_logprobs(server, **options):
    body = {"model": EXACT, "messages": [{"role": "user", "content": QUESTION}], "stream": False, "logprobs": True, "top_logprobs": 5,
            "options": {"temperature": 0, "num_predict": 1, **options}}
    answer = server.post("/api/chat", body)
    assert answer.status_code == 200, answer.text
    return {one["token"]: one["logprob"] for one in answer.json()["logprobs"][0]["top_logprobs"]}


def test_a_model_is_on_the_gpu_whole_and_clients_see_it(fresh):
    assert ask(fresh)["eval_count"] > 0
    model = running(fresh)[SMALL]
    assert model["size"] == model["size_vram"] > 90 << 20
    assert "100% GPU" in fresh.command("ps").stdout
    metrics = fresh.get("/metrics").text
    assert f'llama_engine_gpu_bytes{{model="{SMALL}"}} {model["size_vram"]}' in metrics.replace("library/", "")


def test_num_gpu_says_how_many_layers(fresh):
    ask(fresh)
    whole = running(fresh)[SMALL]["size_vram"]
    ask(fresh, num_gpu=10)
    some = running(fresh)[SMALL]
    assert 0 < some["size_vram"] < whole and some["size"] > some["size_vram"]
    ask(fresh, num_gpu=0)
    assert running(fresh)[SMALL]["size_vram"] == 0
    assert "100% CPU" in fresh.command("ps").stdout


def test_the_gpu_says_what_the_cpu_says(fresh):
    on_gpu = first_logprobs(fresh)
    on_cpu = first_logprobs(fresh, num_gpu=0)
    shared = on_gpu.keys() & on_cpu.keys()
    assert len(shared) >= 4
    for token in shared:
        assert on_gpu[token] == pytest.approx(on_cpu[token], abs=0.05)


def test_embeddings_are_the_cpus(fresh):
    body = {"model": SMALL, "input": ["Una fragua es un taller.", "thrash metal en Valencia"]}
    on_gpu = fresh.post("/api/embed", body).json()["embeddings"]
    ask(fresh, num_gpu=0)
    on_cpu = fresh.post("/api/embed", body).json()["embeddings"]
    for a, b in zip(on_gpu, on_cpu, strict=True):
        assert math.sumprod(a, b) if hasattr(math, "sumprod") else sum(x * y for x, y in zip(a, b)) > 0.995


def test_a_context_grows_there(fresh):
    ask(fresh, num_ctx=512)
    before = running(fresh)[SMALL]["size_vram"]
    grown = ask(fresh, prompt="word " * 6000, num_ctx=8192)
    assert grown["prompt_eval_count"] > 6000
    assert running(fresh)[SMALL]["size_vram"] > before
    assert len(fresh.engines()) == 1


def test_structured_output_is_valid_there(fresh):
    schema = {"type": "object", "properties": {"city": {"type": "string", "maxLength": 20}, "big": {"type": "boolean"}}, "required": ["city", "big"]}
    body = {"model": SMALL, "messages": [{"role": "user", "content": QUESTION}], "stream": False, "format": schema, "options": {"temperature": 1}}
    for seed in range(10):
        text = fresh.post("/api/chat", body | {"options": {"temperature": 1, "seed": seed}}).json()["message"]["content"]
        assert text.startswith("{") and text.rstrip().endswith("}"), text


def test_an_idle_model_makes_room_for_another(fresh):
    done = fresh.command("create", "another", "-f", "-", input=f"FROM {SMALL}\nPARAMETER top_k 7\n")
    assert done.returncode == 0, done.stderr
    ask(fresh)
    with only(bytes_left=1200 << 20):
        ask(fresh, model="another")
        assert set(running(fresh)) == {"another"}
        assert running(fresh)["another"]["size_vram"] == running(fresh)["another"]["size"]


def test_what_does_not_fit_is_computed_on_the_cpu(fresh):
    with only(bytes_left=1500 << 20):
        assert ask(fresh)["eval_count"] > 0
        model = running(fresh)[SMALL]
        assert model["size_vram"] < model["size"]


def test_a_card_that_is_full_is_left_alone(fresh):
    with only(bytes_left=600 << 20):
        assert ask(fresh)["eval_count"] > 0
        assert running(fresh)[SMALL]["size_vram"] == 0
