#!/usr/bin/env python3
"""Writes a dump of a ticket shop that does not exist, in the shape that pg_dump gives it, with the flaws that real ones have.

Usage: generate.py [--seed N] [--copy] [FILE]     FILE: default tickets.sql beside this script
  --copy   rows as COPY blocks instead of one INSERT a row

The same seed gives the same bytes. 419 events in 43 cities and 13 genres; nothing in it stands for a real event, place or person.
"""
import argparse
import pathlib
import random
from datetime import datetime, timedelta

CITIES = {  # how many events, country, how the shop writes it
    "Valencia": (67, "España"), "Barcelona": (25, "España"), "Madrid": (24, "España"), "Paris": (20, "France"), "Amsterdam": (19, "Netherlands"),
    "London": (19, "United Kingdom"), "Bilbao": (16, "España"), "Munich": (16, "Germany"), "Manchester": (14, "United Kingdom"), "Vienna": (13, "Austria"),
    "Sevilla": (11, "España"), "Rome": (11, "Italy"), "Berlin": (9, "Germany"), "Málaga": (9, "España"), "Vigo": (9, "España"), "Athens": (9, "Greece"),
    "Pamplona": (8, "España"), "Córdoba": (8, "España"), "Las Palmas de Gran Canaria": (8, "España"), "Copenhagen": (7, "Denmark"), "A Coruña": (7, "España"),
    "Zurich": (7, "Switzerland"), "Stockholm": (6, "Sweden"), "Lisbon": (6, "Portugal"), "Palma de Mallorca": (6, "España"), "Lyon": (6, "France"),
    "Brussels": (5, "Belgium"), "Valladolid": (5, "España"), "Oviedo": (5, "España"), "Oslo": (5, "Norway"), "Warsaw": (5, "Poland"), "Milan": (4, "Italy"),
    "Alicante": (4, "España"), "Porto": (4, "Portugal"), "Prague": (4, "Czech Republic"), "Zaragoza": (3, "España"), "Gijón": (3, "España"),
    "Glasgow": (3, "United Kingdom"), "Granada": (3, "España"), "San Sebastián": (2, "España"), "Hamburg": (2, "Germany"), "Agullent": (1, "España"),
    "Ontinyent": (1, "España"),
}
GENRES = [("Classic Rock", 1, 49), ("Alternative Rock", 1, 31), ("Indie Rock", 1, 42), ("Punk Rock", 1, 42), ("Hard Rock", 1, 49), ("Heavy Metal", 2, 31),
          ("Thrash Metal", 2, 29), ("Death Metal", 2, 34), ("Black Metal", 2, 24), ("Power Metal", 2, 21), ("Symphonic Metal", 2, 20), ("Doom Metal", 2, 21),
          ("Progressive Metal", 2, 26)]
NIGHTS = ["Noche de Brasas", "Night of Embers", "Fragua en Vivo", "Anvil Sessions", "Martillo y Yunque", "Iron Hour", "Tormenta", "Thunder Room", "La Gran Descarga",
          "Loud Harbour", "Puerto Ruidoso", "Cinder Fest", "Ceniza Fest", "Last Amp Standing", "El Último Amplificador", "Rust & Roses", "Óxido y Rosas", "Steel Lantern",
          "Linterna de Acero", "Echo Yard"]
ABOUT = ["Una noche de {genre} con grupos de la ciudad y dos invitados de fuera.", "{genre}: tres grupos, un escenario y el volumen que hace falta.",
         "Sesión larga de {genre}, con puertas pronto y final tarde.", "An evening of {genre} with three bands and a late finish.",
         "El público lo llamó 'la noche más ruidosa del año': {genre} sin descanso.", "Aniversario de la sala con {genre} desde la primera canción."]
HALLS = ["Sala Yunque", "Sala Forja", "Nave Norte", "El Almacén", "L'Hangar", "The Foundry", "Halle Sieben", "Pabellón del Puerto", "Teatro del Carbón", "Club Mecha",
         "Arena Central", "The Boiler Room", "Sótano 9", "La Turbina"]
