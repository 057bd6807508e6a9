"""The official openai client on documents: files, vector stores, their files, search."""

import openai
import pytest
from fragua_server import Server, wait_for
from people import People

GUIDE = "Las puertas del recinto abren a las 19:30 los días laborables.\n\nLa consigna cuesta tres euros por bulto."


@pytest.fixture(scope="module")
def client(server):
    return openai.OpenAI(base_url=server.url + "/v1", api_key="unused", max_retries=0, timeout=120)


@pytest.fixture(scope="module")
def guide(client):
    file = checked(client.files.create(file=("guia.md", GUIDE.encode()), purpose="assistants"))
    yield file
    client.files.delete(file.id)


@pytest.fixture
def store(client):
    made = checked(client.vector_stores.create(name="Recinto"))
    yield made
    client.vector_stores.delete(made.id)


def checked(answer):
    type(answer).model_validate(answer.to_dict())
    return answer


def ready(client, store, file):
    def completed():
        return checked(client.vector_stores.files.retrieve(file.id, vector_store_id=store.id)).status == "completed"
    wait_for(completed, "the file is read", 120)


def test_a_file_is_kept_as_it_came(client, guide):
    assert guide.id.startswith("file-") and guide.object == "file"
    assert (guide.filename, guide.bytes, guide.purpose) == ("guia.md", len(GUIDE.encode()), "assistants")
    assert checked(client.files.retrieve(guide.id)).filename == "guia.md"
    assert client.files.content(guide.id).read() == GUIDE.encode()
    assert guide.id in [file.id for file in client.files.list()]
    wait_for(lambda: client.files.retrieve(guide.id).status == "processed", "it is read", 120)


def test_a_deleted_file_is_not_found(client):
    file = client.files.create(file=("corto.txt", b"Un texto breve."), purpose="user_data")
    assert client.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(file.id)


def test_a_purpose_that_is_none_of_documents_is_refused_and_leaves_nothing(client):
    before = {file.id for file in client.files.list()}
    with pytest.raises(openai.BadRequestError) as refused:
        client.files.create(file=("train.jsonl", b"{}"), purpose="fine-tune")
    assert "purpose" in str(refused.value)
    assert {file.id for file in client.files.list()} == before


def test_files_come_page_by_page(client):
    made = [client.files.create(file=(f"pagina-{i}.txt", f"La página número {i} de la serie.".encode()), purpose="assistants").id for i in range(3)]
    page = client.files.list(limit=2)
    assert page.has_more and [file.id for file in page.data] == made[:0:-1]
    listed = [file.id for file in page]  # follows the pages
    assert len(listed) == len(set(listed)) and set(made) <= set(listed)
    for one in made:
        client.files.delete(one)


def test_a_vector_store_is_searched_with_its_files(client, guide, store):
    assert store.id.startswith("vs_") and store.file_counts.total == 0
    added = checked(client.vector_stores.files.create(vector_store_id=store.id, file_id=guide.id))
    assert added.id == guide.id and added.vector_store_id == store.id
    ready(client, store, guide)
    assert [file.id for file in client.vector_stores.files.list(store.id)] == [guide.id]
    shown = checked(client.vector_stores.retrieve(store.id))
    assert shown.status == "completed" and shown.file_counts.completed == 1 and shown.usage_bytes == len(GUIDE.encode())
    found = list(client.vector_stores.search(store.id, query="¿Cuánto cuesta la consigna?", max_num_results=5))
    assert found[0].file_id == guide.id and found[0].filename == "guia.md"
    assert "tres euros" in found[0].content[0].text and 0 < found[0].score <= 1
    text = client.vector_stores.files.content(guide.id, vector_store_id=store.id)
    assert "19:30" in "".join(part.text for part in text)


def test_a_file_taken_out_of_a_store_stays_a_file(client, guide, store):
    client.vector_stores.files.create(vector_store_id=store.id, file_id=guide.id)
    assert client.vector_stores.files.delete(guide.id, vector_store_id=store.id).deleted
    assert list(client.vector_stores.files.list(store.id)) == []
    with pytest.raises(openai.NotFoundError):
        client.vector_stores.files.retrieve(guide.id, vector_store_id=store.id)
    assert client.files.retrieve(guide.id).id == guide.id


