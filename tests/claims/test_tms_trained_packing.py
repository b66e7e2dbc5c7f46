"""Whether models of least loss are good linear codes: pairs are not, the pentagon is."""

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.codes.packing import pack
from lcs.linear.probes import optimal_probes
from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import antipodal_pairs

pytestmark = pytest.mark.claim("TMS-trained-packing")


def fitted(n: int, m: int) -> NDArray:
    """W of the best of a few descents, one importance, p = 0.05."""
    law = Features.of(n, density=0.05)
    return fit_exact(law, m, starts=3, rng=np.random.default_rng(0)).weights.W


def packed(d: int, n: int) -> float:
    """The linear error at k = 1 of the best packing found."""
    mu = pack(d, n, rng=np.random.default_rng(0), restarts=10).coherence
    return mu / (1 + mu)


@pytest.mark.parametrize("seed", range(5))
def test_two_parallel_columns_are_read_with_error_one_half_or_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((4, 6))
    A[:, 1] = -rng.uniform(0.5, 2) * A[:, 0]
    # w = (t, 1, 0, ...)/(t + 1) is in the kernel, and its larger entry is at least 1/2.
    assert optimal_probes(A).alpha >= 0.5 - 1e-12


def test_pairs_of_least_loss_read_worse_than_the_packing() -> None:
    """Ten lines in R^5 have coherence 1/3 (equiangular), hence error 1/4."""
    W = fit_exact(
        Features.of(10, density=0.05), 5, starts=3, rng=np.random.default_rng(0)
    ).weights.W
    assert len(antipodal_pairs(W)) == 5
    assert packed(5, 10) == pytest.approx(0.25, abs=1e-9)
    assert optimal_probes(W).alpha > 0.49


def test_the_pentagon_of_least_loss_is_the_packing() -> None:
    W = fitted(5, 2)
    # The descent ends within about 1e-5 of the regular pentagon, of error 1/sqrt 5.
    assert optimal_probes(W).alpha == pytest.approx(packed(2, 5), abs=1e-4)
    assert packed(2, 5) == pytest.approx(5**-0.5, abs=1e-9)
