"""The capacity formula at 10 degrees, refuted by rank: fewer vectors fit than it promises."""

from fractions import Fraction

from proofs.crowds import refutation

proof = refutation("FOLK-jl-formula-10", 10, Fraction(173649, 10**6), 257)

proof.main(__name__)
