"""A results folder with something of everything, as it is written elsewhere."""

import json
from pathlib import Path
from typing import Any

import polars as pl
from PIL import Image

from lcs.runs import provenance

ABOUT = {"source": provenance.source(), "commit": "c" * 40, "dirty": "false"}
STEP = {"number": 1, "kind": "exact", "text": "says $1 < 2$", "source": None}
STEP |= {"shown": 3, "failed": None, "seconds": 0.5}
TEST = {"id": "tests/claims/test_x.py::test_y[1]", "outcome": "passed"}
TEST |= {"seconds": 0.25, "examples": 60}
SLACK = {"says": "$d - 1$", "least_slack": 0.125, "relative": False, "at": "d = 2"}
SLACK |= {"evaluations": 1000, "tight": False, "violated": False}
FOUND = {"says": "d ≥ 1", "tests": 10, "failures": 0, "quantity": "least d", "value": 2.0}
FOUND |= {"at": "m = 3", "verdict": "holds"}


def put(results: Path, room: str, id: str, key: str, *items: dict, about: Any = ABOUT) -> Path:
    """Write one JSON file of a room."""
    path = results / room / f"{id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"claim": id, key: items, "provenance": about}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def measure(results: Path, folder: str, *rows: dict, about: Any = ABOUT) -> Path:
    """Write the verdicts of an experiment."""
    path = results / folder / "verdict-x.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(rows).write_parquet(path, metadata={"lcs.provenance": json.dumps(about)})
    return path


def draw(results: Path, folder: str, name: str) -> Path:
    """Write a figure."""
    path = results / folder / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (900, 600), "white").save(path)
    return path


def everything(results: Path) -> None:
    """One claim with all there can be, one that fails, one that is open; the rest are holes."""
    put(results, "proofs", "GKP26-thm2", "steps", STEP, {**STEP, "number": 2, "kind": "symbolic"})
    more = (
        {**TEST, "id": f"tests/{name}"} for name in ("claims/test_x.py::test_y[2]", "test_z.py::z")
    )
    put(results, "tests", "GKP26-thm2", "tests", TEST, *more)
    put(results, "hunt", "GKP26-thm2", "slacks", SLACK)
    rows = [{"claim": "GKP26-thm2", **FOUND}, {"claim": "GKP26-thm3", **FOUND}]
    measure(results, "scaling-quick", *rows)
    draw(results, "scaling-quick", "scaling")
    put(results, "tests", "GKP26-lem5", "tests", TEST)
    bad = {**FOUND, "claim": "GKP26-prop11", "failures": 2, "verdict": "violated"}
    measure(results, "geometry-quick", bad)
