"""DockerRegistry: Debian's docker-registry on a free loopback port, its storage in a folder of the test's."""

import crypt
import subprocess
import time

import requests
from fragua_server import free_port

CONFIGURATION = """\
version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage:
  filesystem: {{rootdirectory: "{storage}"}}
  delete: {{enabled: true}}
http: {{addr: "127.0.0.1:{port}"}}
{auth}"""
AUTH = """\
auth: {{htpasswd: {{realm: "models", path: "{file}"}}}}
"""


class DockerRegistry:
    def __init__(self, folder, login=None):
        """With a login (user, password), nobody else may read or write."""
        folder.mkdir()
        port = free_port()
        self.host = f"127.0.0.1:{port}"
        self.login = login
        auth = ""
        if login:
            (folder / "htpasswd").write_text(f"{login[0]}:{crypt.crypt(login[1], crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16))}\n")
            auth = AUTH.format(file=folder / "htpasswd")
        (folder / "config.yml").write_text(CONFIGURATION.format(storage=folder / "storage", port=port, auth=auth))
        with open(folder / "log", "wb") as log:
            self.process = subprocess.Popen(["docker-registry", "serve", str(folder / "config.yml")], stdout=log, stderr=log)
        self.wait_until_up(folder / "log")

    def wait_until_up(self, log):
        for _ in range(500):
            assert self.process.poll() is None, log.read_text(errors="replace")
            try:
                if requests.get(f"http://{self.host}/v2/", auth=self.login, timeout=1).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.02)
        raise AssertionError("docker-registry does not come up")

    def manifest(self, repository, tag="latest"):
        headers = {"Accept": "application/vnd.docker.distribution.manifest.v2+json"}
        return requests.get(f"http://{self.host}/v2/{repository}/manifests/{tag}", headers=headers, auth=self.login, timeout=5)

    def blob(self, repository, digest):
        return requests.get(f"http://{self.host}/v2/{repository}/blobs/{digest}", auth=self.login, timeout=30)

    def close(self):
        self.process.kill()
        self.process.wait()
