"""The command line: answers, files, and one clear line for every mistake."""

import json
import os

import numpy as np
import pytest
from typer.testing import CliRunner

from lcs.bounds.bracket import bracket
from lcs.claims import CLAIMS
from lcs.cli import app
from lcs.linear.error import worst_case_error
from tests.stored import everything

RUN = CliRunner()


def lcs(*arguments: str) -> tuple[int, str, str]:
    result = RUN.invoke(app, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_the_bracket_is_printed_with_both_reasons():
    code, out, err = lcs("bracket", "1e6", "16", "1/4")
    found = bracket(10**6, 16, "1/4")
    assert (code, err) == (0, "")
    assert f"{found.d_necessary} <= d <= {found.d_sufficient}" in out
    assert found.upper.name in out
    assert found.lower.claim in out
    assert out.count("checked") == 2


def test_json_says_the_same_and_more():
    code, out, _ = lcs("bracket", "28", "1", "0.25", "--at-most", "--json")
    data = json.loads(out)
    assert code == 0
    assert (data["m"], data["k"], data["eps"], data["strict"]) == (28, 1, "1/4", False)
    assert data["d_necessary"] == data["d_sufficient"] == 7
    assert data["tight"]
    assert data["explicit_code"]["coherence"] == "1/3"
    for side, at in (("necessary", 6), ("sufficient", 7)):
        certificate = data[side]["certificate"]
        assert certificate["holds"]
        assert certificate["at_d"] == at
    assert float(data["necessary"]["certificate"]["left"]) == 6
    assert float(data["necessary"]["certificate"]["right"]) == 7


def test_a_proof_of_existence_is_named_so():
    code, out, _ = lcs("bracket", "1000", "1", "49/100")
    assert code == 0
    assert "proof of existence" in out


def test_make_writes_a_pair_with_the_error_asked_for(tmp_path):
    path = tmp_path / "pair.npz"
    code, out, _ = lcs("bracket", "300", "3", "1/2", "--make", str(path), "--json")
    assert code == 0
    with np.load(path) as pair:
        error = worst_case_error(pair["A"], pair["B"], k=int(pair["k"]))
        assert error.certifies(0.5)
        assert error.value == pytest.approx(float(pair["error"]), abs=error.rounding)
        assert pair["A"].shape == (bracket(300, 3, "1/2").d_sufficient, 300)
        assert str(pair["eps"]) == "1/2"
    assert json.loads(out)["made"]["error"] == pytest.approx(error.value, abs=error.rounding)
    assert os.listdir(tmp_path) == ["pair.npz"]


def test_a_drawn_pair_follows_its_seed(tmp_path):
    pairs = []
    for seed in ("0", "0", "1"):
        path = tmp_path / "pair.npz"
        assert lcs("bracket", "200", "1", "12/25", "--make", str(path), "--seed", seed)[0] == 0
        with np.load(path) as pair:
            pairs.append(pair["A"])
    assert np.array_equal(pairs[0], pairs[1])
    assert not np.array_equal(pairs[0], pairs[2])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1.5", "1", "0.1"), "M must be an integer; got '1.5'"),
        (("ten", "1", "0.1"), "M must be an integer; got 'ten'"),
        (("10", "1/0", "0.1"), "K must be an integer; got '1/0'"),
        (("10", "11", "0.1"), "k must satisfy 1 <= k <= m = 10; got 11"),
        (("0", "1", "0.1"), "m must be an integer >= 1; got 0"),
        (("10", "1", "0"), "eps must be a finite number > 0; got '0'"),
        (("10", "1", "nan"), "eps must be a finite number > 0; got 'nan'"),
        (("10", "1", "x"), "eps must be a finite number > 0; got 'x'"),
        (("10", "1", "2", "--make", "{folder}/a.npz"), "d = 0: A = B = 0 is good enough"),
        (("10", "1", "0.1", "--make", "{folder}/none/a.npz"), "--make must name a file"),
        (("10", "1", "0.1", "--make", "{folder}"), "--make must name a file"),
        (("1e6", "16", "1/4", "--make", "{folder}/a.npz"), "at most 268435456 entries"),
    ],
)
def test_a_mistake_gets_one_line_and_leaves_no_file(arguments, message, tmp_path):
    arguments = [text.format(folder=tmp_path) for text in arguments]
    code, out, err = lcs("bracket", *arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("error: ")
    assert message in err
    assert err.count("\n") == 1
    assert os.listdir(tmp_path) == []


def test_a_search_is_part_of_the_answer():
    before, after = (
        json.loads(lcs("bracket", "9", "1", "0.31", "--json", *more)[1])
        for more in ((), ("--search", "20"))
    )
    assert after["d_sufficient"] < before["d_sufficient"]
    assert after["necessary"] == before["necessary"]
    assert after["sufficient"]["certificate"]["holds"]
    assert "packing" in after["explicit_code"]["name"]


def test_help_names_the_command():
    assert "bracket" in lcs("--help")[1]
    assert "--make" in lcs("bracket", "--help")[1]


def test_the_report_is_written_and_its_holes_are_counted(tmp_path):
    everything(tmp_path)
    code, out, err = lcs("report", "--results", str(tmp_path))
    assert (code, err) == (0, "")
    assert f"{len(CLAIMS)} claims, " in out
    assert "holes" in out
    assert {path.name for path in (tmp_path / "report").iterdir()} == {"report.html", "ledger.tex"}
    code, _, _ = lcs("report", "--results", str(tmp_path), "--out", str(tmp_path / "else"))
    assert code == 0
    assert (tmp_path / "else" / "report.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--results", "{}/none"], "--results must name a folder"),
        (["--results", "{}", "--readme", "{}/README.md"], "markers of the status"),
        (["--results", "{}", "--out", "{}/file"], "file"),
    ],
)
def test_a_report_that_cannot_be_made_is_one_clear_line(tmp_path, arguments, message):
    (tmp_path / "file").write_text("")
    code, out, err = lcs("report", *(argument.format(tmp_path) for argument in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert message in err
