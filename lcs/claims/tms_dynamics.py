"""Toy models of superposition: how they learn, how they are attacked, what neurons carry.

Notation of `tms`; D_i is the dimensionality of feature i and 1/D* = ||W||_F^2/m.
"""

from lcs.claims.claim import Claim
from lcs.claims.tms import ELHAGE

CLAIMS = (
    Claim(
        id="TMS-dynamics-jumps",
        source=ELHAGE,
        locator="learning dynamics: energy-level jumps",
        statement=r"In at least half of the chains some $D_i$ jumps: it changes by more than $0.1$ "
        r"within a quarter of a decade of steps, and by less than $0.03$ in the quarter before and "
        r"in the quarter after.",
        side="qualitative",
        empirical=True,
        domain_text="n = 8, m = 4, p = 0.2, equal importance, AdamW from weights of size 0.001",
        erratum="Not every jump is a step of the loss: it may fall as fast before as within one.",
        figure="dynamics",
        experiment="toy_dynamics",
    ),
    Claim(
        id="TMS-adversarial-dstar",
        source=ELHAGE,
        locator="superposition and adversarial vulnerability",
        statement=r"The squared rates at which the outputs can be moved sum to $||W^T W||_F^2$; "
        r"relative to $||W||_F^2$ that is $||W^T W||_F^2/||W||_F^2 \geq ||W||_F^2/m = 1/D^*$, with "
        r"equality exactly where $W W^T$ is a multiple of the identity.",
        side="exact",
        domain_text="every W (m, n) other than 0; one output z_i at a time",
        erratum="The rise of the whole loss under attack follows 1/D* only while features are "
        "dense: where they are rare 1/D* stays high, biases guard inputs that are mostly 0, and "
        "the rise falls again.",
        figure="attacks",
        experiment="toy_dynamics",
    ),
    Claim(
        id="TMS-privileged-basis",
        source=ELHAGE,
        locator="superposition in a privileged basis",
        statement=r"With a ReLU on the hidden layer every neuron has more than $0.9$ of its "
        r"squared weights on one feature at $p = 1$, and at most half of the neurons do for "
        r"$p \leq 0.1$; without it at most half of them do at any $p$.",
        side="qualitative",
        empirical=True,
        domain_text="n = 10, m = 5, I_i = 0.75^i, the best of several chains",
        figure="basis",
        experiment="toy_dynamics",
    ),
    Claim(
        id="TMS-computation-abs",
        source=ELHAGE,
        locator="computation in superposition: absolute values",
        statement=r"Without superposition the least loss of $y = \mathrm{relu}(W_{out} \, "
        r"\mathrm{relu}(W x) + b)$ against $|x|$ is $(p/3 - p^2/4) \sum_{i > m/2} I_i$, "
        r"importances in falling order; models of less loss are found for $p \leq 0.1$ and none "
        r"at $p = 1$; for $p \leq 0.03$ at most half of the neurons are on one feature.",
        side="qualitative",
        empirical=True,
        domain_text="n = m = 10, I_i = 0.8^i, signed features; for the first part every n, even m. "
        "At p = 0.1 models of nearly one loss differ in the share of neurons on one feature",
        figure="absolute",
        experiment="toy_dynamics",
    ),
)
