"""The authorisation matrix, made from the route table (docs/openapi.json's x-scope, as the server itself tells it): who may call what."""

import concurrent.futures
import json
import re
import sqlite3

import pytest
import requests
from fragua_server import Server
from people import PASSWORD, People, bearer

SCOPES = ["infer", "embed", "models:read", "models:write", "documents", "catalogue", "agents", "admin"]
MEMBER = {"account", "infer", "embed", "models:read", "documents", "catalogue", "agents"}
EVERYTHING = {"account", *SCOPES}
CHAT = "smollm2:135m"
# It ends all sessions of who calls it: a user of its own calls it.
ENDING = ("delete", "/api/v1/sessions")


@pytest.fixture(scope="module")
def fragua(fragua_binary, tmp_path_factory):
    server = Server(fragua_binary, tmp_path_factory.mktemp("authorization"), ["sign_up=pending"], anonymous=False)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def people(fragua):
    return People(fragua)


def routes(server):
    paths = requests.get(server.url + "/openapi.json", timeout=5).json()["paths"]
    return [(method, path, operation["x-scope"]) for path, item in paths.items() for method, operation in item.items()]


def database(server):
    return sqlite3.connect(server.folder / "data" / "fragua.db", timeout=10)


def expired_key(people):
    key = people.key(*SCOPES, expires_in_days=1)
    with database(people.server) as connection:
        connection.execute("UPDATE api_keys SET expires_at = 1 WHERE id = ?", (key["id"],))
    return key


def revoked_key(people):
    key = people.key(*SCOPES)
    assert people.admin.delete(f"{people.server.url}/api/v1/keys/{key['id']}", timeout=5).status_code == 204
    return key


def removed_users_session(people):
    user = people.add("Gone", "admin")
    session = people.sign_in("Gone")
    assert people.admin.delete(f"{people.server.url}/api/v1/users/{user['id']}", timeout=5).status_code == 204
    return session


def callers(people):
    """Name -> (requests session, headers, scopes; None where nobody is known)."""
    plain = requests.Session()
    pending = requests.Session()
    assert pending.post(people.server.url + "/api/v1/sign-up", json={"name": "Eva", "password": PASSWORD}, timeout=20).status_code == 201
    member = people.member("Leo")
    all_scopes = people.key(*SCOPES)
    found = {
        "nobody": (plain, {}, None),
        "wrong key": (plain, bearer("sk-" + "x" * 48), None),
        "SQL as key": (plain, bearer("sk-' OR '1'='1"), None),
        "wrong cookie": (plain, {"Cookie": "fragua_session=x"}, None),
        "expired key": (plain, bearer(expired_key(people)), None),
        "revoked key": (plain, bearer(revoked_key(people)), None),
        "removed user": (removed_users_session(people), {}, None),
        "cookie from another origin": (people.admin, {"Origin": "http://localhost:5999"}, None),
        "pending": (pending, {}, set()),
        "member": (member, {}, MEMBER),
        "administrator": (people.admin, {}, EVERYTHING),
        "key as x-api-key": (plain, {"x-api-key": all_scopes["key"]}, set(SCOPES)),
        "member's key": (plain, bearer(people.key("infer", session=member)), {"infer"}),
    }
    for scope in SCOPES:
        found[f"key for {scope}"] = (plain, bearer(people.key(scope)), {scope})
    return found


def call(server, session, headers, method, path):
    body = {"data": "{}"} if method in ("post", "put", "patch") else {}
    return session.request(method, server.url + path, headers={"Content-Type": "application/json", **headers}, timeout=20, **body)


def gap_of(people, caller, route):
    name, (session, headers, scopes) = caller
    method, path, scope = route
    if scope == "open":
        return None
    if (method, path) == ENDING and scopes and scope in scopes:
        session = people.sign_in("Passing " + ("admin" if scopes == EVERYTHING else "member"))
    status = call(people.server, session, headers, method, path.replace("{", "").replace("}", "")).status_code
    if scopes is None:
        wanted = status == 401
    elif scope not in scopes:
        wanted = status == 403
    else:
        wanted = status not in (401, 403) and status < 500
    return None if wanted else f"{name}: {method} {path} ({scope}) -> {status}"


def test_the_matrix_has_no_gaps(fragua, people):
    people.add("Passing admin", "admin")
    people.add("Passing member", "member")
    table = routes(fragua)
    assert len(table) > 50 and {scope for _, _, scope in table} >= {"open", "account", "infer", "models:write", "admin"}
    gaps = [gap for caller in callers(people).items() for route in table if (gap := gap_of(people, caller, route))]
    assert gaps == []


