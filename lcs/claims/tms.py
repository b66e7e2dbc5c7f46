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
        figure="toy-losses",
        experiment="toys",
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
        domain_text="independent features of one density p in (0, 1], distinct importances > 0",
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
        empirical=True,
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
        empirical=True,
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
        empirical=True,
        domain_text="n = 20, m = 5, I_i = 0.7^i; p from 0.001 to 0.01",
        erratum="Not all 20 are kept, nor does their number rise at every step: 12 to 16 at these "
        "densities. Nor is all interference positive: in the best models known of p = 0.01 and "
        "0.003 one or two of the five dimensions hold an antipodal pair of the most important "
        "features, of no bias.",
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
        figure="toy-losses",
        experiment="toys",
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
        figure="toy-losses",
        experiment="toys",
    ),
    Claim(
        id="TMS-phase-theory",
        source=ELHAGE,
        locator="phase diagram of one extra feature, in theory",
        statement=r"Of two features in one dimension, importances $1$ and $r < 1$, the second is "
        r"not represented (loss $r(p/3 - p^2/4)$) for $r < 2p/(4-5p)$ and an antipodal pair (loss "
        r"$(1+r) p^2/6$) above; the outcomes meet at $r = 1$, $p = 4/7$.",
        side="exact",
        domain_text="0 < p < 4/5; among unit vectors without bias on what they represent",
        erratum="From p = 4/5 on 2p/(4 - 5p) is no boundary: the second is not represented at any "
        "r < 1, as from p = 4/7 on, where it reaches 1.",
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
        domain_text="n = 2, m = 1; the least loss is the best of many starts, whose own value at "
        "the triple point is what the excess elsewhere is held against",
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
        figure="dimensionality",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-digon-pentagon",
        source=ELHAGE,
        locator="uniform importance, n = 5, m = 2",
        statement=r"The regular pentagon has less loss than two digons and a feature left out "
        r"below $p = 0.2249$, and more above.",
        side="qualitative",
        domain_text="n = 5, m = 2, one importance, p at most 0.65; each at its best length and "
        "biases",
        erratum="Not at every density: at p = 0.8 the pentagon has less loss again, as the proof "
        "shows; from about 0.71 on, by what a search finds, and by up to 0.002 of the loss.",
        figure="pentagon-digons",
        experiment="toy_geometry",
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
        figure="toy-codes",
        experiment="toy_codes",
    ),
    Claim(
        id="TMS-k1-untied",
        source=DERIVED,
        locator="no error for one active feature, free output weights",
        statement=r"With free output weights $B$ three dimensions read every $1$-sparse $x \in "
        r"[0,1]^n$ exactly, for every $n$: $a_j = (\cos \theta_j, \sin \theta_j, 1)$, $b_i "
        r"\propto (\cos \theta_i, \sin \theta_i, -\cos \delta)$, $\theta_j = j \delta$, "
        r"$\delta = 2\pi/n$, without bias. So $n \leq 2m$ is a limit of tied weights.",
        side="exact",
        domain_text="every n >= 3, m = 3; the lengths of B grow like n^2",
        figure="toy-codes",
        experiment="toy_codes",
    ),
    Claim(
        id="TMS-worst-case",
        source=DERIVED,
        locator="trained weights as a code",
        statement=r"With $R = W^T W - I$ and $||v||_{[k]}$ the sum of the $k$ largest $|v_j|$, the "
        r"worst error of feature $i$ over $k$-sparse $x$ is $|b_i| + ||R_i||_{[k]}$ for the linear "
        r"model and $\max(1, b_i + ||R_i||_{[k]})$ for the ReLU model on $[-1,1]^n$, and $\max(b_i "
        r"+ ||(R_i)_+||_{[k]}, -b_i + ||(R_i)_-||_{[k]})$ for the linear model on $[0,1]^n$.",
        side="exact",
        domain_text="every W (m, n), b, 1 <= k <= n; the ReLU model on [0, 1]^n is "
        "LCS-relu-worst-case",
        figure="toy-codes",
        experiment="toy_codes",
    ),
    Claim(
        id="TMS-best-bias",
        source=DERIVED,
        locator="trained weights as a code: best bias",
        statement=r"On $k$-sparse $z \in [0,1]^m$ the least worst error of $\mathrm{relu}(\langle "
        r"b_i, Az \rangle + c)$ over $c$ is $\min(1, (H + L)/(1 + s))$, $H = \max(P_k, g - 1 + "
        r"P_{k-1})$, $L = N_{k-1} + \max(0, 1-g)$, $s = \max(1, g)$, at $c = (L - sH)/(1+s)$ where "
        r"that is below $1$; at gain $g = 1$ it is $\min(1, (P_k + N_{k-1})/2)$.",
        side="exact",
        domain_text="every real A, B, 1 <= k <= m",
        erratum="Without the minimum (P_k + N_{k-1})/2 exceeds 1, which a bias of -P_k never does.",
        figure="toy-codes",
        experiment="toy_codes",
    ),
    Claim(
        id="TMS-antipodal-code",
        source=DERIVED,
        locator="antipodal pairs as a code",
        statement=r"$m$ orthogonal antipodal pairs, read by their ReLU model, err by $0$ at "
        r"$k = 1$ and by $1$ from $k = 2$ on, $1/2$ with the best bias; the best linear probes err "
        r"by $1/2$ at $k = 1$ and $1$ from $k = 2$ on; nonnegative $l_1$ recovers exactly the "
        r"supports without a pair, $2^k \binom{m}{k}$ of $\binom{2m}{k}$.",
        side="exact",
        domain_text="m >= 1, 1 <= k <= 2m",
        figure="toy-codes",
        experiment="toy_codes",
    ),
    Claim(
        id="TMS-no-guarantee",
        source=DERIVED,
        locator="trained weights as a code: two active features",
        statement=r"The least expected loss carries no guarantee for two active features: the "
        r"pentagon of least loss errs by $-b/||W_i||^2 \approx 0.19$ at most at $k = 1$, and by "
        r"$1$ at $k = 2$.",
        side="qualitative",
        domain_text="n = 5, m = 2, one importance, p = 0.05; at its own biases",
        figure="toy-codes",
        experiment="toy_codes",
    ),
    Claim(
        id="TMS-trained-packing",
        source=DERIVED,
        locator="trained weights as a code: the best linear code",
        statement=r"Training seldom finds good linear codes: two parallel columns have $\alpha_1 "
        r"\geq 1/2$, so that features kept as an antipodal pair are read linearly with error $1$ "
        r"from $k = 2$ on, where a packing of as many lines has less; the pentagon of $5$ "
        r"features in $2$ dimensions is the best packing known of $5$ lines.",
        side="qualitative",
        empirical=True,
        domain_text="n = 2m = 10 and n = 5, m = 2, one importance, p at most 0.1; best fits found",
        figure="toy-codes",
        experiment="toy_codes",
    ),
    Claim(
        id="TMS-correlated-orthogonal",
        source=ELHAGE,
        locator="correlated features",
        statement=r"Of two pairs of features, each active together, in $2$ dimensions, those of "
        r"one pair are orthogonal and those of different pairs opposite.",
        side="qualitative",
        domain_text="n = 4, m = 2, density of a set at most 0.2; within 15 degrees of orthogonal, "
        "half way to the 60 degrees of a hexagon",
        erratum="Orthogonal only in the limit of rare sets: partners are 90.2 degrees apart at "
        "0.02 and 92.1 at 0.2. From a density of about 0.3 on each pair collapses to one "
        "direction instead.",
        figure="pairs",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-anticorrelated-opposite",
        source=ELHAGE,
        locator="anticorrelated features",
        statement=r"Of two pairs of features, never active together within a pair, in $2$ "
        r"dimensions, those of one pair are opposite, and the loss is $0$.",
        side="exact",
        domain_text="n = 4, m = 2, every density",
        figure="pairs",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-collapse",
        source=ELHAGE,
        locator="collapse of correlated features to their principal component",
        statement=r"Of three pairs of features, each active together, in $2$ dimensions, the "
        r"number of pairs that share one direction rises with their density, from $0$ at "
        r"$p \leq 0.05$ to $3$ at $p = 0.4$ and above.",
        side="qualitative",
        empirical=True,
        domain_text="n = 6, m = 2, best of many starts; p < 1; collapsed: less than 25 degrees "
        "apart, and no partners are found 15 to 45 degrees apart",
        erratum="At p = 1 pairs are no longer tied to each other: models with and without "
        "collapsed pairs have the same loss.",
        figure="collapse-strip",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-collapse-0",
        source=ELHAGE,
        locator="collapse of correlated features: none has, in the talk",
        statement=r"Of three pairs of features, each active together, in $2$ dimensions, "
        r"none has collapsed at $p \leq 0.05$.",
        side="qualitative",
        empirical=True,
        domain_text="n = 6, m = 2, best of many starts; collapsed: less than 25 degrees apart",
        erratum="It holds further, up to a density of about 0.07.",
        figure="collapse-strip",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-collapse-1",
        source=ELHAGE,
        locator="collapse of correlated features: one has, in the talk",
        statement=r"Of three pairs of features, each active together, in $2$ dimensions, "
        r"one has collapsed at $0.05 < p < 0.15$.",
        side="qualitative",
        empirical=True,
        domain_text="n = 6, m = 2, best of many starts; collapsed: less than 25 degrees apart",
        erratum="Not from 0.05 to 0.07: at 0.06 and 0.07 none has at the best models found. From "
        "0.08 to 0.14 it holds.",
        figure="collapse-strip",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-collapse-2",
        source=ELHAGE,
        locator="collapse of correlated features: two have, in the talk",
        statement=r"Of three pairs of features, each active together, in $2$ dimensions, "
        r"two have collapsed at $0.15 \leq p \leq 0.2$.",
        side="qualitative",
        empirical=True,
        domain_text="n = 6, m = 2, best of many starts; collapsed: less than 25 degrees apart",
        erratum="It holds further, from 0.145 to 0.39.",
        figure="collapse-strip",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-collapse-3",
        source=ELHAGE,
        locator="collapse of correlated features: all have, in the talk",
        statement=r"Of three pairs of features, each active together, in $2$ dimensions, "
        r"all three have collapsed at $p \geq 0.25$.",
        side="qualitative",
        empirical=True,
        domain_text="n = 6, m = 2, best of many starts; collapsed: less than 25 degrees apart",
        erratum="Not from 0.25 to 0.39: at 0.25, 0.3 and 0.35 the best models found have two "
        "collapsed pairs and less loss than any three directions. From 0.4 on it holds, for p < 1.",
        figure="collapse-strip",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-pca-like",
        source=ELHAGE,
        locator="collapse of correlated features: likeness to PCA, in the talk",
        statement=r"From $p = 0.5$ on, where all pairs have collapsed, $W$ is most like a "
        r"projection to $m$ principal components.",
        side="qualitative",
        empirical=True,
        domain_text="n = 6, m = 2, three pairs active together, best of many starts; p < 1",
        erratum="Up to a scale it is one, of those that span the three principal components that "
        "tie; the talk shows one choice among many. At p = 1 all components tie: it says nothing.",
        figure="collapse-strip",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-correlated-side-by-side",
        source=ELHAGE,
        locator="correlated features that cannot be orthogonal",
        statement=r"Of three pairs of features, each active together, in $2$ dimensions, those of "
        r"one pair lie side by side: six directions on a circle, partners next to each other.",
        side="qualitative",
        empirical=True,
        domain_text="n = 6, m = 2, density of a pair at most 0.05, best of many starts",
        erratum="Next to each other, but not nearest: partners are 63 to 65 degrees apart, and "
        "neighbours of different pairs 55 to 57.",
        figure="pairs",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-dstar-half",
        source=ELHAGE,
        locator="dimensions per feature stay at 1/2",
        statement=r"Over a range of densities features of one importance lie in antipodal pairs, "
        r"$D_i = 1/2$, and so $D^* = m/||W||_F^2$ stays near $1/2$.",
        side="qualitative",
        empirical=True,
        domain_text="1/p from 2 to 3.5, m/n = 1/10; each nearer to 1/2 than to the next value, "
        "2/5 (D_i: within half of the least distance of two values, 1/80)",
        erratum="D* itself is not constant: pairs are a little longer or fewer than m as p varies, "
        "so that it falls from 0.55 to 0.49.",
        figure="dimensionality",
        experiment="toy_geometry",
    ),
    Claim(
        id="TMS-plateaus",
        source=ELHAGE,
        locator="dimensionalities of features cluster at fractions",
        statement=r"Features of one importance form polytopes in orthogonal spaces: their $D_i$ "
        r"cluster at $3/4$ (tetrahedron), $2/3$ (triangle), $1/2$ (digon), $2/5$ (pentagon) and "
        r"$3/8$ (square antiprism).",
        side="qualitative",
        empirical=True,
        domain_text="one importance, 1/p from about 1.2 to 5",
        erratum="An antiprism has D_i = 3/8 only at height 1/sqrt(3), where it is a tight frame; "
        "those of least loss are flatter, with D_i a little below. Features that are hardly kept "
        "interfere too: at 1/p = 1.4 D_i is about 0.72 without any tetrahedron, and at 4 and 5 "
        "digons and pentagons interfere weakly with others: their D_i are up to 0.12 below.",
        figure="dimensionality",
        experiment="toy_geometry",
    ),
)
