"""What its users do: choose a model, chat over either connection, see the answer come in pieces, ask a file of theirs."""

import json

import pytest

CHAT = "qwen2.5-coder:0.5b"
BOTH = pytest.mark.parametrize("model", [CHAT, f"ollama.{CHAT}"], ids=["openai", "ollama"])
QUESTION = [{"role": "user", "content": "What is the capital of France? Answer with one word."}]


def test_the_models_of_both_connections_are_offered(webui):
    offered = {model["id"] for model in webui.session.get(webui.url + "/api/models", timeout=60).json()["data"]}
    assert {CHAT, "smollm2:135m", f"ollama.{CHAT}", "ollama.smollm2:135m"} <= offered


@BOTH
def test_a_chat_is_answered(webui, model):
    answer = webui.post("/api/chat/completions", {"model": model, "messages": QUESTION, "stream": False}).json()
    assert "Paris" in answer["choices"][0]["message"]["content"]


@BOTH
def test_an_answer_comes_in_pieces(webui, model):
    body = {"model": model, "messages": [{"role": "user", "content": "Count from one to ten in words."}], "stream": True, "max_tokens": 40}
    said = []
    for line in webui.post("/api/chat/completions", body, stream=True).iter_lines():
        if line.startswith(b"data: {"):
            said += [choice["delta"].get("content") or "" for choice in json.loads(line[6:]).get("choices", [])]
    assert len([piece for piece in said if piece]) > 5 and "two" in "".join(said).lower()


def test_ollamas_own_routes_pass_through(webui):
    assert CHAT in {model["name"].removeprefix("ollama.") for model in webui.session.get(webui.url + "/ollama/api/tags", timeout=60).json()["models"]}
    assert webui.session.get(webui.url + "/ollama/api/version", timeout=60).json()["version"]
    answer = webui.post("/ollama/api/chat", {"model": f"ollama.{CHAT}", "messages": QUESTION, "stream": False}).json()
    assert "Paris" in answer["message"]["content"]


def test_a_file_is_embedded_by_fragua_and_found_by_meaning(webui):
    text = "El reembolso se pide hasta 48 horas antes del concierto."
    answer = webui.session.post(webui.url + "/api/v1/files/", params={"process_in_background": "false"}, files={"file": ("normas.txt", text, "text/plain")}, timeout=180)
    assert answer.status_code == 200, answer.text
    asked = {"collection_names": ["file-" + answer.json()["id"]], "query": "¿Cómo me devuelven el dinero?", "k": 1}
    found = webui.post("/api/v1/retrieval/query/collection", asked).json()
    assert "reembolso" in json.dumps(found["documents"], ensure_ascii=False)
