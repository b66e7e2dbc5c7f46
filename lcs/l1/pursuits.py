"""Many shortest signals at once, of one code or of one code each, on any number of threads.

The statement computed is that of `basis_pursuit`, once for every image. A code that is shared is
made ready once. Images do not see each other, so threads change no bit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix
from lcs.l1._instance import Instance
from lcs.l1._program import Pursuit
from lcs.l1.basis_pursuit import checked_flag, checked_image, checked_sigma, checked_weights, pursue
from lcs.threads import Progress, run_tasks, thread_count

Array = NDArray[np.float64]


def basis_pursuit_each(
    A: Matrix | Sequence[Matrix],
    X: Array | Sequence[Array],
    *,
    sigma: float = 0.0,
    weights: Array | None = None,
    nonnegative: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[Pursuit, ...]:
    """Find the signal of least l1 norm for each of many images.

    argmin {sum w_j |z_j| : |A z - x|_2 <= sigma} for every x of X, over z >= 0 if nonnegative.

    Parameters
    ----------
    A: (d, m) float32 or float64, one code for all; or one such code for each image.
    X: n images (d,), or an array (n, d) with the images in its rows.
    sigma, weights, nonnegative: as `basis_pursuit_denoise` takes them, for all images.
    threads: None for as many as BLAS has; the bits do not depend on it.
    progress: called as progress(images done, images in all).

    Returns n times `Pursuit`, in the order of the images.
    Raises what `basis_pursuit_denoise` raises; ValueError where the numbers of codes and of images
    differ.

    >>> A = np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.8]])
    >>> [found.norm for found in basis_pursuit_each(A, np.eye(2))]
    [1.0, 1.0]
    """
    if not isinstance(X, Sequence | np.ndarray) or (isinstance(X, np.ndarray) and X.ndim != 2):
        raise TypeError(f"X must be a sequence of images or an array (n, d); got {X!r}")
    n = len(X)
    shared = isinstance(A, np.ndarray) and A.ndim == 2
    if not shared and len(A) != n:
        raise ValueError(f"codes and images must be as many; got {(len(A), n)}")
    one = Instance(np.asarray(A)) if shared else None
    sigma, nonnegative = checked_sigma(sigma), checked_flag(nonnegative)
    found: list[Pursuit | None] = [None] * n

    def work(_: None, i: int) -> None:
        instance = one if one is not None else Instance(A[i])
        d, m = instance.A.shape
        x, w = checked_image(X[i], d), checked_weights(weights, m)
        with np.errstate(all="ignore"):  # what overflows is not SOLVED
            found[i] = pursue(instance, x, w, nonnegative, sigma)

    threads = thread_count(threads)
    run_tasks(range(n), lambda: None, work, threads=threads, progress=progress)
    return tuple(one for one in found if one is not None)
