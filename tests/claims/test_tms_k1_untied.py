"""Reading one active feature without error in three dimensions, with free output weights."""

import numpy as np
import pytest

from lcs.codes.pairs import lifted_polygon
from lcs.linear.activations import relu_worst_case

pytestmark = pytest.mark.claim("TMS-k1-untied")


@pytest.mark.parametrize("n", [3, 4, 7, 50, 400])
def test_a_lifted_polygon_reads_one_of_any_number(n: int) -> None:
    A, B = lifted_polygon(n)
    found = relu_worst_case(A, B, np.zeros(n), k=1)
    # A few roundings of cos, sin and the products, of size 1, over 1 - cos(step).
    assert found.value <= 16 * np.finfo(np.float64).eps / (1 - np.cos(2 * np.pi / n))
    # Of three independent columns B is the inverse; of more, no two active ones are read.
    assert n == 3 or relu_worst_case(A, B, np.zeros(n), k=2).value > 0.5


@pytest.mark.parametrize("n", [8, 50])
def test_tied_weights_of_the_same_code_err(n: int) -> None:
    A = lifted_polygon(n)[0]
    for scale in np.linspace(0.1, 1.5, 15):
        for bias in np.linspace(-1, 0.5, 16):
            assert relu_worst_case(scale * A, None, np.full(n, bias), k=1).value > 0.1


@pytest.mark.parametrize("n", [4, 9])
def test_one_neighbour_moved_onto_the_chord_is_no_longer_read(n: int) -> None:
    """Exactness needs every column on its own side: a column between two others has none."""
    A, B = lifted_polygon(n)
    A[:, 1] = (A[:, 0] + A[:, 2]) / 2
    assert relu_worst_case(A, B, np.zeros(n), k=1).value > 0.1


@pytest.mark.parametrize("n", [2, 0, -3, 3.0, True, "5"])
def test_a_polygon_has_three_corners_or_more(n: object) -> None:
    with pytest.raises(ValueError, match=r"n must be an integer >= 3; got"):
        lifted_polygon(n)  # pyright: ignore[reportArgumentType]
