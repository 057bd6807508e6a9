"""Sessions, passwords, keys, preferences and limits, as the app and a developer use them."""

import json
import time

import pytest
import requests
from fragua_server import Server, wait_for
from people import PASSWORD, People, bearer


@pytest.fixture
def fragua(fragua_binary, tmp_path):
    server = Server(fragua_binary, tmp_path, anonymous=False)
    yield server
    server.kill()


@pytest.fixture
def people(fragua):
    return People(fragua)


def state(server, session):
    return session.get(server.url + "/api/v1/session", timeout=5).json()


def test_the_cookie_is_for_our_own_pages_only(fragua, people):
    answer = requests.post(fragua.url + "/api/v1/session", json={"name": "ana", "password": PASSWORD}, timeout=20)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert answer.json()["user"]["name"] == "Ana" and "password" not in answer.text


def test_signing_out_and_out_everywhere_ends_sessions(fragua, people):
    second, third = people.sign_in("Ana"), people.sign_in("Ana")
    assert second.delete(fragua.url + "/api/v1/session", timeout=5).status_code == 204
    assert state(fragua, second)["user"] is None and state(fragua, third)["user"]
    assert len(third.get(fragua.url + "/api/v1/sessions", timeout=5).json()["sessions"]) == 2
    assert third.delete(fragua.url + "/api/v1/sessions", timeout=5).status_code == 204
    assert state(fragua, third)["user"] is None and state(fragua, people.admin)["user"] is None


def test_an_ended_sessions_token_is_worth_nothing(fragua, people):
    token = people.admin.cookies["fragua_session"]
    people.admin.delete(fragua.url + "/api/v1/session", timeout=5)
    assert requests.get(fragua.url + "/api/v1/keys", headers={"Cookie": f"fragua_session={token}"}, timeout=5).status_code == 401


def test_a_new_password_ends_the_other_sessions(fragua, people):
    other = people.sign_in("Ana")
    wrong = people.admin.post(fragua.url + "/api/v1/password", json={"current": "not this one", "new": "something new"}, timeout=20)
    assert wrong.status_code == 403 and state(fragua, other)["user"]
    assert people.admin.post(fragua.url + "/api/v1/password", json={"current": PASSWORD, "new": "something new"}, timeout=20).status_code == 204
    assert state(fragua, other)["user"] is None and state(fragua, people.admin)["user"]
    people.sign_in("Ana", "something new")


def test_passwords_cannot_be_guessed(fragua, people):
    statuses = [requests.post(fragua.url + "/api/v1/session", json={"name": "Ana", "password": f"guess {i}!"}, timeout=20) for i in range(60)]
    checked = [answer for answer in statuses if answer.status_code == 401]
    refused = [answer for answer in statuses if answer.status_code == 429]
    assert len(checked) <= 20 and len(checked) + len(refused) == 60
    assert int(refused[0].headers["Retry-After"]) > 0
    # Not even with the right one: it is not looked at.
    assert requests.post(fragua.url + "/api/v1/session", json={"name": "Ana", "password": PASSWORD}, timeout=20).status_code == 429
    assert state(fragua, people.admin)["user"]


def test_a_key_is_shown_once_and_its_limits_hold(fragua, people):
    key = people.key("models:read", limits={"requests_per_minute": 3})
    listed = people.admin.get(fragua.url + "/api/v1/keys", timeout=5)
    assert key["key"] not in listed.text and listed.json()["keys"][0]["hint"].startswith(key["key"][:7])
    statuses = [requests.get(fragua.url + "/api/tags", headers=bearer(key), timeout=5) for _ in range(5)]
    assert [answer.status_code for answer in statuses] == [200, 200, 200, 429, 429]
    assert 0 < int(statuses[-1].headers["Retry-After"]) <= 60


def test_who_leaves_before_the_end_pays_for_what_was_computed(fragua_binary, server, tmp_path):
    started = Server(fragua_binary, tmp_path, models=server.models, anonymous=False)
    try:
        key = People(started).key("infer", limits={"tokens_per_minute": 20})
        body = {"model": "smollm2:135m", "prompt": "Count upwards in words.", "options": {"num_predict": 500, "temperature": 0, "logit_bias": {"2": -100, "0": -100}}}
        with requests.post(started.url + "/api/generate", json=body, headers=bearer(key), stream=True, timeout=60) as answer:
            assert answer.status_code == 200
            lines = answer.iter_lines()
            assert not any(json.loads(next(lines))["done"] for _ in range(30))
        wait_for(lambda: "/api/generate" in started.log(), "the request's line in the log")
        assert requests.post(started.url + "/api/generate", json=body | {"stream": False}, headers=bearer(key), timeout=60).status_code == 429
    finally:
        started.kill()


