"""E14: search in vector indexes of 100,000 and 1,000,000 vectors: time, recall against exact, memory."""

import array
import json
import subprocess
import tempfile

from figures import spread
from goals.retrieval import embed, xquad
from peers import ROOT, fragua

SIZES = (("flat", 100_000), ("usearch", 1_000_000))


def base_vectors(model, file):
    """Real embeddings, of which the bench mixes as many as it needs: sentences and questions of XQuAD."""
    paragraphs, questions = xquad()
    sentences = [sentence for _, text in paragraphs for sentence in text.split(". ") if len(sentence) > 20]
    with fragua(model) as server:
        vectors = embed(server, ["passage: " + text for text in sentences] + ["query: " + text for text, _ in questions])
    for vector in vectors:
        array.array("f", vector).tofile(file)
    file.flush()


def e14(rounds, model):
    build = ROOT / "build/release"
    subprocess.run(["ninja", "-C", str(build), "vectors_bench"], check=True, capture_output=True)
    figures = {}
    with tempfile.NamedTemporaryFile() as base:
        base_vectors(model, base)
        for index, count in SIZES:
            runs = [json.loads(subprocess.run([str(build / "vectors_bench"), index, str(count), base.name], check=True, stdout=subprocess.PIPE).stdout)
                    for _ in range(rounds if index == "flat" else 1)]
            figures |= {f"{name}, {index}, {count:,}": spread([run[name] for run in runs])
                        for name in runs[0] if name not in ("index", "vectors", "dimensions")}
    return "p99 ≤ 10 ms at 100,000, ≤ 25 ms at 1,000,000 with recall ≥ 0.99 against exact; memory stated", figures
