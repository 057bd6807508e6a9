"""Pull and push against Debian's docker-registry."""

import threading

import pytest
import requests
from fragua_server import digest_of, error_of, succeeded
from model_files import Model, noise


def put(fragua, model, name):
    model.put_into(fragua.models, name.replace(":", "/") if name.count(":") == 1 else "/".join(name.rsplit(":", 1)))


@pytest.fixture
def pushed(fragua, docker):
    model = Model(noise(3_000_000))
    name = f"{docker.host}/ana/small:latest"
    put(fragua, model, name)
    lines = fragua.push(name)
    assert succeeded(lines), lines
    return model, name, lines


def test_a_pushed_model_is_there_byte_for_byte(pushed, docker):
    model, _, lines = pushed
    assert docker.manifest("ana/small").content == model.manifest
    for digest, data in model.blobs.items():
        assert docker.blob("ana/small", digest).content == data
    statuses = [line["status"] for line in lines]
    assert statuses[0] == "retrieving manifest"
    assert statuses[-2:] == ["pushing manifest", "success"]
    weights = digest_of(model.weights)
    last = [line for line in lines if line.get("digest") == weights][-1]
    assert last["status"] == "pushing " + weights[7:19]
    assert last["completed"] == last["total"] == len(model.weights)


def test_a_pulled_model_is_the_one_that_was_pushed(pushed, fragua):
    model, name, _ = pushed
    fragua.delete(name)
    assert fragua.blob_files() == []
    lines = fragua.pull(name)
    assert succeeded(lines), lines
    assert fragua.names() == [name]
    for digest, data in model.blobs.items():
        assert (fragua.models / "blobs" / digest.replace(":", "-")).read_bytes() == data
    statuses = [line["status"] for line in lines]
    assert statuses[0] == "pulling manifest"
    assert statuses[-3:] == ["verifying sha256 digest", "writing manifest", "success"]


def test_pushing_again_sends_nothing_again(pushed, fragua):
    _, name, _ = pushed
    assert succeeded(fragua.push(name))


def test_a_copy_shares_its_layers_in_another_repository(pushed, fragua, docker):
    model, name, _ = pushed
    copy = f"{docker.host}/eva/copy:v1"
    requests.post(fragua.url + "/api/copy", json={"source": name, "destination": copy}, timeout=5).raise_for_status()
    assert succeeded(fragua.push(copy))
    assert docker.manifest("eva/copy", "v1").content == model.manifest


def test_pull_without_a_stream_answers_once(pushed, fragua):
    _, name, _ = pushed
    answer = requests.post(fragua.url + "/api/pull", json={"model": name, "insecure": True, "stream": False}, timeout=60)
    assert answer.status_code == 200
    assert answer.json() == {"status": "success"}


def test_what_is_not_there_is_told(fragua, docker):
    assert "file does not exist" in error_of(fragua.pull(f"{docker.host}/ana/none:latest"))
    assert "not found" in error_of(fragua.push(f"{docker.host}/ana/none:latest"))


def test_plain_http_needs_to_be_asked_for(pushed, fragua):
    _, name, _ = pushed
    assert error_of(fragua.pull("http://" + name, insecure=False)) == "insecure protocol http"


def test_a_gone_registry_is_told_by_name(pushed, fragua, docker):
    _, name, _ = pushed
    docker.close()
    fragua.delete(name)
    assert docker.host.split(":")[0] in error_of(fragua.pull(name))


def test_many_pulls_at_once_all_succeed(pushed, fragua):
    _, name, _ = pushed
    fragua.delete(name)
    results = []
    threads = [threading.Thread(target=lambda: results.append(fragua.pull(name))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [succeeded(lines) for lines in results] == [True] * 8


def test_a_registry_that_asks_for_a_log_in_gets_the_one_of_the_settings(start_fragua, start_docker):
    docker = start_docker(login=("ana", "geheim=1"))
    fragua = start_fragua(settings={"FRAGUA_REGISTRY_CREDENTIALS": f"other.example=hf_token,{docker.host}=ana:geheim=1"})
    model = Model(noise(100_000))
    name = f"{docker.host}/ana/small:latest"
    put(fragua, model, name)
    assert succeeded(fragua.push(name))
    assert docker.manifest("ana/small").content == model.manifest
    fragua.delete(name)
    assert succeeded(fragua.pull(name))
    assert "geheim" not in fragua.log()
    explained = fragua.command("config", "--explain").stdout
    assert "registry_credentials" in explained and "geheim" not in explained


@pytest.mark.parametrize("settings", [{}, {"FRAGUA_REGISTRY_CREDENTIALS": "HOST=ana:wrong"}])
def test_without_the_right_log_in_a_registry_gives_nothing(start_fragua, start_docker, settings):
    docker = start_docker(login=("ana", "geheim"))
    fragua = start_fragua(settings={key: value.replace("HOST", docker.host) for key, value in settings.items()})
    error = error_of(fragua.pull(f"{docker.host}/ana/small:latest"))
    assert "registry_credentials" in error and "wrong" not in error
