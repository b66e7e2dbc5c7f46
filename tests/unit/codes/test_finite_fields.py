"""Field axioms, exhaustively; prime fields against arithmetic modulo p."""

import numpy as np
import pytest

from lcs.codes.finite_fields import field, is_prime, prime_power

ORDERS = [2, 3, 4, 5, 7, 8, 9, 11, 16, 25, 27, 32]


@pytest.mark.parametrize("q", ORDERS)
def test_axioms(q: int) -> None:
    F = field(q)
    a, b, c = np.meshgrid(*[F.elements] * 3, indexing="ij")
    np.testing.assert_array_equal(F.add(a, b), F.add(b, a))
    np.testing.assert_array_equal(F.add(F.add(a, b), c), F.add(a, F.add(b, c)))
    np.testing.assert_array_equal(F.mul(F.mul(a, b), c), F.mul(a, F.mul(b, c)))
    np.testing.assert_array_equal(F.mul(a, F.add(b, c)), F.add(F.mul(a, b), F.mul(a, c)))
    x, units = F.elements, F.elements[1:]
    np.testing.assert_array_equal(F.mul(x, np.array(1)), x)
    np.testing.assert_array_equal(F.add(x, np.array(0)), x)
    assert not F.add(x, F.neg(x)).any()
    products = F.mul(units[:, None], units)
    assert all(np.array_equal(np.sort(row), units) for row in products)


@pytest.mark.parametrize("p", [2, 3, 5, 7, 31, 101])
def test_prime_fields_are_integers_modulo_p(p: int) -> None:
    F, x = field(p), np.arange(p)
    np.testing.assert_array_equal(F.add(x[:, None], x), (x[:, None] + x) % p)
    np.testing.assert_array_equal(F.mul(x[:, None], x), x[:, None] * x % p)


@pytest.mark.parametrize("q", ORDERS)
def test_trace_is_additive_and_onto_the_prime_field(q: int) -> None:
    F = field(q)
    x = F.elements
    trace = F.trace(x)
    np.testing.assert_array_equal(np.bincount(trace, minlength=F.p), q // F.p)
    total = F.trace(F.add(x[:, None], x))
    np.testing.assert_array_equal(total, (trace[:, None] + trace) % F.p)


@pytest.mark.parametrize("q", [3, 5, 7, 9, 25, 27])
def test_character_marks_the_squares(q: int) -> None:
    F, x = field(q), field(q).elements
    squares = set(F.mul(x, x)[1:].tolist())
    expected = [0] + [1 if int(e) in squares else -1 for e in x[1:]]
    np.testing.assert_array_equal(F.character(x), expected)


def test_prime_powers_by_trial() -> None:
    powers = {p**n for p in range(2, 200) if all(p % f for f in range(2, p)) for n in range(1, 8)}
    assert {q for q in range(200) if prime_power(q)} == {q for q in powers if q < 200}
    assert [p for p in range(12) if is_prime(p)] == [2, 3, 5, 7, 11]


@pytest.mark.parametrize("q", [0, 1, 6, 12, 100])
def test_other_orders_are_refused(q: int) -> None:
    with pytest.raises(ValueError, match=f"prime power; got {q}"):
        field(q)
