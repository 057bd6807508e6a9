"""Two servers on one model folder create and remove models at the same time: nothing that a manifest names is lost."""

import concurrent.futures
import hashlib
import json
import os
import time

import pytest
import requests
from fragua_server import Server, wait_for

BASE = "smollm2:135m"
ROUNDS = 12
LARGE_BYTES = 1 << 20  # the weights are not hashed again


@pytest.fixture
def pair(fragua_binary, server, tmp_path):
    models = tmp_path / "models"
    (models / "blobs").mkdir(parents=True)
    for blob in (server.models / "blobs").iterdir():
        (models / "blobs" / blob.name).hardlink_to(blob)
    for tag in (server.models / "manifests").rglob("*"):
        if tag.is_file() and tag.parent.name == "smollm2":
            place = models / tag.relative_to(server.models)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(tag.read_bytes())
    servers = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        servers.append(Server(fragua_binary, tmp_path / name, models=models))
    yield servers
    for started in servers:
        started.kill()


def churn(server, worker):
    """Models of its own, and one that all fight over."""
    for number in range(ROUNDS):
        own = f"own-{worker}-{number}"
        for name in (own, "contended"):
            made = server.post("/api/create", {"model": name, "from": BASE, "system": f"{worker} {number} {name}", "stream": False})
            assert made.status_code == 200, made.text
        if number % 2:
            server.delete(own)
        gone = requests.delete(server.url + "/api/delete", json={"model": "contended"}, timeout=30)
        assert gone.status_code in (200, 404), gone.text


def manifests(models):
    return [json.loads(path.read_text()) for path in (models / "manifests").rglob("*") if path.is_file()]


def damage(models):
    """What is wrong with the folder: blobs that are named and missing, or not what their name says."""
    found = []
    for manifest in (path for path in (models / "manifests").rglob("*") if path.is_file()):
        content = json.loads(manifest.read_text())
        for blob in [content["config"], *content["layers"]]:
            file = models / "blobs" / blob["digest"].replace(":", "-")
            if not file.exists() or file.stat().st_size != blob["size"]:
                found.append(f"{manifest.name}: {blob['mediaType']} is missing")
            elif blob["size"] < LARGE_BYTES and "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest() != blob["digest"]:
                found.append(f"{manifest.name}: {blob['mediaType']} is damaged")
    return found


def test_creating_and_removing_at_once_corrupts_nothing(pair):
    one, two = pair
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(churn, server, worker) for worker, server in enumerate([one, two, one, two])]:
            done.result()
    assert damage(one.models) == []
    kept = {f"own-{worker}-{number}:latest" for worker in range(4) for number in range(0, ROUNDS, 2)}
    for server in pair:
        assert kept <= set(server.names()) <= kept | {BASE, "contended:latest"}
        for name in sorted(kept):
            worker, number = name.split(":")[0].split("-")[1:]
            assert server.post("/api/show", {"model": name}).json()["system"] == f"{worker} {number} own-{worker}-{number}"
    assert one.post("/api/generate", {"model": "own-0-0", "prompt": "Hi", "stream": False, "options": {"num_predict": 1}}).status_code == 200


def test_blobs_that_nobody_names_go_after_an_hour_and_not_before(fragua_binary, pair, tmp_path):
    blobs = pair[0].models / "blobs"
    named = {blob["digest"].replace(":", "-") for manifest in manifests(pair[0].models) for blob in [manifest["config"], *manifest["layers"]]}
    files = {}
    for word in ("old", "fresh"):
        data = word.encode()
        files[word] = blobs / f"sha256-{hashlib.sha256(data).hexdigest()}"
        files[word].write_bytes(data)
    hours_ago = time.time() - 2 * 3600
    for file in (files["old"], *(blobs / name for name in named)):
        os.utime(file, (hours_ago, hours_ago))
    (tmp_path / "three").mkdir()
    third = Server(fragua_binary, tmp_path / "three", models=pair[0].models)
    try:
        wait_for(lambda: not files["old"].exists(), "the old blob goes when a server starts")
        assert files["fresh"].exists()
        assert named <= {blob.name for blob in blobs.iterdir()}
    finally:
        third.kill()
