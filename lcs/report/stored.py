"""What is stored about a claim, read with suspicion: a file that is not as it should be is a fault.

Proofs, tests and hunts are one JSON file a claim, `<results>/<room>/<ID>.json`; measurements are
the tables `<results>/<experiment>/verdict-*.parquet`, one row a finding.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

import polars as pl

from lcs.runs import provenance


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stored result comes from: its file and its provenance, as texts."""

    file: str
    about: Mapping[str, str]

    @property
    def old(self) -> bool:
        """Whether other source code computed it."""
        return self.about.get("source") != provenance.source()

    @property
    def commit(self) -> str:
        """The commit, shortened, with a mark where the tree had changes."""
        commit = self.about.get("commit", provenance.UNKNOWN)[:10]
        return f"{commit}+" if self.about.get("dirty") == "true" else commit


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a proof: what it says, its kind, and what came of it."""

    number: int
    kind: str
    text: str
    source: str | None
    shown: int
    failed: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Test:
    """One case of a test; its examples are counted where Hypothesis drew some."""

    id: str
    outcome: str
    seconds: float
    examples: int | None


@dataclass(frozen=True, slots=True)
class Slack:
    """The least slack that a hunt found in one inequality."""

    says: str
    least_slack: float
    relative: bool
    at: str
    evaluations: int
    tight: bool
    violated: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of an experiment: a claim held against a table."""

    claim: str
    says: str
    tests: int
    failures: int
    quantity: str
    value: float
    at: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file holds of a claim: steps (that may refute or prove a part), tests, slacks."""

    items: tuple[Any, ...]
    origin: Origin
    refutes: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that cannot be used, why, and the claim or experiment it would have spoken of."""

    file: str
    reason: str
    about: str


def read_room(
    results: Path, room: str, key: str, kind: type, faults: list[Fault]
) -> dict[str, Stored]:
    """Read `<results>/<room>/*.json`: for each claim its items of that kind, under that key.

    A file that cannot be used adds to the faults instead.
    """

    def parse(path: Path) -> Stored:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["claim"] != path.stem:
            raise ValueError(f"it speaks of {data['claim']!r}")
        items = tuple(_item(kind, item) for item in data[key])
        flags = {name: data.get(name) is True for name in ("refutes", "partial")}
        return Stored(items, _origin(path, data["provenance"]), **flags)

    paths = sorted((results / room).glob("*.json"))
    return {path.stem: got for path, got in _each(paths, parse, faults, lambda p: p.stem)}


def read_tables(results: Path, faults: list[Fault]) -> list[Stored]:
    """Read every `<results>/<experiment>/verdict-*.parquet`."""

    def parse(path: Path) -> Stored:
        rows = pl.read_parquet(path).iter_rows(named=True)
        about = json.loads(pl.read_parquet_metadata(path).get("lcs.provenance", "{}"))
        return Stored(tuple(_item(Found, row) for row in rows), _origin(path, about))

    paths = sorted(results.glob("*/verdict-*.parquet"))
    return [got for _, got in _each(paths, parse, faults, lambda path: path.parent.name)]


def _each(
    paths: list[Path],
    parse: Callable[[Path], Stored],
    faults: list[Fault],
    about: Callable[[Path], str],
) -> Iterator[tuple[Path, Stored]]:
    for path in paths:
        try:
            yield path, parse(path)
        except (
            OSError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            pl.exceptions.PolarsError,
        ) as e:
            reason = f"no {e}" if isinstance(e, KeyError) else (str(e) or repr(e)).splitlines()[0]
            faults.append(Fault(f"{path.parent.name}/{path.name}", reason, about(path)))


def _origin(path: Path, about: Mapping[str, Any]) -> Origin:
    texts = {str(name): str(value) for name, value in dict(about).items()}
    return Origin(f"{path.parent.name}/{path.name}", texts)


def _item(kind: type, data: Mapping[str, Any]) -> Any:
    """Build one item, every field of which is there and of its type."""
    hints = get_type_hints(kind)
    values = {field.name: data[field.name] for field in fields(kind)}
    for name, value in values.items():
        wanted = float | int if hints[name] is float else hints[name]
        if not isinstance(value, wanted):
            raise ValueError(f"{name} must be {hints[name]}; got {value!r}")
    return kind(**values)
