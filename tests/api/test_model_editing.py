"""Making models in the app: a Modelfile that is checked while it is typed, an uploaded file, and creation from both."""

import hashlib

import pytest
import requests
from small_gguf import small_gguf


@pytest.mark.parametrize("modelfile,line", [("FROM x\nPARAMETER temperature warm\n", 2), ("FROM x\n\nWHAT is this\n", 3), ("SYSTEM no model\n", 0)])
def test_what_is_wrong_with_a_modelfile_is_said_with_its_line(server, modelfile, line):
    errors = server.post("/api/v1/modelfile/check", {"modelfile": modelfile}).json()["errors"]
    assert [error["line"] for error in errors] == [line] and errors[0]["message"]


def test_a_modelfile_without_faults_has_none(server):
    assert server.post("/api/v1/modelfile/check", {"modelfile": "FROM x\nPARAMETER temperature 0.1\n"}).json() == {"errors": []}


def lines_of(server, **body):
    answer = server.post("/api/v1/models", body)
    return answer, [line for line in answer.text.splitlines() if line]


def test_a_model_is_made_from_another_one(server):
    answer, lines = lines_of(server, model="made-here", modelfile="FROM smollm2:135m\nSYSTEM Be brief.\n")
    assert answer.status_code == 200 and '"success"' in lines[-1]
    assert server.post("/api/show", {"model": "made-here"}).json()["system"] == "Be brief."
    server.delete("made-here")


def test_a_model_is_made_from_an_uploaded_file(server, tmp_path):
    data = small_gguf()
    uploaded = requests.post(server.url + "/api/v1/blobs", data=data, timeout=20)
    assert uploaded.status_code == 201
    assert uploaded.json() == {"digest": "sha256:" + hashlib.sha256(data).hexdigest(), "size": len(data)}
    _, lines = lines_of(server, model="uploaded", modelfile=f"FROM {uploaded.json()['digest']}\n")
    assert '"success"' in lines[-1], lines
    server.delete("uploaded")


@pytest.mark.parametrize("source", ["/etc/passwd", "./model.gguf", "../../x", "sha256:" + "0" * 64])
def test_a_path_or_an_unknown_file_makes_nothing(server, source):
    answer, lines = lines_of(server, model="stolen", modelfile=f"FROM {source}\n")
    assert answer.status_code in (400, 404) or "error" in lines[-1]
    assert "stolen:latest" not in server.names()
