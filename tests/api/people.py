"""People and keys for tests: the first administrator, members, sessions as `requests` sessions, API keys."""

import requests

PASSWORD = "caballo correcto"


class People:
    """Of one server that was started without anonymous access. Sessions carry their cookie; `key` makes a key of the administrator."""

    def __init__(self, server):
        self.server = server
        self.admin = requests.Session()
        answer = self.admin.post(server.url + "/api/v1/setup", json={"name": "Ana", "password": PASSWORD}, timeout=20)
        assert answer.status_code == 201, answer.text

    def add(self, name, role="member"):
        answer = self.admin.post(self.server.url + "/api/v1/users", json={"name": name, "password": PASSWORD, "role": role}, timeout=20)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def sign_in(self, name, password=PASSWORD):
        session = requests.Session()
        answer = session.post(self.server.url + "/api/v1/session", json={"name": name, "password": password}, timeout=20)
        assert answer.status_code == 200, answer.text
        return session

    def member(self, name):
        self.add(name)
        return self.sign_in(name)

    def key(self, *scopes, session=None, **fields):
        answer = (session or self.admin).post(self.server.url + "/api/v1/keys", json={"name": "test", "scopes": list(scopes), **fields}, timeout=20)
        assert answer.status_code == 201, answer.text
        return answer.json()


def bearer(key):
    return {"Authorization": "Bearer " + (key["key"] if isinstance(key, dict) else key)}
