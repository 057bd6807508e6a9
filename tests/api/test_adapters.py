"""ADAPTER: a LoRA file changes the answers of the model it was put on, and one that does not fit is refused."""

import hashlib

import pytest
import requests
from lora_file import write_lora

BASE = "smollm2:135m"
ASK = {"prompt": "The blacksmith heats the iron and", "stream": False, "raw": True, "options": {"temperature": 1, "seed": 42, "num_predict": 24}}


def upload(server, path):
    digest = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert requests.post(f"{server.url}/api/blobs/{digest}", data=path.read_bytes(), timeout=60).status_code in (200, 201)
    return digest


def create(server, name, path):
    return server.post("/api/create", {"model": name, "from": BASE, "adapters": {path.name: upload(server, path)}, "stream": False})


def answer(server, name):
    done = server.post("/api/generate", ASK | {"model": name})
    assert done.status_code == 200, done.text
    return done.json()["response"]


def likeliest(server, name):
    """The five likeliest next tokens, with the logarithms of their probabilities."""
    ask = ASK | {"model": name, "logprobs": True, "top_logprobs": 5, "options": {"temperature": 0, "num_predict": 1}}
    done = server.post("/api/generate", ask)
    assert done.status_code == 200, done.text
    return {one["token"]: one["logprob"] for one in done.json()["logprobs"][0]["top_logprobs"]}


@pytest.fixture(scope="module")
def likely():
    """What each of the models holds for likely."""
    return {}


@pytest.fixture(scope="module")
def adapted(server, likely, tmp_path_factory):
    """The answers of the base and of three models made from it."""
    folder = tmp_path_factory.mktemp("lora")
    answers = {"base": answer(server, BASE)}
    likely["base"] = likeliest(server, BASE)
    for name, options in (("zeros", {"size": 0}), ("first", {"seed": 1}), ("second", {"seed": 2})):
        created = create(server, f"lora-{name}", write_lora(folder / f"{name}.gguf", **options))
        assert created.status_code == 200, created.text
        answers[name] = answer(server, f"lora-{name}")
        likely[name] = likeliest(server, f"lora-{name}")
        server.post("/api/generate", {"model": f"lora-{name}", "keep_alive": 0})
    yield answers
    for name in ("zeros", "first", "second"):
        server.delete(f"lora-{name}")


# Not the answer's text: two loads of a model may compute attention in two ways (decision 0009), and a drawn token may differ by a rounding.
def test_an_adapter_of_zeros_changes_nothing(adapted, likely):
    assert likely["zeros"] == pytest.approx(likely["base"], abs=0.05)


def test_other_adapters_change_what_is_likely(adapted, likely):
    for name in ("first", "second"):
        assert likely[name] != pytest.approx(likely["base"], abs=0.5)


def test_adapters_change_the_answers_each_in_its_own_way(adapted):
    assert len({adapted["base"], adapted["first"], adapted["second"]}) == 3


def test_a_modelfile_with_an_adapter_makes_the_same_model(server, adapted, tmp_path):
    write_lora(tmp_path / "first.gguf", seed=1)
    (tmp_path / "Modelfile").write_text(f"FROM {BASE}\nADAPTER ./first.gguf\n")
    done = server.command("create", "lora-modelfile", "-f", str(tmp_path / "Modelfile"))
    assert done.returncode == 0, done.stderr
    assert answer(server, "lora-modelfile") == adapted["first"]
    assert "ADAPTER " in server.post("/api/show", {"model": "lora-modelfile"}).json()["modelfile"]
    server.delete("lora-modelfile")


@pytest.mark.parametrize(
    "options,says",
    [({"width": 512}, "does not fit 'blk.0.attn_q.weight': it is 576 x 576 in the model"),
     ({"architecture": "qwen2"}, "trained for qwen2 and the model is llama")],
    ids=["wrong shape", "wrong architecture"],
)
def test_an_adapter_that_does_not_fit_is_refused_and_no_model_is_made(server, tmp_path, options, says):
    refused = create(server, "lora-misfit", write_lora(tmp_path / "misfit.gguf", **options))
    assert refused.status_code == 400
    assert "misfit.gguf" in refused.json()["error"] and says in refused.json()["error"]
    assert "lora-misfit:latest" not in server.names()
