"""Quantising with the real quantiser: smaller, called by its type, and still the same model."""

import json
import math
import os
import pathlib

import pytest

REFERENCE = json.loads((pathlib.Path(__file__).resolve().parents[1] / "support/minilm_reference.json").read_text())["texts"]


@pytest.fixture(scope="module")
def minilm(server):
    """A model of 16-bit weights."""
    folder = pathlib.Path(os.environ.get("FRAGUA_MODELS_CACHE", pathlib.Path.home() / ".cache/fragua/models")) / "all-MiniLM-L6-v2"
    if not folder.is_dir():
        pytest.skip("all-MiniLM-L6-v2 is not there: run scripts/fetch_models.py")
    server.create("minilm-f16", folder)
    yield "minilm-f16"
    server.delete("minilm-f16")


def quantized(server, model, kind):
    return list(server.lines("create", "quantized", **{"from": model, "quantize": kind}))


def size_of(server, name):
    return next(model["size"] for model in server.get("/api/tags").json()["models"] if model["name"].startswith(name))


def likeness(server, name):
    """The smallest cosine to the reference's vectors."""
    vectors = server.post("/api/embed", {"model": name, "input": [entry["text"] for entry in REFERENCE]}).json()["embeddings"]
    length = lambda v: math.sqrt(sum(x * x for x in v))
    return min(sum(x * y for x, y in zip(entry["embedding"], v, strict=True)) / length(entry["embedding"]) / length(v)
               for entry, v in zip(REFERENCE, vectors, strict=True))


# A q4_K_M block has 256 weights and this model rows of 384: llama.cpp takes larger types for those.
@pytest.mark.parametrize(("kind", "level", "share", "cosine"), [("q8_0", "Q8_0", 0.6, 0.998), ("q4_0", "Q4_0", 0.45, 0.93), ("q4_K_M", "Q4_K_M", 0.55, 0.97)])
def test_a_quantised_model_is_smaller_and_says_nearly_the_same(server, minilm, kind, level, share, cosine):
    lines = quantized(server, minilm, kind)
    try:
        assert lines[-1] == {"status": "success"}
        assert any(line["status"] == f"quantizing F16 model to {level}" and line.get("completed", 0) > 0 for line in lines), "it tells how far it is"
        assert server.post("/api/show", {"model": "quantized"}).json()["details"]["quantization_level"] == level
        assert size_of(server, "quantized") < share * size_of(server, minilm)
        assert likeness(server, "quantized") > cosine
    finally:
        server.delete("quantized")


def test_what_is_quantised_already_is_not_quantised_again(server):
    lines = quantized(server, "smollm2:135m", "q8_0")
    assert lines[-1]["error"] == "quantization is only supported for F16, BF16 and F32 models"
    assert not any(name.startswith("quantized") for name in server.names())


def test_an_unknown_type_is_refused_by_name(server):
    assert "q5_7" in quantized(server, "smollm2:135m", "q5_7")[-1]["error"]
