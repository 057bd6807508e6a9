"""Catalogues against the real program: the shipped example and the real dump, every format, damage, failures, kills, rights, models."""

import gzip
import importlib.util
import json
import pathlib
import random
import re
import signal
import threading
import time

import pytest
import requests
from fragua_server import Server
from people import People, bearer

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/tickets"
REAL = ROOT.parent / "shared/data/tickets/postgres_ticketing_backup.sql"
MAPPING = (EXAMPLE / "catalogue.toml").read_text()
WITHOUT_MODELS = MAPPING[: MAPPING.index("[search]")]
BASE = "qwen2.5-coder:0.5b"

spec = importlib.util.spec_from_file_location("generate", EXAMPLE / "generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)
DUMP = (EXAMPLE / "tickets.sql").read_text()


def import_into(server, name, source, mapping=WITHOUT_MODELS, session=requests, **fields):
    """The last line of the import's answer, or the error that it was refused with."""
    files = {}
    if source is not None:
        files["source"] = ("dump.sql", source if isinstance(source, bytes) else source.encode())
    if mapping is not None:
        files["mapping"] = ("catalogue.toml", mapping.encode())
    answer = session.post(f"{server.url}/api/v1/catalogues/{name}/import", files=files, data=fields, timeout=120)
    return json.loads(answer.text.strip().splitlines()[-1])


def report_of(server, name, source, **options):
    last = import_into(server, name, source, **options)
    assert last.get("status") == "success", last
    return last["report"]


def import_in_vain(server, source):
    """For one that is killed meanwhile."""
    try:
        import_into(server, "tickets", source, mapping=None)
    except requests.RequestException:
        pass


def facet(catalogue, field):
    return {value["value"]: value["count"] for found in catalogue["facets"] if found["field"] == field for value in found["values"]}


def items_of(server, name):
    return server.get(f"/api/v1/catalogues/{name}/items.json").json()


@pytest.fixture(scope="module")
def fragua(fragua_binary, server, tmp_path_factory):
    started = Server(fragua_binary, tmp_path_factory.mktemp("catalogue"), [f"answer_model={BASE}"], models=server.models)
    yield started
    started.kill()


@pytest.fixture(scope="module")
def tickets(fragua):
    """The example, imported by the command line."""
    done = fragua.command("catalogue", "import", "tickets", str(EXAMPLE / "tickets.sql"), "--mapping", str(EXAMPLE / "catalogue.toml"))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_is_what_its_generator_writes():
    assert generate.dump(1, False) == DUMP


def test_the_example_is_imported_and_told_in_plain_words(fragua, tickets):
    assert "imported tickets, version 1: 419 items, 2025-01-01 to 2026-03-29" in tickets
    assert "ciudad: 43 (Valencia (67), Barcelona (25), Madrid (24)" in tickets and "género: 13 (" in tickets
    assert "rows of people among them, which were never kept: Order, admins" in tickets
    assert "Málaga" in tickets and "search-nlp was made from " + BASE in tickets
    catalogue = fragua.get("/api/v1/catalogues/tickets").json()
    cities = facet(catalogue, "city")
    assert len(cities) == 43 and cities["Valencia"] == 67 and cities["Málaga"] == 9 and not any("?" in city for city in cities)
    assert len(facet(catalogue, "genre")) == 13 and facet(catalogue, "genre")["thrash metal"] == 29
    assert (catalogue["items"], catalogue["first_day"], catalogue["last_day"], catalogue["price_min"]) == (419, "2025-01-01", "2026-03-29", 10)
    assert fragua.get("/api/v1/catalogues").json()["catalogues"][0]["facets"]["city"] == 43
    assert fragua.get("/api/v1/catalogues/tickets/mapping").text == MAPPING


def test_one_item_is_found_by_its_key(fragua, tickets):
    some = items_of(fragua, "tickets")[7]
    assert fragua.get(f"/api/v1/catalogues/tickets/items/{some['id']}").json() == {"key": some["id"], "fields": some}
    missing = fragua.get("/api/v1/catalogues/tickets/items/none")
    assert missing.status_code == 404 and "has no item" in missing.json()["error"]["message"]


def test_the_export_has_every_field_with_joined_names(fragua, tickets, tmp_path):
    file = tmp_path / "all_events.json"
    assert fragua.command("catalogue", "export", "tickets", str(file)).returncode == 0
    events = json.loads(file.read_text())
    assert len(events) == 419 and len({event["id"] for event in events}) == 419
    event = events[0]
    assert set(event) == set(re.findall(r'^name = "(\w+)"', MAPPING, re.M))
    assert event["genre"].endswith(("rock", "metal")) and event["venue"] and event["zones"][0]["name"] == "Pista General"
    assert isinstance(event["price"], int) and isinstance(event["amenities"], list) and event["date"] == sorted(e["date"] for e in events)[0]


def test_the_models_have_the_true_figures_and_what_people_changed_stays(fragua, tickets):
    modelfile = fragua.command("show", "search-nlp", "--modelfile").stdout
    assert "419 conciertos" in modelfile and "Valencia (67)" in modelfile and "PARAMETER temperature 0" in modelfile
    changed = fragua.command("create", "search-nlp", "-f", "-", input=f"FROM {BASE}\nSYSTEM mine\n")
    assert changed.returncode == 0, changed.stderr
    outcome = {model["model"]: model["what"] for model in report_of(fragua, "tickets", DUMP, mapping=MAPPING)["models"]}
    assert outcome == {"search-nlp": "kept", "metalhead-assistant-v2": "made"}
    assert "mine" in fragua.command("show", "search-nlp", "--modelfile").stdout
    again = fragua.command("catalogue", "import", "tickets", str(EXAMPLE / "tickets.sql"), "--replace-models")
    assert "search-nlp was made" in again.stdout and "419 conciertos" in fragua.command("show", "search-nlp", "--modelfile").stdout


def test_a_missing_base_is_told_and_loses_nothing(fragua):
    mapping = MAPPING.replace('model = "search-nlp"', 'model = "other-search"\nfrom = "never-pulled:1b"').replace("metalhead-assistant-v2", "other-assistant")
    report = report_of(fragua, "baseless", DUMP, mapping=mapping)
    outcomes = {model["model"]: model for model in report["models"]}
    assert report["items"] == 419 and outcomes["other-search"]["what"] == "missing_base" and "fragua pull never-pulled:1b" in outcomes["other-search"]["about"]
    assert fragua.command("catalogue", "rm", "baseless").returncode == 0
    assert "other-assistant:latest" not in fragua.names()
    assert fragua.get("/api/v1/catalogues/baseless").status_code == 404


def test_every_format_of_one_database_gives_the_same_items(fragua):
    copied = generate.dump(1, True)
    variants = {"insert": DUMP.encode(), "copy": copied.encode(), "utf16": ("\ufeff" + DUMP).encode("utf-16-le"), "utf16be": ("\ufeff" + copied).encode("utf-16-be"),
                "crlf": DUMP.replace("\n", "\r\n").encode(), "gzip": gzip.compress(DUMP.encode())}
    wanted = None
    for form, source in variants.items():
        report_of(fragua, f"form-{form}", source)
        items = items_of(fragua, f"form-{form}")
        wanted = wanted or items
        assert items == wanted, form


def test_the_real_dump(fragua):
    if not REAL.exists():
        pytest.skip("../shared/data/tickets is not there")
    report = report_of(fragua, "real", REAL.read_bytes())
    catalogue = fragua.get("/api/v1/catalogues/real").json()
    assert report["items"] == 419 and len(facet(catalogue, "city")) == 43 and len(facet(catalogue, "genre")) == 13
    cities = facet(catalogue, "city")
    assert (cities["Valencia"], cities["Barcelona"], cities["Madrid"], cities["Málaga"]) == (67, 25, 24, 9)
    assert (report["first_day"], report["last_day"]) == ("2025-01-01", "2026-03-29")
    assert {table["table"]: table["rows"] for table in report["tables"]} == {"Event": 419, "EventCategory": 2, "EventSubcategory": 13, "EventLocality": 1200, "Venue": 85}
    assert {"admins", "Order", "company_admins", "Reservation"} <= set(report["personal"])
    assert sum(damage["repaired"] for damage in report["damages"]) > 0


def test_another_import_says_what_it_changed(fragua):
    report_of(fragua, "changing", DUMP)
    lines = DUMP.splitlines(keepends=True)
    events = [i for i, line in enumerate(lines) if line.startswith('INSERT INTO public."Event" ')]
    lines[events[0]] = lines[events[0]].replace("'ACTIVE'", "'CANCELLED'")
    lines[events[1]] = re.sub(r"VALUES \('[^']*', '[^']*'", lambda found: found[0].rsplit("'", 2)[0] + "'Otra Noche'", lines[events[1]])
    agullent = next(i for i in events if "-agullent'" in lines[i])
    lines[agullent] = ""
    report = report_of(fragua, "changing", "".join(lines), mapping=None)
    changes = report["changes"]
    assert report["version"] == 2 and (changes["added"], changes["removed"], changes["changed"], changes["same"]) == (0, 2, 1, 416)
    assert changes["values_removed"]["city"] == ["Agullent"] and changes["some_changed"][0]["title"] == "Otra Noche"


def test_a_failed_import_changes_nothing_and_says_where(fragua):
    report_of(fragua, "steady", DUMP)
    before = items_of(fragua, "steady")
    at = DUMP.index("INSERT INTO public.\"EventLocality\"")
    broken = DUMP[:at] + "INSERT INTO public.\"EventLocality\" VALUES ('loc', 'evt-0001', \n"
    for source, mapping, words in [(broken, None, r"line \d+, column \d+"), (b"\x00\x01nothing", None, ""), (DUMP, WITHOUT_MODELS.replace("e.name AS name", "e.nme AS name"), "no such column"),
                                   (DUMP, WITHOUT_MODELS.replace('kind = "facet"', 'kind = "facett"', 1), r"line \d+, column \d+.*facett"),
                                   (DUMP, WITHOUT_MODELS.replace('"minPrice" AS price', '"name" AS price'), 'evt-.*"price": .* is no number'),
                                   (DUMP, WITHOUT_MODELS.replace("v.id = e.", "v.id <> e."), "several items have the id")]:
        last = import_into(fragua, "steady", source, mapping)
        assert "error" in last and re.search(words, last["error"]["message"]), last
    assert items_of(fragua, "steady") == before and fragua.get("/api/v1/catalogues/steady").json()["version"] == 1
    assert "error" in import_into(fragua, "never", broken) and fragua.get("/api/v1/catalogues/never").status_code == 404


def test_people_are_never_kept(fragua, tickets):
    report_of(fragua, "people", generate.dump(1, True))
    fragua.get("/api/v1/catalogues/people/items.json")
    for file in (fragua.folder / "data").rglob("*"):
        if file.is_file():
            assert b"@example.com" not in file.read_bytes(), file.name


def test_a_mapping_is_proposed_that_can_be_imported(fragua, tmp_path):
    done = fragua.command("catalogue", "suggest", str(EXAMPLE / "tickets.sql"))
    assert done.returncode == 0, done.stderr
    assert "Left out, because they look like rows of people: Order, admins" in done.stdout
    report = report_of(fragua, "suggested", DUMP, mapping=done.stdout)
    catalogue = fragua.get("/api/v1/catalogues/suggested").json()
    kinds = {field["name"]: field["kind"] for field in catalogue["fields"]}
    assert report["items"] == 419 and kinds["city"] == kinds["subcategory"] == kinds["country"] == "facet"
    assert kinds["event_date"] == "date" and kinds["min_price"] == "price" and len(facet(catalogue, "subcategory")) == 13


def test_other_kinds_of_sources(fragua):
    mapping = """title = "Cursos"
words = { one = "curso", many = "cursos" }
[source]
tables = { rows = ["code", "name", "level", "tags"] }
query = "SELECT code, name, level, tags FROM rows"
[[fields]]
name = "code"
kind = "key"
[[fields]]
name = "name"
kind = "title"
[[fields]]
name = "level"
kind = "facet"
[[fields]]
name = "tags"
kind = "shown"
"""
    csv = "code;name;level;tags\n1;\"Álgebra; lineal\";alto;x\n2;Física;bajo;y\n"
    rows = [{"code": "1", "name": "Álgebra; lineal", "level": "alto", "tags": "x"}, {"code": "2", "name": "Física", "level": "bajo", "tags": "y"}]
    for name, source in (("csv", csv), ("json", json.dumps(rows)), ("jsonl", "\n".join(map(json.dumps, rows)))):
        assert report_of(fragua, name, source, mapping=mapping)["items"] == 2, name
        assert items_of(fragua, name) == rows, name


def test_two_imports_of_one_name_do_not_meet(fragua):
    """One of many at once wins, and the others are told to wait or win after it; the catalogue is whole."""
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(import_into(fragua, "contested", DUMP))) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    refused = [outcome for outcome in outcomes if "error" in outcome]
    assert len(refused) < 4 and all(outcome["error"]["code"] == "conflict" for outcome in refused)
    assert len(items_of(fragua, "contested")) == 419


