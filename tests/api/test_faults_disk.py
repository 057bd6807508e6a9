"""A full disk and a process killed while it writes: what was acknowledged is there, what is there is whole."""

import contextlib
import random
import threading
import time

import pytest
import requests
from fragua_server import Server, digest_of, error_of, succeeded
from small_disk import MEBIBYTE, filled, small_disk
from small_gguf import small_gguf

CHAT = "smollm2:135m"
KILLS = 20


@pytest.fixture
def start(fragua_binary, tmp_path):
    started = []

    def run(**options):
        started.append(Server(fragua_binary, tmp_path, **options))
        return started[-1]

    yield run
    for server in started:
        server.kill()


def test_on_a_full_disk_writes_say_so_reads_work_and_it_heals(start, tmp_path):
    with small_disk(tmp_path / "disk", 8) as disk:
        server = start(models=disk / "models")
        kept, other = small_gguf("kept"), small_gguf("other", rows=4096)
        assert server.upload(kept).status_code == 201 and not error_of(server.create_from("kept", kept))
        assert server.upload(other).status_code == 201
        with filled(disk):
            for data in (small_gguf("more"), random.Random(1).randbytes(3 * MEBIBYTE)):
                answer = server.upload(data)
                assert answer.status_code == 507 and "No space left on device; free some space" in answer.json()["error"], answer.text
                assert requests.head(f"{server.url}/api/blobs/{digest_of(data)}", timeout=5).status_code == 404
            for name in ("other", "deep/other:tag"):
                error = error_of(server.create_from(name, other))
                assert "No space left on device; free some space" in error and str(disk) not in error
            assert server.names() == ["kept:latest"]
            assert server.post("/api/show", {"model": "kept"}).json()["details"]["family"] == "llama"
            assert not [name for name in server.blob_files() if not name.startswith("sha256-")]
        assert not error_of(server.create_from("deep/other:tag", other))
        assert server.upload(small_gguf("more")).status_code == 201
        assert sorted(server.names()) == ["deep/other:tag", "kept:latest"]
        server.stop()


def test_a_full_data_folder_does_not_stop_answers(start, server, tmp_path):
    with small_disk(tmp_path / "disk", 4) as disk:
        chat = start(models=server.models, environment={"FRAGUA_DATA": str(disk / "data")})
        with filled(disk):
            body = {"model": CHAT, "messages": [{"role": "system", "content": "Be brief. " * 100}, {"role": "user", "content": "hi"}],
                    "stream": False, "options": {"num_predict": 4}}
            answer = chat.post("/api/chat", body)
            assert answer.status_code == 200 and answer.json()["done"], answer.text
        chat.stop()


class Writer(threading.Thread):
    """Uploads and creates until the server is gone, and remembers what was acknowledged."""

    def __init__(self, server, chance, tag):
        super().__init__()
        self.server, self.chance, self.tag = server, chance, tag
        self.uploaded, self.created = [], []
        self.start()

    def run(self):
        with contextlib.suppress(requests.RequestException):
            for number in range(10_000):
                data = small_gguf(f"{self.tag}-{number}", rows=self.chance.choice((8, 1000, 20_000)))
                if self.server.upload(data).status_code == 201:
                    self.uploaded.append(digest_of(data))
                name = f"{self.tag}-{number}:latest"
                lines = self.server.create_from(name, data)
                if succeeded(lines):
                    self.created.append(name)


def test_a_server_killed_while_it_writes_loses_nothing_acknowledged(start, tmp_path):
    chance = random.Random(5)
    created, checked, starts_s = set(), set(), []
    for kill in range(KILLS):
        began = time.monotonic()
        server = start()
        starts_s.append(time.monotonic() - began)
        assert created <= set(server.names()), "an acknowledged model is gone"
        writers = [Writer(server, random.Random(kill * 10 + i), f"k{kill}w{i}") for i in range(3)]
        time.sleep(chance.uniform(0.02, 0.25))
        server.kill()
        for writer in writers:
            writer.join()
            created |= set(writer.created)
            for digest in writer.uploaded:
                assert (server.models / "blobs" / digest.replace(":", "-")).exists(), "an acknowledged blob is gone"
        for file in set((server.models / "blobs").glob("sha256-*")) - checked:
            assert digest_of(file.read_bytes()).replace(":", "-") == file.name, "a blob of other bytes is visible"
            checked.add(file)
    assert created, "nothing was ever acknowledged: the test kills too early"
    assert sorted(starts_s)[KILLS // 2] < 2, starts_s
    server = start()
    assert created <= set(server.names())
    assert all(not name.startswith(".fragua-") for name in server.blob_files()), "scratch files of the dead stay"
    server.stop()
