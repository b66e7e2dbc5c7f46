"""Certificates by probes need d of order k^2; recovery itself needs k ln(m/k)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.bounds.problem import least_satisfying
from lcs.bounds.recovery import l1_sufficient_d
from lcs.bounds.strong import certificate_ceiling, certified_k
from lcs.claims import claim
from lcs.codes.random import gaussian

pytestmark = pytest.mark.claim("CS-k2-versus-k")


def needed(m: int, k: int) -> int:
    """The least d at which certificates by probes are not excluded."""
    return least_satisfying(lambda d: d >= 1 and certificate_ceiling(d, m) >= k, m)


@given(m=st.integers(2, 10**5), share=st.floats(0, 1))
def test_certificates_need_what_is_stated(m, share):
    k = max(1, int((m // 2) ** share))
    d = needed(m, k)
    assert d == m or d * (m - 1) > (2 * k - 1) ** 2 * (m - d)
    assert (d - 1) * (m - 1) <= (2 * k - 1) ** 2 * (m - d + 1)


def test_the_two_orders_part():
    """m = 10^6: exponents of k near 2 and near 1, and the ratio grows without end."""
    m, ks = 10**6, np.array([4, 8, 16, 32, 64, 128])
    proofs = np.array([needed(m, int(k)) for k in ks], float)
    recovery = np.array([l1_sufficient_d(m, int(k)).d for k in ks], float)
    slopes = [np.diff(np.log(d)) / np.diff(np.log(ks)) for d in (proofs, recovery)]
    assert np.all(slopes[0] > 1.9)
    assert np.all(slopes[1] < 1)
    assert np.all(np.diff(proofs / recovery) > 0)
    assert proofs[0] < recovery[0]  # constants: at small k the proved sufficient d is larger
    assert proofs[-1] > 8 * recovery[-1]


def test_within_its_domain_the_certificates_are_the_dearer_ones():
    law = claim("CS-k2-versus-k")
    form = claim("GKP26-thm1").form
    assert law.domain is not None
    assert form is not None
    for m, k in [(10**4, 150), (10**6, 200), (10**8, 300)]:
        assert law.domain(m, k, 1.0)
        cheap = 11 * form(m, k, 1.0)
        assert (2 * k - 1) ** 2 > cheap * m / (m - cheap)
        assert needed(m, k) > cheap >= (l1_sufficient_d(m, k).d or 0)


def test_one_code_shows_it():
    """The proofs by probes stop at their ceiling or before; the search goes on."""
    found = certified_k(gaussian(13, 16, rng=np.random.default_rng(2)), nodes=400)
    assert (found.k["rows"], found.k["columns"], found.k["exact"]) == (2, 2, 3)