def test_kills_in_the_middle_of_imports_leave_the_version_before(fragua_binary, server, tmp_path):
    fragua = Server(fragua_binary, tmp_path, models=server.models)
    report_of(fragua, "tickets", DUMP)
    wanted = items_of(fragua, "tickets")
    other = generate.dump(2, False)
    dice = random.Random(1)
    for _ in range(6):
        importing = threading.Thread(target=import_in_vain, args=(fragua, other))
        importing.start()
        time.sleep(dice.uniform(0.05, 0.4))
        fragua.process.send_signal(signal.SIGKILL)
        fragua.process.wait()
        importing.join()
        fragua = Server(fragua_binary, tmp_path, models=server.models, port=fragua.port)
        items = items_of(fragua, "tickets")
        if fragua.get("/api/v1/catalogues/tickets").json()["version"] > 1:
            break  # it was done before the kill
        assert items == wanted
    assert report_of(fragua, "tickets", other)["items"] == 419
    assert not list((tmp_path / "data" / "imports").glob("*"))
    fragua.kill()


def test_who_may_import_and_who_may_read(fragua_binary, server, tmp_path):
    fragua = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    people = People(fragua)

    def session(*scopes):
        one = requests.Session()
        one.headers.update(bearer(people.key(*scopes)))
        return one

    path = fragua.url + "/api/v1/catalogues"
    writer, reader, other = session("models:write"), session("catalogue"), session("infer")
    assert requests.get(path, timeout=20).status_code == 401
    assert "error" in import_into(fragua, "tickets", DUMP, session=reader)
    assert report_of(fragua, "tickets", DUMP, session=writer)["items"] == 419
    for tail in ("", "/tickets", "/tickets/items.json", "/tickets/mapping"):
        assert reader.get(path + tail, timeout=20).status_code == 200 and other.get(path + tail, timeout=20).status_code == 403
    assert reader.delete(path + "/tickets", timeout=20).status_code == 403
    assert writer.delete(path + "/tickets", timeout=20).status_code == 204 and reader.get(path, timeout=20).json() == {"catalogues": []}
    fragua.kill()


def test_wrong_requests_are_refused_in_words(fragua, start):
    for name, source, mapping, words in (("Bad_Name", DUMP, WITHOUT_MODELS, "name must be"), ("fresh", DUMP, None, "first import needs a mapping"), ("fresh", None, WITHOUT_MODELS, "nothing to import")):
        last = import_into(fragua, name, source, mapping)
        assert words in last["error"]["message"], last
    answer = requests.post(fragua.url + "/api/v1/catalogues/x/import", files={"extra": ("a", b"b")}, timeout=20)
    assert answer.status_code == 400 and "source" in answer.json()["error"]["message"]
    assert "error" in import_into(start("catalogue_source_max_bytes=1000"), "small", DUMP)
    done = fragua.command("catalogue", "dance")
    assert done.returncode == 1 and "nothing that can be done to a catalogue" in done.stderr
