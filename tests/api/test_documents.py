"""Documents against the real program and real models: handing in, states, rights, retrieval, answers with sources, the scripts' endpoints."""

import base64
import hashlib
import http.server
import json
import signal
import subprocess
import threading
import time

import pytest
import requests
from fragua_server import Server
from library import Library
from people import People, bearer
from small_documents import saved_by_libreoffice, text_by_libreoffice, zip_file

GUIDE = """# Guía del recinto

## Puertas

Las puertas del recinto abren a las 19:30 los días laborables y a las 18:00 los sábados.

## Consigna

La consigna cuesta tres euros por bulto y cierra treinta minutos después del concierto.

## Accesibilidad

El acceso para sillas de ruedas está en la calle Alcalá, junto a la puerta número cuatro.
"""
MODEL = "qwen2.5-coder:0.5b"


@pytest.fixture(scope="module")
def fragua(fragua_binary, server, tmp_path_factory):
    started = Server(fragua_binary, tmp_path_factory.mktemp("documents"), [f"answer_model={MODEL}"], models=server.models, anonymous=False)
    yield started
    started.kill()


@pytest.fixture(scope="module")
def people(fragua):
    return People(fragua)


@pytest.fixture(scope="module")
def ana(people):
    return people.admin


@pytest.fixture(scope="module")
def guide(fragua, ana):
    library = Library(fragua, ana, "Recinto")
    assert library.add("guia.md", GUIDE)["state"] == "indexed"
    return library


def test_a_document_is_indexed_with_its_figures(guide):
    document = guide.call("GET", f"/api/v1/collections/{guide.collection}/documents")["documents"][0]
    assert (document["name"], document["format"], document["language"], document["state"]) == ("guia.md", "md", "es", "indexed")
    assert document["chunks"] >= 1 and document["bytes"] == len(GUIDE.encode()) and len(document["sha256"]) == 64
    text = guide.call("GET", f"/api/v1/documents/{document['id']}/text")
    assert any("tres euros por bulto" in chunk["content"] for chunk in text["chunks"])


def test_a_question_finds_its_passage_by_words_and_by_meaning(guide):
    best = guide.search("¿Cuánto vale dejar una maleta?")[0]
    assert "consigna cuesta tres euros" in best["content"] and best["document"] == "guia.md"
    assert best["vector"]["rank"] >= 1 and 0 < best["vector"]["score"] <= 1
    by_words = guide.search("consigna bulto")[0]
    assert by_words["text"]["rank"] == 1


def test_an_answer_stands_on_a_quote_of_the_document(guide):
    answer = guide.ask("¿A qué hora abren las puertas los sábados?")
    assert answer["sufficient"] and "18:00" in answer["answer"] and "[1]" in answer["answer"]
    source = answer["sources"][0]
    assert source["document"] == "guia.md" and source["quote"] in GUIDE and source["number"] == 1


def test_what_is_not_in_the_documents_is_not_claimed(guide):
    answer = guide.ask("¿Quién ganó el mundial de fútbol de 1998?")
    assert not answer["sufficient"] and answer["sources"] == []
    assert answer["answer"] == "No está en los documentos."
    assert guide.ask("Who won the football world cup of 1998?")["answer"] == "It is not in the documents."


def test_a_stream_tells_passages_then_sentences_then_all(fragua, ana, guide):
    body = {"question": "¿Cuánto cuesta la consigna?", "collections": [guide.collection], "stream": True}
    with ana.post(fragua.url + "/api/v1/ask", json=body, stream=True, timeout=120) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        events = [json.loads(line[6:]) for line in answer.iter_lines(decode_unicode=True) if line.startswith("data: ")]
    assert events[0]["type"] == "passages" and events[0]["passages"]
    assert events[-1]["type"] == "done"
    assert "".join(event["content"] for event in events if event["type"] == "delta") == events[-1]["answer"]


def test_a_follow_up_question_is_understood_with_the_conversation(guide):
    history = [{"role": "user", "content": "¿A qué hora abren las puertas los sábados?"}, {"role": "assistant", "content": "A las 18:00."}]
    answer = guide.ask("¿Y los días laborables?", history=history)
    assert answer["question"] == "¿A qué hora abren las puertas los sábados? ¿Y los días laborables?"
    assert "guia.md" in {source["document"] for source in answer["sources"]}


