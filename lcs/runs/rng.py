"""Random generators that are named by their axes, so that no order of work can change a draw."""

import hashlib
import json
import math
from collections.abc import Mapping

import numpy as np

Scalar = str | int | float | bool | None


def check_scalar(name: str, value: object) -> None:
    """Reject a value that JSON cannot write as one scalar and read back unchanged.

    Parameters: `name`, what the message calls the value; `value`, any object.
    Raises: TypeError unless it is a str, int, float, bool or None; ValueError for NaN and inf.
    """
    if not isinstance(value, Scalar):
        kind = type(value).__name__
        raise TypeError(f"{name} must be a str, int, float, bool or None, got {kind} {value!r}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} must be finite, got {value!r}")


def canonical(fields: Mapping[str, object]) -> str:
    """Write named values as the one JSON text that names them: keys sorted, no spaces, ASCII.

    Parameters: `fields`, names to values that JSON can hold.
    Returns: the text; 1, 1.0 and True are three different texts.

    >>> canonical({"m": 8, "d": 3})
    '{"d":3,"m":8}'
    """
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False)


def generator(**axes: Scalar) -> np.random.Generator:
    """Return the generator that belongs to these axes, whatever the order they are given in.

    The seed is the SHA-256 of the canonical JSON of the axes, read as one big-endian integer
    into a SeedSequence; the bit generator is PCG64 by name, not NumPy's default of the day.

    Parameters: `axes`, at least one str, int, float (finite), bool or None by name.
    Returns: a new generator, independent of that of any other axes.
    Raises: TypeError for another type or for no axes; ValueError for NaN and inf.

    >>> a, b = generator(d=3, m=8), generator(m=8, d=3)
    >>> bool(a.random() == b.random())
    True
    """
    if not axes:
        raise TypeError("generator needs at least one named axis, got none")
    for name, value in axes.items():
        check_scalar(f"axis {name}", value)
    digest = hashlib.sha256(canonical(axes).encode()).digest()
    seed = np.random.SeedSequence(int.from_bytes(digest, "big"))
    return np.random.Generator(np.random.PCG64(seed))
