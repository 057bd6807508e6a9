"""Embeddings are those of the model, not only some numbers: held against references that other programs computed."""

import json
import math
import os
import pathlib

import pytest

REFERENCE = pathlib.Path(__file__).resolve().parents[1] / "support/minilm_reference.json"


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))


def test_minilm_from_safetensors_agrees_with_a_reference(server):
    folder = pathlib.Path(os.environ.get("FRAGUA_MODELS_CACHE", pathlib.Path.home() / ".cache/fragua/models")) / "all-MiniLM-L6-v2"
    if not folder.is_dir():
        pytest.skip("all-MiniLM-L6-v2 is not there: run scripts/fetch_models.py")
    server.create("minilm", folder)
    reference = json.loads(REFERENCE.read_text())["texts"]
    answer = server.post("/api/embed", {"model": "minilm", "input": [entry["text"] for entry in reference]}).json()
    server.delete("minilm")
    for entry, vector in zip(reference, answer["embeddings"], strict=True):
        assert cosine(entry["embedding"], vector) >= 0.999, entry["text"]


def test_e5_puts_a_question_next_to_its_answer(server):
    texts = ["query: ¿Cuándo abren las puertas del concierto?", "passage: Las puertas de la sala abren a las 19:30 los días de concierto.",
             "passage: The doors of the venue open at half past seven.", "passage: La fotosíntesis convierte la luz en energía química."]
    question, spanish, english, other = server.post("/api/embed", {"model": "multilingual-e5-small", "input": texts}).json()["embeddings"]
    assert cosine(question, spanish) > cosine(question, english) > cosine(question, other)
