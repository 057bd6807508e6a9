"""`fragua documents` against the real program: handing in, watching a folder, asking."""

import json
import signal
import subprocess
import uuid

import pytest
from fragua_server import wait_for
from test_documents import GUIDE


@pytest.fixture
def collection(server):
    name = f"Manuales {uuid.uuid4().hex[:8]}"
    assert server.command("documents", "create", name).returncode == 0
    yield name
    assert server.command("documents", "rm", name, "--all").returncode == 0


def listed(server, collection):
    out = server.command("documents", "list", collection, "--json").stdout
    return {document["name"]: document for document in map(json.loads, out.splitlines())}


def test_files_are_handed_in_and_each_says_what_became_of_it(server, collection, tmp_path):
    (tmp_path / "guia.md").write_text(GUIDE)
    (tmp_path / "copia.md").write_text(GUIDE)
    (tmp_path / "roto.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    done = server.command("documents", "add", collection, *(str(tmp_path / name) for name in ("guia.md", "copia.md", "roto.pdf")))
    assert done.returncode == 1, done.stderr
    assert "duplicate  copia.md: its content is there already as guia.md" in done.stdout and "failed     roto.pdf: damaged" in done.stdout and "indexed    guia.md (1 passage)" in done.stdout
    assert set(listed(server, collection)) == {"guia.md", "roto.pdf"}
    table = server.command("documents", "list", collection).stdout
    assert "failed (damaged)" in table and table.startswith("COLLECTION")


def test_a_folder_is_handed_in_with_what_is_below_it(server, collection, tmp_path):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/uno.txt").write_text("El primero de los textos.")
    (tmp_path / "a/b/uno.txt").write_text("Otro que se llama igual.")
    refused = server.command("documents", "add", collection, str(tmp_path))
    assert refused.returncode == 1 and "-r" in refused.stderr
    done = server.command("documents", "add", collection, "-r", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert set(listed(server, collection)) == {"a › uno.txt", "a › b › uno.txt"}


def test_a_question_is_answered_with_its_source(server, collection, tmp_path):
    (tmp_path / "guia.md").write_text(GUIDE)
    server.command("documents", "add", collection, str(tmp_path / "guia.md"))
    question = "¿A qué hora abren las puertas los sábados?"
    done = server.command("documents", "ask", collection, question, "--model", "qwen2.5-coder:0.5b")
    assert done.returncode == 0 and "18:00" in done.stdout and "[1] guia.md: «" in done.stdout, done.stdout + done.stderr
    answer = json.loads(server.command("documents", "ask", collection, question, "--model", "qwen2.5-coder:0.5b", "--json").stdout)
    assert answer["sufficient"] and answer["sources"][0]["document"] == "guia.md"
    found = server.command("documents", "search", collection, question, "--limit", "1").stdout
    assert found.startswith("1. guia.md") and "18:00" in found


def test_documents_are_removed_and_read_again_by_name(server, collection, tmp_path):
    (tmp_path / "guia.md").write_text(GUIDE)
    (tmp_path / "roto.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    server.command("documents", "add", collection, str(tmp_path / "guia.md"), str(tmp_path / "roto.pdf"))
    again = server.command("documents", "retry", collection)
    assert again.returncode == 1 and again.stdout.splitlines() == [line for line in again.stdout.splitlines() if "roto.pdf" in line] != []
    assert server.command("documents", "rm", collection, "guia.md", "nada.md").returncode == 1
    assert server.command("documents", "rm", collection, "guia.md").returncode == 0
    assert set(listed(server, collection)) == {"roto.pdf"}
    assert server.command("documents", "rm", collection).returncode == 1
    assert server.command("documents", "list", "no such collection").returncode == 1


def test_a_watched_folder_and_its_collection_stay_in_step(server, collection, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "uno.txt").write_text("El texto que estaba antes.")
    watch = subprocess.Popen([server.binary, "documents", "watch", collection, str(folder), "--mirror"], env=server.environment,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: listed(server, collection).get("uno.txt", {}).get("state") == "indexed", "the first scan", 60)
        with open(folder / "dos.txt", "w") as file:  # written slowly: never handed in half done
            for piece in ("El segundo ", "texto ", "llega despacio."):
                file.write(piece)
                file.flush()
                wait_for(lambda: watch.poll() is None, "it goes on")
        first = wait_for(lambda: listed(server, collection).get("dos.txt"), "a new file", 60)
        assert first["bytes"] == len("El segundo texto llega despacio.")
        (folder / "dos.txt").write_text("Una versión nueva del segundo texto.")
        wait_for(lambda: listed(server, collection)["dos.txt"]["sha256"] != first["sha256"] and len(listed(server, collection)) == 2, "a new version", 60)
        (folder / "uno.txt").rename(folder / "tres.txt")
        wait_for(lambda: listed(server, collection).get("tres.txt", {}).get("state") == "indexed", "a renamed file", 60)
        assert "uno.txt" not in listed(server, collection)
        (folder / "tres.txt").unlink()
        wait_for(lambda: set(listed(server, collection)) == {"dos.txt"}, "a removed file", 60)
        watch.send_signal(signal.SIGINT)
        out, err = watch.communicate(timeout=20)
        assert watch.returncode == 130, err
        assert "removed    uno.txt" in out and "indexed    dos.txt" in out
    finally:
        watch.kill()
        watch.wait()
