"""Where a pentagon of features beats two digons and one feature left out."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

from lcs.superposition.features import Features
from lcs.superposition.fit import FINE, fit_exact
from lcs.superposition.loss_relu import loss_relu
from lcs.superposition.model import Weights
from lcs.superposition.polytopes import parts

pytestmark = pytest.mark.claim("TMS-digon-pentagon")

ANGLES = 2 * np.pi * np.arange(5) / 5
PENTAGON = np.array([np.cos(ANGLES), np.sin(ANGLES)])
DIGONS = np.array([[1.0, -1, 0, 0, 0], [0, 0, 1, -1, 0]])


def best(shape: NDArray, p: float) -> tuple[float, NDArray]:
    """The least loss of this shape over its length, the bias of its features, and of the last."""
    f = Features.of(5, density=p)

    def loss(t: NDArray) -> tuple[float, NDArray]:
        b = np.array([t[1]] * 4 + [t[1] if shape is PENTAGON else t[2]])
        found = loss_relu(Weights(t[0] * shape, b), f, terms=FINE)
        g = found.gradient
        last = 0.0 if shape is PENTAGON else g.b[4]
        rest = g.b.sum() if shape is PENTAGON else g.b[:4].sum()
        return found.value, np.array([np.sum(g.W * shape), rest, last])

    end = minimize(loss, [1.0, -0.1, 0.1], jac=True, method="L-BFGS-B", options={"ftol": 1e-14})
    return float(end.fun), end.x


def test_they_cross_where_it_says() -> None:
    crossing = brentq(lambda p: best(PENTAGON, p)[0] - best(DIGONS, p)[0], 0.15, 0.3, xtol=1e-6)
    assert crossing == pytest.approx(0.2249, abs=1e-4)


def test_the_pentagon_is_longer_than_one_and_held_down_by_its_bias() -> None:
    _, (length, bias, _) = best(PENTAGON, 0.05)
    assert length**2 == pytest.approx(1.287, abs=1e-3)
    assert bias == pytest.approx(-0.246, abs=1e-3)


@pytest.mark.parametrize(
    ("p", "names"), [(0.21, ["pentagon"]), (0.24, ["digon", "digon"])], ids=["below", "above"]
)
def test_searches_over_all_weights_find_the_same(p: float, names: list[str]) -> None:
    found = fit_exact(Features.of(5, density=p), 2, starts=8, rng=np.random.default_rng(0))
    assert [part.name for part in parts(found.weights.W)] == names
    shape = PENTAGON if p < 0.2249 else DIGONS
    # Descents end where a step lowers the loss by less than 1e-10 of it: well within 1e-6.
    assert found.loss.value <= best(shape, p)[0] * (1 + 1e-6)