def test_other_spellings_of_a_path_open_nothing(fragua, people):
    for method, path, scope in routes(fragua):
        if scope == "open":
            continue
        path = path.replace("{", "").replace("}", "")
        for variant in (path + "/", "/" + path, path.upper(), path.replace("/", "//"), path + "/../" + path.split("/")[-1], "/." + path, path + "%00", path + ";x", path + "?scope=open"):
            answer = call(fragua, requests.Session(), {}, method, variant)
            assert answer.status_code in (400, 401, 404, 405), (method, variant, answer.status_code)


def test_a_body_is_not_read_before_the_credentials(fragua, people):
    deep = "[" * 100_000
    for path in ("/api/chat", "/v1/chat/completions", "/v1/messages", "/api/v1/users"):
        answer = requests.post(fragua.url + path, data=deep, headers={"Content-Type": "application/json"}, timeout=5)
        assert answer.status_code == 401, path
        assert answer.elapsed.total_seconds() < 0.5


def test_errors_come_in_the_dialect_of_the_path(fragua, people):
    assert isinstance(requests.get(fragua.url + "/api/tags", timeout=5).json()["error"], str)
    assert requests.get(fragua.url + "/v1/models", timeout=5).json()["error"]["type"] == "authentication_error"
    assert requests.post(fragua.url + "/v1/messages", data="{}", timeout=5).json()["error"]["type"] == "authentication_error"
    answer = requests.get(fragua.url + "/api/v1/users", timeout=5)
    assert answer.json()["error"]["code"] == "unauthorized" and answer.headers["WWW-Authenticate"].startswith("Bearer, Basic realm=")
    # A browser would open a window of its own over the app's page.
    browser = requests.get(fragua.url + "/api/v1/users", headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}, timeout=5)
    assert browser.status_code == 401 and browser.headers["WWW-Authenticate"] == "Bearer"


def test_basic_authentication_takes_a_key_as_its_password(fragua, people):
    key = people.key("models:read")["key"]
    assert requests.get(fragua.url + "/api/tags", auth=("anything", key), timeout=5).status_code == 200
    assert requests.get(fragua.url + "/api/tags", auth=("Ana", PASSWORD), timeout=5).status_code == 401


def test_a_demoted_administrators_key_loses_what_members_may_not(fragua, people):
    user = people.add("Mia", "admin")
    key = bearer(people.key("models:write", "models:read", session=people.sign_in("Mia")))
    copy = {"source": "nothing", "destination": "x"}
    assert requests.post(fragua.url + "/api/copy", json=copy, headers=key, timeout=5).status_code == 404
    people.admin.patch(f"{fragua.url}/api/v1/users/{user['id']}", json={"role": "member"}, timeout=5).raise_for_status()
    assert requests.post(fragua.url + "/api/copy", json=copy, headers=key, timeout=5).status_code == 403
    assert requests.get(fragua.url + "/api/tags", headers=key, timeout=5).status_code == 200


def test_only_one_of_many_becomes_the_first_administrator(fragua_binary, tmp_path):
    server = Server(fragua_binary, tmp_path, anonymous=False)
    try:
        def set_up(number):
            return requests.post(server.url + "/api/v1/setup", json={"name": f"first {number}", "password": PASSWORD}, timeout=30).status_code

        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            statuses = sorted(pool.map(set_up, range(12)))
        assert statuses.count(201) == 1 and set(statuses) <= {201, 409}
        with database(server) as connection:
            assert connection.execute("SELECT count(*) FROM users").fetchone() == (1,)
    finally:
        server.kill()


def test_what_a_proxy_forwards_is_not_this_machine(fragua_binary, tmp_path):
    server = Server(fragua_binary, tmp_path, ["trusted_proxies=10.0.0.0/8,127.0.0.0/8", "hosts=ai.example.com"])
    try:
        forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "Host": "ai.example.com"}
        state = requests.get(server.url + "/api/v1/session", headers=forwarded, timeout=5).json()
        assert state["setup_required"] and state["setup_token_required"]
        body = {"name": "Eve", "password": PASSWORD}
        assert requests.post(server.url + "/api/v1/setup", json=body, headers=forwarded, timeout=20).status_code == 403
        assert requests.get(server.url + "/api/tags", headers=forwarded, timeout=5).status_code == 401
        token = re.search(r'"one_time_token":"([^"]+)"', server.log())[1]
        made = requests.post(server.url + "/api/v1/setup", json={**body, "token": token}, headers=forwarded, timeout=20)
        assert made.status_code == 201 and "Secure" in made.headers["Set-Cookie"] and "Strict-Transport-Security" in made.headers
        assert "Strict-Transport-Security" not in requests.get(server.url + "/api/v1/session", timeout=5).headers
        assert requests.get(server.url + "/api/tags", headers={"Host": "evil.example.com"}, timeout=5).status_code == 403
    finally:
        server.kill()


