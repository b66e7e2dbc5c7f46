"""The folklore experiment end to end, and its judge on doctored tables."""

from pathlib import Path

import polars as pl
import pytest

from experiments import _report, folklore
from lcs.bounds.enclose import sine
from lcs.claims import CLAIMS
from lcs.verdict import judge_capacity

FOLK = {id for id in CLAIMS if id.startswith("FOLK-")}
BEGIN, END = _report.markers("folklore")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run with few points on the curves, into a README too."""
    folder = tmp_path_factory.mktemp("folklore")
    (folder / "README.md").write_text(f"before\n{BEGIN}\n{END}\nafter\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folklore, "SWEEP", folklore.SWEEP[:8:4])
        patch.setattr(folklore, "_sizes", lambda codes: [101, 5000])
        arguments = ["--results", str(folder / "results"), "--readme", str(folder / "README.md")]
        assert folklore.main(arguments) == 0
    return folder


def table(small: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(small / "results" / "folklore" / f"{name}.parquet")


def test_a_run_leaves_tables_figure_and_readme(small: Path) -> None:
    names = {path.name for path in (small / "results" / "folklore").iterdir()}
    tables = {"verdicts", "verdict-folklore", "capacity", "least-angle"}
    assert names == {f"{name}.parquet" for name in tables} | {"folklore.pdf", "folklore.png"}
    assert (small / "docs" / "folklore.png").stat().st_size > 0
    text = (small / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n| claim |")
    assert text.endswith(f"|\n{END}\nafter\n")


def test_every_folklore_claim_has_one_verdict(small: Path) -> None:
    found = table(small, "verdicts")
    assert sorted(found["claim"]) == sorted(FOLK)
    assert (found["achieved"] < found["proved"]).all()
    for row in found.iter_rows(named=True):
        fails = row["claimed"] > row["proved"]
        assert row["verdict"] == ("fails as stated" if fails else "open")
        assert bool(row["corrected"]) == fails
        assert row["margin"] == max(0.0, row["claimed"] - row["proved"])
    findings = table(small, "verdict-folklore")
    assert findings["verdict"].to_list() == found["verdict"].to_list()
    assert findings["failures"].to_list() == (found["corrected"] != "").cast(int).to_list()


def test_bounds_are_in_order_along_the_curves(small: Path) -> None:
    for name, better in (("capacity", "degrees"), ("least-angle", "m")):
        rows = table(small, name).sort(better)
        assert (rows["achieved"] <= rows["proved"]).all()
        for column in ("achieved", "proved"):
            assert rows[column].is_sorted(descending=name == "least-angle")


def test_the_formula_is_not_refuted_at_one_degree() -> None:
    """There it claims 10^8.19 where codes reach 10^7.87 and the bound is 10^11.67."""
    row = {"claim": "FOLK-jl-formula-2"} | folklore.count(12288, 1)
    assert judge_capacity(pl.DataFrame([row]))["verdict"].to_list() == ["open"]


def test_bounds_take_the_angle_rounded_up_and_codes_rounded_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = {1: (sine(1)[0], sine(3)[1])}
    exact = {degrees: folklore.count(500, degrees) for degrees in (1, 3)}
    monkeypatch.setattr(folklore, "sine", ends.get)
    wide = folklore.count(500, 1)
    assert [wide[x] for x in ("proved", "proved_any")] == [
        exact[3][x] for x in ("proved", "proved_any")
    ]
    assert wide["achieved"] == exact[1]["achieved"]


def test_the_judge_can_say_all_three() -> None:
    found = pl.DataFrame(
        {"claimed": [9.0, 5.0, 2.0, 3.0], "achieved": [3.0] * 4, "proved": [5.0] * 4}
    )
    judged = judge_capacity(found)
    assert judged["verdict"].to_list() == ["fails as stated", "open", "holds", "holds"]
    assert judged["margin"].to_list() == [4.0, 0.0, 1.0, 0.0]


def test_the_judge_refuses_sides_that_cross() -> None:
    found = pl.DataFrame({"claimed": [1.0], "achieved": [3.0], "proved": [2.0]})
    with pytest.raises(ValueError, match="achieved must not exceed proved"):
        judge_capacity(found)


def test_records_are_the_codes_that_none_beats() -> None:
    codes = list(folklore.catalogue(64, m_min=65))
    kept = folklore._records(codes)
    for code in codes:
        assert any(r.m >= code.m and float(r.coherence) <= float(code.coherence) for r in kept)
    pairs = [(float(r.coherence), r.m) for r in kept]
    assert pairs == sorted(set(pairs))
    assert [m for _, m in pairs] == sorted({m for _, m in pairs})


def test_a_readme_without_the_place_is_refused(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing here", encoding="utf-8")
    with pytest.raises(SystemExit):
        folklore.main(["--results", str(tmp_path / "results"), "--readme", str(readme)])
    assert readme.read_text(encoding="utf-8") == "nothing here"
    assert not (tmp_path / "results").exists()


def test_a_folder_that_cannot_be_written_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(folklore, "measure", lambda: {"verdicts": pl.DataFrame()})
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert folklore.main(["--results", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.startswith("error: ")
