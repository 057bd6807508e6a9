"""Nothing that a client keeps secret, and no path of this machine, comes out again: not in answers, logs or metrics."""

import json
import os

import pytest
import requests
from fragua_server import Server, digest_of, error_of
from small_gguf import small_gguf

SECRET = "s3cret-0f-the-cl1ent"


@pytest.fixture
def fragua(fragua_binary, tmp_path):
    server = Server(fragua_binary, tmp_path, ["log_level=debug"])
    yield server
    server.stop()


def test_secrets_of_requests_are_in_no_log_metric_or_answer(fragua):
    headers = {"Authorization": f"Bearer {SECRET}", "X-Api-Key": SECRET, "Cookie": f"session={SECRET}", "Proxy-Authorization": f"Basic {SECRET}",
               "X-Request-Id": SECRET, "User-Agent": SECRET, "Referer": f"http://localhost/?token={SECRET}"}
    bodies = [{"model": "nobody", "prompt": SECRET, "system": SECRET, "messages": [{"role": "user", "content": SECRET}], "input": SECRET},
              {"model": SECRET + "/?x", "prompt": "x"}, {"model": f"http://user:{SECRET}@127.0.0.1:9/a/b", "insecure": True},
              {"prompt": SECRET, "options": {SECRET: 1}}, [SECRET], {"model": {"key": SECRET}}]
    paths = [path for path, methods in requests.get(fragua.url + "/openapi.json", timeout=5).json()["paths"].items() if "post" in methods and "{" not in path]
    assert len(paths) > 15
    answers = []
    for path in paths:
        for body in bodies:
            answer = requests.post(f"{fragua.url}{path}?token={SECRET}", json=body, headers=headers, timeout=30)
            answers.append((path, body, answer.text))
    answers.append(("/nowhere", None, requests.get(f"{fragua.url}/nowhere/{SECRET}?token={SECRET}", headers=headers, timeout=5).text))
    assert SECRET not in fragua.get("/metrics").text
    assert SECRET not in fragua.log()
    assert [answer for answer in answers if SECRET in answer[2]] == []


def test_clients_cannot_invent_metrics(fragua):
    data = small_gguf("known")
    assert fragua.upload(data).ok and not error_of(fragua.create_from("known", data))
    fragua.post("/api/show", {"model": "known"})
    before = fragua.get("/metrics").text.count("\n")
    for i in range(50):
        for path in ("/api/generate", "/api/show", "/api/embed", "/v1/chat/completions", "/v1/messages"):
            body = {"model": f"invented-{i}", "prompt": "x", "input": "x", "messages": [{"role": "user", "content": "x"}], "max_tokens": 1}
            assert fragua.post(path, body).status_code == 404
    spellings = ["KNOWN", "Known", "kNOWN:latest", "library/known", "registry.ollama.ai/library/KNOWN:LATEST"]
    for spelling in spellings:
        assert fragua.post("/api/show", {"model": spelling}).ok
    text = fragua.get("/metrics").text
    assert "invented" not in text
    assert {line.split('model="')[1].split('"')[0] for line in text.splitlines() if 'model="' in line} == {"", "known:latest"}
    assert text.count("\n") <= before + 60  # the histograms of the unnamed


DAMAGES = ["missing weights", "empty weights", "text weights", "folder weights", "cut weights", "missing config", "text config", "text manifest",
           "empty manifest", "folder manifest"]


def damaged_models(fragua):
    """Name of a model and what was done to it, one after another; then it is mended, as models share their configuration."""
    for number, damage in enumerate(DAMAGES):
        name, data = f"model{number}", small_gguf(f"model{number}")
        assert fragua.upload(data).ok and not error_of(fragua.create_from(name, data))
        manifest = fragua.models / "manifests" / "registry.ollama.ai" / "library" / name / "latest"
        config = fragua.models / "blobs" / json.loads(manifest.read_text())["config"]["digest"].replace(":", "-")
        what, part = damage.split()
        file = {"weights": fragua.models / "blobs" / digest_of(data).replace(":", "-"), "config": config, "manifest": manifest}[part]
        whole = file.read_bytes()
        file.unlink()
        if what == "folder":
            file.mkdir()
        elif what != "missing":
            file.write_bytes({"empty": b"", "text": b"/root/.secret/model is not here", "cut": whole[:len(whole) // 2]}[what])
        yield name, damage
        if file.is_dir():
            file.rmdir()
        file.write_bytes(whole)


def test_errors_about_damaged_models_name_no_path_of_this_machine(fragua, tmp_path):
    answers = []
    for name, damage in damaged_models(fragua):
        body = {"model": name, "prompt": "x", "input": "x", "messages": [{"role": "user", "content": "x"}], "max_tokens": 1, "text": "x",
                "tokens": [1], "query": "x", "documents": ["x"], "source": name, "destination": "copy", "from": name, "stream": False}
        for path in ("/api/generate", "/api/chat", "/api/embed", "/api/embeddings", "/api/show", "/api/copy", "/api/create", "/v1/chat/completions",
                     "/v1/completions", "/v1/embeddings", "/v1/responses", "/v1/messages", "/api/v1/tokenize", "/api/v1/detokenize", "/api/v1/rerank"):
            answers.append((damage, path, fragua.post(path, body)))
        answers.append((damage, "/v1/models", fragua.get(f"/v1/models/{name}")))
        answers.append((damage, "/api/delete", requests.delete(fragua.url + "/api/delete", json={"model": name}, timeout=5)))
    errors = [(damage, path, answer.text) for damage, path, answer in answers if answer.status_code >= 400]
    assert len(errors) > 60
    assert fragua.get("/api/tags").ok and fragua.is_up()
    private = [str(tmp_path), "/blobs/", "/manifests/", os.path.expanduser("~")]
    assert [error for error in errors if any(text in error[2] for text in private)] == []
    assert [error for error in errors if "internal error" in error[2]] == []
    assert not any(text in fragua.get("/metrics").text for text in private)
