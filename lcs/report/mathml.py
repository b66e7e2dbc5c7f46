"""Text with inline LaTeX as HTML: formulae in MathML, which browsers set without a network."""

import re
from dataclasses import dataclass, field
from functools import cache
from html import escape
from xml.etree import ElementTree

from latex2mathml.converter import convert

_TIGHT = re.compile("<mo[^>]*>(&#x0007C;|&#x02016;|&#x0002F;)</mo>")
"""Bars and slashes, which browsers would space as they space a relation."""

_NAMED = re.compile(r"(<mi>(?:ln|log|cos|sin|max|min|sup|inf)</mi>)(?=<m[insr])")
"""Named functions, which browsers would not space from their argument."""

_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2}
_PARTS |= {"msubsup": 3, "munderover": 3}


@dataclass(slots=True)
class Typesetter:
    """Sets texts, and keeps those whose formulae it could not convert."""

    failed: set[str] = field(default_factory=set)

    def __call__(self, text: str) -> str:
        """Return text as HTML; a formula that cannot be converted is shown as its source.

        >>> Typesetter()("at $x < 1$").startswith("at <math")
        True
        """
        parts = text.split("$")
        if len(parts) % 2 == 0:
            self.failed.add(text)
            return f"<code>{escape(text)}</code>"
        texts, formulae = map(escape, parts[::2]), map(self._formula, parts[1::2])
        shown = [next(texts)]
        for formula, text in zip(formulae, texts, strict=True):
            rest = text.lstrip(",.;:)")  # what ends a formula stays on its line
            end = text[: len(text) - len(rest)]
            shown.append(
                f'<span class="whole">{formula}{end}</span>{rest}' if end else formula + rest
            )
        return "".join(shown)

    def _formula(self, latex: str) -> str:
        formula = _convert(latex)
        if formula is None:
            self.failed.add(latex)
            return f"<code>{escape(latex)}</code>"
        return formula


@cache
def _convert(latex: str) -> str | None:
    """The MathML of a formula; None where the converter raises or leaves it half done."""
    try:
        formula = convert(latex)
        tree = ElementTree.fromstring(formula)
    except Exception:  # whatever it raises, the reader is shown the source
        return None
    names = ((element, element.tag.rpartition("}")[2]) for element in tree.iter())
    if "\\" in formula or any(len(e) != _PARTS[name] for e, name in names if name in _PARTS):
        return None
    formula = _TIGHT.sub(r'<mo stretchy="false" lspace="0" rspace="0">\1</mo>', formula)
    return _NAMED.sub(r'\1<mspace width="0.17em"/>', formula)
