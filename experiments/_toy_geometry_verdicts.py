"""What the talk and the paper say of how features share dimensions, held against the tables."""

from itertools import pairwise

import polars as pl

from lcs.findings import Finding
from lcs.plots.toy_geometry_panels import KEPT, POLYTOPES, SLIDE

RARE = 0.05  # densities up to which three pairs are said to lie side by side, uncollapsed
ORTHOGONAL = 0.2  # up to which two pairs are
LIKE = 0.5  # from which models are said to be most like PCA
DIGONS = (2.0, 3.5)  # the 1/(1-S) between which D* is said to stay at 1/2
ROUNDING = 1e-9
SAME = 1e-4  # cosines to PCA this close are one: optima are flat, and descents end on them
TOWARDS = (90 - 60) / 2  # degrees: half way from orthogonal to neighbours in a hexagon
OPPOSITE = 0.01  # degrees: descents to a loss of 0 end within 1e-10 of it, angles with its root
BETWEEN = (15.0, 45.0)  # degrees around `TURNED`: partners collapsed, and others, lie outside
VALUES = sorted(set(POLYTOPES.values()) - {1.0})
NEAR = min(b - a for a, b in pairwise(VALUES)) / 2  # a D_i nearer than this is at one value only
CLOSE = (1 / 2 - 2 / 5) / 2  # the same, where 2/5 and 3/8 count as one
RANGES = ("TMS-collapse-0", "TMS-collapse-1", "TMS-collapse-2", "TMS-collapse-3")
WORDS = ("none", "one", "two", "all three")
FOUND = ((0, 0.0, 0.07), (1, 0.08, 0.14), (2, 0.145, 0.39), (3, 0.4, 1.0))
"""The ranges at the best models found, as the errata of TMS-collapse-0 to -3 state them."""


def judge_pairs(pairs: pl.DataFrame) -> list[Finding]:
    """Hold the angles, the number of collapsed pairs and the likeness to PCA against the slides.

    Parameters: pairs, one row per kind, density and feature: pair, x, y, angle, nearest (degrees),
    collapsed, likeness, loss. At density 1 pairs are no longer tied: it is left out.
    """
    p = pl.col("density")
    two, apart, three = (
        pairs.filter((pl.col("kind") == kind) & (p < 1))
        for kind in ("correlated", "anticorrelated", "side by side")
    )
    rare, angle = three.filter(p <= RARE), pl.col("angle")
    whole = three.group_by("density", maintain_order=True).agg(
        number=pl.col("collapsed").sum() / 2, likeness=pl.col("likeness").first()
    )
    number, likeness = pl.col("number"), pl.col("likeness")
    below = float(whole.filter(p < LIKE)["likeness"].max() or 0.0)  # pyright: ignore[reportArgumentType]
    steps = whole.sort("density").with_columns(fall=number.shift(1, fill_value=0) - number)
    asked = pl.when(p <= RARE).then(0).when(p >= 0.4).then(3)
    return [
        _finding(
            "TMS-correlated-orthogonal",
            f"partners are orthogonal up to density {ORTHOGONAL}",
            two.filter(p <= ORTHOGONAL),
            ((angle - 90).abs() > TOWARDS) | pl.col("collapsed"),
            ("largest deviation from 90°", (angle - 90).abs()),
        ),
        _finding(
            "TMS-anticorrelated-opposite",
            "partners are opposite",
            apart,
            (angle - 180).abs() > OPPOSITE,
            ("largest deviation from 180°", (angle - 180).abs()),
        ),
        _finding(
            "TMS-correlated-side-by-side",
            f"partners are next to each other on the circle up to density {RARE}",
            rare,
            angle > 90,
            ("largest angle of partners", angle),
        ),
        _finding(
            "TMS-correlated-side-by-side",
            "and nearer than any feature of another pair",
            rare,
            angle > pl.col("nearest"),
            ("largest angle of partners less that to the nearest", angle - pl.col("nearest")),
        ),
        _finding(
            "TMS-collapse",
            "the number of collapsed pairs rises with density, from none to three",
            steps,
            (pl.col("fall") > 0) | (asked.is_not_null() & (number != asked)),
            ("largest fall from one density to the next", pl.col("fall")),
        ),
        _finding(
            "TMS-collapse",
            f"no partners are {BETWEEN[0]:g} to {BETWEEN[1]:g}° apart: some are collapsed, or not",
            three,
            angle.is_between(*BETWEEN),
            ("largest angle of collapsed partners", pl.when("collapsed").then(angle)),
        ),
        *(
            _finding(
                RANGES[said],
                f"{WORDS[said]} collapsed at densities {low:g} to {min(high, LIKE):g}, in the talk",
                whole.filter(_inside(said, low, high)),
                number != said,
                ("largest difference", (number - said).abs()),
            )
            for said, low, high in SLIDE
        ),
        *(
            _finding(
                RANGES[said],
                f"{WORDS[said]} collapsed at densities {low:g} to {high:g}, as corrected",
                whole.filter(p.is_between(low, high)),
                number != said,
                ("largest difference", (number - said).abs()),
            )
            for said, low, high in FOUND
        ),
        _finding(
            "TMS-pca-like",
            f"from density {LIKE} on as like PCA as at any below",
            whole.filter(p >= LIKE),
            likeness < below - SAME,
            (f"least cosine to PCA (largest below: {below:.3f})", -likeness),
        ),
    ]


