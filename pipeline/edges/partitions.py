"""Nouns ↔ Parquet partitions. A reference such as "articles/2026-08-22T13" names one; tasks hand on references only.

A partition is written aside and renamed, so that it is there whole or not at all, and replaced whole: running a step
twice leaves what running it once left. The schema follows from the noun's type hints.
"""

from __future__ import annotations

import dataclasses
import os
import re
import typing
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from pipeline.edges.atomic import written_aside
from pipeline.errors import ConfigurationError, PipelineError
from pipeline.plain import bare, from_plain, to_plain
from pipeline.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")
Ref = str  # "dataset/key"

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]*")


class Partitions:
    """The partitions under one folder: <root>/<dataset>/<key>.parquet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @staticmethod
    def of(here: Settings) -> Partitions:
        """Those of the data folder."""
        return Partitions(here.data_dir / "partitions")

    def path(self, ref: Ref) -> Path:
        """File of a partition. A key that would lead out of the folder is refused."""
        dataset, _, key = ref.partition("/")
        if not _KEY.fullmatch(dataset) or not _KEY.fullmatch(key):
            raise ConfigurationError("expected dataset/key of letters, digits and _.:+-", about=ref)
        return self.root / dataset / f"{key}.parquet"

    def exists(self, ref: Ref) -> bool:
        """Whether the partition is there."""
        return self.path(ref).exists()

    def keys(self, dataset: str) -> tuple[str, ...]:
        """Keys of a dataset's partitions in order."""
        return tuple(sorted(path.stem for path in (self.root / dataset).glob("*.parquet")))

    def of_batch(self, dataset: str, batch: str) -> list[Path]:
        """Files of a batch in a dataset: <batch>.parquet, or <batch>.<stage>.parquet where several stages write one."""
        keys = [key for key in self.keys(dataset) if key == batch or key.startswith(f"{batch}.")]
        return [self.path(f"{dataset}/{key}") for key in keys]

    def read_batch(self, dataset: str, batch: str, noun: type[T]) -> list[T]:
        """All rows of a batch's partitions of a dataset."""
        return [row for path in self.of_batch(dataset, batch) for row in self.read(f"{dataset}/{path.stem}", noun)]

    def read(self, ref: Ref, noun: type[T]) -> list[T]:
        """All rows of a partition as nouns."""
        import pyarrow as pa  # a third of a second that whoever only names a partition, or writes a text, does not need
        import pyarrow.parquet as pq

        path = self.path(ref)
        try:
            rows = pq.ParquetFile(path).read().to_pylist()
        except (OSError, pa.ArrowException) as error:
            raise PipelineError(f"the partition cannot be read: {error}", about=ref) from error
        return [from_plain(noun, row) for row in rows]

    def ids(self, dataset: str, batch: str, column: str = "article_id") -> list[Any]:
        """One column of all rows of a batch's partitions of a dataset, nothing else read."""
        import pyarrow.parquet as pq

        files = self.of_batch(dataset, batch)
        return [value for path in files for value in pq.ParquetFile(path).read(columns=[column])[column].to_pylist()]

    def read_around(
        self,
        dataset: str,
        noun: type[T],
        stretches: Sequence[tuple[datetime, datetime]],
        *,
        column: str = "published_at",
        ids: Sequence[str] = (),
        id_column: str = "article_id",
        nulls: bool = True,
        without: Collection[str] = (),
    ) -> list[T]:
        """Rows of all partitions of a dataset, those of some keys aside, whose instant lies in one of the stretches, is
        null (unless `nulls` is off), or that have one of the ids. Only row groups that can hold such rows are read."""
        import pyarrow as pa
        import pyarrow.dataset as ds  # imports pandas, a second of CPU that reading one partition does not need

        keys = [key for key in self.keys(dataset) if key not in without]
        if not keys:
            return []
        wanted = ds.field(column).is_null() if nulls else ds.scalar(False)
        for start, end in stretches:
            wanted |= (ds.field(column) >= pa.scalar(start)) & (ds.field(column) <= pa.scalar(end))
        if ids:
            wanted |= ds.field(id_column).isin(list(ids))
        files = [os.fspath(self.path(f"{dataset}/{key}")) for key in keys]
        held = ds.dataset(files, schema=schema(cast(Any, noun)), format="parquet")
        if not stretches and not nulls:  # ids alone tell no row group from another: first, which files have them
            having = set(held.to_table(columns=["__filename"], filter=wanted)["__filename"].to_pylist())
            held = ds.dataset([file for file in files if file in having], schema=held.schema, format="parquet")
        table = held.to_table(filter=wanted)
        return [from_plain(noun, row) for row in table.to_pylist()]

    def replace(self, ref: Ref, noun: type[T], items: Iterable[T]) -> Ref:
        """Write the partition anew, whole, and hand back its reference."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.Table.from_pylist([to_plain(item) for item in items], schema=schema(cast(Any, noun)))
        path = self.path(ref)
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_aside(path) as aside:
            pq.write_table(table, aside, compression="zstd")
        return ref

    def remove(self, ref: Ref) -> None:
        """Take a partition away, if it is there."""
        self.path(ref).unlink(missing_ok=True)


def key_of(ref: Ref) -> str:
    """The batch that a reference is of."""
    return ref.partition("/")[2]


@lru_cache(maxsize=64)
def schema(noun: Any) -> pa.Schema:
    """Arrow schema of a noun: one column a field."""
    import pyarrow as pa

    hints = typing.get_type_hints(noun)
    return pa.schema([pa.field(field.name, _arrow(hints[field.name])) for field in dataclasses.fields(noun)])


@lru_cache(maxsize=1)
def _scalars() -> Mapping[type, pa.DataType]:
    import pyarrow as pa

    return {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        bytes: pa.binary(),
        datetime: pa.timestamp("us", tz="UTC"),
        date: pa.date32(),
    }


def _arrow(hint: Any) -> pa.DataType:
    import pyarrow as pa

    hint = bare(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return pa.string()
    if hint in _scalars():
        return _scalars()[hint]
    if typing.get_origin(hint) is Literal:
        return pa.string()
    if typing.get_origin(hint) is tuple:
        return pa.list_(_arrow(typing.get_args(hint)[0]))
    if dataclasses.is_dataclass(hint):
        fields = typing.get_type_hints(hint)
        return pa.struct([pa.field(field.name, _arrow(fields[field.name])) for field in dataclasses.fields(hint)])
    raise TypeError(f"no column can hold {hint!r}")