def test_nobody_listens_for_the_network_before_there_is_an_administrator_and_everybody_may_after(fragua_binary, tmp_path):
    first = Server(fragua_binary, tmp_path, anonymous=False)
    People(first)
    first.stop()
    second = Server(fragua_binary, tmp_path, anonymous=False, host="0.0.0.0")
    try:
        assert requests.get(second.url + "/api/tags", timeout=5).status_code == 401
    finally:
        second.kill()


def test_secrets_are_stored_as_hashes_only(fragua, people):
    key = people.key("infer")["key"]
    cookie = people.admin.cookies["fragua_session"]
    stored = (fragua.folder / "data" / "fragua.db").read_bytes() + (fragua.folder / "data" / "fragua.db-wal").read_bytes()
    assert key.encode() not in stored and cookie.encode() not in stored and PASSWORD.encode() not in stored
    assert (fragua.folder / "data" / "fragua.db").stat().st_mode & 0o077 == 0
    assert key not in fragua.log() and cookie not in fragua.log() and PASSWORD not in fragua.log()


def test_the_answers_of_the_audit_log_name_who_did_what(fragua, people):
    people.add("Noa")
    events = people.admin.get(fragua.url + "/api/v1/audit?limit=5", timeout=5).json()["events"]
    assert (events[0]["action"], events[0]["user"], events[0]["target"]) == ("user.create", "Ana", "Noa")
    assert json.dumps(events).count(PASSWORD) == 0


def test_an_administrator_sees_and_ends_what_others_sign_in_with(fragua, people):
    pia, users = people.add("Pia")["id"], fragua.url + "/api/v1/users/"
    session = people.sign_in("Pia")
    key = people.key("infer", session=session)
    shown = people.admin.get(f"{users}{pia}/keys", timeout=5).json()["keys"]
    assert [each["id"] for each in shown] == [key["id"]] and key["key"] not in json.dumps(shown)
    assert people.admin.delete(f"{users}{pia}/keys/{key['id']}", timeout=5).status_code == 204
    assert requests.get(fragua.url + "/v1/models", headers=bearer(key), timeout=5).status_code == 401
    assert people.admin.delete(f"{users}{pia}/keys/{key['id']}", timeout=5).status_code == 404
    assert people.admin.delete(f"{users}{pia}/sessions", timeout=5).status_code == 204
    assert session.get(fragua.url + "/api/v1/keys", timeout=5).status_code == 401
    assert people.admin.get(f"{users}{'0' * 32}/keys", timeout=5).status_code == 404
    mine = people.key("infer")
    assert people.admin.delete(f"{users}{pia}/keys/{mine['id']}", timeout=5).status_code == 404, "another user's key"


def test_the_audit_log_can_be_searched(fragua, people):
    audit = fragua.url + "/api/v1/audit"
    people.add("Teo")
    teo = people.sign_in("Teo")
    people.key("infer", session=teo)
    found = people.admin.get(audit, params={"user": "Teo"}, timeout=5).json()["events"]
    assert {event["user"] for event in found} == {"Teo"} and {"sign_in", "key.create"} <= {event["action"] for event in found}
    assert [event["action"] for event in people.admin.get(audit, params={"user": "Teo", "action": "key."}, timeout=5).json()["events"]] == ["key.create"]
    assert people.admin.get(audit, params={"action": "%"}, timeout=5).json()["events"] == []


def test_the_audit_log_knows_what_was_done_to_models(fragua_binary, server, tmp_path):
    alone = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    try:
        ana = People(alone).admin
        for path, body in (("copy", {"source": CHAT, "destination": "copied"}), ("create", {"model": "made", "from": CHAT, "stream": False})):
            assert ana.post(f"{alone.url}/api/{path}", json=body, timeout=30).ok
        for name in ("copied", "made"):
            assert ana.delete(alone.url + "/api/delete", json={"model": name}, timeout=30).ok
        assert ana.post(alone.url + "/api/pull", json={"model": "127.0.0.1:9/nobody/nothing", "stream": False}, timeout=60).status_code >= 400
        found = ana.get(alone.url + "/api/v1/audit", params={"action": "model."}, timeout=5).json()["events"]
        assert [(event["action"], event["target"]) for event in found] == [
            ("model.remove", "made:latest"), ("model.remove", "copied:latest"), ("model.create", "made:latest"), ("model.copy", f"{CHAT} → copied:latest")]
        assert {event["user"] for event in found} == {"Ana"}
    finally:
        alone.kill()
