"""Every mutant of the mathematics, by the operators of cosmic-ray; and a seeded order of them.

Of cosmic-ray's replacements those are used that could be a slip: `+` for `-`, `<` for `<=`, a
number off by one. Its others (`*` for `<<`) raise at once and would only flatter the score.
"""

import ast
import difflib
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

PACKAGES = ("bounds", "linear", "l1", "claims")  # of lcs; compiled kernels are not mutated

_BINARY = "Add_Sub Sub_Add Mul_Div Div_Mul Pow_Mul FloorDiv_Mul Mod_Mul BitOr_BitAnd BitAnd_BitOr"
_COMPARISON = (
    "Lt_LtE LtE_Lt Gt_GtE GtE_Gt Lt_Gt Gt_Lt LtE_GtE GtE_LtE Eq_NotEq NotEq_Eq Is_IsNot IsNot_Is"
)
_OPERATORS = (
    *(f"ReplaceBinaryOperator_{pair}" for pair in _BINARY.split()),
    *(f"ReplaceComparisonOperator_{pair}" for pair in _COMPARISON.split()),
    *(f"ReplaceUnaryOperator_Delete_{sign}" for sign in ("USub", "Not", "Invert")),
    *("NumberReplacer", "AddNot", "ZeroIterationForLoop", "ExceptionReplacer"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operator can be applied: its `occurrence`-th place in a file."""

    file: str
    line: int
    operator: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file: the lines that differ, as they were and as they are now, and its text."""

    place: Place
    was: str
    now: str
    text: str


def _cosmic_ray(module: str) -> Any:
    return importlib.import_module(f"cosmic_ray.{module}")  # may be missing where types are checked


def places(file: Path, root: Path) -> list[Place]:
    """Every place in a file where one of the operators applies."""
    tools, operator = _cosmic_ray("ast"), _cosmic_ray("plugins").get_operator
    nodes = list(tools.ast_nodes(tools.get_ast(file.read_text(encoding="utf-8"))))
    name = file.relative_to(root).as_posix()
    found = []
    for kind in _OPERATORS:
        at, number = operator(f"core/{kind}")(), count()
        spans = (span for node in nodes for span in at.mutation_positions(node))
        found += [Place(name, begin[0], kind, next(number)) for begin, _ in spans]
    return found


def mutant(place: Place, root: Path) -> Mutant | None:
    """The mutant at a place; None where the change means nothing: to types alone, or no Python."""
    source = (root / place.file).read_text(encoding="utf-8")
    operator = _cosmic_ray("plugins").get_operator(f"core/{place.operator}")()
    text = _cosmic_ray("mutating").mutate_code(source, operator, place.occurrence)
    try:
        if _meaning(source) == _meaning(text):
            return None
    except SyntaxError:
        return None
    return Mutant(place, *_difference(source, text), text)


def sample(root: Path, seed: int) -> Iterator[Mutant]:
    """All mutants in a random order of which every beginning is stratified by package."""
    rng, ranked = np.random.default_rng(seed), []
    for package in PACKAGES:
        stratum = all_places(root, package)
        ranks = (rng.permutation(len(stratum)) + rng.random()) / max(len(stratum), 1)
        ranked += zip(ranks, stratum, strict=True)
    for _, place in sorted(ranked, key=lambda pair: pair[0]):
        if (made := mutant(place, root)) is not None:
            yield made


def all_places(root: Path, package: str) -> list[Place]:
    """Every place in a package."""
    return [
        at for file in sorted((root / "lcs" / package).glob("*.py")) for at in places(file, root)
    ]


def _meaning(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
            if any(ast.unparse(mark) == "overload" for mark in node.decorator_list):
                node.args.defaults, node.args.kw_defaults = [], []
    return ast.dump(tree)


def _difference(source: str, text: str) -> tuple[str, str]:
    old, new = source.splitlines(), text.splitlines()
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    was = (line for tag, a, b, _, _ in blocks if tag != "equal" for line in old[a:b])
    now = (line for tag, _, _, a, b in blocks if tag != "equal" for line in new[a:b])
    return " ".join(" ".join(was).split()), " ".join(" ".join(now).split())
