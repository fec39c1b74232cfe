"""Rows -> Parquet, by pyarrow: a file for each part, written whole or not at all, and all of them as one table and one CSV."""

import csv
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from functools import cache
from pathlib import Path
from typing import Any

from bot.errors import UsageError
from bot.exports.csv_file import guarded
from bot.triage.answer import Row

NAMES = tuple(field.name for field in fields(Row))
CSV, PARQUET = "messages.csv", "messages.parquet"
_DRAFT = ".draft"


def require() -> None:
    """Raises UsageError if a package is not installed."""
    try:
        import distributed  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UsageError(f"this needs {error.name}. Run: pip install 'factotum-faq[triage]'") from None


@cache
def _schema() -> Any:
    import pyarrow as pa

    texts = {name: pa.string() for name in NAMES}
    lists = {name: pa.list_(pa.string()) for name in ("entries", "unanswered")}
    return pa.schema(list((texts | lists | {"at": pa.timestamp("us", "UTC"), "score": pa.float64()}).items()))


def write(path: Path, rows: Iterable[Row]) -> None:
    """Writes the file of a part, in place of one that is there. Raises OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*map(astuple, rows), strict=True)) or [()] * len(NAMES)
    made = pa.table([list(column) for column in columns], schema=_schema())
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_DRAFT}")
    try:
        pq.write_table(made, draft, compression="zstd")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Whether the file of a part is there and can be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return bool(pq.read_metadata(path).num_columns == len(NAMES))
    except (OSError, pa.ArrowException):
        return False


def merged(parts: Sequence[Path], folder: Path) -> Iterator[Row]:
    """The rows of all parts in order, while the table and the CSV are written of them. Memory holds one part."""
    import pyarrow.parquet as pq

    drafts = {name: folder / f".{name}{_DRAFT}" for name in (CSV, PARQUET)}
    with (
        pq.ParquetWriter(drafts[PARQUET], _schema(), compression="zstd") as table,
        drafts[CSV].open("w", encoding="utf-8-sig", newline="") as out,
    ):
        sheet = csv.writer(out)
        sheet.writerow(NAMES)
        for part in parts:
            read = pq.read_table(part, schema=_schema())
            table.write_table(read)
            for values in read.to_pylist():
                sheet.writerow([_cell(values[name]) for name in NAMES])
                yield Row(**values | {name: tuple(values[name]) for name in ("entries", "unanswered")})
    for name, draft in drafts.items():
        os.replace(draft, folder / name)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return guarded("\n".join(value))
    return "" if value is None else guarded(value.isoformat() if hasattr(value, "isoformat") else str(value))
