"""One model folder for both: what Ollama made is used by Fragua in place, and the other way round."""

import requests
from peer_programs import gguf

CHATML = '''TEMPLATE """{{ if .System }}<|im_start|>system
{{ .System }}<|im_end|>
{{ end }}{{ if .Prompt }}<|im_start|>user
{{ .Prompt }}<|im_end|>
{{ end }}<|im_start|>assistant
{{ .Response }}<|im_end|>
"""
PARAMETER stop <|im_end|>
PARAMETER temperature 0
SYSTEM Answer with one word.
'''
QUESTION = "What is the capital of France?"


def write_modelfile(folder):
    (folder / "Modelfile").write_text(f"FROM {gguf()}\n{CHATML}")
    return folder / "Modelfile"


def tags(url):
    return {model["name"]: (model["digest"], model["size"], model["details"]) for model in requests.get(url + "/api/tags", timeout=20).json()["models"]}


def blobs(models):
    return {blob.name: (blob.stat().st_ino, blob.stat().st_size, blob.stat().st_mtime_ns) for blob in (models / "blobs").iterdir()}


def test_what_ollama_made_is_used_in_place(start_ollama, start_fragua, tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    ollama = start_ollama(models)
    made = ollama.run("create", "capital", "-f", str(write_modelfile(tmp_path)))
    assert made.returncode == 0, made.stderr
    theirs, shown = tags(ollama.url), requests.post(ollama.url + "/api/show", json={"model": "capital"}, timeout=20).json()
    ollama.stop()
    before = blobs(models)

    fragua = start_fragua(models)
    assert tags(fragua.url) == theirs
    ours = fragua.post("/api/show", {"model": "capital"}).json()
    for field in ("template", "system", "details"):
        assert ours[field] == shown[field], field
    assert sorted(ours["parameters"].splitlines()) == sorted(shown["parameters"].splitlines())
    assert "completion" in ours["capabilities"]
    answer = fragua.command("run", "capital", QUESTION)
    assert answer.returncode == 0 and "Paris" in answer.stdout, answer.stderr
    assert blobs(models) == before, "nothing is copied, changed or removed"


def test_what_fragua_made_is_used_by_ollama(start_ollama, start_fragua, tmp_path):
    models = tmp_path / "models"
    fragua = start_fragua(models)
    made = fragua.command("create", "capital", "-f", str(write_modelfile(tmp_path)))
    assert made.returncode == 0, made.stderr
    ours = tags(fragua.url)
    fragua.stop()
    before = blobs(models)

    ollama = start_ollama(models)
    theirs = tags(ollama.url)
    assert {name: row[:2] for name, row in theirs.items()} == {name: row[:2] for name, row in ours.items()}
    shown = ollama.run("show", "--modelfile", "capital").stdout
    assert "SYSTEM Answer with one word." in shown and "PARAMETER stop <|im_end|>" in shown
    answer = ollama.run("run", "capital", QUESTION)
    assert answer.returncode == 0 and "Paris" in answer.stdout, answer.stderr + ollama.log_path.read_text()[-2000:]
    ollama.stop()
    assert blobs(models) == before
