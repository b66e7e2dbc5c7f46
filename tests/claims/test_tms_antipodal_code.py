"""Antipodal pairs as a code: what the ReLU model, linear probes and l1-minimisation read."""

from itertools import combinations
from math import comb

import numpy as np
import pytest

from lcs.l1.basis_pursuit import basis_pursuit
from lcs.linear.activations import relu_worst_case
from lcs.linear.affine import affine_error
from lcs.linear.best_biases import relu_biases
from lcs.linear.probes import optimal_probes

pytestmark = pytest.mark.claim("TMS-antipodal-code")


@pytest.mark.parametrize("m", [1, 2, 4])
def test_worst_errors(m: int) -> None:
    A = np.hstack([np.eye(m), -np.eye(m)])
    none = np.zeros(2 * m)
    for k in range(1, 2 * m + 1):
        many = k > 1
        assert relu_worst_case(A, None, none, k=k).value == many
        assert relu_worst_case(A, None, relu_biases(A, k=k), k=k).value == many / 2
        # x_i = x_j = 1 looks like nothing: no decoder whatever errs by less than 1/2 at k = 2.
        assert affine_error(A, k=k).error_lower == pytest.approx(min(k, 2) / 4, abs=1e-9)
    assert optimal_probes(A).alpha == pytest.approx(0.5, abs=1e-9)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_nonnegative_l1_recovers_exactly_the_supports_without_a_pair(k: int) -> None:
    m = 3
    A, rng = np.hstack([np.eye(m), -np.eye(m)]), np.random.default_rng(k)
    recovered = 0
    for support in combinations(range(2 * m), k):
        z = np.zeros(2 * m)
        z[list(support)] = rng.uniform(0.5, 1, k)
        found = basis_pursuit(A, A @ z, nonnegative=True)
        # Entries are at least 1/2: a lost pair moves them by as much, rounding by 1e-9.
        same = bool(np.max(np.abs(found.z - z)) < 1e-6)
        assert same == (len({i % m for i in support}) == k)
        recovered += same
    assert recovered == 2**k * comb(m, k)
