"""Figures: the same bytes whenever and wherever, text that stays text, and what the table says."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import polars as pl
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lcs.plots import panels, style

REPOSITORY = Path(__file__).parents[2]
EPS = (0.25, 0.5, 0.95)
KS = (1, 2, 4, 8)
MEASURED = pl.DataFrame(
    [
        {"m": m, "k": k, "eps": eps, "d": d, "d_low": 0.9 * d, "d_high": 1.2 * d}
        | {"trivial": d == m, "ratio": k / eps, "normalised": d * (eps / k) ** 2}
        for m in (256, 1024)
        for k in KS
        for eps in EPS
        for d in [min(m, round(9 * (k / eps) ** 2) + k)]
    ]
)
BOUNDS = MEASURED.with_columns(lower=pl.col("d") / 2, upper=pl.col("d") * 2).select(
    *("m", "k", "eps", "ratio", "lower", "upper"),
    best=pl.min_horizontal("upper", "m"),
    paper=3 * pl.col("d"),
)
ONE = (pl.col("m") == 1024) & (pl.col("eps") == 0.25)
DRAW = "import sys, pathlib, tests.unit.test_plots as t; t.draw(pathlib.Path(sys.argv[1]));"
DRAW += "assert 'matplotlib.pyplot' not in sys.modules, 'pyplot is global state'"


def draw(folder: Path, name: str = "figure") -> list[Path]:
    """Every panel on one figure, saved."""
    with style.figure(style.DOUBLE_COLUMN, 2.5) as figure:
        axes = figure.subplots(1, 3)
        panels.d_against_k(axes[0], MEASURED.filter(ONE), BOUNDS.filter(ONE))
        panels.collapse(axes[1], MEASURED, BOUNDS)
        panels.collapse_normalised(axes[2], MEASURED)
        panels.d_against_k_legend(figure)
        return style.save(figure, folder / name)


def small(figure: Figure) -> None:
    figure.subplots().set_title("text $x^2$")


def draw_small(folder: Path, name: str = "figure") -> list[Path]:
    with style.figure(2, 2) as figure:
        small(figure)
        return style.save(figure, folder / name)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The PDF and the PNG of every panel, as this process draws them."""
    return [path.read_bytes() for path in draw(tmp_path_factory.mktemp("plain"))]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- bytes --------------------------------------------------------------------------------------


def test_two_renders_have_the_same_bytes(tmp_path: Path, plain: list[bytes]) -> None:
    assert [path.read_bytes() for path in draw(tmp_path)] == plain
    assert plain[0].startswith(b"%PDF-")
    assert plain[1].startswith(b"\x89PNG\r\n")


def test_processes_in_other_places_and_times_write_the_same_bytes(
    tmp_path: Path, plain: list[bytes]
) -> None:
    """No time, time zone, hash seed or user's matplotlibrc gets into a file."""
    mine = tmp_path / "matplotlibrc"
    mine.write_text("lines.linewidth: 9\nfont.size: 30\npdf.fonttype: 3\n")
    places = [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "0"},
        {"TZ": "America/Adak", "PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(mine)},
    ]
    for n, place in enumerate(places):
        subprocess.run(
            [sys.executable, "-c", DRAW, str(tmp_path / str(n))],
            cwd=REPOSITORY,
            env=os.environ | place,
            check=True,
        )
        written = contents(tmp_path / str(n))
        assert [written["figure.pdf"], written["figure.png"]] == plain


@pytest.mark.parametrize(
    "own",
    [
        {"lines.linewidth": 9, "font.size": 30, "pdf.fonttype": 3},
        {"axes.grid": True, "errorbar.capsize": 4, "axes.facecolor": "pink"},
    ],
    ids=["in the style sheet", "not in it"],
)
def test_a_users_own_settings_do_not_get_in(tmp_path: Path, own: dict, plain: list[bytes]) -> None:
    """A matplotlibrc holds settings like these."""
    with mpl.rc_context(own):
        assert [path.read_bytes() for path in draw(tmp_path)] == plain


