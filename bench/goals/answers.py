"""E15: questions about documents: those that they answer get an answer with the right source, the others an honest "not in the documents" (XQuAD-es)."""

import json
import os
import random
import subprocess
import tempfile
import time

from figures import save_misses, spread
from goals.retrieval import XQUAD
from goals.uploading import new_collection, upload, wait_until_read
from peers import FRAGUA, MODELS, fragua

ASKED = int(os.environ.get("FRAGUA_QUESTIONS_ASKED", "100"))   # of each kind


def articles():
    """[[(paragraph, [question])]], an article each."""
    return [[(p["context"].lstrip("\ufeff"), [q["question"] for q in p["qas"]]) for p in article["paragraphs"]] for article in json.loads(XQUAD.read_text())["data"]]


def index(server, paragraphs):
    collection = new_collection(server, "XQuAD")
    for number, text in paragraphs:
        upload(server, collection, f"{number}.txt", text.encode())
    if failed := wait_until_read(server, collection)["failed"]:
        raise RuntimeError(f"{failed} paragraphs could not be indexed")
    return collection


def ask(server, collection, question):
    begin = time.perf_counter()
    answer = server.ask("/api/v1/ask", {"question": question, "collections": [collection]})
    return answer, time.perf_counter() - begin


def e15(rounds, model):
    del rounds  # greedy: the same every time
    chosen = random.Random(1)
    indexed, others = articles()[::2], articles()[1::2]
    paragraphs = [(number, text, questions) for number, (text, questions) in enumerate(p for article in indexed for p in article)]
    answerable = [(question, number) for number, _, questions in paragraphs for question in questions]
    unanswerable = [question for article in others for _, questions in article for question in questions]
    answerable, unanswerable = chosen.sample(answerable, ASKED), chosen.sample(unanswerable, ASKED)
    with tempfile.TemporaryDirectory() as folder:
        with fragua(model, ("embedding_model=e5",), folder=folder) as server:
            environment = dict(os.environ, FRAGUA_HOST=f"127.0.0.1:{server.port}")
            subprocess.run([FRAGUA, "create", "e5", "-f", "-"], input=f"FROM {MODELS['e5']}\n", text=True, env=environment, check=True, capture_output=True)
            collection = index(server, [(number, text) for number, text, _ in paragraphs])
            good, missed, seconds = 0, [], []
            for question, number in answerable:
                answer, took = ask(server, collection, question)
                seconds.append(took)
                if any(source["document"] == f"{number}.txt" for source in answer["sources"]):
                    good += 1
                else:
                    missed.append({"question": question, "answer": answer["answer"], "sources": [source["document"] for source in answer["sources"]], "expected": f"{number}.txt"})
            honest, invented = 0, []
            for question in unanswerable:
                answer, took = ask(server, collection, question)
                seconds.append(took)
                if answer["sufficient"]:
                    invented.append({"question": question, "answer": answer["answer"], "quotes": [source["quote"] for source in answer["sources"]]})
                else:
                    honest += 1
    save_misses("E15", {"answerable": missed, "unanswerable": invented})
    return ("of 100 questions that the documents answer ≥ 90 with the right source; of 100 that they do not ≥ 95 honest",
            {"asked, of each kind": ASKED, "answered with the right source": good, "honest": honest, "seconds": spread(seconds)})
