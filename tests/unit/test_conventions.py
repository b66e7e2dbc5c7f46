"""What holds of every class of results: they are frozen, and arrays are not compared by `==`."""

import dataclasses
import importlib
import pkgutil
from typing import Any

import pytest

import lcs

MODULES = [one.name for one in pkgutil.walk_packages(lcs.__path__, "lcs.")]
CLASSES = [
    kind
    for name in MODULES
    for kind in vars(importlib.import_module(name)).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == name
]
CHANGING = {"Node", "Typesetter"}  # of a search and of a parser
HOLDING = [
    (kind, field)
    for kind in CLASSES
    for field in dataclasses.fields(kind)
    if "ndarray" in str(field.type)
]


def parameters(kind: type) -> Any:
    """What `dataclass` was asked for."""
    return vars(kind)["__dataclass_params__"]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__qualname__)
def test_results_are_frozen_and_slotted(kind: type) -> None:
    assert "__slots__" in vars(kind)
    assert parameters(kind).frozen == (kind.__name__ not in CHANGING)


def test_no_two_arrays_are_compared_by_equality() -> None:
    assert len(HOLDING) > 20
    for kind, field in HOLDING:
        compared = parameters(kind).eq and field.compare
        assert not compared, f"{kind.__qualname__}.{field.name}"
