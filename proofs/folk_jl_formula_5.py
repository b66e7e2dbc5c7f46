"""The capacity formula at 5 degrees, refuted by rank: fewer vectors fit than it promises."""

from fractions import Fraction

from proofs.crowds import refutation

proof = refutation("FOLK-jl-formula-5", 5, Fraction(87156, 10**6), 63)

proof.main(__name__)
