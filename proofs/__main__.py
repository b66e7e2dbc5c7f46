"""Run proofs and print what each step shows: `python -m proofs [ID ...]`; all without ids.

The outcomes are stored, one file a claim, for `lcs report`. Exits 1 if a step fails.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lcs.claims import CLAIMS
from lcs.runs import provenance
from proofs.proof import KINDS, Outcome, Proof

STORE = Path("results/proofs")


def module_of(id: str) -> str:
    """The module that proves a claim: its id in lower case, that of the seed paper left out."""
    return "proofs." + id.lower().removeprefix("gkp26-").replace("-", "_")


def proofs(ids: list[str] | None = None) -> dict[str, Proof]:
    """The proofs of the claims named, or of all that have one."""
    found = {}
    for id in ids or CLAIMS:
        if (Path(__file__).parent / f"{module_of(id).split('.')[1]}.py").exists():
            found[id] = import_module(module_of(id)).proof
        elif ids:
            raise SystemExit(f"no proof of {id}; claims with one: {', '.join(proofs())}")
    return found


def report(chosen: Mapping[str, Proof]) -> int:
    """Run, print and store; the exit code."""
    console = Console(width=None if Console().is_terminal else 120)
    table = Table("claim", *KINDS, "shown", "seconds", "verdict")
    failures: list[str] = []
    for id, proof in chosen.items():
        start = time.perf_counter()
        outcomes = list(proof.run())
        store(proof, outcomes, time.perf_counter() - start)
        if len(chosen) == 1:
            console.print(_steps(id, outcomes))
        failed = [f"{id}, step {o.number}: {o.failed}" for o in outcomes if o.failed]
        failures += failed
        table.add_row(
            id,
            *(str(sum(o.kind == kind for o in outcomes)) for kind in KINDS),
            str(sum(o.shown for o in outcomes)),
            f"{sum(o.seconds for o in outcomes):.1f}",
            f"{len(failed)} of {len(outcomes)} steps fail" if failed else "every step holds",
        )
    console.print(table)
    for line in failures:
        console.print(line, markup=False)
    return 1 if failures or not chosen else 0


def _steps(id: str, outcomes: list[Outcome]) -> Table:
    table = Table("", "kind", "says", "shown", title=f"{id}: {CLAIMS[id].locator}")
    for o in outcomes:
        says = o.text if o.source is None else f"{o.text} [{o.source}]"
        table.add_row(str(o.number), o.kind, says.replace("[", r"\["), o.failed or str(o.shown))
    return table


def store(proof: Proof, outcomes: list[Outcome], seconds: float) -> None:
    """Write the outcomes of one proof, by atomic rename."""
    STORE.mkdir(parents=True, exist_ok=True)
    content = {
        "claim": proof.id,
        "refutes": proof.refutes,
        "partial": proof.partial,
        "steps": [asdict(o) for o in outcomes],
        "provenance": provenance.collect(seconds=seconds),
    }
    partial = STORE / f"{proof.id}.json.partial"
    partial.write_text(json.dumps(content, indent=1), encoding="utf-8")
    partial.replace(STORE / f"{proof.id}.json")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m proofs", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="claims; all that have a proof")
    sys.exit(report(proofs(parser.parse_args().ids or None)))
