"""The bracket experiment end to end on a small grid, and its judges on doctored tables."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from experiments import bracket as experiment
from lcs.bounds.bracket import bracket
from lcs.findings import judge_bracket, judge_frames

GRID = ((28, 1, "1/4"), (28, 2, "1/4"), (100, 1, "1/4"), (100, 2, "1/4"))
TABLES = {"grid", "curves", "frames", "random", "verdict-bracket"}
README = "before\n<!-- bracket: begin -->\nstale text\n<!-- bracket: end -->\nafter\n"


@pytest.fixture(autouse=True, scope="module")
def tiny():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(experiment, "GRID", GRID)
        patch.setattr(experiment, "SIZES", (28, 600))
        patch.setattr(experiment, "MEASURED", 100)
        patch.setattr(experiment, "SEEDS", 2)
        patch.setitem(experiment.POINTS, "quick", 9)
        patch.setitem(experiment.FRAME_FEATURES, "quick", 16)
        yield


@pytest.fixture(scope="module")
def results(tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    (folder / "README.md").write_text(README, encoding="utf-8")
    options = ["--results", str(folder), "--readme", str(folder / "README.md")]
    assert experiment.main(options) == 0
    return folder


def table(results: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(results / "bracket-quick" / f"{name}.parquet")


def test_a_run_leaves_every_table_and_figure(results: Path) -> None:
    files = {path.name for path in (results / "bracket-quick").iterdir()}
    assert files == {f"{name}.parquet" for name in TABLES} | {"bracket.pdf", "bracket.png"}
    assert [path.name for path in (results / "docs").iterdir()] == ["bracket.png"]


def test_the_readme_gets_what_the_tables_say(results: Path) -> None:
    text = (results / "README.md").read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "stale text" not in text
    found = bracket(100, 1, "1/4")
    assert f"{found.d_necessary} – {found.d_sufficient} (" in text
    assert "(7, 28)" in text
    assert f"largest ratio: {max(row['upper'] / row['lower'] for row in rows(results)):.4g}" in text


def rows(results: Path) -> list[dict[str, int]]:
    both = pl.concat([table(results, name).select("lower", "upper") for name in ("grid", "curves")])
    return both.to_dicts()


def test_every_answer_is_the_bracket_of_its_question(results: Path) -> None:
    grid, curves = table(results, "grid"), table(results, "curves")
    assert grid.height == len(GRID)
    assert curves["m"].unique().sort().to_list() == [28, 600]
    for row in pl.concat([grid, curves]).iter_rows(named=True):
        found = bracket(row["m"], row["k"], row["eps"], strict=row["strict"])
        assert (found.d_necessary, found.d_sufficient) == (row["lower"], row["upper"])


def test_frames_up_to_the_size_and_those_of_the_figure_are_met(results: Path) -> None:
    frames = table(results, "frames")
    sizes = set(frames.select("d", "m").rows())
    assert sizes == {(3, 6), (5, 10), (7, 14), (6, 16), (10, 16), (7, 28), (21, 28)}
    assert frames.filter(pl.col("lower") == pl.col("d")).height == frames.height
    assert frames.filter(pl.col("upper") == pl.col("d")).height == frames.height


def test_random_codes_lie_above_what_is_necessary(results: Path) -> None:
    random = table(results, "random")
    assert random["m"].unique().to_list() == [28]
    for m, k, eps, d in random.select("m", "k", "eps", "d").iter_rows():
        necessary = bracket(m, k, repr(eps)).d_necessary
        assert necessary <= d < m


def test_it_goes_on_from_what_is_stored_and_says_the_same(results: Path, tmp_path: Path) -> None:
    before = {name: table(results, name) for name in TABLES}
    assert experiment.main(["--results", str(results)]) == 0
    assert experiment.main(["--results", str(tmp_path), "--workers", "2"]) == 0
    for folder in (results, tmp_path):
        for name in TABLES:
            assert_frame_equal(table(folder, name), before[name], check_exact=True)


def test_a_doctored_table_is_not_believed(results: Path) -> None:
    grid, frames = table(results, "grid"), table(results, "frames")
    assert [one.verdict for one in judge_bracket(grid) + judge_frames(frames)] == ["holds"] * 2
    first = pl.int_range(pl.len()) == 0
    for change in (
        {"upper": pl.col("lower") - 1},
        {"lower_checked": pl.lit(False)},
        {"upper_checked": pl.lit(False)},
    ):
        doctored = grid.with_columns(
            pl.when(first).then(new).otherwise(name).alias(name) for name, new in change.items()
        )
        assert judge_bracket(doctored)[0].failures == 1
    for name in ("lower", "upper"):
        doctored = frames.with_columns((pl.col(name) + first).alias(name))
        assert judge_frames(doctored)[0].failures == 1
    assert judge_frames(frames.with_columns(checked=~first))[0].failures == 1


def test_a_readme_without_its_markers_is_refused(tmp_path: Path, capsys) -> None:
    (tmp_path / "README.md").write_text("no markers", encoding="utf-8")
    with pytest.raises(SystemExit):
        experiment.main(["--readme", str(tmp_path / "README.md")])
    assert "markers of the bracket" in capsys.readouterr().err
