"""E13: does a question in Spanish find its paragraph (XQuAD-es): as documents of a collection; and by which of words, vectors and evidence;
beside LangChain, Chroma and MiniLM."""

import json
import os
import pathlib
import subprocess
import tempfile
import time

from figures import spread
from goals.uploading import new_collection, upload, wait_until_read
from peers import CACHE, ROOT, fragua

XQUAD = pathlib.Path(os.environ.get("FRAGUA_XQUAD", ROOT.parent / "shared/data/xquad/xquad.es.first-half.json"))
PEER_PYTHON = CACHE / "peers/retrieval/bin/python"
BATCH = 32


def xquad():
    """[(title, paragraph)], [(question, number of its paragraph)]"""
    paragraphs, questions = [], []
    for article in json.loads(XQUAD.read_text())["data"]:
        for paragraph in article["paragraphs"]:
            questions += [(asked["question"], len(paragraphs)) for asked in paragraph["qas"]]
            paragraphs.append((article["title"].replace("_", " "), paragraph["context"].lstrip("\ufeff")))
    return paragraphs, questions


def embed(server, texts):
    vectors = []
    for begin in range(0, len(texts), BATCH):
        vectors += server.ask("/api/embed", {"model": "m", "input": texts[begin : begin + BATCH]})["embeddings"]
    return vectors


def work_file(model, path, titled):
    """What retrieval_bench reads; with the article's title before each paragraph, or without."""
    paragraphs, questions = xquad()
    titles = [title if titled else "" for title, _ in paragraphs]
    with fragua(model) as server:
        passages = embed(server, ["passage: " + (title + "\n" if title else "") + text for title, (_, text) in zip(titles, paragraphs)])
        asked = embed(server, ["query: " + text for text, _ in questions])
    path.write_text(json.dumps({
        "chunks": [{"paragraph": number, "title": title, "text": text, "vector": vector}
                   for number, (title, (_, text), vector) in enumerate(zip(titles, paragraphs, passages))],
        "questions": [{"paragraph": number, "text": text, "vector": vector} for (text, number), vector in zip(questions, asked)]}))


def ours(model, titled):
    build = ROOT / "build/release"
    subprocess.run(["ninja", "-C", str(build), "retrieval_bench"], check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "work.json"
        work_file(model, file, titled)
        return json.loads(subprocess.run([str(build / "retrieval_bench"), str(file)], check=True, capture_output=True).stdout)


def recalls(found, wanted):
    """`found`: for each question, what was found, best first."""
    return {f"recall@{k}": sum(number in ids[:k] for ids, number in zip(found, wanted)) / len(wanted) for k in (1, 3, 10)}


def as_documents(model):
    """Each paragraph a document, through the API; also seconds until all were indexed, and ms of a question."""
    paragraphs, questions = xquad()
    with fragua(model) as server:
        server.post("/api/copy", {"source": "m", "destination": "multilingual-e5-small"})[1].read()
        collection = new_collection(server, "xquad")
        begin = time.monotonic()
        for number, (title, text) in enumerate(paragraphs):
            upload(server, collection, f"{title} {number}.txt", text.encode())
        counts = wait_until_read(server, collection)
        seconds, found, times = time.monotonic() - begin, [], []
        for text, _ in questions:
            begin = time.monotonic()
            passages = server.ask("/api/v1/documents/search", {"question": text, "collections": [collection], "limit": 10})["passages"]
            times.append(1000 * (time.monotonic() - begin))
            found.append(list(dict.fromkeys(int(passage["document"].removesuffix(".txt").split()[-1]) for passage in passages)))
    return {**{f"{name}, documents": value for name, value in recalls(found, [number for _, number in questions]).items()},
            "documents failed": counts["failed"], "seconds until 120 documents were indexed": seconds, "ms of a question, embedding included": spread(times)}


def peer():
    paragraphs, questions = xquad()
    with fragua("minilm") as server:
        work = {"port": server.port, "paragraphs": [text for _, text in paragraphs], "questions": [text for text, _ in questions]}
        answer = subprocess.run([str(PEER_PYTHON), str(ROOT / "bench/retrieval_peer.py")], input=json.dumps(work), check=True, capture_output=True, text=True)
    return recalls(json.loads(answer.stdout), [number for _, number in questions])


def e13(rounds, model):
    del rounds  # the same every time
    figures = as_documents(model)
    for titled in (False, True):
        result = ours(model, titled)
        suffix = ", titles before paragraphs" if titled else ""
        for half in ("all", "tuned", "held out") if not titled else ("all",):
            for way, quality in result[half].items():
                for name, value in quality.items():
                    figures[f"{name}, {way}{suffix}" + ("" if half == "all" else f", questions {half}")] = value
        if not titled:
            figures |= {f"median ms of {stage}": value for stage, value in result["median ms"].items()}
    figures |= {f"{name}, LangChain + Chroma + MiniLM": value for name, value in peer().items()}
    return "recall@3 ≥ 0.99, recall@1 ≥ 0.95 on the half of XQuAD-es", figures
