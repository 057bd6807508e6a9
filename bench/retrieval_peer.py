#!/usr/bin/env python3
"""The usual pipeline, for comparison: LangChain's splitter (1,000 characters, 200 overlap), MiniLM vectors, Chroma's nearest.

Run by bench/goals/retrieval.py with the Python that bench/peers.sh retrieval made: retrieval_peer.py < in.json > out.json
in: {"port": of a server that has MiniLM as "m", "paragraphs": [text…], "questions": [text…]}; out: for each question, its paragraphs, best first."""

import http.client
import json
import sys

import chromadb
from langchain_text_splitters import RecursiveCharacterTextSplitter

CHUNKS = 20


def embed(port, texts):
    vectors = []
    for begin in range(0, len(texts), 32):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        connection.request("POST", "/api/embed", json.dumps({"model": "m", "input": texts[begin : begin + 32]}), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {body}")
        vectors += body["embeddings"]
    return vectors


def main():
    work = json.load(sys.stdin)
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = [(number, chunk) for number, text in enumerate(work["paragraphs"]) for chunk in splitter.split_text(text)]
    texts = [chunk for _, chunk in chunks]
    client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
    collection = client.create_collection("paragraphs", embedding_function=None)
    collection.add(ids=[str(i) for i in range(len(chunks))], documents=texts, embeddings=embed(work["port"], texts))
    found = collection.query(query_embeddings=embed(work["port"], work["questions"]), n_results=CHUNKS, include=["distances"])
    json.dump([list(dict.fromkeys(chunks[int(i)][0] for i in ids)) for ids in found["ids"]], sys.stdout)


if __name__ == "__main__":
    main()
