"""Linear programmes over all B at each k: codes with known optima, and what is refused."""

import numpy as np
import pytest

from lcs.linear import top_k
from lcs.linear.top_k import column_optimum, row_optima

FUNCTIONS = pytest.mark.parametrize("optimum", [row_optima, column_optimum])
SOLVED = 1e-6  # what HiGHS may leave


@pytest.mark.parametrize("k", [1, 2, 5])
def test_known_codes(k: int) -> None:
    """One all-ones row on m features: every kernel vector with z_i = s has ||z||_1 >= 2 s."""
    m = 5
    one = np.ones((1, m), dtype=np.float32)
    np.testing.assert_allclose(row_optima(one, k), min(1, k / 2), atol=SOLVED)
    assert column_optimum(np.eye(m), k) == pytest.approx(0, abs=SOLVED)
    np.testing.assert_allclose(row_optima(np.eye(m), k), 0, atol=SOLVED)
    np.testing.assert_allclose(row_optima(np.zeros((2, m)), k), 1, atol=SOLVED)
    assert column_optimum(np.zeros((2, m)), k) == pytest.approx(1, abs=SOLVED)


def test_a_feature_that_the_kernel_touches_by_rounding_alone_is_read_exactly() -> None:
    A = np.ones((2, 4))
    A[0, 2] += 2.0**-10
    for k in (1, 3, 4):
        np.testing.assert_allclose(
            row_optima(A, k), min(1, k / 2) * (np.arange(4) != 2), atol=SOLVED
        )


@FUNCTIONS
def test_bad_input_is_one_clear_error(optimum) -> None:
    with pytest.raises(TypeError, match="A must be a float32 or float64 array; got list"):
        optimum([[1.0]], 1)
    for k in (0, 4, 1.5, True):
        with pytest.raises(ValueError, match="1 <= k <= m = 3; got"):
            optimum(np.ones((2, 3)), k)


@FUNCTIONS
def test_a_solver_that_gives_up_is_said_so(optimum, monkeypatch: pytest.MonkeyPatch) -> None:
    solve = top_k.linprog
    monkeypatch.setattr(
        top_k, "linprog", lambda *a, **k: solve(*a, **k, options={"maxiter": 0, "presolve": False})
    )
    with pytest.raises(RuntimeError, match="HiGHS found no optimum: "):
        optimum(np.random.default_rng(0).standard_normal((3, 6)), 2)
