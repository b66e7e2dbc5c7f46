"""Numerical verification of linear compressed sensing, the theory of linear representations."""

from lcs.bounds.bracket import Bracket, bracket
from lcs.bounds.construct import Construction, construct
from lcs.bounds.improve import improve
from lcs.bounds.inverse import Limit, greedy_features, least_coherence, most_features
from lcs.bounds.lower import best_lower, rank_chebyshev, rank_monomial, welch
from lcs.bounds.problem import Bound
from lcs.bounds.recovery import l1_sufficient_d
from lcs.bounds.strong import CertifiedK, certificate_ceiling, certified_k
from lcs.bounds.upper import best_upper, lemma5, thm2, u0_exact, u0_hoeffding
from lcs.claims import CLAIMS, Claim, claim
from lcs.codes.algebraic import catalogue
from lcs.codes.code import Code
from lcs.codes.largest import largest_code
from lcs.codes.packing import Packing, Stopped, pack
from lcs.codes.pairs import lifted_pair, lifted_polygon, shifted_pair
from lcs.codes.random import gaussian, nested, rademacher, sparse_sign, spherical, unit_columns
from lcs.codes.smallest import smallest_code
from lcs.l1.basis_pursuit import Pursuit, basis_pursuit, basis_pursuit_denoise
from lcs.l1.batch import Decisions, recovers_each
from lcs.l1.check import check_decision
from lcs.l1.critical import CriticalRows, critical_d
from lcs.l1.decision import Decision, Verdict, recovers
from lcs.l1.nullspace import NullSpace, nullspace_constant
from lcs.l1.pursuits import basis_pursuit_each
from lcs.l1.reduced import reduced_gaussian
from lcs.l1.transition import (
    IntrinsicVolumes,
    intrinsic_volumes,
    recoverable_k,
    success_probability,
)
from lcs.l1.weak_curve import weak_dimension, weak_threshold
from lcs.linear.activations import DecoderErrors, affine_worst_case, relu_worst_case
from lcs.linear.affine import AffineProbes, affine_error
from lcs.linear.affine_certificates import check_affine
from lcs.linear.certificates import Certified, check_certificates
from lcs.linear.error import WorstCase, worst_case_error
from lcs.linear.probes import Probes, Status, optimal_probes
from lcs.linear.profile import Crossing, ErrorProfile, error_profile, minimal_d
from lcs.linear.seen import ErrorSeen, error_seen
from lcs.linear.simple_probes import pseudo_inverse_probes, ridge_probes, scaled_probes
from lcs.linear.thresholds import Reading, Thresholds, threshold_margin
from lcs.logistic import Logistic, fit_logistic
from lcs.scaling import LAWS, Fit, Law, Window, fit_law, fit_power, select

__all__ = [
    "CLAIMS",
    "LAWS",
    "AffineProbes",
    "Bound",
    "Bracket",
    "Certified",
    "CertifiedK",
    "Claim",
    "Code",
    "Construction",
    "CriticalRows",
    "Crossing",
    "Decision",
    "Decisions",
    "DecoderErrors",
    "ErrorProfile",
    "ErrorSeen",
    "Fit",
    "IntrinsicVolumes",
    "Law",
    "Limit",
    "Logistic",
    "NullSpace",
    "Packing",
    "Probes",
    "Pursuit",
    "Reading",
    "Status",
    "Stopped",
    "Thresholds",
    "Verdict",
    "Window",
    "WorstCase",
    "affine_error",
    "affine_worst_case",
    "basis_pursuit",
    "basis_pursuit_denoise",
    "basis_pursuit_each",
    "best_lower",
    "best_upper",
    "bracket",
    "catalogue",
    "certificate_ceiling",
    "certified_k",
    "check_affine",
    "check_certificates",
    "check_decision",
    "claim",
    "construct",
    "critical_d",
    "error_profile",
    "error_seen",
    "fit_law",
    "fit_logistic",
    "fit_power",
    "gaussian",
    "greedy_features",
    "improve",
    "intrinsic_volumes",
    "l1_sufficient_d",
    "largest_code",
    "least_coherence",
    "lemma5",
    "lifted_pair",
    "lifted_polygon",
    "minimal_d",
    "most_features",
    "nested",
    "nullspace_constant",
    "optimal_probes",
    "pack",
    "pseudo_inverse_probes",
    "rademacher",
    "rank_chebyshev",
    "rank_monomial",
    "recoverable_k",
    "recovers",
    "recovers_each",
    "reduced_gaussian",
    "relu_worst_case",
    "ridge_probes",
    "scaled_probes",
    "select",
    "shifted_pair",
    "smallest_code",
    "sparse_sign",
    "spherical",
    "success_probability",
    "thm2",
    "threshold_margin",
    "u0_exact",
    "u0_hoeffding",
    "unit_columns",
    "weak_dimension",
    "weak_threshold",
    "welch",
    "worst_case_error",
]
