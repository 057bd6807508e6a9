"""Documents inside stored chats: a question names collections, the answer comes from them and keeps its sources."""

import pytest
from chats import Chat, events_of, text_of
from fragua_server import Server
from library import Library
from people import People
from test_documents import GUIDE

MODEL = "qwen2.5-coder:0.5b"
DOORS = "¿A qué hora abren las puertas los sábados?"


@pytest.fixture(scope="module")
def fragua(fragua_binary, server, tmp_path_factory):
    started = Server(fragua_binary, tmp_path_factory.mktemp("chat-documents"), models=server.models, anonymous=False)
    yield started
    started.kill()


@pytest.fixture(scope="module")
def people(fragua):
    return People(fragua)


@pytest.fixture(scope="module")
def guide(fragua, people):
    library = Library(fragua, people.admin, "Recinto")
    assert library.add("guia.md", GUIDE)["state"] == "indexed"
    return library


@pytest.fixture
def chat(fragua, people):
    return Chat(fragua, people.admin, model=MODEL, parameters={"temperature": 0.0})


def test_an_answer_from_documents_is_stored_with_its_sources(chat, guide):
    question, answer = chat.ask(DOORS, collections=[guide.collection])
    assert question["collections"] == [guide.collection] and question["sources"] == []
    assert answer["sufficient"] is True and "18:00" in answer["content"] and "[1]" in answer["content"]
    source = answer["sources"][0]
    assert source["document"] == "guia.md" and source["quote"] in GUIDE and source["number"] == 1
    assert chat.message(answer["id"])["sources"] == answer["sources"]
    again = list(events_of(chat.stream(f"/messages/{question['id']}/answer")))
    assert text_of(again)[1]["sources"][0]["document"] == "guia.md"


def test_what_is_not_in_the_documents_is_not_claimed_in_a_chat(chat, guide):
    _, answer = chat.ask("¿Quién ganó el mundial de fútbol de 1998?", collections=[guide.collection])
    assert answer["sufficient"] is False and answer["sources"] == [] and answer["content"] == "No está en los documentos."


def test_a_follow_up_is_understood_and_a_question_without_documents_is_the_models(chat, guide):
    _, first = chat.ask(DOORS, collections=[guide.collection])
    assert "18:00" in first["content"]
    _, second = chat.ask("¿Y los días laborables?", first["id"], collections=[guide.collection])
    assert "guia.md" in {source["document"] for source in second["sources"]}
    _, third = chat.ask("Di hola.", second["id"])
    assert third["sufficient"] is None and third["sources"] == [] and third["content"]


def test_an_answer_from_documents_does_not_go_on(chat, guide):
    _, answer = chat.ask(DOORS, collections=[guide.collection])
    chat.call("post", f"/messages/{answer['id']}/continue", status=409)


def test_only_collections_that_one_may_read_are_asked(fragua, people, guide):
    leo = Chat(fragua, people.member("Leo"), model=MODEL)
    for collection in (guide.collection, "0" * 32):
        refused = leo.request("post", "/messages", {"content": DOORS, "collections": [collection]})
        assert refused.status_code == 404, refused.text
    assert leo.messages() == []


def test_a_shared_conversation_shows_answers_and_not_the_documents(fragua, people, chat, guide):
    _, answer = chat.ask(DOORS, collections=[guide.collection])
    share = chat.call("post", "/share")["share_id"]
    shared = people.member("Mia").get(fragua.url + f"/api/v1/shared/{share}", timeout=20).json()["messages"]
    assert [message["content"] for message in shared][-1] == answer["content"]
    assert all(message["sources"] == [] and message["collections"] == [] for message in shared)


def test_wrong_requests_are_refused_in_words(chat, guide):
    chat.call("post", "/messages", {"content": "x", "collections": [guide.collection] * 21}, status=400)
    chat.call("post", "/messages", {"content": "x", "collections": "all"}, status=400)