STREETS = ["Calle de la Herrería", "Avenida del Puerto", "Carrer de l'Enclusa", "Rue de la Forge", "Anvil Street", "Schmiedgasse", "Via del Ferro"]
EXTRAS = ["parking", "bar", "guardarropa", "merchandising", "accesibilidad", "terraza", "aire, frío y calor"]
# Venues of cities that have no event: the shop keeps them all the same.
QUIET = [("Santander", "España"), ("Murcia", "España"), ("Dublin", "Ireland")]
START, DAYS = datetime(2025, 1, 1, 12), 452
STAMP = "2025-10-16 16:20:41.136"
ADMIN = "00000000-0000-4000-8000-000000000001"

TABLES = {
    "Event": """id text NOT NULL
name text NOT NULL
description text
slug text NOT NULL
status public."EventStatus" DEFAULT 'DRAFT'::public."EventStatus" NOT NULL
"eventDate" timestamp(3) without time zone NOT NULL
"doorsOpenTime" timestamp(3) without time zone
"saleStartDate" timestamp(3) without time zone NOT NULL
"saleEndDate" timestamp(3) without time zone NOT NULL
"venueId" text NOT NULL
"totalCapacity" integer NOT NULL
"availableTickets" integer NOT NULL
"reservedTickets" integer DEFAULT 0 NOT NULL
"soldTickets" integer DEFAULT 0 NOT NULL
tags text[]
"bannerImage" text
"thumbnailImage" text
images text[]
"minPrice" numeric(10,2) NOT NULL
"maxPrice" numeric(10,2) NOT NULL
"ageRestriction" text
"createdById" text NOT NULL
"createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
"updatedAt" timestamp(3) without time zone NOT NULL
"publishedAt" timestamp(3) without time zone
"cancelledAt" timestamp(3) without time zone
"completedAt" timestamp(3) without time zone
metadata jsonb
category_id integer NOT NULL
subcategory_id integer""",
    "EventCategory": """id integer NOT NULL
name text NOT NULL
slug text
description text
icon text
image text
images text[] DEFAULT ARRAY[]::text[]
"createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
"updatedAt" timestamp(3) without time zone NOT NULL""",
    "EventSubcategory": """id integer NOT NULL
category_id integer NOT NULL
name text NOT NULL
slug text
description text
icon text
image text
"createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
"updatedAt" timestamp(3) without time zone NOT NULL""",
    "EventLocality": """id text NOT NULL
"eventId" text NOT NULL
name text NOT NULL
description text
capacity integer NOT NULL
price numeric(10,2) NOT NULL
"availableTickets" integer NOT NULL
"soldTickets" integer DEFAULT 0 NOT NULL
"reservedTickets" integer DEFAULT 0 NOT NULL
color text
"isActive" boolean DEFAULT true NOT NULL
"sortOrder" integer DEFAULT 0 NOT NULL
"createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
"updatedAt" timestamp(3) without time zone NOT NULL""",
    "Venue": """id text NOT NULL
name text NOT NULL
slug text NOT NULL
capacity integer NOT NULL
address text NOT NULL
city text NOT NULL
state text
country text DEFAULT 'EspaÃ±a'::text NOT NULL
"postalCode" text NOT NULL
latitude double precision
longitude double precision
description text
amenities text[]
images text[]
"isActive" boolean DEFAULT true NOT NULL
"createdById" text
"createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
"updatedAt" timestamp(3) without time zone NOT NULL""",
    "Order": """id text NOT NULL
"userId" text NOT NULL
"eventId" text NOT NULL
quantity integer NOT NULL
"finalAmount" numeric(10,2) NOT NULL
"userEmail" text NOT NULL
"createdAt" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL""",
    "admins": """id text NOT NULL
email text NOT NULL
password text NOT NULL
"firstName" text NOT NULL
"lastName" text NOT NULL
"isActive" boolean DEFAULT true NOT NULL""",
}
KEYS = """ALTER TABLE ONLY public."Event"
    ADD CONSTRAINT "Event_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."Venue"
    ADD CONSTRAINT "Venue_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."EventCategory"
    ADD CONSTRAINT "EventCategory_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."EventSubcategory"
    ADD CONSTRAINT "EventSubcategory_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."EventLocality"
    ADD CONSTRAINT "EventLocality_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."Event"
    ADD CONSTRAINT "Event_venueId_fkey" FOREIGN KEY ("venueId") REFERENCES public."Venue"(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY public."Event"
    ADD CONSTRAINT fk_event_category FOREIGN KEY (category_id) REFERENCES public."EventCategory"(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY public."Event"
    ADD CONSTRAINT fk_event_subcategory FOREIGN KEY (subcategory_id) REFERENCES public."EventSubcategory"(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public."EventLocality"
    ADD CONSTRAINT "EventLocality_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES public."Event"(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public."Order"
    ADD CONSTRAINT "Order_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES public."Event"(id) ON UPDATE CASCADE ON DELETE RESTRICT;
"""


