"""The capacity formula at 3 degrees, refuted by rank: fewer vectors fit than it promises."""

from fractions import Fraction

from proofs.crowds import refutation

proof = refutation("FOLK-jl-formula-3", 3, Fraction(52336, 10**6), 22)

proof.main(__name__)
