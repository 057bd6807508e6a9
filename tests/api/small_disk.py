"""A disk of some mebibytes, to be filled: a tmpfs of its own. The suite runs as root (CI does); elsewhere it fails and says so."""

import contextlib
import os
import subprocess

import pytest

MEBIBYTE = 1 << 20


@contextlib.contextmanager
def small_disk(folder, mebibytes):
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", folder], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.fail(f"the tests of full disks mount a small tmpfs, which needs root: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextlib.contextmanager
def filled(disk):
    """No byte is free meanwhile."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as file:
        for size in (MEBIBYTE, 4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))
    try:
        assert os.statvfs(disk).f_bavail == 0
        yield
    finally:
        filler.unlink()