def test_a_greeting_needs_no_documents(guide):
    answer = guide.ask("¡Hola!")
    assert not answer["used_documents"] and answer["sources"] == [] and answer["answer"]


def test_the_same_file_is_recognised_and_a_new_version_replaces_the_old(fragua, ana):
    library = Library(fragua, ana, "Versiones")
    first = library.add("precios.md", "La entrada general cuesta veinte euros.")
    assert library.upload("copia.md", "La entrada general cuesta veinte euros.")["duplicate"]
    second = library.add("precios.md", "La entrada general cuesta treinta euros.")
    library.call("GET", f"/api/v1/documents/{first['id']}", status=404)
    documents = library.call("GET", f"/api/v1/collections/{library.collection}/documents")["documents"]
    assert [document["id"] for document in documents] == [second["id"]]
    assert "treinta" in library.search("¿cuánto cuesta la entrada?")[0]["content"]


def test_a_new_version_counts_also_where_another_document_says_the_same(fragua, ana):
    library = Library(fragua, ana, "Iguales")
    library.add("a.md", "La consigna abre a las nueve.")
    old = library.add("b.md", "La consigna abre a las diez.")
    new = library.upload("b.md", "La consigna abre a las nueve.")
    assert not new["duplicate"] and library.wait(new)["state"] == "indexed"
    library.call("GET", f"/api/v1/documents/{old['id']}", status=404)
    again = library.upload("b.md", "La consigna abre a las nueve.")
    assert again["duplicate"] and again["id"] == new["id"]


def test_nobody_reads_what_was_not_shared_with_them(fragua, people, guide):
    leo = people.member("Leo")
    document = guide.call("GET", f"/api/v1/collections/{guide.collection}/documents")["documents"][0]["id"]
    paths = [f"/api/v1/collections/{guide.collection}", f"/api/v1/collections/{guide.collection}/documents", f"/api/v1/collections/{guide.collection}/readers",
             f"/api/v1/documents/{document}", f"/api/v1/documents/{document}/file", f"/api/v1/documents/{document}/text",
             f"/api/v1/documents/{document}/pages/1", f"/api/v1/documents/{document}/pages/1/image"]
    for path in paths:
        there, nowhere = leo.get(fragua.url + path, timeout=20), leo.get(fragua.url + path.replace(document, "0" * 32).replace(guide.collection, "0" * 32), timeout=20)
        assert there.status_code == 404 and there.json()["error"] == nowhere.json()["error"], path
    answer = leo.post(fragua.url + "/api/v1/documents/search", json={"question": "consigna"}, timeout=60)
    assert answer.json()["passages"] == []
    answer = leo.post(fragua.url + "/api/v1/ask", json={"question": "consigna", "collections": [guide.collection]}, timeout=60)
    assert answer.status_code == 404


def test_shared_with_everyone_it_is_read_and_not_changed(fragua, people, guide):
    mia = people.member("Mia")
    guide.call("PUT", f"/api/v1/collections/{guide.collection}/readers", json={"readers": [{"kind": "everyone"}]})
    try:
        assert mia.get(fragua.url + f"/api/v1/collections/{guide.collection}", timeout=20).json()["is_own"] is False
        answer = mia.post(fragua.url + "/api/v1/documents/search", json={"question": "consigna"}, timeout=60)
        assert answer.json()["passages"]
        answer = mia.post(fragua.url + f"/api/v1/collections/{guide.collection}/documents", files={"file": ("a.md", b"x")}, timeout=20)
        assert answer.status_code == 403
    finally:
        guide.call("PUT", f"/api/v1/collections/{guide.collection}/readers", json={"readers": []})


def test_the_scripts_endpoints_work_with_key_and_with_basic(fragua, people):
    key = people.key("documents", session=people.member("Iris"))
    files = {"file": ("consigna.txt", "La consigna del aeropuerto cuesta 9 euros al día.".encode())}
    answer = requests.post(fragua.url + "/upload/", files=files, headers=bearer(key), timeout=120)
    assert answer.status_code == 200, answer.text
    assert {key: answer.json()[key] for key in ("status", "filename", "size")} == {"status": "success", "filename": "consigna.txt", "size": 50}
    answer = requests.post(fragua.url + "/ask/", json={"question": "¿Cuánto cuesta la consigna del aeropuerto?", "context": True}, auth=("x", key["key"]), timeout=120)
    body = answer.json()
    assert answer.status_code == 200 and body["question"] == "¿Cuánto cuesta la consigna del aeropuerto?"
    assert "9 euros" in body["answer"] and body["context_used"] and body["sources"][0]["filename"] == "consigna.txt"
    assert requests.post(fragua.url + "/ask/", json={"question": "x"}, timeout=20).status_code == 401
    infer = people.key("infer")
    assert requests.post(fragua.url + "/upload/", files=files, headers=bearer(infer), timeout=20).status_code == 403


