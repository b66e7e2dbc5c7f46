"""Figures scaled down to thumbnails that a page can hold."""

import base64
import io
from pathlib import Path

from PIL import Image

WIDTH = 480  # twice what is shown: sharp on dense screens


def thumbnail(path: Path) -> str | None:
    """Return a small copy of a picture as a data URI; None if it cannot be read."""
    try:
        with Image.open(path) as picture:
            small = picture.convert("RGB")
            small.thumbnail((WIDTH, WIDTH))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    out = io.BytesIO()
    small.quantize(64).save(out, "png", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
