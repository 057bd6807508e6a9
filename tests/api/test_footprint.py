"""What the program weighs: on disk, and in memory while it holds no model."""

import subprocess

from fragua_server import Server

MEGABYTE = 1_000_000


def test_a_server_without_a_model_fits_in_30_megabytes(fragua_binary, tmp_path):
    server = Server(fragua_binary, tmp_path)
    for path in ("/health", "/api/tags", "/openapi.json", "/docs", "/metrics"):
        assert server.get(path).ok
    assert server.resident_bytes() <= 30 * MEGABYTE
    server.stop()


def test_the_stripped_program_is_at_most_60_megabytes(fragua_binary, tmp_path):
    stripped = tmp_path / "fragua"
    subprocess.run(["strip", "-o", stripped, fragua_binary], check=True)
    assert stripped.stat().st_size <= 60 * MEGABYTE
