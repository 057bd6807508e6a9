#!/usr/bin/env python3
"""Measures the goals side by side with their peers: bench/run.py E1 E8 … [--rounds N] [--model 135m|0.5b|1.5b|e5|FILE].

Peers are built by bench/peers.sh. Run it on a quiet machine; nothing else may use the cores."""

import argparse
import pathlib
import sys

from figures import save, short
from goals import GOALS


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("goals", nargs="*", default=[goal for goal in GOALS if goal != "GPU"], metavar="GOAL", help="all but GPU")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", help="instead of the one that each goal is measured with")
    arguments = parser.parse_args()
    for goal in arguments.goals:
        measure, model = GOALS[goal]
        model = arguments.model or model
        target, figures = measure(arguments.rounds, model)
        name = goal if model == GOALS[goal][1] else f"{goal}-{pathlib.Path(model).stem}"
        save(name, target, {"model": model, **figures}, "bench/run.py " + " ".join(sys.argv[1:]))
        print(f"{goal}: {target}")
        for name, value in figures.items():
            print(f"  {name}: {short(value)}")


if __name__ == "__main__":
    main()
