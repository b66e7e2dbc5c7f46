"""One sealed Parquet file: what it says of its cell, its bytes, and how it gets into place."""

import dataclasses
import errno
import hashlib
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl

from lcs.runs.rng import canonical, check_scalar

FORMAT = "1"
# A seal of zeros stands in while the file is hashed, so that the seal can cover the whole file.
_UNSEALED = "0" * 64


def fields_of(cell: Any) -> dict[str, Any]:
    """Return the fields of a cell by name, in the order of the class."""
    return {field.name: getattr(cell, field.name) for field in dataclasses.fields(cell)}


def describe(cell: Any) -> str:
    """Return the canonical JSON of a cell: the name of its class and its fields.

    Parameters: `cell`, an instance of a frozen dataclass whose fields are finite JSON scalars,
    or tuples of them.
    Raises: TypeError for anything else; ValueError for NaN and inf.
    """
    if isinstance(cell, type) or not dataclasses.is_dataclass(cell):
        raise TypeError(f"a cell must be an instance of a frozen dataclass, got {cell!r}")
    if not type(cell).__dataclass_params__.frozen:  # pyright: ignore[reportAttributeAccessIssue]
        raise TypeError(f"a cell must be frozen, and {type(cell).__name__} is not")
    fields = fields_of(cell)
    for name, value in fields.items():
        for part in value if isinstance(value, tuple) else (value,):
            check_scalar(f"field {name} of {type(cell).__name__}", part)
    return canonical({"cell": type(cell).__name__, "fields": fields})


def encode(cell: Any, table: pl.DataFrame, provenance: Mapping[str, str]) -> bytes:
    """Return the sealed Parquet file of a cell: only its metadata depend on the provenance.

    Parameters: `cell`; `table`, without columns named as fields of the cell; `provenance`, texts.
    Raises: TypeError when `table` is not a DataFrame; ValueError when a column is also a field.
    """
    if not isinstance(table, pl.DataFrame):
        raise TypeError(f"a measure must return a polars DataFrame, got {type(table).__name__}")
    if clash := sorted(set(table.columns) & set(fields_of(cell))):
        raise ValueError(f"columns must not be named as fields of the cell, got {clash}")
    metadata = {
        "lcs.cell": describe(cell),
        "lcs.format": FORMAT,
        "lcs.provenance": canonical(provenance),
        "lcs.seal": _UNSEALED,
    }
    buffer = io.BytesIO()
    table.rechunk().write_parquet(buffer, metadata=metadata)
    data = buffer.getvalue()
    head, _, tail = data.rpartition(_UNSEALED.encode())
    return head + hashlib.sha256(data).hexdigest().encode() + tail


def decode_metadata(data: bytes) -> dict[str, str]:
    """Return the metadata of a Parquet file; ValueError when it, or the seal on it, is broken."""
    try:
        metadata = pl.read_parquet_metadata(io.BytesIO(data))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise ValueError("not a whole Parquet file") from error
    if any(name.startswith("lcs.") for name in metadata):
        seal = metadata.get("lcs.seal") or "no seal"
        head, _, tail = data.rpartition(seal.encode())
        if hashlib.sha256(head + _UNSEALED.encode() + tail).hexdigest() != seal:
            raise ValueError("its bytes do not match its seal")
    return metadata


def replace(path: Path, data: bytes) -> None:
    """Put a file in place whole, or leave the place as it was and raise a clear OSError."""
    temporary = path.with_name(f".{uuid4().hex}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise explained(error, "the store cannot write a file") from error


def explained(error: OSError, rule: str) -> OSError:
    """Return the same kind of OSError with the rule that it breaks."""
    return OSError(error.errno or errno.EIO, f"{rule}: {error.strerror or error}", error.filename)
