"""All prey, by claim and by what it says; and the version of the code that hunts it."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from experiments import (
    _hunt_bounds,
    _hunt_codes,
    _hunt_geometry,
    _hunt_lattice,
    _hunt_linear,
    _hunt_parallel,
    _hunt_signals,
    _hunt_toys,
)
from experiments._hunt_prey import Prey

FAMILIES = (
    _hunt_linear,
    _hunt_parallel,
    _hunt_signals,
    _hunt_geometry,
    _hunt_bounds,
    _hunt_lattice,
    _hunt_codes,
    _hunt_toys,
)


@cache
def stock() -> Mapping[tuple[str, str], Prey]:
    """Return every prey under (claim, says), in the order of the families."""
    found = [prey for family in FAMILIES for prey in family.prey()]
    named = {(prey.claim, prey.says): prey for prey in found}
    if len(named) < len(found):
        raise ValueError("two prey of one claim must say different things")
    return MappingProxyType(named)


@cache
def source() -> str:
    """Return 64 bits of the SHA-256 of the hunting code: other code is another hunt."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("_hunt_*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
