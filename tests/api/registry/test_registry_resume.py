"""Downloads that are cut, corrupt, slow, killed or out of disk: they go on where they stopped, and never show a bad blob."""

import random
import threading

import requests
from fragua_server import digest_of, error_of, succeeded
from model_files import Model, noise
from small_disk import filled, small_disk

MEBIBYTE = 1 << 20


def visible(fragua, digest):
    return digest.replace(":", "-") in fragua.blob_files()


def completed_of(lines, digest, at_least):
    """Reads lines until so many bytes of the blob are there."""
    for line in lines:
        if line.get("digest") == digest and line.get("completed", 0) >= at_least:
            return
    raise AssertionError("the download ended before")


def test_ten_cuts_cost_no_byte_twice(fragua, hostile):
    model = Model(noise(20 * MEBIBYTE))
    weights = digest_of(model.weights)
    chance = random.Random(3)
    cuts = iter(sorted(chance.sample(range(MEBIBYTE, 20 * MEBIBYTE, 100_000), 10)))
    hostile.stop_at = lambda digest, first, end: next(cuts, end) if digest == weights else end
    lines = fragua.pull(hostile.add(model))
    assert succeeded(lines), lines[-1]
    assert hostile.sent[weights] <= 1.05 * len(model.weights)
    assert sum(weights in path for _, path, _ in hostile.seen) == 11


def test_a_registry_without_ranges_that_cuts_is_read_to_the_end(fragua, hostile):
    model = Model(noise(3 * MEBIBYTE))
    weights = digest_of(model.weights)
    stops = iter([MEBIBYTE, 2 * MEBIBYTE])
    hostile.ranges = False
    hostile.stop_at = lambda digest, first, end: next(stops, end) if digest == weights else end
    assert succeeded(fragua.pull(hostile.add(model)))


def test_a_killed_server_goes_on_where_it_stopped(start_fragua, hostile):
    model = Model(noise(128 * MEBIBYTE))  # two parts
    weights = digest_of(model.weights)
    name = hostile.add(model)
    hostile.hold = threading.Event()
    hostile.stop_at = lambda digest, first, end: first + (end - first) * 9 // 10 if digest == weights else end
    there = sum(part * 9 // 10 for part in (100_000_000, 128 * MEBIBYTE - 100_000_000))
    fragua = start_fragua()
    completed_of(fragua.lines("pull", name), weights, there)
    fragua.kill()
    assert not visible(fragua, weights)
    hostile.hold.set()
    hostile.hold = hostile.stop_at = None
    hostile.reset_counts()
    fragua = start_fragua()
    assert fragua.names() == []
    assert succeeded(fragua.pull(name))
    again = hostile.sent[weights] - (len(model.weights) - there)
    assert again <= 0.05 * len(model.weights)
    assert visible(fragua, weights)


def test_a_client_that_leaves_leaves_its_bytes(fragua, hostile):
    model = Model(noise(10 * MEBIBYTE))
    weights = digest_of(model.weights)
    name = hostile.add(model)
    hostile.hold = threading.Event()
    hostile.stop_at = lambda digest, first, end: 9 * MEBIBYTE if digest == weights else end
    lines = fragua.lines("pull", name)
    completed_of(lines, weights, 9 * MEBIBYTE)
    lines.close()
    assert not visible(fragua, weights)
    hostile.hold.set()
    hostile.hold = hostile.stop_at = None
    hostile.reset_counts()
    assert succeeded(fragua.pull(name))
    assert hostile.sent[weights] <= 1.05 * MEBIBYTE


def test_pulls_of_one_model_share_one_download(fragua, hostile):
    model = Model(noise(5 * MEBIBYTE))
    weights = digest_of(model.weights)
    name = hostile.add(model)
    hostile.hold = threading.Event()
    hostile.stop_at = lambda digest, first, end: MEBIBYTE if digest == weights and first == 0 else end
    results = []
    threads = [threading.Thread(target=lambda: results.append(fragua.pull(name))) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert hostile.held.wait(20)
    hostile.stop_at = None
    hostile.hold.set()
    for thread in threads:
        thread.join()
    assert [succeeded(lines) for lines in results] == [True] * 5
    assert hostile.sent[weights] == len(model.weights)


def test_a_full_disk_is_told_and_heals(start_fragua, hostile, tmp_path):
    with small_disk(tmp_path / "disk", 16) as disk:
        fragua = start_fragua(models=disk / "models")
        assert "disk" in error_of(fragua.pull(hostile.add(Model(noise(40 * MEBIBYTE)), "ana/large")))
        model = Model(noise(10 * MEBIBYTE))
        weights = digest_of(model.weights)
        name = hostile.add(model)
        hostile.hold = threading.Event()
        hostile.stop_at = lambda digest, first, end: 4 * MEBIBYTE if digest == weights and first == 0 else end
        lines = fragua.lines("pull", name)
        completed_of(lines, weights, 4 * MEBIBYTE)
        with filled(disk):
            hostile.stop_at = None
            hostile.hold.set()
            assert "disk" in error_of(list(lines))
            assert fragua.is_up() and fragua.names() == [] and not visible(fragua, weights)
        assert succeeded(fragua.pull(name))
        assert requests.get(fragua.url + "/api/tags", timeout=5).json()["models"][0]["size"] > len(model.weights)
        fragua.kill()
