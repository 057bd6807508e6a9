"""The first rows of promises.md: a registry that lies gets nothing written, nothing sent and nothing shown."""

import gzip
import json
import os
import random
import re
import urllib.parse
import zlib

import pytest
import requests
from fragua_server import digest_of, error_of, succeeded
from model_files import MANIFEST_TYPE, Model, noise

HEX = "a" * 64
MEBIBYTE = 1 << 20
MUTANTS = int(os.environ.get("FRAGUA_MUTATED_MANIFESTS", "500"))  # 10,000 for a release


def digest_forms():
    """200 texts that are no digest, most of them a way out of blobs/."""
    climbs = ["../", "..\\", "%2e%2e/", "%2e%2e%2f", "..%2f", "..%5c", "....//", "..;/", "\u2025/", "..\u2215"]
    targets = ["evil", "manifests/evil", "../evil", "etc/passwd", "tmp/evil"]
    forms = [climb * depth + target for climb in climbs for depth in (1, 3) for target in targets]
    forms += [prefix + climb + "evil" for prefix in ("sha256:", "sha256-", "sha256:" + HEX + "/", "sha256-" + HEX + "/", HEX + "/")
              for climb in climbs]
    forms += ["/tmp/evil", "//tmp/evil", "C:\\evil", "file:///tmp/evil", "", " ", ".", "..", "/", "sha256", "sha256:", "sha256-",
              "sha256:" + HEX[:-1], "sha256:" + HEX + "a", "sha256:" + HEX[:-1] + "g", "sha256:" + HEX + "\x00", "sha256:" + HEX + "\n",
              " sha256:" + HEX, "sha256:" + HEX + " ", "sha256::" + HEX, "sha256/" + HEX, "SHA256:" + HEX, "sha512:" + HEX * 2,
              "sha1:" + HEX[:40], "md5:" + HEX[:32], HEX, ":" + HEX, "sha256:" + "\uff41" * 64, "sha256:" + "../" * 21 + "x",
              "sha256:" + "/" * 64, "sha256-" + "." * 64, "sha256:" + "%61" * 64, "sha256:" + "-" * 64, "sha256:" + HEX[:62] + "..",
              "sha256:" + HEX[:61] + "/..", "sha256:" + HEX + "-partial", "sha256-" + HEX + "-partial-0", "sha256:" + "a" * 10_000]
    random.Random(1).shuffle(forms)
    assert len(set(forms)) >= 188
    padding = ["sha256:" + "a" * length for length in range(1, 13)]
    return (forms + padding)[:200]


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


@pytest.mark.parametrize("place", ["layer", "config"])
def test_no_digest_leads_out_of_the_blobs(fragua, hostile, tmp_path, place):
    forms = digest_forms()
    assert len(forms) == 200
    before = [path for path in tree(tmp_path) if not path.startswith("server.log")]
    for form in forms:
        model = Model(noise(100))
        target = model.fields["config"] if place == "config" else model.fields["layers"][0]
        target["digest"] = form
        # The registry would have the bytes, whatever is asked for.
        hostile.on_blob = lambda handler, digest: handler.reply(200, b"evil") or True
        lines = fragua.pull(hostile.add(model))
        # Ollama leaves the digest of a missing configuration empty; then there is nothing to fetch under that name.
        assert error_of(lines) or form == "", form
    left = [path for path in tree(tmp_path) if not path.startswith(("server.log", "data/"))]
    assert [path for path in left if path not in before and not path.startswith("models/blobs/")] == []
    assert all(re.fullmatch(r"sha256-[0-9a-f]{64}(-partial(-\d+)?)?", name) for name in fragua.blob_files())
    assert fragua.names() == []
    assert fragua.is_up()


