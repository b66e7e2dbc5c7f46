"""What a claim is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from numpy.typing import ArrayLike

Side = Literal["upper", "lower", "exact", "qualitative"]
Form = Callable[[ArrayLike, ArrayLike, ArrayLike], Any]
Domain = Callable[[ArrayLike, ArrayLike, ArrayLike], Any]

DERIVED = "derived for this project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that a measurement could contradict.

    ``side`` says what is claimed of ``d``: an upper bound, a lower bound, an exact value or
    identity, or a qualitative fact. ``domain(m, k, eps)`` is true where the claim speaks (None:
    everywhere) and ``domain_text`` says the same in words. ``form(m, k, eps)`` is the law without
    its unknown constant, nan outside the reach of its logarithms (None: no law of ``d``);
    ``constant`` is the explicit constant in front of it, where one is proved. ``empirical`` claims
    are facts about what training or search finds: no proof is expected of them.
    """

    id: str
    source: str
    locator: str
    statement: str
    side: Side
    domain: Domain | None = None
    domain_text: str = "every m, k, eps"
    form: Form | None = None
    constant: float | None = None
    erratum: str | None = None
    figure: str | None = None
    experiment: str | None = None
    empirical: bool = False
