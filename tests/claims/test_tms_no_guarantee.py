"""The pentagon of least loss: small worst error for one active feature, 1 for two."""

import numpy as np
import pytest

from lcs.linear.activations import relu_worst_case
from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact

pytestmark = pytest.mark.claim("TMS-no-guarantee")


def test_the_pentagon_errs_by_its_bias_over_its_gain_and_then_by_one() -> None:
    law = Features.of(5, density=0.05)
    found = fit_exact(law, 2, starts=3, rng=np.random.default_rng(0)).weights
    gain, b = np.sum(found.W**2, axis=0), found.b
    np.testing.assert_allclose(gain, 1.287, atol=2e-3)  # the pentagon, to the figures known of it
    one, two = (relu_worst_case(found.W, None, b, k=k) for k in (1, 2))
    np.testing.assert_allclose(one.values, -b / gain, rtol=1e-12)
    assert 0.185 < one.value < 0.2
    assert two.value == 1.0
    # The witness: two features apart cancel, so that the one asked for reads nothing.
    i = two.feature
    assert np.count_nonzero(two.z) == 2
    assert float(found.W[:, i] @ found.W @ two.z + b[i]) <= 0
