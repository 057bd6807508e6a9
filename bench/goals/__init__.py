"""The goals of the engine: each a function (rounds, model) that measures all sides in one run and returns (target, figures)."""

from goals.answers import e15
from goals.app import app
from goals.catalogue import e16
from goals.catalogue_chat import e17
from goals.embedding import e10
from goals.footprint import footprint
from goals.gpu import gpu
from goals.ingestion import e18
from goals.latency import e3, e4, e5, e11
from goals.people import people
from goals.retrieval import e13
from goals.sharing import e1, e2
from goals.structured import e7, e8
from goals.throughput import e6, e9, e12
from goals.vectors import e14

# goal: (function, the model that it is measured with unless the command says otherwise)
GOALS = {"E1": (e1, "1.5b"), "E2": (e2, "0.5b"), "E3": (e3, "0.5b"), "E4": (e4, "0.5b"), "E5": (e5, "0.5b"), "E6": (e6, "0.5b"),
         "E7": (e7, "0.5b"), "E8": (e8, "1.5b"), "E9": (e9, "0.5b"), "E10": (e10, "e5"), "E11": (e11, "135m"), "E12": (e12, "0.5b"), "E13": (e13, "e5"), "E14": (e14, "e5"),
         "E15": (e15, "1.5b"), "E16": (e16, "1.5b"), "E17": (e17, "1.5b"), "E18": (e18, "e5"),
         "footprint": (footprint, "135m"), "people": (people, "135m"), "app": (app, "none"), "GPU": (gpu, "1.5b")}
