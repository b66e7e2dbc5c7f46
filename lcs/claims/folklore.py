"""Statements about nearly orthogonal vectors that are passed on without proof."""

from dataclasses import replace
from fractions import Fraction

from lcs.claims.claim import Claim


def exponent(d: int, degrees: Fraction | int) -> Fraction:
    """d F^2/1500, the claimed log10 of the vectors of R^d within F degrees of orthogonal.

    >>> exponent(12288, 5)
    Fraction(1024, 5)
    """
    return d * Fraction(degrees) ** 2 / 1500


def _statement(degrees: int) -> str:
    return (
        rf"$R^d$ holds $10^{{d F^2/1500}}$ unit vectors with every pairwise angle within "
        rf"$F = {degrees}$ degrees of $90^\circ$ at $d = 12288$."
    )


_JL = Claim(
    id="FOLK-jl-formula-2",
    source="Yoder, Beyond Orthogonality: How Language Models Pack Billions of Concepts into 12,000 "
    "Dimensions (2025)",
    locator="capacity formula and its value at 88 degrees, as its readers quote it",
    statement=_statement(2),
    side="upper",
    domain_text="d = 12288, F = 2",
    figure="folklore",
    experiment="folklore",
)

CLAIMS = (
    Claim(
        id="FOLK-packing-demo",
        source="Sanderson (3Blue1Brown), How might LLMs store facts, video (2024)",
        locator="demonstration near 19:50, 10,000 vectors of length 100; quoted from memory",
        statement=r"There are $10^4$ unit vectors in $R^{100}$ with every pairwise angle between "
        r"$89^\circ$ and $91^\circ$.",
        side="upper",
        domain_text="m = 10000, d = 100",
        erratum="Withdrawn in a note under the video: a few pairs end up nearly parallel, out of "
        "sight in the histogram shown.",
        figure="folklore",
        experiment="folklore",
    ),
    _JL,
    replace(
        _JL,
        id="FOLK-jl-formula-3",
        locator="capacity formula and its value at 87 degrees, as its readers quote it",
        statement=_statement(3),
        domain_text="d = 12288, F = 3",
    ),
    replace(
        _JL,
        id="FOLK-jl-formula-5",
        locator="capacity formula and its value at 85 degrees, as its readers quote it",
        statement=_statement(5),
        domain_text="d = 12288, F = 5",
    ),
    replace(
        _JL,
        id="FOLK-jl-formula-10",
        locator="capacity formula, evaluated at 80 degrees for this project",
        statement=_statement(10),
        domain_text="d = 12288, F = 10",
    ),
)