def test_deleting_a_file_takes_it_out_of_its_stores(client, store):
    file = client.files.create(file=("breve.txt", b"Otro texto breve."), purpose="assistants")
    client.vector_stores.files.create(vector_store_id=store.id, file_id=file.id)
    client.files.delete(file.id)
    assert list(client.vector_stores.files.list(store.id)) == []


def test_stores_are_made_with_files_changed_and_listed(client, guide):
    one = client.vector_stores.create(name="Recinto dos", file_ids=[guide.id])
    two = client.vector_stores.create(name="Recinto dos")  # names of vector stores need not differ
    assert two.name == "Recinto dos 2"
    assert [file.id for file in client.vector_stores.files.list(one.id)] == [guide.id]
    assert checked(client.vector_stores.update(two.id, name="Otro")).name == "Otro"
    listed = [store.id for store in client.vector_stores.list(limit=1)]
    assert listed.index(two.id) < listed.index(one.id)
    for store in (one, two):
        assert client.vector_stores.delete(store.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.vector_stores.retrieve(one.id)


def test_a_file_that_cannot_be_read_says_why(client, store):
    file = client.files.create(file=("roto.pdf", b"%PDF-1.4 nothing follows"), purpose="assistants")
    client.vector_stores.files.create(vector_store_id=store.id, file_id=file.id)
    wait_for(lambda: client.vector_stores.files.retrieve(file.id, vector_store_id=store.id).status == "failed", "it fails", 60)
    error = checked(client.vector_stores.files.retrieve(file.id, vector_store_id=store.id)).last_error
    assert error.code == "invalid_file" and error.message
    client.files.delete(file.id)


def test_wrong_requests_are_refused_in_words(client, store):
    for wrong in (lambda: client.vector_stores.search(store.id, query=""), lambda: client.vector_stores.search(store.id, query="x", max_num_results=51),
                  lambda: client.files.list(limit=0), lambda: client.files.list(order="asc")):
        with pytest.raises(openai.BadRequestError):
            wrong()
    for missing in (lambda: client.vector_stores.files.create(vector_store_id=store.id, file_id="file-none"),
                    lambda: client.vector_stores.search("vs_none", query="x"), lambda: client.files.content("file-none")):
        with pytest.raises(openai.NotFoundError):
            missing()


def test_what_is_somebody_elses_is_not_found(fragua_binary, server, tmp_path):
    fragua = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    try:
        people = People(fragua)
        ana = openai.OpenAI(base_url=fragua.url + "/v1", api_key=people.key("documents")["key"], max_retries=0)
        leo = openai.OpenAI(base_url=fragua.url + "/v1", api_key=people.key("documents", session=people.member("Leo"))["key"], max_retries=0)
        file = ana.files.create(file=("secreto.txt", b"Un secreto."), purpose="assistants")
        store = ana.vector_stores.create(name="Secretos", file_ids=[file.id])
        mine = leo.vector_stores.create(name="Secretos")
        assert [one.id for one in leo.vector_stores.list()] == [mine.id] and list(leo.files.list()) == []
        for call in (lambda: leo.files.retrieve(file.id), lambda: leo.files.content(file.id), lambda: leo.files.delete(file.id),
                     lambda: leo.vector_stores.retrieve(store.id), lambda: leo.vector_stores.delete(store.id),
                     lambda: leo.vector_stores.search(store.id, query="secreto"), lambda: leo.vector_stores.files.list(store.id),
                     lambda: leo.vector_stores.files.create(vector_store_id=mine.id, file_id=file.id)):
            with pytest.raises(openai.NotFoundError):
                call()
        infer = openai.OpenAI(base_url=fragua.url + "/v1", api_key=people.key("infer")["key"], max_retries=0)
        with pytest.raises(openai.PermissionDeniedError):
            infer.files.list()
    finally:
        fragua.kill()
