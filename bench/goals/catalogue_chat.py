"""E17: the assistant of a catalogue, asked questions whose true answers come from the dump by SQL of this file's own: what it invents, which figures
are right, how long it takes; and what the same model makes of the same facts when nobody checks it."""

import json
import os
import random
import re
import sqlite3
import time
import urllib.request
import uuid

from figures import percentile, spread
from peers import ROOT, fragua

ASKED = int(os.environ.get("FRAGUA_CHAT_QUESTIONS", "200"))
ASKED_MODEL = int(os.environ.get("FRAGUA_CHAT_MODEL_QUESTIONS", "20"))   # of those, put to the bare model too
REAL = ROOT.parent / "shared/data/tickets/postgres_ticketing_backup.sql"
EXAMPLE = ROOT / "examples/tickets"
TODAY = "2025-11-10"
MONTHS = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]
NOT_THERE = ["jazz", "reguetón", "flamenco", "salsa"], ["Tokio", "Nueva York", "Buenos Aires"], ["Metallica", "Iron Maiden", "Rosalía"]


def rows_of(dump, table):
    """Values of INSERT lines, one line a row."""
    for line in dump.splitlines():
        if line.startswith(f'INSERT INTO public."{table}" '):
            values = re.findall(r"'(?:[^']|'')*'|[^,\s][^,]*", line[line.index("VALUES (") + 8 : line.rindex(");")])
            yield [None if v == "NULL" else v[1:-1].replace("''", "'") if v.startswith("'") else v for v in values]


