"""The app with many people: 200 users with 50 conversations each, one of them with a conversation of 100 MB."""

import http.client
import json
import multiprocessing
import random
import tempfile
import time

from figures import percentile, spread
from peers import FRAGUA, Server, free_port

USERS, CONVERSATIONS, TURNS, ASKS = 200, 50, 3, 200
ASKS_BESIDE = 2000  # some seconds, so that the reader comes by often
PASSWORD = "caballo correcto"
READER_STARTS_S = 1.0
PERSON_PAUSE_S = 0.25  # between two pages of 100 messages (5 MB) for somebody who scrolls fast
WORDS = ("concierto entrada fecha sala banda disco gira guitarra lluvia camino puente invierno verano pregunta respuesta ejemplo fragua hierro "
         "martillo tabla consulta modelo lenguaje memoria archivo carpeta mensaje correo factura cliente pedido almacén").split()


class Person:
    def __init__(self, port, name):
        self.port, self.name, self.cookie = port, name, ""

    def call(self, method, path, body=None):
        """(status, seconds, answer's bytes) of one request on a connection of its own, as a page load makes."""
        begin = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, path, None if body is None else json.dumps(body), {"Cookie": self.cookie, "Content-Type": "application/json"})
        answer = connection.getresponse()
        data = answer.read()
        if set_cookie := answer.getheader("Set-Cookie"):
            self.cookie = set_cookie.split(";")[0]
        connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {data[:200]!r}")
        return time.perf_counter() - begin, data


def text(source, words):
    return " ".join(source.choices(WORDS, k=words))


def conversation(source, number, turns, words):
    """One of ChatGPT's export: a single branch."""
    mapping, parent = {}, None
    for turn in range(2 * turns):
        name = f"m{turn}"
        mapping[name] = {"id": name, "parent": parent, "children": [f"m{turn + 1}"] if turn + 1 < 2 * turns else [],
                         "message": {"id": name, "author": {"role": "assistant" if turn % 2 else "user"}, "create_time": 1.7e9 + number * 60 + turn,
                                     "content": {"content_type": "text", "parts": [text(source, words)]}}}
        parent = name
    return {"title": text(source, 5), "create_time": 1.7e9 + number * 60, "update_time": 1.7e9 + number * 60, "mapping": mapping, "current_node": parent}


def populate(port):
    admin = Person(port, "Admin")
    admin.call("POST", "/api/v1/setup", {"name": admin.name, "password": PASSWORD})
    people = [Person(port, f"user {number}") for number in range(USERS)]

    def make(number):
        person, source = people[number], random.Random(number)
        admin.call("POST", "/api/v1/users", {"name": person.name, "password": PASSWORD})
        person.call("POST", "/api/v1/session", {"name": person.name, "password": PASSWORD})
        while True:
            try:
                return person.call("POST", "/api/v1/conversations/import", [conversation(source, i, TURNS, 60) for i in range(CONVERSATIONS)])
            except RuntimeError as error:  # one import at a time in the whole house
                if "503" not in str(error):
                    raise
                time.sleep(0.05)

    for number in range(USERS):
        make(number)
    return people


def lists(people, source, asks=ASKS):
    return [source.choice(people).call("GET", "/api/v1/conversations?limit=50")[0] for _ in range(asks)]


def searches(people, source):
    return [source.choice(people).call("GET", "/api/v1/conversations?search=" + "%20".join(source.sample(["concierto", "guitarra", "fragua", "memoria", "factura"], 2)))[0]
            for _ in range(ASKS)]


def big_conversation(person):
    """100 MB of text in 2,000 messages; every import may bring 128 MB."""
    source = random.Random(7)
    block = text(source, 7000)[:50_000]
    whole = conversation(source, CONVERSATIONS, 1000, 1)  # the latest of all: the list begins with it
    for entry in whole["mapping"].values():
        entry["message"]["content"]["parts"] = [block]
    person.call("POST", "/api/v1/conversations/import", [whole])
    listed = json.loads(person.call("GET", "/api/v1/conversations?limit=1&search=")[1])["conversations"]
    return next(c["id"] for c in listed)


def read_pages(port, cookie, identifier, pause, stop):
    """In a process of its own: a thread of this one would share its interpreter lock with what is measured."""
    reader = Person(port, "reader")
    reader.cookie = cookie
    while not stop.wait(pause):
        reader.call("GET", f"/api/v1/conversations/{identifier}/messages?limit=100")


def beside(owner, identifier, pause, work):
    """What `work` measures while the owner of the large conversation reads it page after page, with `pause` seconds between two pages."""
    processes = multiprocessing.get_context("spawn")
    stop = processes.Event()
    reader = processes.Process(target=read_pages, args=(owner.port, owner.cookie, identifier, pause, stop), daemon=True)
    reader.start()
    time.sleep(READER_STARTS_S)
    try:
        return work()
    finally:
        stop.set()
        reader.join(60)


def people(rounds, model):
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {"HOME": folder, "FRAGUA_DATA": folder + "/data", "FRAGUA_LOG_LEVEL": "error"}
        with Server("fragua", [FRAGUA, "serve", "--listen", f"127.0.0.1:{port}"], port, environment) as server:
            server.wait()
            users = populate(port)
            source = random.Random(1)
            figures = {}
            for name, work in (("list", lists), ("search", searches)):
                rows = [work(users, source) for _ in range(rounds)]
                figures |= {f"{name} ms, median": spread([1000 * percentile(row, 50) for row in rows]), f"{name} ms, p95": spread([1000 * percentile(row, 95) for row in rows])}
            owner = users[0]
            identifier = big_conversation(owner)
            first = owner.call("GET", f"/api/v1/conversations/{identifier}/messages?limit=100")
            if len(first[1]) < 4_000_000:
                raise RuntimeError("this is not the conversation of 100 MB")
            figures["last 100 messages of 100 MB, ms"] = 1000 * first[0]

            def others():
                return lists(users[1:], source, ASKS_BESIDE)

            for name, pause in (("lie still", None), ("are scrolled through", PERSON_PAUSE_S), ("are read by a program without a pause", 0)):
                rows = [others() if pause is None else beside(owner, identifier, pause, others) for _ in range(rounds)]
                figures |= {f"others' list ms while 100 MB {name}, {label}": spread([1000 * percentile(row, at) for row in rows]) for label, at in (("median", 50), ("p95", 95))}
    return "200 users × 50 conversations: list < 100 ms, search < 150 ms; 100 MB of one slow the others by ≤ 10 %", figures