def slug(text):
    plain = text.lower().translate(str.maketrans("áéíóúüñç&'", "aeiouunc--"))
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


def broken(text):
    """As a program with the wrong encoding left it: each letter outside ASCII became two question marks."""
    return "".join(c if ord(c) < 128 else "??" for c in text)


class Array(list):
    """A PostgreSQL array."""

    def __str__(self):
        return "{" + ",".join(f'"{item}"' if set(item) & set(', {}"\\') else item for item in self) + "}"


def as_insert(table, rows):
    def cell(value):
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (int, float)):
            return str(value)
        return "'" + str(value).replace("'", "''") + "'"

    return "".join(f"INSERT INTO public.{table} VALUES ({', '.join(map(cell, row))});\n" for row in rows)


def as_copy(table, rows, columns):
    def cell(value):
        if value is None:
            return r"\N"
        if isinstance(value, bool):
            return "t" if value else "f"
        return str(value).replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n")

    lines = "".join("\t".join(map(cell, row)) + "\n" for row in rows)
    return f"COPY public.{table} ({', '.join(columns)}) FROM stdin;\n{lines}\\.\n"


def make_venues(dice):
    venues, halls = [], {}
    places = [(city, country, 3 if count > 15 else 2 if count > 4 else 1) for city, (count, country) in CITIES.items()] + [(c, k, 1) for c, k in QUIET]
    for city, country, count in places:
        for hall in dice.sample(HALLS, count):
            identity = f"{slug(hall)}-{slug(city)}"
            about = f"Sala con sonido potente en el corazón de {city}"
            is_broken = country == "España" and dice.random() < 0.4
            shown_city = broken(city) if city == "Málaga" else city
            if city == "Málaga" or is_broken:
                about = broken(about)
            in_map = dice.random() < 0.7
            venues.append([identity, hall, identity, dice.choice([600, 1200, 3000, 9000, 16000]), f"{dice.choice(STREETS)} {dice.randint(1, 90)}", shown_city, None, country,
                           f"{dice.randint(1000, 52999):05}", round(dice.uniform(36, 60), 4) if in_map else None, round(dice.uniform(-9, 24), 4) if in_map else None, about,
                           Array(dice.sample(EXTRAS, dice.randint(1, 4))), Array(), True, ADMIN, STAMP, STAMP])
            halls.setdefault(city, []).append(identity)
    return venues, halls