def test_no_file_says_when_or_by_what_it_was_written(plain: list[bytes]) -> None:
    pdf, png = plain
    for mark in (b"CreationDate", b"ModDate", b"Producer", b"Creator", b"atplotlib.org"):
        assert mark not in pdf
    assert b"tEXt" not in png


def test_fonts_are_embedded_as_truetype(tmp_path: Path, plain: list[bytes]) -> None:
    """Publishers reject Type 3 fonts. Set back to matplotlib's default, the same check fails."""

    def pdf(fonttype: int) -> bytes:
        with style.figure(2, 2) as figure, mpl.rc_context({"pdf.fonttype": fonttype}):
            small(figure)
            return style.save(figure, tmp_path / "figure")[0].read_bytes()

    with style.figure(2, 2):
        assert mpl.rcParams["pdf.fonttype"] == 42
    bad = pdf(3)
    assert b"/Type3" in bad
    for good in (pdf(42), plain[0]):
        assert b"/Type3" not in good
        assert b"/FontFile2" in good, "the TrueType program itself"


def test_the_printed_size_is_the_one_asked_for(tmp_path: Path) -> None:
    with style.figure(3.25, 2) as figure:
        small(figure)
        pdf, png = style.save(figure, tmp_path / "figure")
    assert re.search(rb"/MediaBox \[ 0 0 234 144 \]", pdf.read_bytes())  # 72 points to the inch
    size = png.read_bytes()[16:24]
    assert [int.from_bytes(size[i : i + 4], "big") for i in (0, 4)] == [975, 600]  # 300 dots


# --- what is drawn ------------------------------------------------------------------------------


def drawn(panel: Callable[[Axes], None]) -> Axes:
    with style.figure(3, 3) as figure:
        ax = figure.subplots()
        panel(ax)
    return ax


def points(line: Line2D) -> list[tuple[float, float]]:
    return [tuple(map(float, point)) for point in line.get_xydata()]  # pyright: ignore


def spreads(ax: Axes) -> list[ErrorbarContainer]:
    return [box for box in ax.containers if isinstance(box, ErrorbarContainer)]


def test_d_against_k_shows_each_cell_once_hollow_where_trivial() -> None:
    rows = MEASURED.filter(ONE)
    ax = drawn(lambda ax: panels.d_against_k(ax, rows, BOUNDS.filter(ONE)))
    solid = [point for box in spreads(ax) for point in points(box.lines[0])]
    hollow = [
        point
        for line in ax.lines
        if line.get_markerfacecolor() == "white" and line.get_marker() == "o"
        for point in points(line)
    ]
    assert sorted(solid) == sorted(rows.filter(~pl.col("trivial")).select("k", "d").rows())
    assert sorted(hollow) == sorted(rows.filter(pl.col("trivial")).select("k", "d").rows())
    assert 0 < len(hollow) < rows.height, "the table has both kinds"
    assert {d for _, d in hollow} == {1024}


def test_d_against_k_draws_spreads_bounds_and_the_identity() -> None:
    rows, bounds = MEASURED.filter(ONE), BOUNDS.filter(ONE).sort("k")
    ax = drawn(lambda ax: panels.d_against_k(ax, rows, bounds))
    solid = rows.filter(~pl.col("trivial"))
    (box,) = spreads(ax)
    ends = [float(y) for segment in box.lines[2][0].get_segments() for y in segment[:, 1]]
    assert sorted(ends) == pytest.approx(sorted([*solid["d_low"], *solid["d_high"]]))
    lines = [points(line) for line in ax.lines]
    for column in ("lower", "upper", "paper"):
        assert bounds.select("k", column).rows() in lines
    assert [1024, 1024] in [[y for _, y in line] for line in lines]
    (band,) = [item for item in ax.collections if isinstance(item, FillBetweenPolyCollection)]
    corners = {tuple(map(float, corner)) for corner in np.array(band.get_paths()[0].vertices)}
    assert corners == set(bounds.select("k", "lower").rows() + bounds.select("k", "best").rows())
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_cells_of_one_kind_alone_can_be_drawn() -> None:
    for kind in (pl.col("trivial"), ~pl.col("trivial")):
        rows = MEASURED.filter(ONE & kind)
        ax = drawn(lambda ax, rows=rows: panels.d_against_k(ax, rows, BOUNDS.filter(ONE)))
        solid = sum(len(points(box.lines[0])) for box in spreads(ax))
        assert solid == rows.filter(~pl.col("trivial")).height