def test_scripts_find_the_models_and_people_a_page_to_try_it(fragua, people):
    for path in ("/models", "/models/"):
        answer = requests.get(fragua.url + path, headers=bearer(people.key("models:read")), timeout=20)
        assert MODEL in answer.json()["models"], answer.text
        assert requests.get(fragua.url + path, timeout=20).status_code == 401
    page = requests.get(fragua.url + "/ask/", headers={"Accept-Language": "es-ES,es;q=0.9,en;q=0.8"}, timeout=20)
    assert page.headers["Content-Type"].startswith("text/html") and "Pregunta a tus documentos" in page.text and "@" not in page.text
    script = page.text.split("<script>")[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy and "http" not in page.text
    assert "Ask your documents" in requests.get(fragua.url + "/ask", timeout=20).text


def test_a_script_is_told_why_a_file_cannot_be_read(fragua, people):
    answer = requests.post(fragua.url + "/upload/", files={"file": ("roto.pdf", b"%PDF-1.4 nothing follows")}, headers=bearer(people.key("documents")), timeout=120)
    assert answer.status_code in (400, 415, 422) and "roto.pdf" in answer.text


def test_pages_of_a_protected_document_are_drawn_once_it_was_opened(ana, fragua):
    library = Library(fragua, ana, "Protegidos")
    refused = library.add_shared("pdf/password.pdf")
    assert refused["error_code"] == "password_needed"
    path = f"/api/v1/documents/{refused['id']}"
    assert "password" in str(library.call("GET", f"{path}/pages/1/image", status=400))
    library.call("POST", f"{path}/retry", json={"password": "password"})
    assert library.wait(refused)["state"] == "indexed"
    drawn = library.call("GET", f"{path}/pages/1/image?width=300")
    assert drawn.headers["Content-Type"] == "image/png" and drawn.content.startswith(b"\x89PNG")
    assert b"/Encrypt" in library.call("GET", f"{path}/file").content      # what is handed out is what was handed in


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_picture_of_a_sheet_shows_that_sheet(ana, fragua, tmp_path, kind):
    library = Library(fragua, ana, f"Hojas {kind}")
    sheets = {"Muchas": [f"fila numero {i}" for i in range(300)], "Consigna": ["La consigna", "tres euros"]}   # the first fills several printed pages
    book = library.add(f"hojas.{kind}", saved_by_libreoffice(tmp_path, kind, sheets).read_bytes())
    assert book["state"] == "indexed", book
    found = library.search("¿cuánto cuesta la consigna?")
    assert found[0]["page"] == found[0]["page_end"] == 2 and found[0]["content"].startswith("La consigna")
    picture = library.call("GET", f"/api/v1/documents/{book['id']}/pages/2/image?width=1200").content
    assert library.call("GET", f"/api/v1/documents/{book['id']}/pages/2/image?width=1200").content == picture   # from what the first left
    assert len(list((fragua.folder / "data").glob("documents/**/*.drawn"))) >= 1
    seen = subprocess.run(["tesseract", "-", "-", "-l", "spa", "--psm", "11"], input=picture, capture_output=True, timeout=60).stdout.decode()
    assert "La consigna" in seen and "tres euros" in seen, seen


def test_a_quote_of_an_office_document_is_found_on_the_page_that_shows_it(ana, fragua, tmp_path):
    library = Library(fragua, ana, "Páginas")
    text = [f"Párrafo número {i} de la guía del recinto." for i in range(120)]
    guide = library.add("guia.docx", text_by_libreoffice(tmp_path, "docx", text).read_bytes())
    assert guide["state"] == "indexed" and guide["pages"] == 0, guide

    def place(number, **query):
        return library.call("GET", f"/api/v1/documents/{guide['id']}/place", params={"quote": text[number][:-1], **query})

    first, later, last = place(0), place(1), place(119)
    assert first["page"] == later["page"] == 1 < last["page"]
    ((left, top, right, bottom),) = first["boxes"]
    assert 0 < left < right < 1 and 0 < top < bottom < later["boxes"][0][1] + 0.01 < 0.3
    picture = library.call("GET", f"/api/v1/documents/{guide['id']}/pages/{last['page']}/image?width=1200").content
    seen = subprocess.run(["tesseract", "-", "-", "-l", "spa"], input=picture, capture_output=True, timeout=60).stdout.decode()
    assert "número 119" in seen and "número 1 " not in seen, seen
    assert place(119, page=1, page_end=1) == {"page": 0, "boxes": []}
    library.call("GET", f"/api/v1/documents/{guide['id']}/place", status=400)

    book = library.add("hojas.ods", saved_by_libreoffice(tmp_path, "ods", {"Una": ["El aforo"], "Otra": ["La consigna", "tres euros"]}).read_bytes())
    found = library.call("GET", f"/api/v1/documents/{book['id']}/place", params={"quote": "La consigna\ntres euros", "page": 2, "page_end": 2})
    assert found["page"] == 2 and found["boxes"], found


def documents_of(library):
    return {document["name"]: document for document in library.call("GET", f"/api/v1/collections/{library.collection}/documents")["documents"]}


def test_each_file_of_an_archive_becomes_a_document(fragua, ana, tmp_path):
    library = Library(fragua, ana, "Archivos")
    members = {"impresora/alta.md": "La impresora se enciende con el botón trasero.", "red/alta.md": "El router está en el sótano.", "dentro.zip": "PK\x05\x06" + "\0" * 18}
    archive = library.add("manuales.zip", zip_file(tmp_path / "manuales.zip", members).read_bytes())
    assert (archive["state"], archive["format"], archive["chunks"]) == ("indexed", "zip", 0)
    ended = {name: library.wait(document) for name, document in documents_of(library).items()}
    assert {name: document["state"] for name, document in ended.items()} == {
        "manuales.zip": "indexed", "impresora › alta.md": "indexed", "red › alta.md": "indexed", "dentro.zip": "failed"}
    assert library.search("¿Dónde está el router?")[0]["document"] == "red › alta.md"


class Site(http.server.ThreadingHTTPServer):
    """Pages on this machine, which only the operator's setting makes reachable."""

    def __init__(self, pages):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, kind, body = pages.get(self.path, (404, "text/plain", "nothing"))
                self.send_response(status)
                self.send_header("Location" if status == 302 else "Content-Type", body if status == 302 else kind)
                self.end_headers()
                if status != 302:
                    self.wfile.write(body.encode())

            def log_message(self, *arguments):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


def test_addresses_become_documents_and_only_allowed_ones_are_reached(fragua_binary, server, tmp_path):
    pages = {"/guia": (200, "application/pdf", "<html><title>Guía</title><p>La consigna cuesta tres euros por bulto.</p></html>")}
    site, other = Site(pages), Site({"/": (200, "text/plain", "Un secreto.")})
    pages["/moved"] = (302, "", "/guia")
    pages["/away"] = (302, "", f"http://{other.address}/")
    fragua = Server(fragua_binary, tmp_path, [f"fetch_hosts={site.address}"], models=server.models, anonymous=False)
    try:
        library = Library(fragua, People(fragua).admin, "Web")
        urls = [f"http://{site.address}/{path}" for path in ("guia", "moved", "away", "gone")] + [f"http://{other.address}/", "file:///etc/passwd"]
        answer = library.call("POST", f"/api/v1/collections/{library.collection}/urls", status=201, json={"urls": urls})["documents"]
        assert [one["url"] for one in answer] == urls
        assert answer[0]["name"] == f"{site.address} › guia" and answer[0]["source"] == urls[0] and not answer[0]["duplicate"]
        assert library.wait(answer[0])["format"] == "html"    # by its content, whatever the site said
        assert answer[1]["duplicate"]
        assert [one["error"]["code"] for one in answer[2:]] == ["forbidden", "unavailable", "forbidden", "invalid_argument"]
        assert set(documents_of(library)) == {f"{site.address} › guia"}
        path = f"/api/v1/collections/{library.collection}/urls"
        for body in ({"urls": []}, {"urls": ["https://example.org"] * 21}, {}):
            assert library.session.post(fragua.url + path, json=body, timeout=20).status_code == 400
    finally:
        fragua.kill()
        site.shutdown()
        other.shutdown()


def test_wrong_requests_are_refused_in_words(guide):
    path = f"/api/v1/collections/{guide.collection}/documents"
    for body in ({}, {"question": ""}, {"question": "x", "limit": 0}, {"question": "x", "limit": 21}, {"question": "x", "nonsense": 1},
                 {"question": "x", "history": [{"role": "system", "content": "x"}]}):
        answer = guide.session.post(guide.server.url + "/api/v1/ask", json=body, timeout=20)
        assert answer.status_code == 400 and answer.json()["error"], body
    answer = guide.session.post(guide.server.url + path, data=b"x", headers={"Content-Type": "multipart/form-data; boundary=a"}, timeout=20)
    assert answer.status_code == 400
    answer = guide.session.post(guide.server.url + path, json={}, timeout=20)
    assert answer.status_code == 400 and "multipart" in answer.text
    answer = guide.session.post(guide.server.url + "/api/v1/collections", json={"name": "x", "chunk_characters": 10}, timeout=20)
    assert answer.status_code == 400


def test_client_file_names_are_only_shown(guide):
    document = guide.add("../../../etc/passwd\0.md", "Un nombre raro para un texto cualquiera.")
    assert document["state"] == "indexed" and "/" not in document["name"]
    answer = guide.session.get(guide.server.url + f"/api/v1/documents/{document['id']}/file", timeout=20)
    assert answer.headers["Content-Type"] == "application/octet-stream" and answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    guide.call("DELETE", f"/api/v1/documents/{document['id']}", status=204)


def test_kills_during_ingestion_lose_and_duplicate_nothing(fragua_binary, server, tmp_path):
    """20 kills while documents are read: in the end each is there once, with all of its text."""
    names = [f"informe-{i}.md" for i in range(12)]
    fragua = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    people = People(fragua)
    library = Library(fragua, people.admin, "Informes")
    for i, name in enumerate(names):
        body = "\n\n".join(f"## Sección {i}-{j}\n\n" + f"El asunto {i}-{j} trata de la partida número {i * 100 + j}. " * 12 for j in range(12))
        library.upload(name, body)
    for i in range(20):
        time.sleep(0.05 + 0.11 * (i % 7))
        fragua.process.send_signal(signal.SIGKILL)
        fragua.process.wait()
        fragua = Server(fragua_binary, tmp_path, models=server.models, anonymous=False, port=fragua.port)
        library.server = fragua
    documents = []
    for document in library.call("GET", f"/api/v1/collections/{library.collection}/documents?limit=100")["documents"]:
        documents.append(library.wait(document))
    assert sorted(document["name"] for document in documents) == sorted(names)
    assert {document["state"] for document in documents} == {"indexed"}
    for document in documents:
        text = library.call("GET", f"/api/v1/documents/{document['id']}/text")["chunks"]
        assert len(text) == document["chunks"] and [chunk["position"] for chunk in text] == list(range(len(text)))
        whole = "\n".join(chunk["content"] for chunk in text)
        i = int(document["name"][8:-3])
        assert all(f"asunto {i}-{j} trata" in whole for j in range(12))
    fragua.kill()


def read_text(fragua, session, name, content):
    return session.post(fragua.url + "/api/v1/documents/text", files={"file": (name, content)}, timeout=120)


def test_the_text_of_a_file_is_read_and_the_file_not_kept(fragua, ana, tmp_path):
    files = fragua.folder / "data" / "documents"
    before = sorted(path.name for path in files.rglob("*") if path.is_file())
    answer = read_text(fragua, ana, "guia.html", "<h1>Guía</h1><p>La consigna abre a las nueve.</p>")
    assert answer.json() == {"name": "guia.html", "format": "html", "pages": 0, "text": "# Guía\n\nLa consigna abre a las nueve.", "truncated": False}
    long = read_text(fragua, ana, "largo.txt", "Año nuevo. " * 200_000).json()
    assert long["truncated"] and 999_990 < len(long["text"].encode()) <= 1_000_000
    for name, content, words in (("roto.pdf", b"%PDF-1.7 nothing", "damaged"), ("vacio.txt", b" ", "empty"), ("a.zip", zip_file(tmp_path / "a.zip", {"a.md": "La consigna abre a las nueve."}).read_bytes(), "archive")):
        refused = read_text(fragua, ana, name, content)
        assert refused.status_code == 400 and words in refused.json()["error"]["message"], refused.text
    assert sorted(path.name for path in files.rglob("*") if path.is_file()) == before
