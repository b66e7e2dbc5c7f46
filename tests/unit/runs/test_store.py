"""The store: names of cells, round trips to the bit, order of scans, failures as rows."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lcs.runs.store import Failure, Status, Store
from tests.cells import CELLS, Cell, draws

ORIGIN = {"source": "abc", "seconds": "1.0"}


def column_bytes(table: pl.DataFrame) -> list[tuple[str, bytes]]:
    """The bits of a table, where equality of frames would let -0.0 and 0.0 be the same."""
    return [(name, table.select(name).write_ipc(None).getvalue()) for name in table.columns]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "results")


def test_a_table_comes_back_to_the_bit(store: Store) -> None:
    cell = CELLS[0]
    assert store.read(cell) is None
    assert store.provenance(cell) is None
    store.write(cell, draws(cell), ORIGIN)
    table = store.read(cell)
    assert table is not None
    assert column_bytes(table) == column_bytes(draws(cell))
    assert store.provenance(cell) == ORIGIN


@pytest.mark.parametrize(
    "table",
    [
        pl.DataFrame(),
        pl.DataFrame({"x": []}, schema={"x": pl.Float32}),
        pl.DataFrame({"text": ["0" * 64, None, "é\0"], "list": [[1], [], None]}),
        pl.concat([pl.DataFrame({"x": [1]}), pl.DataFrame({"x": [2]})], rechunk=False),
    ],
    ids=["empty", "no rows", "seal-like text", "in chunks"],
)
def test_awkward_tables_come_back(store: Store, table: pl.DataFrame) -> None:
    store.write(CELLS[0], table, ORIGIN)
    back = store.read(CELLS[0])
    assert back is not None
    assert back.equals(table)
    assert back.schema == table.schema


def test_the_file_says_what_it_is(store: Store) -> None:
    cell = Cell("p", 3, 0.1, (4,), True)
    store.write(cell, draws(cell), ORIGIN)
    path = store.path(cell)
    assert path == store.root / "Cell" / f"{store.key(cell)}.parquet"
    assert [p.name for p in path.parent.iterdir()] == [path.name], "no other file is left"
    metadata = pl.read_parquet_metadata(path)
    fields = {"name": "p", "n": 3, "eps": 0.1, "sizes": [4], "option": True}
    assert json.loads(metadata["lcs.cell"]) == {"cell": "Cell", "fields": fields}
    assert json.loads(metadata["lcs.provenance"]) == ORIGIN
    assert metadata["lcs.format"] == "1"
    assert pl.read_parquet(path).equals(draws(cell)), "other readers see the table alone"


def test_provenance_lives_in_the_metadata_only(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other")
    store.write(CELLS[0], draws(CELLS[0]), ORIGIN)
    other.write(CELLS[0], draws(CELLS[0]), {**ORIGIN, "seconds": "2.0"})
    one, two = (s.path(CELLS[0]).read_bytes() for s in (store, other))
    footers = [int.from_bytes(data[-8:-4], "little") + 8 for data in (one, two)]
    assert one[: -footers[0]] == two[: -footers[1]]
    assert one != two


def test_keys_differ_with_class_field_and_type(store: Store) -> None:
    @dataclass(frozen=True)
    class Other:
        name: str
        n: int
        eps: Any
        sizes: tuple[int, ...] = (1, 2)
        option: bool | None = None

    cells = [
        *CELLS,
        *(Other("p", 1, eps) for eps in (0.1, 1, 1.0, True, "1", None, (1,), (1.0,))),
        *(dataclasses.replace(CELLS[0], option=option) for option in (True, False)),
    ]
    assert len({store.key(cell) for cell in cells}) == len(cells)
    assert store.key(Cell("p", 1, 0.5)) == store.key(Cell("p", 1, 0.5))


def test_what_is_no_cell_is_rejected(store: Store) -> None:
    @dataclass
    class Thawed:
        n: int

    with pytest.raises(TypeError, match="instance of a frozen dataclass"):
        store.key({"n": 1})
    with pytest.raises(TypeError, match="instance of a frozen dataclass"):
        store.key(Cell)
    with pytest.raises(TypeError, match="Thawed is not"):
        store.key(Thawed(1))
    with pytest.raises(TypeError, match="field sizes of Cell"):
        store.key(Cell("p", 1, 0.1, ([1],)))  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="field eps of Cell must be finite"):
        store.key(Cell("p", 1, float("nan")))


def test_what_is_no_table_of_the_cell_is_rejected(store: Store) -> None:
    with pytest.raises(ValueError, match=r"fields of the cell, got \['eps', 'n'\]"):
        store.write(CELLS[0], pl.DataFrame({"n": [1], "x": [2], "eps": [1]}), ORIGIN)
    with pytest.raises(TypeError, match="must return a polars DataFrame, got list"):
        store.write(CELLS[0], [1], ORIGIN)  # pyright: ignore[reportArgumentType]
    assert store.read(CELLS[0]) is None


def test_scan_has_the_order_of_the_cells_not_of_the_writing(store: Store) -> None:
    for cell in reversed(CELLS[:-1]):
        store.write(cell, draws(cell), ORIGIN)
    table = store.scan(CELLS)
    assert table.columns == ["name", "n", "eps", "sizes", "option", "row", "value"]
    parts = [draws(cell) for cell in CELLS[:-1]]
    assert column_bytes(table.select("row", "value")) == column_bytes(pl.concat(parts))
    rows = [cell for cell, part in zip(CELLS, parts, strict=False) for _ in range(part.height)]
    assert table["eps"].to_list() == [cell.eps for cell in rows]
    assert table["sizes"].to_list() == [list(cell.sizes) for cell in rows]
    backwards = store.scan(reversed(CELLS))
    assert backwards["n"].unique(maintain_order=True).to_list() == [3, 2, 1, 4]
    assert store.notes == []


def test_scan_of_nothing_is_empty(store: Store) -> None:
    assert store.scan([]).is_empty()
    assert store.scan(CELLS).is_empty()
    store.write(CELLS[0], draws(CELLS[0]).clear(), ORIGIN)
    assert store.scan(CELLS).schema == store.scan(CELLS[:1]).schema
    assert store.scan(CELLS).columns[-1] == "value"
    assert store.scan(CELLS).is_empty()


def test_scan_keeps_a_value_that_is_an_integer_in_some_cells(store: Store) -> None:
    cells = (Cell("p", 1, 1), Cell("p", 1, 0.5))
    for cell in cells:
        store.write(cell, pl.DataFrame({"x": [1]}), ORIGIN)
    assert store.scan(cells)["eps"].to_list() == [1.0, 0.5]


def test_a_failure_is_a_row_until_the_cell_succeeds(store: Store) -> None:
    try:
        raise KeyError("no such code")
    except KeyError as error:
        store.fail(CELLS[1], error)
    store.fail(CELLS[2], Failure(Status.KILLED, "ProcessDied", "exit code -9", ""))
    assert store.read(CELLS[1]) is None
    rows = store.failures(CELLS)
    assert rows["n"].to_list() == [2, 3]
    assert rows["status"].to_list() == [Status.FAILED.value, Status.KILLED.value]
    assert rows["exception"].to_list() == ["KeyError", "ProcessDied"]
    trace = rows["traceback"][0]
    assert 'File "test_store.py", line' in trace
    assert "KeyError: 'no such code'" in trace
    assert str(Path(__file__).parent) not in trace, "no machine path is stored"
    store.write(CELLS[1], draws(CELLS[1]), ORIGIN)
    assert store.failures(CELLS)["n"].to_list() == [3]
