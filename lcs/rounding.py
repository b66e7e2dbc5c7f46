"""Rounding bounds for inner products: how far a computed B^T A can be from the exact one.

u is the unit roundoff, gamma_n = n u/(1 - n u). In any order of summation, with or without fused
multiply-adds, a computed inner product of length d obeys
    |fl(b.a) - b.a| <= gamma_d sum_l |b_l a_l| + d eta <= gamma_d ||b|| ||a|| + d eta,
eta the smallest positive number (underflow). Reference: Higham 2002, Accuracy and Stability of
Numerical Algorithms, section 3.1.
"""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from lcs.codes.matrix import Matrix

U64 = float(np.finfo(np.float64).eps) / 2


def unit_roundoff(dtype: DTypeLike) -> float:
    """u = 2^-24 for float32, 2^-53 for float64."""
    return float(np.finfo(dtype).eps) / 2


def gamma(n: int, u: float) -> float:
    """gamma_n = n u/(1 - n u), the relative error of n roundings; infinite once n u >= 1.

    >>> gamma(4, 2.0**-53) > 4 * 2.0**-53
    True
    """
    return n * u / (1 - n * u) if n * u < 1 else np.inf


def column_lengths(
    A: Matrix, largest: float, squares: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Upper bounds on the Euclidean lengths of the columns of A (d, m), tight to about d u.

    `largest` is max |A_ij|: where it is extreme, dividing by its power of two keeps squares in
    range; what still underflows is below 2^-500 of it and is added back. `squares` (m,) are
    the inner products of the columns with themselves, where they are known already.
    """
    exponent = int(np.frexp(largest)[1])
    exponent = exponent if abs(exponent) > 32 else 0
    if exponent or squares is None:
        squares = column_products(A, A, exponent)
    lengths = np.sqrt(squares) * (1 + gamma(A.shape[0] + 4, U64)) + A.shape[0] * 2.0**-500
    return np.ldexp(lengths, exponent)


def column_products(A: Matrix, B: Matrix, exponent: int = 0) -> NDArray[np.float64]:
    """The inner products b_j . a_j of 2^-exponent A and 2^-exponent B in float64: (m,)."""

    def band(X: Matrix, first: int) -> NDArray[np.float64]:
        rows = X[first : first + step].astype(np.float64)
        return np.ldexp(rows, -exponent) if exponent else rows

    products = np.zeros(A.shape[1])
    step = max(1, 2**20 // A.shape[1])  # a band of rows at a time: no float64 copy of A
    for first in range(0, A.shape[0], step):
        a = band(A, first)
        products += np.einsum("ij,ij->j", a, a if B is A else band(B, first))
    return products


def entry_gamma(A: Matrix, B: Matrix, largest_product: float) -> float:
    """gamma_d for the products of (A, B), or 0 where integer arithmetic makes them exact.

    Integers whose partial sums stay below 1/u are represented, multiplied and added exactly.
    """
    d, u = A.shape[0], unit_roundoff(A.dtype)
    if d * largest_product <= 1 / u and _integral(A) and (B is A or _integral(B)):
        return 0.0
    return gamma(d, u)


def _integral(A: Matrix) -> bool:
    step = max(1, 2**20 // A.shape[1])
    bands = (A[first : first + step] for first in range(0, A.shape[0], step))
    return all(np.array_equal(band, np.rint(band)) for band in bands)
