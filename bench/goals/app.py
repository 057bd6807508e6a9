"""The app beside a real Open WebUI, both on the same model server: what a first visit costs, what the server takes, how soon it answers."""

import json
import os
import subprocess
import tempfile
import time
import urllib.request

from figures import ratios, spread
from peers import FRAGUA, ROOT, Server, free_port, peer, resident_bytes

PASSWORD = "caballo correcto"
VISITS = 5


def post(url, body, headers=None):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})
    return urllib.request.urlopen(request, timeout=60)


def first_visit(**page):
    """{bytes, requests, milliseconds}, by Chromium (tests/e2e/first_load.mjs)."""
    done = subprocess.run(["node", "first_load.mjs", json.dumps(page)], cwd=ROOT / "tests/e2e", check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def started(name, command, environment):
    """(server, seconds until it says that it is healthy)"""
    port = free_port()
    begin = time.monotonic()
    server = Server(name, [part.replace("PORT", str(port)) for part in command], port, environment)
    server.wait("/health")
    return server, time.monotonic() - begin


def fragua(folder):
    server, seconds = started("fragua", [FRAGUA, "serve", "--listen", "127.0.0.1:PORT"],
                              dict(os.environ, FRAGUA_DATA=f"{folder}/data", FRAGUA_MODELS=f"{folder}/models", FRAGUA_LOG_LEVEL="error"))
    url = f"http://127.0.0.1:{server.port}"
    cookie = post(url + "/api/v1/setup", {"name": "Ana", "password": PASSWORD}).headers["Set-Cookie"].split(";")[0]
    return server, seconds, {"url": url, "field": "#composer", "cookie": cookie}


def open_webui(folder):
    server, seconds = started("open-webui", [peer("peers/open-webui/bin/open-webui"), "serve", "--host", "127.0.0.1", "--port", "PORT"],
                              dict(os.environ, DATA_DIR=f"{folder}/data", WEBUI_SECRET_KEY="bench", OFFLINE_MODE="true", HF_HUB_OFFLINE="1",
                                   RAG_EMBEDDING_ENGINE="openai", ENABLE_OLLAMA_API="false", ENABLE_OPENAI_API="false"))
    url = f"http://127.0.0.1:{server.port}"
    token = json.load(post(url + "/api/v1/auths/signup", {"name": "Ana", "email": "ana@example.com", "password": PASSWORD}))["token"]
    return server, seconds, {"url": url, "field": "#chat-input", "token": token}


def app(rounds, model):
    del model  # neither has one: the page alone
    seen = {}
    for _ in range(rounds):
        for start in (fragua, open_webui):
            with tempfile.TemporaryDirectory() as folder:
                server, seconds, page = start(folder)
                with server:
                    visits = [first_visit(**page) for _ in range(VISITS)]
                    of = seen.setdefault(server.name, {"seconds until /health": [], "RSS MB": [], "KB of a first visit": [], "requests of a first visit": [],
                                                       "ms until one can type": []})
                    of["seconds until /health"].append(seconds)
                    of["RSS MB"].append(resident_bytes(server.process.pid) / 1e6)
                    of["KB of a first visit"] += [visit["bytes"] / 1e3 for visit in visits]
                    of["requests of a first visit"] += [visit["requests"] for visit in visits]
                    of["ms until one can type"] += [visit["milliseconds"] for visit in visits]
    figures = {f"{what}, {name}": spread(values) for name, of in seen.items() for what, values in of.items()}
    figures |= {f"ratio, {what}": ratios(values, seen["open-webui"][what]) for what, values in seen["fragua"].items()}
    return "first load ≤ 250 KB, one can type within 1 s; lighter and quicker than Open WebUI", figures
