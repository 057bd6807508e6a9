"""Catalogues from a live PostgreSQL: the same items as from its dump, nothing of the password anywhere, nothing written to the database."""

import os
import pathlib
import shutil
import subprocess
import time

import pytest
from fragua_server import Server, free_port
from test_catalogue import DUMP, WITHOUT_MODELS, facet, import_into, items_of, report_of

PASSWORD = "a-secret-of-the-shop"
LIVE = WITHOUT_MODELS.replace("[source]\n", '[source]\nconnection = "tickets"\nrefresh = "1h"\n')


class Postgres:
    def __init__(self, folder):
        programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not programs:
            pytest.skip("PostgreSQL is not installed (third_party/apt.txt, [test])")
        self.programs, self.folder, self.port = programs[-1].parent, folder, free_port()
        (folder / "password").write_text(PASSWORD)
        if os.geteuid() == 0:
            for path in [folder, *folder.parents][:3]:
                path.chmod(0o755)
            shutil.chown(folder, "postgres")
            shutil.chown(folder / "password", "postgres")
        self.run("initdb", f"--pgdata={folder}/data", "--username=shop", f"--pwfile={folder}/password", "--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust",
                 "--auth-host=scram-sha-256", "--no-sync")
        self.run("pg_ctl", f"--pgdata={folder}/data", f"--log={folder}/log", "--wait", "-o", f"-p {self.port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off", "start")

    def run(self, program, *arguments, text=None):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*user, str(self.programs / program), *arguments], input=text, capture_output=True, text=True, timeout=120, cwd=self.folder)
        assert done.returncode == 0, done.stderr

    def sql(self, text):
        self.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-p", str(self.port), "-U", "shop", "postgres", text=text)

    def address(self, password=PASSWORD):
        return f"postgresql://shop:{password}@127.0.0.1:{self.port}/postgres"

    def stop(self):
        self.run("pg_ctl", f"--pgdata={self.folder}/data", "--mode=immediate", "stop")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    postgres = Postgres(tmp_path_factory.mktemp("postgres"))
    # Older psql does not know \restrict.
    postgres.sql("".join(line for line in DUMP.splitlines(keepends=True) if not line.startswith(("\\restrict", "\\unrestrict"))))
    yield postgres
    postgres.stop()


@pytest.fixture(scope="module")
def fragua(fragua_binary, server, shop, tmp_path_factory):
    started = Server(fragua_binary, tmp_path_factory.mktemp("live"), [f"catalogue_connections=tickets={shop.address()},wrong={shop.address('guess')}"], models=server.models)
    yield started
    started.kill()


def test_a_live_database_gives_what_its_dump_gives(fragua, shop):
    report = report_of(fragua, "live", None, mapping=LIVE)
    assert report["items"] == 419 and report["personal"] == ["Order", "admins"]
    report_of(fragua, "dumped", DUMP)
    assert items_of(fragua, "live") == items_of(fragua, "dumped")
    shop.sql("UPDATE \"Event\" SET name = 'Otra Noche' WHERE id = 'evt-0001'")
    changes = report_of(fragua, "live", None, mapping=None)["changes"]
    assert (changes["added"], changes["removed"], changes["changed"]) == (0, 0, 1)
    again = fragua.command("catalogue", "import", "live")
    assert again.returncode == 0 and "0 added, 0 removed, 0 changed, 419 as they were" in again.stdout, again.stderr
    assert facet(fragua.get("/api/v1/catalogues/live").json(), "city")["Valencia"] == 67


def wait_for(what, seconds=30):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def test_a_change_is_there_as_soon_as_the_database_tells_of_it(fragua, shop):
    report_of(fragua, "told", None, mapping=LIVE.replace('refresh = "1h"', 'notify = "shop changed"'))
    version = fragua.get("/api/v1/catalogues/told").json()["version"]
    wait_for(lambda: fragua.get("/api/v1/catalogues/told").json()["version"] > version)  # it listens; what came before is not known
    found = lambda: fragua.post("/api/v1/catalogues/told/search", {"filter": {"text": "Zarzaparrilla"}}).json()["total"]  # noqa: E731
    assert found() == 0
    shop.sql("UPDATE \"Event\" SET name = 'Zarzaparrilla' WHERE id = 'evt-0002'; NOTIFY \"shop changed\"")
    wait_for(lambda: found() == 1)
    # A server that comes back has lost its listeners: they come back too, and with them what changed meanwhile.
    shop.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fragua' AND query LIKE 'LISTEN%'")
    shop.sql("UPDATE \"Event\" SET name = 'Malvasía' WHERE id = 'evt-0002'")
    wait_for(lambda: found() == 0)


def test_the_password_is_shown_nowhere(fragua):
    last = import_into(fragua, "refused", None, LIVE.replace('"tickets"', '"wrong"', 1))
    assert "error" in last and "guess" not in str(last)
    assert PASSWORD not in fragua.log() and "guess" not in fragua.log()
    shown = fragua.command("config", "--explain", "--set", f"catalogue_connections=a=postgresql://u:{PASSWORD}@h/d")
    assert shown.returncode == 0 and "[secret]" in shown.stdout and PASSWORD not in shown.stdout


def test_a_connection_must_be_in_the_settings(fragua):
    last = import_into(fragua, "unknown", None, LIVE.replace('"tickets"', '"other"', 1))
    assert "catalogue_connections" in last["error"]["message"]