def database(dump):
    """The events with their venues, cities and genres, joined here and nowhere else."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE events (id, title, day, genre, venue, city, price REAL, country)")
    venues = {row[0]: row for row in rows_of(dump, "Venue")}
    genres = {row[0]: row[2].lower() for row in rows_of(dump, "EventSubcategory")}
    for row in rows_of(dump, "Event"):
        venue = venues[row[9]]
        db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   (row[0], row[1], row[5][:10], genres[row[29]], venue[1], venue[5].replace("M??laga", "Málaga"), float(row[18]), venue[7]))
    return db


def spoken(day):
    year, month, number = day.split("-")
    return f"{int(number)} de {MONTHS[int(month) - 1]} de {year}"


def euros(price):
    return f"{price:g}".replace(".", ",") + " €"


class Questions:
    """Questions by seed, each with what a right answer says: texts that must stand in it, or ids of which one must."""

    def __init__(self, db, seed):
        self.db, self.random = db, random.Random(seed)
        self.cities = self.values("city")
        self.genres = self.values("genre")
        self.titles = [row[0] for row in db.execute("SELECT title FROM events GROUP BY title HAVING COUNT(*) = 1 ORDER BY title")]
        self.kinds = [self.all, self.by_city, self.by_genre, self.by_both, self.by_month, self.by_price, self.cheapest, self.dearest, self.span, self.next,
                      self.last, self.cities_of, self.genres_of, self.listed, self.title, self.absent, self.follow_up]

    def values(self, column):
        return [row[0] for row in self.db.execute(f"SELECT {column} FROM events GROUP BY {column} ORDER BY COUNT(*) DESC, {column}")]

    def one(self, sql, *values):
        return self.db.execute(sql, values).fetchone()

    def count(self, where="1", *values):
        """How the house says a number of concerts."""
        number = self.one(f"SELECT COUNT(*) FROM events WHERE {where}", *values)[0]
        return "No tenemos conciertos" if number == 0 else f"Tenemos {number} concierto" + ("" if number == 1 else "s")

    def ids(self, where, *values):
        return {row[0] for row in self.db.execute(f"SELECT id FROM events WHERE {where}", values)}

    def make(self, number):
        return [self.kinds[i % len(self.kinds)]() for i in range(number)]

    def all(self):
        return {"asks": [self.random.choice(["¿Cuántos eventos tenéis?", "¿cuántos conciertos hay en total?", "¿Cuántos conciertos hay?"])], "says": [self.count()]}

    def by_city(self):
        city = self.random.choice(self.cities)
        return {"asks": [f"¿Cuántos conciertos tenéis en {city}?"], "says": [self.count("city = ?", city)]}

    def by_genre(self):
        genre = self.random.choice(self.genres)
        return {"asks": [f"¿Cuántos conciertos de {genre} hay?"], "says": [self.count("genre = ?", genre)]}

    def by_both(self):
        city, genre = self.random.choice(self.cities[:15]), self.random.choice(self.genres)
        return {"asks": [f"cuántos conciertos de {genre} hay en {city}"], "says": [self.count("city = ? AND genre = ?", city, genre)]}

    def by_month(self):
        month, city = self.random.randint(1, 12), self.random.choice(self.cities[:5])
        return {"asks": [f"¿Cuántos conciertos hay en {city} en {MONTHS[month - 1]} de 2025?"], "says": [self.count("city = ? AND day LIKE ?", city, f"2025-{month:02}-%")]}

    def by_price(self):
        city, price = self.random.choice(self.cities[:10]), self.random.choice([15, 20, 30, 40])
        return {"asks": [f"¿Cuántos conciertos hay en {city} por menos de {price} euros?"],
                "says_one": [self.count("city = ? AND price <= ?", city, price), self.count("city = ? AND price < ?", city, price)]}

    def cheapest(self):
        city = self.random.choice(self.cities)
        price = self.one("SELECT MIN(price) FROM events WHERE city = ?", city)[0]
        return {"asks": [f"¿Cuál es el concierto más barato de {city}?"], "says": [euros(price)], "names": self.ids("city = ? AND price = ?", city, price)}

    def dearest(self):
        genre = self.random.choice(self.genres)
        price = self.one("SELECT MAX(price) FROM events WHERE genre = ?", genre)[0]
        return {"asks": [f"¿Cuál es el concierto de {genre} más caro?"], "says": [euros(price)], "names": self.ids("genre = ? AND price = ?", genre, price)}

    def span(self):
        genre = self.random.choice(self.genres)
        low, high = self.one("SELECT MIN(price), MAX(price) FROM events WHERE genre = ?", genre)
        return {"asks": [f"¿Cuánto cuestan los conciertos de {genre}?"], "says": [euros(low), euros(high)]}

    def next(self):
        city = self.random.choice(self.cities[:12])
        day = self.one("SELECT MIN(day) FROM events WHERE city = ? AND day >= ?", city, TODAY)[0]
        if day is None:
            return {"asks": [f"¿Cuándo es el próximo concierto en {city}?"], "says": ["No tenemos conciertos"]}
        return {"asks": [f"¿Cuándo es el próximo concierto en {city}?"], "says": [spoken(day)], "names": self.ids("city = ? AND day = ?", city, day)}

    def last(self):
        genre = self.random.choice(self.genres)
        day = self.one("SELECT MAX(day) FROM events WHERE genre = ?", genre)[0]
        return {"asks": [f"¿Cuál es el último concierto de {genre}?"], "says": [spoken(day)], "names": self.ids("genre = ? AND day = ?", genre, day)}

    def cities_of(self):
        genre = self.random.choice(self.genres)
        rows = self.db.execute("SELECT city, COUNT(*) FROM events WHERE genre = ? GROUP BY city ORDER BY 2 DESC", (genre,)).fetchall()
        return {"asks": [f"¿En qué ciudades hay conciertos de {genre}?"], "says": [f"{len(rows)} ciudad", f"{rows[0][0]} ({rows[0][1]})"]}

    def genres_of(self):
        number = len(self.genres)
        top = self.one("SELECT genre, COUNT(*) FROM events GROUP BY genre ORDER BY 2 DESC")
        return {"asks": [self.random.choice(["¿Qué géneros tenéis?", "¿Qué estilos de música hay?"])], "says": [f"{number} géneros", f"{top[0]} ({top[1]})"]}

    def listed(self):
        city, genre = self.random.choice(self.cities[:8]), self.random.choice(self.genres)
        ids = self.ids("city = ? AND genre = ?", city, genre)
        return {"asks": [f"conciertos de {genre} en {city}"], "says": [self.count("city = ? AND genre = ?", city, genre)], "names": ids}

    def title(self):
        title = self.random.choice(self.titles)
        ident, day, city, price = self.one("SELECT id, day, city, price FROM events WHERE title = ?", title)
        question = self.random.choice(["¿Cuándo es {}?", "Háblame de {}", "¿Cuánto cuesta {}?", "¿Dónde es {}?"]).format(title)
        return {"asks": [question], "says": [spoken(day), city, euros(price)], "names": {ident}}

    def absent(self):
        genres, cities, bands = NOT_THERE
        question, word = self.random.choice([("¿Tenéis conciertos de {}?", self.random.choice(genres)), ("¿Hay conciertos en {}?", self.random.choice(cities)),
                                             ("¿Cuándo toca {}?", self.random.choice(bands))])
        return {"asks": [question.format(word)], "says": ["No tenemos", word], "names": set()}

    def follow_up(self):
        first, second = self.random.sample(self.cities[:10], 2)
        genre = self.random.choice(self.genres)
        return {"asks": [f"¿Cuántos conciertos de {genre} hay en {first}?", f"¿y en {second}?"], "says": [self.count("city = ? AND genre = ?", second, genre)]}


def inventions(text, question, db):
    """What the answer says of events, days and prices that the data do not have; lines of a list are compared whole."""
    found = []
    asked = question["asks"][-1]
    events = {row[0]: row for row in db.execute("SELECT * FROM events")}
    named = re.findall(r"\[([^\]]+)\]", text)
    found += [f"event [{key}]" for key in named if key not in events]
    known = " | ".join([asked, "Conciertos de rock y metal", *(f"{row[1]} | {row[4]} | {row[5]} | {row[7]}" for row in events.values())])
    found += [f"name {name!r}" for name in re.findall(r"(?:[A-ZÁÉÍÓÚ][\wáéíóúñ]+ )+[A-ZÁÉÍÓÚ][\wáéíóúñ]+", text) if name not in known]
    for line in re.split(r"\n|(?<=[.:;]) (?=[A-ZÁÉÍÓÚ])", text):
        here = [events[key] for key in re.findall(r"\[([^\]]+)\]", line) if key in events]
        for ident, title, *_ in here:
            if f"{title} [{ident}]" not in line:
                found.append(f"title of [{ident}] in {line!r}")
        days = re.findall(r"\d{1,2} de \w+ de \d{4}", line)
        allowed_days = {spoken(row[2]) for row in here} if here else {spoken(row[2]) for row in events.values()} | {spoken(TODAY)}
        found += [f"day {day} in {line!r}" for day in days if day not in allowed_days]
        prices = re.findall(r"\d+(?:[.,]\d+)? €", line)
        allowed_prices = {euros(row[6]) for row in here} if here else {euros(row[6]) for row in events.values()} | {euros(4 * row[6]) for row in events.values()}
        allowed_prices |= {f"{number} €" for number in re.findall(r"\d+", asked)}
        found += [f"price {price} in {line!r}" for price in prices if price not in allowed_prices and "hasta" not in line]
    return found


def is_right(text, question):
    says = all(part in text for part in question.get("says", []))
    one = any(part in text for part in question["says_one"]) if "says_one" in question else True
    named = set(re.findall(r"\[([^\]]+)\]", text))
    names = question.get("names")
    return says and one and (names is None or (not names and not named) or bool(named & names))


def import_catalogue(server, dump):
    mapping = (EXAMPLE / "catalogue.toml").read_text().replace("[search]", '[search]\nfrom = "m"').replace("[assistant]", '[assistant]\nfrom = "m"')
    boundary = uuid.uuid4().hex
    part = '--{}\r\nContent-Disposition: form-data; name="{}"; filename="{}"\r\n\r\n{}\r\n'
    body = part.format(boundary, "source", "dump.sql", dump) + part.format(boundary, "mapping", "catalogue.toml", mapping) + f"--{boundary}--\r\n"
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/api/v1/catalogues/tickets/import", body.encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    last = json.loads(urllib.request.urlopen(request, timeout=300).read().strip().splitlines()[-1])
    if last.get("status") != "success":
        raise RuntimeError(f"the import failed: {last}")


def chat(server, question):
    """The last answer of the question's turns, and the seconds that it took."""
    history = []
    for asked in question["asks"]:
        begin = time.perf_counter()
        answer = server.ask("/api/v1/catalogues/tickets/chat", {"message": asked, "history": history})
        seconds = time.perf_counter() - begin
        history += [{"role": "user", "content": asked}, {"role": "assistant", "content": answer["response"]}]
    return answer, seconds


