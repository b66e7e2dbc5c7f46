"""Sections of a text file that are written by a program, between two marked lines."""

import re
from collections.abc import Sequence
from pathlib import Path


def has_markers(readme: Path, section: str) -> bool:
    """Whether a README has the place where a section goes."""
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    return section_of(text, section) is not None


def section_of(text: str, section: str) -> str | None:
    """What stands between the markers of a section; None when they are missing."""
    begin, end = markers(section)
    found = re.search(f"{begin}(.*?){end}", text, re.DOTALL)
    return found and found[1].strip("\n")


def replace_section(readme: Path, body: str, section: str) -> None:
    """Replace what stands between the README's markers of a section.

    Raises ValueError when the markers are missing.
    """
    begin, end = markers(section)
    if not has_markers(readme, section):
        raise ValueError(f"{readme.name} must hold the lines {begin} and {end}")
    text = readme.read_text(encoding="utf-8")
    place = re.compile(f"{begin}.*?{end}", re.DOTALL)
    renewed = place.sub(lambda _: f"{begin}\n{body}\n{end}", text, count=1)
    readme.write_text(renewed, encoding="utf-8")


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for the README."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def markers(section: str) -> tuple[str, str]:
    """The lines around a section of the README."""
    return f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
