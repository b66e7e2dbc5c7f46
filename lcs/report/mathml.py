"""Text with inline LaTeX as HTML: formulae in MathML, which browsers set without a network."""

from dataclasses import dataclass, field
from functools import cache
from html import escape

from latex2mathml.converter import convert


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
        return "".join(self._formula(p) if i % 2 else escape(p) for i, p in enumerate(parts))

    def _formula(self, latex: str) -> str:
        formula = _convert(latex)
        if formula is None:
            self.failed.add(latex)
            return f"<code>{escape(latex)}</code>"
        return formula


@cache
def _convert(latex: str) -> str | None:
    """The MathML of a formula; None where the converter raises or leaves a command as it is."""
    try:
        formula = convert(latex)
    except Exception:  # whatever it raises, the reader is shown the source
        return None
    return None if "\\" in formula or "merror" in formula else formula
