"""The laws that claims state, and the domains where they speak."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lcs.claims.claim import Domain, Form


def _law(form: Callable[[Any, Any, Any], Any]) -> Form:
    """A form that broadcasts, and is nan, never a warning, where it is no number >= 0."""

    @wraps(form)
    def broadcast(m: ArrayLike, k: ArrayLike, eps: ArrayLike) -> Any:
        with np.errstate(all="ignore"):
            value = form(*(np.asarray(x, dtype=np.float64) for x in (m, k, eps)))
            return np.where(np.isfinite(value) & (value >= 0), value, np.nan)[()]

    return broadcast


def _domain(predicate: Callable[[Any, Any, Any], Any]) -> Domain:
    """A predicate that broadcasts, and also asks for 1 <= k <= m and eps > 0."""

    @wraps(predicate)
    def broadcast(m: ArrayLike, k: ArrayLike, eps: ArrayLike) -> Any:
        m, k, eps = (np.asarray(x, dtype=np.float64) for x in (m, k, eps))
        return ((k >= 1) & (k <= m) & (eps > 0) & predicate(m, k, eps))[()]

    return broadcast


@np.vectorize(otypes=[np.float64])
def _log_binomial(n: float, j: float) -> float:
    # A sum of j logarithms: log-gamma would lose every digit of ln C(10^12, 2).
    i = np.arange(j)
    return np.log((n - i) / (i + 1)).sum() if j <= n else -np.inf


# The forms: what d, or a rank, grows like.


@_law
def k_log(m: Any, k: Any, eps: Any) -> Any:
    """k ln(m/k), the classical law of non-linear recovery."""
    return k * np.log(m / k)


@_law
def quadratic(m: Any, k: Any, eps: Any) -> Any:
    """(k/eps)^2 ln m, the law of pairwise incoherence."""
    return (k / eps) ** 2 * np.log(m)


@_law
def quadratic_over_log(m: Any, k: Any, eps: Any) -> Any:
    """(k^2 / ln k) ln(m/k), the printed lower law; its hidden constant depends on eps."""
    return k**2 / np.log(k) * np.log(m / k)


@_law
def rank_rate(m: Any, k: Any, eps: Any) -> Any:
    """(k/eps)^2 ln m / ln(k/eps), the law of the rank lemma at entries eps/k."""
    return (k / eps) ** 2 * np.log(m) / np.log(k / eps)


@_law
def rank_rate_chebyshev(m: Any, k: Any, eps: Any) -> Any:
    """(k/eps)^2 ln m / ln(2k/eps), the law of the rank lemma with Chebyshev polynomials."""
    return (k / eps) ** 2 * np.log(m) / np.log(2 * k / eps)


@_law
def rank_rate_diagonal(m: Any, k: Any, eps: Any) -> Any:
    """(g/e)^2 ln m / ln(g/e) at g = 1 - eps and e = eps/k."""
    ratio = (1 - eps) * k / eps
    return ratio**2 * np.log(m) / np.log(ratio)


@_law
def top_k_union(m: Any, k: Any, eps: Any) -> Any:
    """(2k/eps^2) ln(m C(m-1,k) 2^k), the union bound over rows, supports and signs."""
    return 2 * k / eps**2 * (np.log(m) + _log_binomial(m - 1, k) + k * np.log(2))


# The domains: where a claim speaks.


@_domain
def everywhere(m: Any, k: Any, eps: Any) -> Any:
    """Every admissible (m, k, eps)."""
    return m > 0


@_domain
def half_dense(m: Any, k: Any, eps: Any) -> Any:
    """At most half of the features active."""
    return 2 * k <= m


@_domain
def compressible(m: Any, k: Any, eps: Any) -> Any:
    """Fewer active features than features."""
    return k < m


@_domain
def not_trivial(m: Any, k: Any, eps: Any) -> Any:
    """Tolerances that A = B = 0 does not already meet."""
    return eps <= 1


@_domain
def below_one(m: Any, k: Any, eps: Any) -> Any:
    """Errors that leave every diagonal entry of B^T A positive."""
    return eps < 1


@_domain
def up_to_half(m: Any, k: Any, eps: Any) -> Any:
    """Tolerances that the constant decoder 1/2 does not already meet on [0, 1]."""
    return eps <= 1 / 2


@_domain
def thm3_domain(m: Any, k: Any, eps: Any) -> Any:
    """The printed range of Theorem 3, with the two conditions it leaves out."""
    return (k >= 2) & (eps < 1) & (eps > k**1.5 * np.sqrt(5 / m))


@_domain
def thm12_domain(m: Any, k: Any, eps: Any) -> Any:
    """The printed range of Theorem 12 without k = 1."""
    return (k >= 2) & (k**2 < m)


@_domain
def lem7_domain(m: Any, k: Any, eps: Any) -> Any:
    """1/sqrt n < e < 1/2 at n = m, e = eps/k."""
    return (eps / k > 1 / np.sqrt(m)) & (eps / k < 1 / 2)


@_domain
def cor8_domain(m: Any, k: Any, eps: Any) -> Any:
    """g/sqrt n < e < g/2 at n = m, g = 1 - eps, e = eps/k."""
    return (eps < 1) & (eps / k > (1 - eps) / np.sqrt(m)) & (eps / k < (1 - eps) / 2)


@_domain
def collapsible(m: Any, k: Any, eps: Any) -> Any:
    """Where the collapse theorem leaves at least two features and mu < 1."""
    return (m >= 2) & (eps <= 1) & (2 * eps < k)


@_domain
def rank_domain(m: Any, k: Any, eps: Any) -> Any:
    """Where the rank lemma gives the law: k/sqrt m <= eps <= 1, and mu <= 1/2."""
    return (eps <= 1) & (eps >= k / np.sqrt(m)) & (k >= 3 * eps)