def make_event(dice, number, city, genre, hall, day):
    name, category, _ = GENRES[genre]
    identity = f"evt-{number:04}"
    title = f"{city} {dice.choice(NIGHTS)}" if dice.random() < 0.5 else f"{dice.choice(NIGHTS)} {city}"
    price = dice.choice([10, 12, 15, 15, 16, 16, 16, 20, 24, 28, 30, 30, 36, 38, 41, 45, 46, 54, 54, 63, 70, 81])
    moment = START + timedelta(days=day, minutes=dice.randint(0, 660))
    capacity = dice.choice([600, 1200, 3000, 9000])
    tags = Array([slug(name), slug(city)]) if dice.random() < 0.3 else None
    text = lambda when: when.strftime("%Y-%m-%d %H:%M:%S")
    event = [identity, title, dice.choice(ABOUT).format(genre=name.lower()), f"{slug(title)}-{number}", "ACTIVE", text(moment), text(moment - timedelta(hours=1)),
             text(moment - timedelta(days=90)), text(moment - timedelta(hours=1)), hall, capacity, capacity, 0, 0, tags, None, None, Array(), f"{price}.00", f"{price * 4}.00",
             "18+" if dice.random() < 0.2 else None, ADMIN, STAMP, STAMP, STAMP, None, None, None, category, genre + 1]
    zones = [("Pista General", 1, 0.7), ("Grada", 2, 0.25), ("Palco VIP", 4, 0.05)] if dice.random() < 0.7 else [("Pista General", 1, 0.7), ("Balcón", 2, 0.3)]
    localities = [[f"loc-{identity}-{i}", identity, zone, f"Zona {zone.lower()}", int(capacity * part), f"{price * times}.00", int(capacity * part), 0, 0, "#3B82F6", True, i, STAMP, STAMP]
                  for i, (zone, times, part) in enumerate(zones, 1)]
    return event, localities


def make_rows(dice):
    venues, halls = make_venues(dice)
    cities = [city for city, (count, _) in CITIES.items() for _ in range(count)]
    genres = [i for i, (_, _, count) in enumerate(GENRES) for _ in range(count)]
    dice.shuffle(genres)
    days = [0, DAYS] + [int(min(dice.random(), dice.random() * 1.25) * DAYS) for _ in cities[2:]]
    dice.shuffle(days)
    events, localities = [], []
    for number, (city, genre, day) in enumerate(zip(cities, genres, days), 1):
        event, zones = make_event(dice, number, city, genre, dice.choice(halls[city]), day)
        events.append(event)
        localities += zones
    return {
        "Event": events,
        "EventCategory": [[i, name, name.lower(), None, None, None, Array(), STAMP, STAMP] for i, name in enumerate(("Rock", "Metal"), 1)],
        "EventSubcategory": [[i, category, name, slug(name), None, None, None, STAMP, STAMP] for i, (name, category, _) in enumerate(GENRES, 1)],
        "EventLocality": localities,
        "Venue": venues,
        # People who do not exist, so that a test can see that they are never taken.
        "Order": [[f"ord-{i}", f"user-{i}", f"evt-{i:04}", 2, "32.00", f"visitor{i}@example.com", STAMP] for i in range(1, 6)],
        "admins": [[ADMIN, "admin@example.com", "not-a-hash", "Nadie", "Ejemplo", True]],
    }


def named(table):
    return table if table.islower() else f'"{table}"'


def dump(seed, is_copy):
    rows = make_rows(random.Random(seed))
    parts = ["--\n-- PostgreSQL database dump\n--\n\n\\restrict 8rZk2synthetic\n\n-- Dumped from database version 15.14\n\nSET client_encoding = 'UTF8';\n"
             "SET standard_conforming_strings = on;\n\nCREATE TYPE public.\"EventStatus\" AS ENUM (\n    'DRAFT',\n    'ACTIVE',\n    'CANCELLED'\n);\n"]
    for table, columns in TABLES.items():
        body = ",\n".join("    " + line for line in columns.splitlines())
        parts.append(f"CREATE TABLE public.{named(table)} (\n{body}\n);\n")
    for table, columns in TABLES.items():
        names = [line.split()[0] for line in columns.splitlines()]
        parts.append(f"-- Data for Name: {table}; Type: TABLE DATA; Schema: public; Owner: -\n\n"
                     + (as_copy(named(table), rows[table], names) if is_copy else as_insert(named(table), rows[table])))
    return "\n\n".join(parts + [KEYS, "\\unrestrict 8rZk2synthetic\n"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copy", action="store_true")
    parser.add_argument("file", nargs="?", default=pathlib.Path(__file__).with_name("tickets.sql"))
    options = parser.parse_args()
    pathlib.Path(options.file).write_text(dump(options.seed, options.copy), encoding="utf-8")


if __name__ == "__main__":
    main()
