"""Parquet files and the comments of the warehouse → datapackage.json (Data Package 2.0, https://datapackage.org)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TYPES = {
    "varchar": "string",
    "bigint": "integer",
    "integer": "integer",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamp with time zone": "datetime",
}


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view with what its comments say."""

    name: str
    comment: str
    columns: Sequence[tuple[str, str, str]]  # name, type as DuckDB has it, comment


def data_package(described: Sequence[Described], files: Mapping[str, Path], *, title: str) -> dict[str, Any]:
    """The descriptor of the Parquet files, with their sizes and hashes; tables without a file are left out."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "press-morning",
        "title": title,
        "description": "Published tables of the warehouse. Article texts are their publishers' and stay in the house.",
        "resources": [_resource(one, files[one.name]) for one in described if one.name in files],
    }


def _resource(described: Described, path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": described.name,
        "path": path.name,
        "type": "table",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": described.comment,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(*column) for column in described.columns]},
    }


def _field(name: str, kind: str, comment: str) -> dict[str, Any]:
    lists = "array" if kind.endswith("[]") else "object"
    return {"name": name, "type": _TYPES.get(kind, lists), "description": comment}
