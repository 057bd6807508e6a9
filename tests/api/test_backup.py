"""Backup and restore: by command beside a running server, and by the administrator's buttons."""

import io
import json
import zipfile

import pytest
import requests
from fragua_server import Server
from people import People, bearer


@pytest.fixture
def fragua(fragua_binary, tmp_path):
    server = Server(fragua_binary, tmp_path, anonymous=False)
    yield server
    server.kill()


def names_of_users(server, people):
    return {user["name"] for user in people.admin.get(server.url + "/api/v1/users", timeout=5).json()["users"]}


def test_a_backup_by_command_brings_everything_back(fragua):
    people = People(fragua)
    key = people.key("models:read")
    people.add("before")
    file = fragua.folder / "monday.zip"
    made = fragua.command("backup", str(file), "--json")
    assert made.returncode == 0 and file.stat().st_mode & 0o077 == 0, made.stderr
    assert json.loads(made.stdout) == {"file": str(file), "bytes": file.stat().st_size}
    people.add("after")
    refused = fragua.command("restore", str(file))
    assert refused.returncode == 1 and "stop it first" in refused.stderr
    fragua.stop()
    restored = fragua.command("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    second = Server(fragua.binary, fragua.folder, models=fragua.models, anonymous=False)
    try:
        assert requests.get(second.url + "/api/tags", headers=bearer(key), timeout=5).status_code == 200
        cookie = people.admin.cookies["fragua_session"]
        users = requests.get(second.url + "/api/v1/users", headers={"Cookie": f"fragua_session={cookie}"}, timeout=5).json()["users"]
        assert {user["name"] for user in users} == {"Ana", "before"}
    finally:
        second.kill()


def test_the_buttons_do_the_same_at_the_next_start(fragua):
    people = People(fragua)
    people.add("before")
    answer = people.admin.get(fragua.url + "/api/v1/backup", timeout=20)
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    assert {"backup.json", "fragua.db"} <= set(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())
    people.add("after")
    handed_in = people.admin.post(fragua.url + "/api/v1/restore", data=answer.content, timeout=20)
    assert handed_in.status_code == 200 and handed_in.json()["restart_required"]
    assert names_of_users(fragua, people) == {"Ana", "before", "after"}
    fragua.stop()
    second = Server(fragua.binary, fragua.folder, models=fragua.models, anonymous=False)
    try:
        session = requests.get(second.url + "/api/v1/users", headers={"Cookie": f"fragua_session={people.admin.cookies['fragua_session']}"}, timeout=5)
        assert {user["name"] for user in session.json()["users"]} == {"Ana", "before"}
    finally:
        second.kill()


def test_a_backup_that_cannot_be_restored_does_not_keep_the_server_from_starting(fragua):
    people = People(fragua)
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("backup.json", '{"format": "fragua-backup"}')
        archive.writestr("fragua.db", b"x" * 8192)
    assert people.admin.post(fragua.url + "/api/v1/restore", data=damaged.getvalue(), timeout=20).status_code == 400
    assert not (fragua.folder / "data" / "restore.zip").exists() and not list((fragua.folder / "data").glob("*.tmp*"))
    fragua.stop()
    (fragua.folder / "data" / "restore.zip").write_bytes(damaged.getvalue())
    second = Server(fragua.binary, fragua.folder, models=fragua.models, anonymous=False)
    try:
        session = requests.get(second.url + "/api/v1/users", headers={"Cookie": f"fragua_session={people.admin.cookies['fragua_session']}"}, timeout=5)
        assert {user["name"] for user in session.json()["users"]} == {"Ana"}
        assert "backup.not_restored" in second.log() and (fragua.folder / "data" / "restore.failed.zip").exists()
    finally:
        second.kill()


@pytest.mark.parametrize("body", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18], ids=["empty", "text", "empty zip"])
def test_what_is_no_backup_is_refused(fragua, body):
    people = People(fragua)
    assert people.admin.post(fragua.url + "/api/v1/restore", data=body, timeout=20).status_code == 400
    assert not (fragua.folder / "data" / "restore.zip").exists()
    assert not list((fragua.folder / "data").glob("*.tmp"))
    assert names_of_users(fragua, people) == {"Ana"}