@pytest.mark.parametrize("body", [
    {"name": "x", "scopes": []}, {"name": "x", "scopes": ["everything"]}, {"name": "x", "scopes": ["account"]}, {"name": "", "scopes": ["infer"]},
    {"name": "x", "scopes": ["infer"], "expires_in_days": 0}, {"name": "x", "scopes": ["infer"], "limits": {"tokens_per_day": 0}},
    {"name": "x", "scopes": ["infer"], "colour": "red"}, {"scopes": ["infer"]},
])
def test_wrong_keys_are_not_made(fragua, people, body):
    assert people.admin.post(fragua.url + "/api/v1/keys", json=body, timeout=5).status_code == 400
    assert people.admin.get(fragua.url + "/api/v1/keys", timeout=5).json()["keys"] == []


def test_a_member_cannot_make_a_key_that_does_more_than_they(fragua, people):
    member = people.member("Leo")
    for scope in ("admin", "models:write"):
        assert member.post(fragua.url + "/api/v1/keys", json={"name": "x", "scopes": [scope]}, timeout=5).status_code == 403
    people.key("infer", session=member)


def test_nobody_reaches_what_is_somebody_elses(fragua, people):
    member = people.member("Leo")
    mine = people.key("infer")
    session = people.admin.get(fragua.url + "/api/v1/sessions", timeout=5).json()["sessions"][0]["id"]
    for path in (f"/api/v1/keys/{mine['id']}", f"/api/v1/sessions/{session}", "/api/v1/keys/nothing", "/api/v1/sessions/nothing"):
        answer = member.delete(fragua.url + path, timeout=5)
        assert answer.status_code == 404, path
    assert len(people.admin.get(fragua.url + "/api/v1/keys", timeout=5).json()["keys"]) == 1
    people.admin.put(fragua.url + "/api/v1/preferences", json={"theme": "dark"}, timeout=5).raise_for_status()
    assert member.get(fragua.url + "/api/v1/preferences", timeout=5).json() == {}


def test_preferences_are_kept_and_bounded(fragua, people):
    url = fragua.url + "/api/v1/preferences"
    kept = {"language": "es", "presets": [{"name": "Preciso", "temperature": 0.1}]}
    assert people.admin.put(url, json=kept, timeout=5).status_code == 204
    assert people.admin.get(url, timeout=5).json() == kept
    assert people.admin.put(url, json={"x": "y" * 70_000}, timeout=5).status_code == 413
    assert people.admin.put(url, json=[1], timeout=5).status_code == 400
    assert people.admin.get(url, timeout=5).json() == kept


def test_the_last_administrator_stays(fragua, people):
    own = state(fragua, people.admin)["user"]["id"]
    assert people.admin.delete(f"{fragua.url}/api/v1/users/{own}", timeout=5).status_code == 409
    assert people.admin.patch(f"{fragua.url}/api/v1/users/{own}", json={"role": "member"}, timeout=5).status_code == 409
    assert state(fragua, people.admin)["user"]["role"] == "admin"


def test_everything_survives_a_restart(fragua, people, fragua_binary):
    key = people.key("models:read")
    fragua.kill()  # not asked to end
    again = Server(fragua_binary, fragua.folder, anonymous=False)
    try:
        assert requests.get(again.url + "/api/tags", headers=bearer(key), timeout=5).status_code == 200
        cookie = people.admin.cookies["fragua_session"]
        assert requests.get(again.url + "/api/v1/session", headers={"Cookie": f"fragua_session={cookie}"}, timeout=5).json()["user"]["name"] == "Ana"
    finally:
        again.kill()


def test_the_dashboard_has_points_of_before_it_was_opened(fragua, people):
    def points():
        return people.admin.get(fragua.url + "/api/v1/dashboard/history", timeout=5).json()["points"]

    deadline = time.monotonic() + 30
    while len(points()) < 2 and time.monotonic() < deadline:
        time.sleep(0.5)
    seen = points()
    assert len(seen) >= 2 and seen[0]["at"] < seen[1]["at"]
    assert seen[1]["memory_total_bytes"] > 0 and "recent_errors" not in seen[1]


def test_the_dashboard_and_the_settings_tell_what_the_server_is_at(fragua, people):
    requests.get(fragua.url + "/api/tags", timeout=5)
    figures = people.admin.get(fragua.url + "/api/v1/dashboard", timeout=5).json()
    assert figures["server_bytes"] > 1_000_000 and figures["memory_total_bytes"] > figures["memory_available_bytes"] > 0
    assert figures["models"] == [] and figures["requests_total"] > 0
    assert figures["gpus"] == [] or all(card["name"] and card["memory_total_bytes"] > 0 for card in figures["gpus"])
    settings = {row["key"]: row for row in people.admin.get(fragua.url + "/api/v1/settings", timeout=5).json()["settings"]}
    assert settings["listen"]["origin"] == "flag" and settings["sign_up"]["value"] == "closed"
