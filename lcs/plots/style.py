"""How every figure looks and how it is written: one style sheet, deterministic bytes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DOUBLE_COLUMN = 6.75  # inches
SINGLE_COLUMN = 3.25

# Without these entries both writers stamp the time or the version of the library.
_METADATA = {
    ".pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    ".png": {"Software": None},
}
SUFFIXES = tuple(_METADATA)


@contextmanager
def figure(width: float, height: float) -> Iterator[Figure]:
    """Open a figure of the given printed size in inches, in the style of the project.

    No global state: neither pyplot nor a display is touched.
    """
    with as_file(files("lcs.plots") / "lcs.mplstyle") as sheet, mpl.rc_context(fname=sheet):
        drawn = Figure(figsize=(width, height))
        FigureCanvasAgg(drawn)
        yield drawn


def save(drawn: Figure, stem: Path, suffixes: Sequence[str] = SUFFIXES) -> list[Path]:
    """Write stem.pdf and stem.png, the same bytes for the same figure, by atomic rename.

    Call inside `figure`. Returns the paths written.
    """
    stem.parent.mkdir(parents=True, exist_ok=True)
    # The layout takes longer than the drawing: it is found once, for all suffixes.
    drawn.draw_without_rendering()
    drawn.set_layout_engine("none")
    written = []
    for suffix in suffixes:
        buffer = BytesIO()
        drawn.savefig(buffer, format=suffix[1:], metadata=_METADATA[suffix])
        target = stem.with_name(stem.name + suffix)
        partial = target.with_name(target.name + ".partial")
        try:
            partial.write_bytes(buffer.getvalue())
            written.append(partial.replace(target))
        finally:
            partial.unlink(missing_ok=True)
    return written


def sequence(n: int) -> list[tuple[float, float, float, float]]:
    """Return n colours, dark to light: an ordered scale that survives grey printing."""
    scale = mpl.colormaps["viridis"]
    return [scale(0.9 * i / max(1, n - 1)) for i in range(n)]


MARKERS = "osD^vP*X<>"
