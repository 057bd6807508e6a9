"""Conversations against the real program and a real model: the tree, streams that survive their readers, search, shares, export, import."""

import base64
import io
import json
import time
import uuid

import pytest
import requests
from chats import ENDLESS, SHORT, Chat, events_of, text_of
from fragua_server import Server, wait_for
from people import People
from small_documents import zip_file

LONG = "Write the numbers from 1 to 500, one a line."   # which this model never comes to the end of
PNG = base64.b64encode(bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fea72d1c480000000049454e44ae426082")).decode()


@pytest.fixture(scope="module")
def fragua(fragua_binary, server, tmp_path_factory):
    started = Server(fragua_binary, tmp_path_factory.mktemp("conversations"), models=server.models, anonymous=False)
    yield started
    started.kill()


@pytest.fixture(scope="module")
def people(fragua):
    return People(fragua)


@pytest.fixture(scope="module")
def ana(people):
    return people.admin


@pytest.fixture(scope="module")
def leo(people):
    return people.member("Leo")


@pytest.fixture
def chat(fragua, ana):
    return Chat(fragua, ana)


def listed(fragua, session, **query):
    answer = session.get(fragua.url + "/api/v1/conversations", params=query, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()["conversations"]


def test_asking_stores_question_and_answer(chat):
    question, answer = chat.ask("Say hello.")
    assert answer["status"] == "done" and answer["content"] and answer["model"] == "smollm2:135m"
    figures = answer["figures"]
    assert figures["answer_tokens"] > 0 and figures["prompt_tokens"] > 0 and figures["first_token_ms"] > 0
    assert [m["id"] for m in chat.messages()] == [question["id"], answer["id"]]
    assert chat.about()["current_message_id"] == answer["id"]
    assert chat.about()["running_message_id"] is None


def test_the_first_answer_brings_a_title(chat):
    events = list(events_of(chat.stream(body={"content": "What is the capital of France?"})))
    assert [e["type"] for e in events if e["type"] != "delta"] == ["message", "answer", "done", "title"]
    assert chat.about()["title"] == events[-1]["title"] != ""
    chat.call("patch", "", {"title": "Mine"})
    assert chat.about()["title"] == "Mine"


def test_editing_and_regenerating_make_branches_and_lose_nothing(chat):
    first, one = chat.ask("Count to three.")
    edited, two = chat.ask("Count to four.")
    assert edited["siblings"] == [first["id"], edited["id"]]
    events = list(events_of(chat.stream(f"/messages/{first['id']}/answer", {})))
    _, again = text_of(events)
    assert again["siblings"] == [one["id"], again["id"]]
    assert chat.about()["current_message_id"] == again["id"]
    assert [m["id"] for m in chat.messages(leaf=two["id"])] == [edited["id"], two["id"]]
    shown = chat.call("patch", "", {"current_message_id": edited["id"]})
    assert shown["current_message_id"] == two["id"]
    assert [m["id"] for m in chat.messages()] == [edited["id"], two["id"]]


def test_what_was_said_before_is_part_of_the_question_except_in_command_mode(chat):
    _, one = chat.ask("My name is Zacarias and I like bread. Remember it.")
    _, two = chat.ask("Hi", one["id"])
    chat.call("patch", "", {"mode": "command"})
    _, alone = chat.ask("Hi", one["id"])
    assert two["figures"]["prompt_tokens"] > alone["figures"]["prompt_tokens"]


def test_parameters_have_an_effect_and_wrong_ones_are_refused(chat):
    chat.call("patch", "", {"parameters": {"num_predict": 3}})
    _, answer = chat.ask("Write a long story.")
    assert answer["figures"]["answer_tokens"] == 3 and answer["done_reason"] == "length"
    assert chat.request("patch", "", {"parameters": {"creativity": 1}}).status_code == 400
    assert chat.request("patch", "", {"titel": "x"}).status_code == 400


def test_stop_keeps_what_is_there_and_continue_goes_on_with_the_same_message(chat):
    chat.call("patch", "", {"parameters": ENDLESS})
    events, message = chat.begin(LONG)
    assert chat.about()["running_message_id"] == message["id"]
    chat.call("post", f"/messages/{message['id']}/stop", {}, status=204)
    _, stopped = text_of(events)
    assert stopped["status"] == "stopped" and stopped["content"]
    assert chat.message(message["id"])["content"] == stopped["content"]
    chat.call("patch", "", {"parameters": SHORT})
    text, more = text_of(events_of(chat.stream(f"/messages/{message['id']}/continue", {})))
    assert more["id"] == message["id"] and more["status"] == "done"
    assert text == more["content"]
    assert more["content"].startswith(stopped["content"]) and len(more["content"]) > len(stopped["content"])
    assert not more["content"][len(stopped["content"]):].startswith(stopped["content"][:20]), "the beginning is there twice"


def test_an_answer_goes_on_without_its_reader_and_is_read_again_from_anywhere(chat):
    chat.call("patch", "", {"parameters": {**ENDLESS, "num_predict": 120}})
    stream = chat.stream(body={"content": "Tell me about bread."})
    events = events_of(stream)
    next(events)
    message = next(events)["message"]
    next(events)
    stream.close()
    again = chat.stream(f"/messages/{message['id']}/events", method="get")
    text, done = text_of(events_of(again))
    assert done["status"] == "done" and text == done["content"]
    assert done["figures"]["answer_tokens"] > 3
    assert chat.message(message["id"])["content"] == text
    late, same = text_of(events_of(chat.stream(f"/messages/{message['id']}/events", method="get")))
    assert late == text and same["id"] == message["id"]


def test_two_readers_get_the_same(chat):
    chat.call("patch", "", {"parameters": {**ENDLESS, "num_predict": 60}})
    events, message = chat.begin("Tell me about water.")
    other = events_of(chat.stream(f"/messages/{message['id']}/events", method="get"))
    first_text, done = text_of(events)
    assert text_of(other)[0] == done["content"]
    assert done["content"].endswith(first_text)   # begin() has taken its first piece


def test_what_was_saved_survives_kill_9(fragua_binary, server, tmp_path):
    started = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    people = People(started)
    chat = Chat(started, people.admin, parameters=ENDLESS)
    _, message = chat.begin(LONG)
    wait_for(lambda: chat.message(message["id"])["content"], "nothing is saved")
    saved = chat.message(message["id"])["content"]
    started.kill()
    again = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    try:
        chat.server, chat.session = again, people.admin
        kept = chat.message(message["id"])
        assert kept["status"] == "stopped" and kept["content"].startswith(saved)
        assert chat.about()["running_message_id"] is None
    finally:
        again.kill()


def test_the_end_of_the_server_stores_what_is_there(fragua_binary, server, tmp_path):
    started = Server(fragua_binary, tmp_path, ["drain_timeout=1s"], models=server.models, anonymous=False)
    people = People(started)
    chat = Chat(started, people.admin, parameters=ENDLESS)
    events, message = chat.begin(LONG)
    started.stop()
    again = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    try:
        chat.server = again
        kept = chat.message(message["id"])
        assert kept["status"] == "stopped" and kept["content"]
    finally:
        again.kill()


def test_search_finds_without_accents_and_marks_what_it_found(fragua, ana, leo):
    word = "xilófono" + uuid.uuid4().hex[:6]
    chat = Chat(fragua, ana)
    chat.ask(f"La canción del {word} en Málaga")
    for typed in [word.replace("ó", "o"), word.upper(), "cancion " + word[:6], f"málaga {word}"]:
        found = listed(fragua, ana, search=typed)
        assert chat.id in [c["id"] for c in found], typed
    hit = next(c for c in listed(fragua, ana, search=word) if c["id"] == chat.id)
    assert f"\u0001{word}\u0002" in hit["snippet"]
    assert listed(fragua, leo, search=word) == []
    listed(fragua, ana, search="\"' OR *")   # no error


def test_list_folders_tags_pins_and_the_bin(fragua, ana):
    chats = [Chat(fragua, ana, folder="Recetas") for _ in range(3)]
    chats[0].call("patch", "", {"pinned": True, "tags": ["pan", "sal"]})
    assert listed(fragua, ana, folder="Recetas")[0]["id"] == chats[0].id
    assert [c["id"] for c in listed(fragua, ana, tag="sal")] == [chats[0].id]
    facets = chats[0].call("get", "/facets", base="/api/v1/conversations")
    assert {"name": "Recetas", "count": 3} in facets["folders"] and {"name": "pan", "count": 1} in facets["tags"]
    chats[1].call("delete", "", status=204)
    assert chats[1].request("get", "").status_code == 404
    assert len(listed(fragua, ana, folder="Recetas")) == 2
    chats[1].call("post", "/restore", {})
    assert len(listed(fragua, ana, folder="Recetas")) == 3
    page = ana.get(fragua.url + "/api/v1/conversations", params={"folder": "Recetas", "limit": 2}, timeout=20).json()
    rest = listed(fragua, ana, folder="Recetas", limit=2, cursor=page["next_cursor"])
    assert {c["id"] for c in page["conversations"] + rest} == {c.id for c in chats}


def test_images_are_kept_and_shown_to_their_owner_alone(fragua, ana, leo):
    chat = Chat(fragua, ana)
    refused = chat.stream(body={"content": "What is this?", "images": [PNG]})
    assert refused.status_code == 400 and "images" in refused.text   # this model has no eyes
    assert chat.messages() == []
    imported = {"conversations": [{"title": "picture", "messages": [{"id": "1", "role": "user", "content": "look", "images": [{"data": PNG}]}]}]}
    assert chat.call("post", "/import", imported, base="/api/v1/conversations") == {"imported": 1, "skipped": []}
    chat.id = listed(fragua, ana, search="look")[0]["id"]
    file = chat.messages()[0]["images"][0]
    shown = ana.get(f"{fragua.url}/api/v1/files/{file}", timeout=20)
    assert shown.headers["Content-Type"] == "image/png" and base64.b64encode(shown.content).decode() == PNG
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert leo.get(f"{fragua.url}/api/v1/files/{file}", timeout=20).status_code == 404


def test_a_share_shows_what_was_there_to_who_is_signed_in(fragua, ana, leo, chat):
    _, answer = chat.ask("Say hello.")
    share = chat.call("post", "/share", {})["share_id"]
    assert len(share) >= 32 and chat.about()["share_id"] == share
    chat.ask("A secret that came later", answer["id"])
    shared = leo.get(f"{fragua.url}/api/v1/shared/{share}", timeout=20).json()
    assert shared["owner"] == "Ana" and [m["content"] for m in shared["messages"]] == ["Say hello.", answer["content"]]
    assert requests.get(f"{fragua.url}/api/v1/shared/{share}", timeout=20).status_code == 401
    chat.call("delete", "/share", status=204)
    assert leo.get(f"{fragua.url}/api/v1/shared/{share}", timeout=20).status_code == 404


def test_export_and_import_are_one_round(fragua, ana, leo, chat):
    _, answer = chat.ask("Say hello.")
    chat.ask("Say goodbye.")
    chat.call("patch", "", {"title": "Round", "tags": ["t"], "system": "S"})
    exported = chat.request("get", "/export", params={"format": "json"})
    assert exported.headers["Content-Disposition"].startswith("attachment")
    report = leo.post(fragua.url + "/api/v1/conversations/import", data=exported.content, timeout=20).json()
    assert report == {"imported": 1, "skipped": []}
    theirs = listed(fragua, leo, search="goodbye")[0]
    back = leo.get(f"{fragua.url}/api/v1/conversations/{theirs['id']}/export", timeout=20).json()["conversations"][0]
    ours = exported.json()["conversations"][0]
    assert [m["content"] for m in back["messages"]] == [m["content"] for m in ours["messages"]]
    assert back["title"] == "Round" and back["tags"] == ["t"] and back["system"] == "S" and len(ours["messages"]) == 4
    markdown = chat.request("get", "/export", params={"format": "markdown"}).text
    assert markdown.startswith("# Round\n") and "Say goodbye." in markdown and "Say hello." not in markdown
    everything = ana.get(fragua.url + "/api/v1/conversations/export", timeout=60).json()
    assert len(everything["conversations"]) >= 2
    assert answer["content"] in [m["content"] for c in everything["conversations"] for m in c["messages"]]


def test_import_of_other_programs_and_of_rubbish(fragua, ana, chat):
    chatgpt = [{"title": "From ChatGPT", "create_time": 1700000000.0, "current_node": "b", "mapping": {
        "r": {"id": "r", "message": None, "parent": None, "children": ["a"]},
        "a": {"id": "a", "parent": "r", "children": ["b"], "message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["¿Pan?"]}}},
        "b": {"id": "b", "parent": "a", "children": [], "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["Sí."]}, "metadata": {"model_slug": "gpt-4o"}}}}},
        {"title": "Broken", "mapping": []}]
    openwebui = [{"id": "1", "chat": {"title": "From Open WebUI", "history": {"currentId": "y", "messages": {
        "x": {"id": "x", "parentId": None, "childrenIds": ["y"], "role": "user", "content": "hola"},
        "y": {"id": "y", "parentId": "x", "childrenIds": [], "role": "assistant", "content": "buenas", "model": "llama3"}}}}}]
    post = lambda body, **o: chat.call("post", "/import", body, base="/api/v1/conversations", **o)  # noqa: E731
    assert post(chatgpt) == {"imported": 1, "skipped": [{"title": "Broken", "why": 'it has no "mapping"'}]}
    assert post(openwebui) == {"imported": 1, "skipped": []}
    # ChatGPT's own download: a zip file, a long history in parts.
    parts = {f"export/conversations-00{part}.json": json.dumps([{**chatgpt[0], "title": f"Part {part}"}]) for part in range(2)}
    packed = zip_file(io.BytesIO(), {"chat.html": "<html>", **parts}).getvalue()
    answer = ana.post(fragua.url + "/api/v1/conversations/import", data=packed, timeout=20)
    assert answer.json() == {"imported": 2, "skipped": []}
    for broken, why in ((packed[:100], "not a zip file"), (zip_file(io.BytesIO(), {"notes.txt": "[]"}).getvalue(), "no conversations.json")):
        answer = ana.post(fragua.url + "/api/v1/conversations/import", data=broken, timeout=20)
        assert answer.status_code == 400 and why in answer.text
    for title, last in [("From ChatGPT", "Sí."), ("From Open WebUI", "buenas")]:
        chat.id = listed(fragua, ana, search=title)[0]["id"]
        assert chat.messages()[-1]["content"] == last
    for rubbish in [b"", b"PK\x03\x04", b"[" * 100_000, b'{"a":', b"7"]:
        answer = ana.post(fragua.url + "/api/v1/conversations/import", data=rubbish, timeout=20)
        assert answer.status_code == 400 and answer.json()["error"]["code"] == "invalid_argument", rubbish[:10]


def test_nobody_reaches_what_is_somebody_elses(fragua, ana, leo, chat):
    question, answer = chat.ask("A secret.")
    base = "/api/v1/conversations/"
    paths = [("get", ""), ("patch", ""), ("delete", ""), ("post", "/restore"), ("get", "/messages"), ("post", "/messages"),
             ("post", f"/messages/{question['id']}/answer"), ("post", f"/messages/{answer['id']}/continue"), ("post", f"/messages/{answer['id']}/stop"),
             ("patch", f"/messages/{answer['id']}"), ("get", f"/messages/{answer['id']}/events"), ("post", "/share"), ("delete", "/share"), ("get", "/export")]
    bodies = {("patch", ""): {"title": "x"}, ("post", "/messages"): {"content": "x", "model": "smollm2:135m"}, ("patch", f"/messages/{answer['id']}"): {"rating": 1}}
    forms = [chat.id, chat.id.upper(), chat.id + "%00", chat.id[:-1], "x" * 5000, "' OR '1'='1", "0"]
    own = Chat(fragua, leo)
    for method, path in paths:
        seen = set()
        for form in forms:
            got = leo.request(method, fragua.url + base + form + path, json=bodies.get((method, path), {} if method != "get" else None), timeout=20)
            if form in (chat.id, "0", "' OR '1'='1", chat.id[:-1]):
                assert got.status_code == 404, (method, path, form, got.text)
                seen.add(got.text)
            assert got.status_code in (400, 404, 405, 414, 431), (method, path, form, got.status_code)
        assert len(seen) == 1, (path, seen)
    # Their own conversation with somebody else's message.
    for method, path in [("post", f"/messages/{question['id']}/answer"), ("get", f"/messages/{answer['id']}/events"), ("patch", f"/messages/{answer['id']}")]:
        assert own.request(method, path, bodies.get((method, path), {})).status_code == 404
    assert own.request("post", "/messages", {"parent_id": answer["id"], "content": "x"}).status_code == 404
    assert own.request("get", "/messages", params={"leaf": answer["id"]}).status_code == 404
    assert own.request("patch", "", {"current_message_id": answer["id"]}).status_code == 404
    assert [m["content"] for m in chat.messages()][0] == "A secret."


def test_streams_are_not_gathered_by_proxies(chat):
    stream = chat.stream(body={"content": "hi"})
    assert stream.headers["X-Accel-Buffering"] == "no" and stream.headers["Content-Type"].startswith("text/event-stream")
    list(events_of(stream))


def test_a_long_conversation_is_read_by_pages_and_slows_nobody(fragua, ana, leo):
    text = "palabra común y corriente " * 400
    messages = [{"id": str(i), "parent_id": str(i - 1) if i else "", "role": "user" if i % 2 == 0 else "assistant", "content": f"{i} {text}"} for i in range(3000)]
    began = time.monotonic()
    report = ana.post(fragua.url + "/api/v1/conversations/import", data=json.dumps({"conversations": [{"title": "enorme", "messages": messages}]}), timeout=120)
    assert report.json()["imported"] == 1, report.text
    chat = Chat(fragua, leo)
    chat.id, chat.session = listed(fragua, ana, search="enorme")[0]["id"], ana
    for call, limit_s in [(lambda: chat.messages(), 1.0), (lambda: listed(fragua, ana), 0.3), (lambda: listed(fragua, leo, search="palabra"), 0.3),
                          (lambda: listed(fragua, ana, search="palabra comun"), 1.0)]:
        began = time.monotonic()
        call()
        assert time.monotonic() - began < limit_s
    page = chat.request("get", "/messages", params={"limit": 50}).json()
    assert len(page["messages"]) == 50 and page["more"] and page["messages"][-1]["content"].startswith("2999 ")
    before = chat.request("get", "/messages", params={"limit": 50, "before": page["messages"][0]["id"]}).json()
    assert before["messages"][-1]["content"].startswith("2949 ")
    _, answer = chat.ask("And now?", page["messages"][-1]["id"], model="smollm2:135m")
    assert answer["status"] == "done"


def test_tags_say_what_models_can_do_and_need(server):
    models = {m["name"]: m for m in server.get("/api/tags").json()["models"]}
    assert models["smollm2:135m"]["capabilities"][0] == "completion"
    assert "embedding" in models["multilingual-e5-small:latest"]["capabilities"]
    assert models["smollm2:135m"]["memory_bytes"] > models["smollm2:135m"]["size"]