def bare_model(server, question, facts):
    lines = "\n".join(f"{number}. {fact}" for number, fact in enumerate(facts, 1))
    prompt = f"Datos:\n{lines}\nPregunta: {' '.join(question['asks'])}\nResponde en español en una o dos frases, solo con los datos. Si nombras un concierto, pon su identificador entre corchetes."
    begin = time.perf_counter()
    answer = server.ask("/api/chat", {"model": "m", "messages": [{"role": "user", "content": prompt}], "stream": False, "options": {"temperature": 0, "num_predict": 160}})
    return answer["message"]["content"], time.perf_counter() - begin


def e17(rounds, model):
    del rounds  # the same every time
    dump = (REAL if REAL.exists() else EXAMPLE / "tickets.sql").read_text(encoding="utf-8")
    db = database(dump)
    questions = Questions(db, 17).make(ASKED)
    with fragua(model, [f"clock={TODAY}"]) as server:
        import_catalogue(server, dump)
        answers = [chat(server, question) for question in questions]
        alone = [bare_model(server, question, answer["facts"]) for question, (answer, _) in list(zip(questions, answers))[:ASKED_MODEL]]
    invented = [what for question, (answer, _) in zip(questions, answers) for what in inventions(answer["response"], question, db)]
    wrong = [(question["asks"], answer["response"]) for question, (answer, _) in zip(questions, answers) if not is_right(answer["response"], question)]
    for what in invented:
        print(f"  invented: {what}")
    for asks, response in wrong:
        print(f"  not right: {asks} -> {response!r}")
    seconds = [1000 * s for _, s in answers]
    figures = {"questions": len(questions), "inventions": len(invented), "right": 1 - len(wrong) / len(questions),
               "asked a model": sum(answer["asked_model"] for answer, _ in answers), "answer, ms": spread(seconds), "answer p95, ms": percentile(seconds, 95)}
    if alone:
        figures |= {"the model alone with the same facts: questions": len(alone),
                    "the model alone: inventions": sum(len(inventions(text, question, db)) for question, (text, _) in zip(questions, alone)),
                    "the model alone: right": sum(is_right(text, question) for question, (text, _) in zip(questions, alone)) / len(alone),
                    "the model alone, ms": spread([1000 * s for _, s in alone])}
    return "0 invented events, days or prices; figures right in ≥ 99 %", figures
