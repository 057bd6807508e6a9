"""What the registry tests share: a Fragua server on a folder of its own, Debian's docker-registry, a hostile one."""

import shutil

import pytest
from docker_registry import DockerRegistry
from fragua_server import Server
from hostile_registry import HostileRegistry


@pytest.fixture
def start_fragua(fragua_binary, tmp_path):
    """Starts servers: start_fragua(models=folder, insecure_registries=[...], settings={"FRAGUA_…": "…"})."""
    started = []

    def start(models=None, insecure_registries=(), settings=None):
        environment = {"FRAGUA_INSECURE_REGISTRIES": ",".join(insecure_registries)} | (settings or {})
        server = Server(fragua_binary, tmp_path, models=models, environment=environment)
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def fragua(start_fragua):
    return start_fragua()


@pytest.fixture
def start_docker(tmp_path):
    """Starts registries: start_docker(login=(user, password))."""
    if not shutil.which("docker-registry"):
        pytest.skip("docker-registry is not installed")
    started = []

    def start(login=None):
        started.append(DockerRegistry(tmp_path / f"docker-registry-{len(started)}", login))
        return started[-1]

    yield start
    for registry in started:
        registry.close()


@pytest.fixture
def docker(start_docker):
    return start_docker()


@pytest.fixture
def hostile():
    registry = HostileRegistry()
    yield registry
    registry.close()


@pytest.fixture
def other():
    """A second host, where nothing must arrive that belongs to the first."""
    registry = HostileRegistry()
    yield registry
    registry.close()