def _inside(said: int, low: float, high: float) -> pl.Expr:
    """The densities of a range of the slide: those it shares with the one before are that one's."""
    p = pl.col("density")
    upper = p < 0.15 if said == 1 else p <= min(high, LIKE)
    return upper & (p > low if said == 1 else p >= (0.0 if said == 0 else low))


def judge_dimensions(many: pl.DataFrame) -> list[Finding]:
    """Hold D* and D_i of trained models against 1/2 and against the values of polytopes.

    Parameters: many, one row per density and feature: m, length, D, polytope, D_star.
    """
    sparsity = 1 / pl.col("density")
    kept = many.filter(pl.col("length") >= KEPT * pl.col("length").max().over("density"))
    half = kept.filter(sparsity.is_between(*DIGONS))
    at = pl.any_horizontal(*((pl.col("D") - value).abs() <= NEAR for value in VALUES))
    ratio = 2 * NEAR * len(VALUES) / (VALUES[-1] - VALUES[0] + 2 * NEAR)
    whole = kept.group_by("density", maintain_order=True).agg(
        share=at.mean(), middle=pl.col("D").median(), D_star=pl.col("D_star").first()
    )
    within = whole.filter(pl.col("middle").is_between(VALUES[0] - NEAR, VALUES[-1] + NEAR))
    known = many.filter(pl.col("polytope").is_in(list(POLYTOPES)))
    off = (pl.col("D") - pl.col("polytope").replace_strict(POLYTOPES, default=None)).abs()
    between = f"1/(1-S) from {DIGONS[0]:g} to {DIGONS[1]:g}"
    sums = many.filter(pl.col("length") > 0).group_by("density", "m", maintain_order=True)
    total = sums.agg(share=pl.col("D").sum() / pl.col("m").first())
    return [
        _finding(
            "TMS-dimensionality-sum",
            "the D_i of all features add up to at most m",
            total,
            pl.col("share") > 1 + ROUNDING,
            ("largest sum over m", pl.col("share")),
        ),
        _finding(
            "TMS-dstar-half",
            f"every kept feature has D_i = 1/2, {between}",
            half,
            (pl.col("D") - 1 / 2).abs() > NEAR,
            ("largest deviation of D_i", (pl.col("D") - 1 / 2).abs()),
        ),
        _finding(
            "TMS-dstar-half",
            f"D* is nearer to 1/2 than to the next value, 2/5, {between}",
            half.unique("density", maintain_order=True),
            (pl.col("D_star") - 1 / 2).abs() > CLOSE,
            ("largest deviation of D*", (pl.col("D_star") - 1 / 2).abs()),
        ),
        _finding(
            "TMS-plateaus",
            f"more D_i within {NEAR:g} of a polytope's than even ones ({ratio:.2f})",
            within,
            pl.col("share") <= ratio,
            ("least share of kept features at one", -pl.col("share")),
        ),
        _finding(
            "TMS-plateaus",
            f"each feature of a polytope that is recognised has its D_i to {CLOSE:g}",
            known,
            off > CLOSE,
            ("largest deviation", off),
        ),
    ]


def judge_meeting(shapes: pl.DataFrame, crossing: float) -> list[Finding]:
    """Hold the best weights found against the better of a pentagon and two digons.

    Parameters: shapes, one row per density: pentagon, digons, best, found; and the density where
    both have one loss. A test fails where the other shape is found, or a loss below both.
    """
    low = pl.min_horizontal("pentagon", "digons")
    pentagon = pl.col("found").str.contains("pentagon")
    gain = 1 - pl.col("best") / low
    return [
        _finding(
            "TMS-digon-pentagon",
            f"the pentagon is best below density {crossing:.4f}, two digons above",
            shapes,
            (pentagon != (pl.col("density") < crossing)) | (gain > 1e-4),
            ("largest relative gain of any other weights", gain),
        )
    ]


def _finding(
    claim: str, says: str, table: pl.DataFrame, failed: pl.Expr, of: tuple[str, pl.Expr]
) -> Finding:
    """Count failures and find the largest extreme; a quantity called least comes in as negative."""
    quantity, extreme = of
    judged = table.with_columns(failed=failed.fill_null(False), extreme=extreme)
    worst = judged.sort("extreme", descending=True, nulls_last=True, maintain_order=True)
    value = float(worst["extreme"][0]) if worst.height else float("nan")
    return Finding(
        claim=claim,
        says=says,
        tests=table.height,
        failures=int(judged["failed"].sum()),
        quantity=quantity,
        value=-value if quantity.startswith("least") else value,
        at=f"1-S = {worst['density'][0]:.3g}" if worst.height else "",
    )