def test_collapse_shows_each_row_at_its_ratio() -> None:
    rows = MEASURED.filter(~pl.col("trivial"))
    ax = drawn(lambda ax: panels.collapse(ax, rows, BOUNDS))
    marked = [line for line in ax.lines if line.get_marker() not in ("None", "")]
    assert {line.get_label() for line in marked} == {"256", "1024"}
    for line in marked:
        own = rows.filter(pl.col("m") == int(str(line.get_label())))
        assert sorted(points(line)) == sorted(own.select("ratio", "d").rows())


def test_collapse_normalised_shows_each_row() -> None:
    ax = drawn(lambda ax: panels.collapse_normalised(ax, MEASURED))
    assert {line.get_label() for line in ax.lines} == {str(k) for k in KS}
    shown = sorted(point for line in ax.lines for point in points(line))
    assert shown == sorted(MEASURED.select("ratio", "normalised").rows())


def test_the_legend_explains_every_mark_with_a_different_one() -> None:
    with style.figure(6, 2) as figure:
        panels.d_against_k_legend(figure)
    (legend,) = figure.legends
    looks = {
        (line.get_linestyle(), line.get_color(), line.get_markerfacecolor())
        for line in legend.get_lines()
    }
    assert len(looks) == len({text.get_text() for text in legend.get_texts()}) == 6


@pytest.mark.parametrize("n", [1, 2, 5])
def test_colours_run_from_dark_to_light(n: int) -> None:
    """Luma of ITU-R BT.601: what remains when printed in grey."""
    grey = [0.299 * r + 0.587 * g + 0.114 * b for r, g, b, _ in style.sequence(n)]
    assert len(grey) == n
    assert all(later - earlier > 0.05 for earlier, later in pairwise(grey))


# --- nothing else is touched --------------------------------------------------------------------


@pytest.mark.parametrize("fails", [False, True])
def test_settings_are_as_they_were(fails: bool) -> None:
    before = mpl.rcParams.copy()
    try:
        with style.figure(2, 2):
            assert mpl.rcParams["font.size"] == 8
            if fails:
                raise ZeroDivisionError
    except ZeroDivisionError:
        assert fails
    assert mpl.rcParams.copy() == before


@pytest.mark.parametrize("broken", ["pdf", "png"])
def test_a_save_that_fails_leaves_whole_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    draw_small(tmp_path)
    old, savefig = contents(tmp_path), Figure.savefig

    def breaks(self: Figure, target: object, *, format: str, **options: object) -> None:
        if format == broken:
            target.write(b"half")  # pyright: ignore
            raise OSError("the writer broke")
        savefig(self, target, format=format, **options)  # pyright: ignore

    monkeypatch.setattr(Figure, "savefig", breaks)
    with pytest.raises(OSError, match="the writer broke"):
        draw_small(tmp_path)
    with pytest.raises(OSError, match="the writer broke"):
        draw_small(tmp_path / "new")
    assert contents(tmp_path / "new").keys() == ({"figure.pdf"} if broken == "png" else set())
    (tmp_path / "new").rename(tmp_path.parent / f"{tmp_path.name}-new")
    assert contents(tmp_path) == old


def test_a_full_disk_leaves_no_half_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw_small(tmp_path)
    old, write = contents(tmp_path), Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        write(self, data[:100])
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        draw_small(tmp_path)
    assert contents(tmp_path) == old, "the old figures, and nothing else"


def test_a_stem_with_a_dot_keeps_its_whole_name(tmp_path: Path) -> None:
    assert [path.name for path in draw_small(tmp_path, "eps0.25")] == ["eps0.25.pdf", "eps0.25.png"]
