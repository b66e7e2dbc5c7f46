"""Every figure of the toy models can be asked for by its name."""

import subprocess
from pathlib import Path

import polars as pl
import pytest

from experiments import _report, toy_codes, toy_dynamics, toy_geometry, toys

ROOT = Path(__file__).parents[2]
DRAWN = {
    name: module.__name__
    for module in (toys, toy_codes, toy_geometry, toy_dynamics)
    for name in module.FIGURES
}


def test_there_is_a_target_for_every_figure() -> None:
    asked = subprocess.run(
        ["make", "-n", *DRAWN, "PROFILE=paper"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    ).stdout
    for name, module in DRAWN.items():
        assert f"-m {module} --profile paper  --figure {name}\n" in asked


def test_one_figure_alone_is_drawn(tmp_path: Path) -> None:
    table = {"rows": pl.DataFrame()}
    figures: _report.Figures = {
        name: lambda tables, stem, suffixes: [stem.with_suffix(s) for s in suffixes]
        for name in ("one", "two")
    }
    draw = _report.draw_figures
    assert draw(figures, table, tmp_path, (".png",), "two") == [tmp_path / "two.png"]
    both = [tmp_path / "one.pdf", tmp_path / "one.png", tmp_path / "two.pdf", tmp_path / "two.png"]
    assert sorted(draw(figures, table, tmp_path, (".pdf", ".png"))) == both


def test_a_figure_that_nothing_draws_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        toys.main(["--figure", "toy-nothing"])
    assert "invalid choice: 'toy-nothing'" in capsys.readouterr().err
