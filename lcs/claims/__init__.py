"""The statements this project checks, as data.

A test, a proof, an experiment and a figure name the claim they could contradict. Statements are
LaTeX (text with inline maths), read in the notation of the project: features are columns,
``d(m,k,eps)`` is the least dimension in which some pair of codes ``A, B`` has worst-case error
below ``eps`` at sparsity ``k``, and ``mu = eps / (k - eps)``.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from lcs.claims import bounds, codes, cs, folklore, gkp26, linear, tms, tms_dynamics
from lcs.claims.claim import Claim

__all__ = ["CLAIMS", "Claim", "claim"]

_FAMILIES = (gkp26, linear, bounds, codes, cs, folklore, tms, tms_dynamics)

CLAIMS: Mapping[str, Claim] = MappingProxyType(
    {entry.id: entry for family in _FAMILIES for entry in family.CLAIMS}
)


def claim(id: str) -> Claim:
    """Return the claim of that id.

    Raises KeyError naming the nearest ids when there is none.

    >>> claim("GKP26-thm2").constant
    4.0
    >>> float(claim("GKP26-thm2").form(1000, 4, 0.5).round(1))
    442.1
    """
    if id not in CLAIMS:
        lower = {known.lower(): known for known in CLAIMS}
        near = [lower[match] for match in get_close_matches(id.lower(), lower, n=3, cutoff=0.4)]
        raise KeyError(f"no claim {id!r}; nearest: {', '.join(near) or 'none'}")
    return CLAIMS[id]