def test_no_digest_leads_out_of_the_blobs_through_the_api(fragua, tmp_path):
    before = tree(tmp_path)
    for form in digest_forms():
        blob = f"{fragua.url}/api/blobs/{urllib.parse.quote(form, safe='')}"
        assert requests.head(blob, timeout=5).status_code in (400, 404), form
        assert requests.post(blob, data=b"evil", timeout=5).status_code in (400, 404, 405), form
        created = fragua.post("/api/create", {"model": "evil", "files": {"model.gguf": form}, "stream": False})
        assert 400 <= created.status_code < 500, (form, created.text)
    new = [path for path in tree(tmp_path) if path not in before and not path.startswith("data/")]
    assert new == [] and fragua.names() == []


def gzip_bomb():
    """A gibibyte of zeros in about a mebibyte; every part is the same once the first is behind."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first, part = (packer.compress(bytes(MEBIBYTE)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = first + part * 1023
    assert len(packed) < 1.1 * MEBIBYTE
    assert zlib.decompressobj(31).decompress(packed, 4 * MEBIBYTE) == bytes(4 * MEBIBYTE)
    return packed


def endless(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
    while True:
        handler.wfile.write(piece)


@pytest.mark.parametrize("bomb", ["gzip manifest", "long manifest", "endless manifest", "gzip blob", "endless blob", "deep manifest",
                                  "endless headers"])
def test_a_bomb_is_stopped_within_16_mebibytes(fragua, hostile, bomb):
    model = Model(noise(100_000))
    name = hostile.add(model)
    path = "/v2/ana/small/manifests/latest"
    if bomb == "gzip manifest":
        hostile.serve_manifest(gzip_bomb(), headers={"Content-Encoding": "gzip"})
    elif bomb == "long manifest":
        hostile.serve_manifest(model.manifest + b" " * (5 * MEBIBYTE))
    elif bomb == "endless manifest":
        hostile.answers[path] = endless
    elif bomb == "gzip blob":
        packed = gzip_bomb()
        hostile.on_blob = lambda handler, digest: handler.reply(200, packed, {"Content-Encoding": "gzip"}) or True
    elif bomb == "endless blob":
        hostile.on_blob = lambda handler, digest: endless(handler) or True
    elif bomb == "deep manifest":
        hostile.serve_manifest(b'{"layers":' + b"[" * 2 * MEBIBYTE)
    else:
        hostile.answers[path] = lambda handler: handler.reply(200, b"{}", {f"X-{number}": "x" * 60_000 for number in range(90)})
    fragua.pull(f"{hostile.host}/ana/none:latest")  # what a first pull needs anyway
    fragua.forget_peak()
    before = fragua.resident_peak_bytes()
    assert error_of(fragua.pull(name))
    assert fragua.resident_peak_bytes() - before <= 16 * MEBIBYTE
    assert fragua.names() == []
    assert not any(re.fullmatch(r"sha256-[0-9a-f]{64}", file) for file in fragua.blob_files())
    assert fragua.is_up()


def mutants(manifest, count):
    chance = random.Random(7)
    words = [b"null", b"-1", b"1e999", b"18446744073709551616", b"{}", b"[]", b'""', b"true", b"\xff\xfe", b"\x00", b"../../x",
             b'"digest":', b"]" * 50, b"[" * 500, b"9007199254740993", b"17592186044417"]
    for _ in range(count):
        data = bytearray(manifest)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at:at + chance.randint(1, 40)]
            elif kind == 2:
                data[at:at] = chance.choice(words)
            else:
                data[at:at + chance.randint(1, 20)] = chance.choice(words)
            if not data:
                break
        yield bytes(data)


def test_mutated_manifests_break_nothing(fragua, hostile):
    model = Model(noise(1000))
    name = hostile.add(model)
    for mutant in mutants(model.manifest, MUTANTS):
        hostile.serve_manifest(mutant)
        lines = fragua.pull(name)
        assert error_of(lines) or succeeded(lines), mutant
        if succeeded(lines):
            fragua.delete(name)
        assert all(digest_of(file.read_bytes()).replace(":", "-") == file.name for file in (fragua.models / "blobs").iterdir()
                   if "partial" not in file.name)
    assert fragua.is_up()
    hostile.serve_manifest(model.manifest)
    assert succeeded(fragua.pull(name))


@pytest.mark.parametrize("realm", ["http://{other}/token", "http://localhost:{other_port}/token", "https://{own}/token",
                                   "http://{own}@{other}/token", "//{other}/token", "http://{other}/token?x=http://{own}/token"])
def test_a_token_realm_elsewhere_gets_no_request(start_fragua, hostile, other, realm):
    fragua = start_fragua(insecure_registries=[hostile.host, other.host, "localhost:" + other.host.split(":")[1]])
    realm = realm.format(own=hostile.host, other=other.host, other_port=other.host.split(":")[1])
    hostile.challenge = f'Bearer realm="{realm}",service="x",scope="repository:ana/small:pull"'
    assert error_of(fragua.pull(hostile.add(Model(noise(100)))))
    assert other.seen == []
    assert all("Authorization" not in headers for _, _, headers in hostile.seen)


def test_an_anonymous_token_of_the_registry_itself_stays_with_it(start_fragua, hostile, other):
    fragua = start_fragua(insecure_registries=[hostile.host, other.host])
    model = Model(noise(50_000))
    other.blobs = model.blobs
    name = hostile.add(model)
    hostile.challenge = f'Bearer realm="http://{hostile.host}/token",service="x"'
    hostile.on_blob = lambda handler, digest: handler.reply(
        307, b"", {"Location": f"http://{other.host}/elsewhere/blobs/{digest}?signature=s3cret"}) or True
    assert succeeded(fragua.pull(name))
    assert any(headers.get("Authorization") == "Bearer t0ken" for _, _, headers in hostile.seen)
    assert len(other.seen) >= 3
    assert all("Authorization" not in headers for _, _, headers in other.seen)
    assert "s3cret" not in fragua.log() and "t0ken" not in fragua.log()


def test_a_redirect_never_leads_inside(start_fragua, hostile, other):
    fragua = start_fragua(insecure_registries=[hostile.host])
    model = Model(noise(100))
    name = hostile.add(model)
    port = other.host.split(":")[1]
    for target in (f"http://127.0.0.1:{port}/x", f"http://localhost:{port}/x", f"http://[::1]:{port}/x", "http:" f"//127.1:{port}/x",
                   f"http://2130706433:{port}/x", f"http://0x7f000001:{port}/x", f"http://0:{port}/x", f"//127.0.0.1:{port}/x",
                   f"http://{hostile.host}@127.0.0.1:{port}/x", "file:///etc/passwd", f"gopher://127.0.0.1:{port}/x",
                   "http://169.254.169.254/latest/meta-data/", f"http://[::ffff:127.0.0.1]:{port}/x"):
        hostile.on_blob = lambda handler, digest, to=target: handler.reply(302, b"", {"Location": to}) or True
        lines = fragua.pull(name)
        assert error_of(lines), target
    assert other.seen == []
    assert fragua.blob_files() == [] or all("partial" in file for file in fragua.blob_files())


def test_wrong_bytes_are_never_visible(fragua, hostile):
    model = Model(noise(300_000))
    name = hostile.add(model)
    weights = digest_of(model.weights)
    for seed in range(10):
        wrong = bytearray(model.weights)
        wrong[random.Random(seed).randrange(len(wrong))] ^= 1 << seed % 8
        hostile.blobs[weights] = bytes(wrong)
        lines = fragua.pull(name)
        assert "digest mismatch" in error_of(lines)
        assert weights.replace(":", "-") not in fragua.blob_files()
    hostile.blobs[weights] = model.weights
    assert succeeded(fragua.pull(name))


def test_errors_hold_no_path_of_this_machine(fragua, hostile, tmp_path):
    model = Model(noise(100))
    name = hostile.add(model)
    hostile.on_blob = lambda handler, digest: handler.reply(500, gzip.compress(b"x")) or handler.reply(403, b"<html>") or True
    for manifest in (b"", b"<html>", json.dumps({"mediaType": MANIFEST_TYPE}).encode()):
        hostile.serve_manifest(manifest)
        assert str(tmp_path) not in error_of(fragua.pull(name))
