"""Moments of uniform variables at odd frequencies against quadrature."""

import numpy as np
import pytest

from lcs._kernels.toy_waves import (
    G0,
    G1,
    ROWS,
    THETA,
    TURN,
    advance,
    at,
    moments,
    put,
    second_moment,
    set_out,
)

NODES, WEIGHTS = np.polynomial.legendre.leggauss(60)
UNIT = 2.0**-52
ANGLES = np.array([0.0, 1e-9, 0.01, 0.0499, 0.2499, 0.2501, -0.7, 3.0, -0.02])


@pytest.mark.parametrize("signed", [False, True])
def test_moments_of_uniform_variables(signed: bool) -> None:
    """Divisions by t^3 beyond t = 1/4 cost at most 64 units in the last place, thrice."""
    w, count = np.full((ROWS, ANGLES.size + 1), np.nan), ANGLES.size
    w[THETA, :count] = ANGLES
    low = -1.0 if signed else 0.0
    x = (low + 1) / 2 + NODES * (1 - low) / 2
    set_out(count, w)
    for k in range(1, 24, 2):
        moments(k, count, signed, w)
        waves = np.exp(1j * k * np.outer(ANGLES, x))
        exact = [waves @ (WEIGHTS / 2 * x**r) for r in range(3)]
        for j in range(count):
            assert abs(at(w, TURN, j) - np.exp(1j * k * ANGLES[j])) <= 4 * k * UNIT
            found = at(w, G0, j), at(w, G1, j), second_moment(k, j, signed, w)
            for r in range(3):
                assert abs(found[r] - exact[r][j]) <= 3 * 64 * k * UNIT
        advance(count, w)
    assert np.all(np.isnan(w[:, count]))  # nothing beyond the features in use is touched


def test_complex_numbers_in_two_rows() -> None:
    w = np.zeros((ROWS, 2))
    put(w, G0, 1, 2.0 - 3.0j)
    assert at(w, G0, 1) == 2.0 - 3.0j
    assert np.count_nonzero(w) == 2
