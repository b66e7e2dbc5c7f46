"""The bias of a feature that is not kept is its mean, and 0 where it is kept."""

import numpy as np
import pytest

from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import fit_exact

pytestmark = pytest.mark.claim("TMS-bias-expected-value")


@pytest.mark.parametrize("p", [0.05, 0.4, 1.0])
def test_biases_of_the_best_linear_model(p: float) -> None:
    n, m = 6, 2
    f = Features.of(n, density=p, importance=geometric_importance(n, 0.6))
    found = fit_exact(f, m, model="linear", starts=4, rng=np.random.default_rng(1))
    expected = np.where(np.arange(n) < m, 0, p / 2)
    np.testing.assert_allclose(found.weights.b, expected, rtol=0, atol=2e-3 * p)


def test_it_is_the_mean_of_any_feature_not_only_of_these() -> None:
    signed = Features.of(3, density=0.5, importance=[1, 0.5, 0.2], signed=True)
    found = fit_exact(signed, 1, model="linear", starts=3, rng=np.random.default_rng(1))
    np.testing.assert_allclose(found.weights.b, 0, rtol=0, atol=1e-3)
