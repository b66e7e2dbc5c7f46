"""Toy models of superposition: what the talk and the paper say, and what is derived here.

Notation: W has one feature in each column, G = W^T W, p is the probability that a feature is active
and then uniform on [0, 1], I_i the weight of the squared error of feature i.
"""

from lcs.claims.claim import DERIVED, Claim

ELHAGE = "Elhage et al. 2022, Toy models of superposition"

CLAIMS = (
    Claim(
        id="TMS-linear-loss-exact",
        source=ELHAGE,
        locator="loss of the linear model: feature benefit and interference",
        statement=r"With the best bias the expected loss of the linear model is $(p/3 - p^2/4) "
        r"(\sum_i I_i (1 - ||W_i||^2)^2 + \sum_{i \neq j} I_j (W_j \cdot W_i)^2)$.",
        side="exact",
        domain_text="independent features of one density p in (0, 1]",
        erratum="The talk writes a proportionality for sparse features; it is an equality, at "
        "every p.",
    ),
    Claim(
        id="TMS-linear-top-m",
        source=ELHAGE,
        locator="the linear model learns the most important features",
        statement=r"The least loss of the linear model is $(p/3 - p^2/4) \sum_{i > m} I_i$ over "
        r"importances in falling order, attained where $W^T W$ is the identity on the $m$ most "
        r"important features and $0$ elsewhere: which these are does not depend on $p$.",
        side="exact",
        domain_text="independent features of one density p in (0, 1]",
        erratum="The minimum is not unique where importances tie: then W^T W may be any "
        "projection that mixes the tied features.",
        figure="toy-linear",
        experiment="toys",
    ),
    Claim(
        id="TMS-bias-expected-value",
        source=ELHAGE,
        locator="biases of the linear model",
        statement=r"At its least loss the linear model has $b_i = 0$ for features that are kept "
        r"and $b_i = p/2 = E x_i$ for those that are not.",
        side="exact",
        domain_text="independent features of one density p in (0, 1], distinct importances",
        figure="toy-linear",
        experiment="toys",
    ),
    Claim(
        id="TMS-relu-dense",
        source=ELHAGE,
        locator="ReLU model of dense features",
        statement=r"At $p = 1$ the ReLU model keeps the $m$ most important features, orthogonal to "
        r"each other, with the least loss of the linear model.",
        side="qualitative",
        domain_text="n = 20, m = 5, I_i = 0.7^i; p = 1",
        erratum="Not where importances are equal: of two features in one dimension a pair of "
        "unequal lengths, in opposite directions, has about 0.001 less loss, relative to it.",
        figure="toy-stack",
        experiment="toys",
    ),
    Claim(
        id="TMS-antipodal",
        source=ELHAGE,
        locator="ReLU model of fairly sparse features",
        statement=r"As features become sparse more than $m$ are kept, the less important ones in "
        r"antipodal pairs, while the most important stay orthogonal to all others.",
        side="qualitative",
        domain_text="n = 20, m = 5, I_i = 0.7^i; p = 0.3 and 0.1",
        erratum="The most important are paired too by p = 0.03. In the best pairs known the most "
        "important of the paired features goes with the least: 3-6 and 4-5 at 0.3, 1-8, 2-7, 3-6 "
        "and 4-5 at 0.1; training seldom finds these.",
        figure="toy-stack",
        experiment="toys",
    ),
    Claim(
        id="TMS-all-superposed",
        source=ELHAGE,
        locator="ReLU model of very sparse features",
        statement=r"Of rare features all that are kept share dimensions, some with positive inner "
        r"products $W_i \cdot W_j$, which negative biases make up for.",
        side="qualitative",
        domain_text="n = 20, m = 5, I_i = 0.7^i; p from 0.001 to 0.01",
        erratum="Not all 20 are kept, nor does their number rise at every step: about 12 at each "
        "of these densities. Nor is all interference positive: at the best models known one or two "
        "of the five dimensions hold an antipodal pair of the most important features, of no bias.",
        figure="toy-stack",
        experiment="toys",
    ),
    Claim(
        id="TMS-one-sparse-loss",
        source=ELHAGE,
        locator="loss of the ReLU model for one active feature",
        statement=r"The loss of the ReLU model is that of inputs with one active feature, "
        r"$\sum_j I_j \int_0^1 (x - \mathrm{relu}(||W_j||^2 x + b_j))^2 dx + \sum_{i \neq j} I_i "
        r"\int_0^1 \mathrm{relu}(W_i \cdot W_j x + b_i)^2 dx$, up to a factor: negative "
        r"interference costs nothing.",
        side="qualitative",
        domain_text="n = 20, m = 5, I_i = 0.7^i, p from 0.001 to 0.1: the range of the talk",
        erratum="Not as a number, at the best models found: inputs with two or more active "
        "features carry more than 0.9 of the loss at p = 0.1, over half at 0.03, about a fifth at "
        "0.003 and still about 0.07 at 0.001.",
    ),
    Claim(
        id="TMS-relu-loss-exact",
        source=DERIVED,
        locator="characteristic function of the pre-activation",
        statement=r"For $|z_i| \leq M$, $E z_i|z_i| = 2 M E z_i - (32 M^2/\pi^3) \sum_k "
        r"\mathrm{Im} \, E e^{i w_k z_i}/k^3$ and $E x_i|z_i| = M E x_i - (8 M/\pi^2) \sum_k "
        r"\mathrm{Re} \, E x_i e^{i w_k z_i}/k^2$, over odd $k$, $w_k = k \pi/(2M)$: with the loss "
        r"of the linear model they give that of the ReLU model.",
        side="exact",
        domain_text="independent, coactive and exclusive features, signed or not, every p",
    ),
    Claim(
        id="TMS-phase-theory",
        source=ELHAGE,
        locator="phase diagram of one extra feature, in theory",
        statement=r"Of two features in one dimension, importances $1$ and $r < 1$, the second is "
        r"not represented (loss $r(p/3 - p^2/4)$) for $r < 2p/(4-5p)$ and an antipodal pair (loss "
        r"$(1+r) p^2/6$) above; the outcomes meet at $r = 1$, $p = 4/7$.",
        side="exact",
        domain_text="0 < p <= 1; among unit vectors without bias on what they represent",
        figure="toy-phases",
        experiment="toys",
    ),
    Claim(
        id="TMS-phase-exact",
        source=DERIVED,
        locator="exact optimum of two features in one dimension",
        statement=r"The phase of least loss over all $W, b$ is that of theory in all but about "
        r"$0.03$ of the cells of $p \in [0.01, 1]$, $r \in [0.1, 10]$, in logarithmic steps; the "
        r"loss of theory is up to $0.17$ above the least, relative to it, at the triple point.",
        side="qualitative",
        domain_text="n = 2, m = 1; the least loss is the best of many starts",
        figure="toy-phases",
        experiment="toys",
    ),
    Claim(
        id="TMS-dimensionality-sum",
        source=DERIVED,
        locator="dimensionality of features",
        statement=r"$\sum_i D_i \leq \mathrm{rank} \, W \leq m$ for $D_i = ||W_i||^2/\sum_j "
        r"(\hat W_i \cdot W_j)^2$, with equality on the left exactly where every $W_i$ is an "
        r"eigenvector of $W W^T$.",
        side="exact",
        domain_text="every real matrix W, features of length 0 left out",
    ),
    Claim(
        id="TMS-digon-pentagon",
        source=ELHAGE,
        locator="uniform importance, n = 5, m = 2",
        statement=r"The regular pentagon has less loss than two digons and a feature left out "
        r"below $p = 0.2249$, and more above.",
        side="qualitative",
        domain_text="n = 5, m = 2, one importance; each at its best length and biases",
    ),
    Claim(
        id="TMS-k1-two-m",
        source=DERIVED,
        locator="no error for one active feature",
        statement=r"The ReLU model reads every $1$-sparse $x \in [0,1]^n$ exactly if and only if "
        r"$||W_i|| = 1$, $b = 0$ and $W_i \cdot W_j \leq 0$ for $i \neq j$; so $n \leq 2m$, and "
        r"at $n = 2m$ the features are $m$ orthogonal antipodal pairs.",
        side="exact",
        domain_text="every W (m, n)",
    ),
    Claim(
        id="TMS-correlated-orthogonal",
        source=ELHAGE,
        locator="correlated features",
        statement=r"Of two pairs of features, each active together, in $2$ dimensions, those of "
        r"one pair are orthogonal and those of different pairs opposite.",
        side="qualitative",
        domain_text="n = 4, m = 2, density of a set at most 0.2",
        erratum="From a density of about 0.3 on each pair collapses to one direction instead.",
    ),
    Claim(
        id="TMS-anticorrelated-opposite",
        source=ELHAGE,
        locator="anticorrelated features",
        statement=r"Of two pairs of features, never active together within a pair, in $2$ "
        r"dimensions, those of one pair are opposite, and the loss is $0$.",
        side="exact",
        domain_text="n = 4, m = 2, every density",
    ),
    Claim(
        id="TMS-collapse",
        source=ELHAGE,
        locator="collapse of correlated features to their principal component",
        statement=r"Of three pairs of features, each active together, in $2$ dimensions, the "
        r"number of pairs that share one direction rises with their density, from $0$ at "
        r"$p \leq 0.05$ to $3$ at $p = 0.4$ and above.",
        side="qualitative",
        domain_text="n = 6, m = 2, best of many starts; p < 1",
        erratum="At p = 1 pairs are no longer tied to each other: models with and without "
        "collapsed pairs have the same loss.",
    ),
)
