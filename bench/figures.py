"""Medians with spread, and the files in bench/results."""

import json
import os
import pathlib
import platform
import statistics
import subprocess
import time

RESULTS = pathlib.Path(__file__).resolve().parent / "results"


def spread(values):
    values = sorted(values)
    return {"median": statistics.median(values), "min": values[0], "max": values[-1], "n": len(values)}


def ratios(of, to):
    """Pair by pair, round by round."""
    return spread([a / b for a, b in zip(of, to) if b])


def percentile(values, percent):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * percent / 100))]


def jain(values):
    return sum(values) ** 2 / (len(values) * sum(v * v for v in values)) if any(values) else 0.0


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = next(int(line.split()[1]) // 1048576 for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    return {"cpu": model, "cores": os.cpu_count(), "memory_gib": memory, "kernel": platform.release()}


def commit():
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=RESULTS.parent).stdout.strip()


def save(goal, target, figures, command):
    RESULTS.mkdir(exist_ok=True)
    record = {"goal": goal, "target": target, "figures": figures, "machine": machine(), "commit": commit(), "command": command,
              "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}
    (RESULTS / f"{goal}.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    write_table()


def save_misses(goal, misses):
    """What a goal's questions were answered wrongly, for people to read."""
    file = RESULTS / "misses" / f"{goal}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(misses, indent=1, ensure_ascii=False) + "\n")


def short(value):
    if isinstance(value, dict) and "median" in value:
        return f"{value['median']:.3g} ({value['min']:.3g}–{value['max']:.3g})"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def write_table():
    lines = ["# Results", "", "Medians (min–max), written by `bench/run.py`; each JSON file has machine, versions and command.", "",
             "| goal | target | figure | value |", "|---|---|---|---|"]
    for file in sorted(RESULTS.glob("*.json"), key=lambda f: (len(f.stem), f.stem)):
        record = json.loads(file.read_text())
        for i, (name, value) in enumerate(record["figures"].items()):
            lines.append(f"| {record['goal'] if i == 0 else ''} | {record['target'] if i == 0 else ''} | {name} | {short(value)} |")
    (RESULTS / "README.md").write_text("\n".join(lines) + "\n")
