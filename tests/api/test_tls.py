"""TLS: the app and the APIs over https, a certificate that is renewed while the server runs, and clients that misbehave."""

import contextlib
import socket
import ssl
import subprocess
import time

import pytest
import requests
from fragua_server import Server, free_port, wait_for
from people import PASSWORD, People, bearer


def make_certificate(folder, name):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", folder / "chain.pem"], check=True, capture_output=True)


class Secured(Server):
    """Listens on a plain port too: People and the helper's own calls use that."""

    def __init__(self, binary, folder, **options):
        make_certificate(folder, "first")
        self.tls_port = free_port()
        self.secure_url = f"https://127.0.0.1:{self.tls_port}"
        plain = free_port()
        super().__init__(binary, folder, [f"tls_certificate={folder}/chain.pem", f"tls_key={folder}/key.pem",
                                          f"listen=127.0.0.1:{plain},https://127.0.0.1:{self.tls_port}"], anonymous=False, port=plain, **options)

    def peer_name(self):
        made = ssl.create_default_context(cafile=self.folder / "chain.pem")
        made.check_hostname = False
        with socket.create_connection(("127.0.0.1", self.tls_port), timeout=5) as plain, made.wrap_socket(plain) as wrapped:
            return dict(pair[0] for pair in wrapped.getpeercert()["subject"])["commonName"]


@pytest.fixture
def fragua(fragua_binary, tmp_path, server):
    secured = Secured(fragua_binary, tmp_path, models=server.models)
    yield secured
    secured.kill()


def test_apis_and_cookies_work_over_https(fragua):
    people = People(fragua)
    verify = str(fragua.folder / "chain.pem")
    key = bearer(people.key("models:read", "infer", "models:write"))
    answer = requests.get(fragua.secure_url + "/api/tags", headers=key, verify=verify, timeout=5)
    assert answer.status_code == 200 and "max-age" in answer.headers["Strict-Transport-Security"]
    signed_in = requests.post(fragua.secure_url + "/api/v1/session", json={"name": "Ana", "password": PASSWORD}, verify=verify, timeout=20)
    assert "; Secure" in signed_in.headers["Set-Cookie"]
    with requests.post(fragua.secure_url + "/api/generate", json={"model": "smollm2:135m", "prompt": "Count.", "options": {"num_predict": 20}}, headers=key, verify=verify,
                       stream=True, timeout=60) as stream:
        assert len(list(stream.iter_lines())) > 3
    large = bytes(5_000_000)
    uploaded = requests.post(fragua.secure_url + "/api/v1/blobs", data=large, headers=key, verify=verify, timeout=30)
    assert uploaded.status_code == 201 and uploaded.json()["size"] == len(large)


def test_a_renewed_certificate_is_used_and_a_broken_one_is_not(fragua):
    assert fragua.peer_name() == "first"
    time.sleep(1.1)  # the files are looked at once a second
    make_certificate(fragua.folder, "second")
    wait_for(lambda: fragua.peer_name() == "second", "the new certificate is not used", 10)
    good = (fragua.folder / "chain.pem").read_bytes()
    (fragua.folder / "chain.pem").write_text("broken")
    wait_for(lambda: touch(fragua) and "tls.reload_failed" in fragua.log(), "the log does not say that it is broken", 10)
    (fragua.folder / "chain.pem").write_bytes(good)
    assert fragua.peer_name() == "second"


def touch(server):
    with socket.create_connection(("127.0.0.1", server.tls_port), timeout=5):
        return True


def test_who_does_not_speak_tls_is_cut_and_hurts_nobody(fragua):
    for rubbish in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\xff\xff" + b"x" * 100, b""):
        with socket.create_connection(("127.0.0.1", fragua.tls_port), timeout=5) as connection:
            with contextlib.suppress(OSError):  # it may be cut before all is said
                connection.sendall(rubbish)
                connection.shutdown(socket.SHUT_WR)
                assert b"200 OK" not in connection.recv(1000)
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises((ssl.SSLError, ConnectionError)), socket.create_connection(("127.0.0.1", fragua.tls_port), timeout=5) as plain:
        old.wrap_socket(plain)
    assert fragua.peer_name() == "first"


@pytest.mark.parametrize("settings,said", [
    (["listen=https://127.0.0.1:0"], "needs the settings tls_certificate and tls_key"),
    (["listen=https://127.0.0.1:0", "tls_certificate=/nowhere.pem", "tls_key=/nowhere.pem"], "holds no certificate in PEM"),
])
def test_what_is_missing_is_said_at_the_start(fragua_binary, tmp_path, settings, said):
    command = [fragua_binary, "serve", *(word for setting in settings for word in ("--set", setting))]
    done = subprocess.run(command, env={"HOME": str(tmp_path), "FRAGUA_DATA": str(tmp_path / "data")}, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1 and said in done.stderr
