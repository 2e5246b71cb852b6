"""A made-up morning: a release, two reports on it, a release that nobody reports; and the path over them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import grouping_steps, steps
from pipeline.settings import ROOT, settings

HERE = Path(__file__).parent
RECEIVED_AT = datetime(2022, 3, 11, 7, 10, tzinfo=UTC)
OUTLETS = {"courier": "The Severn Courier", "evening": "Millbrook Evening Post"}


def texts(*names: str) -> dict[str, bytes]:
    """Documents of this folder by their names, or all."""
    return {path.name: path.read_bytes() for path in sorted(HERE.glob("*.txt")) if not names or path.stem in names}


def configure(folder: Path, content: bytes, outlet: str) -> None:
    """Say in the seed data beside a data folder which outlet a document is of."""
    with (seeds(folder.parent / "seed-data") / "documents.csv").open("a", encoding="utf-8") as file:
        file.write(f"{hashlib.sha256(content).hexdigest()},{outlet},,,made up\n")


def seeds(folder: Path) -> Path:
    """The seed data that ships, with the outlets of this folder's reports configured."""
    if not folder.exists():
        shutil.copytree(ROOT / "seeds", folder, ignore=shutil.ignore_patterns("*.txt"))
        for name, outlet in OUTLETS.items():
            configure(folder.parent / "data", (HERE / f"{name}.txt").read_bytes(), outlet)
    return folder


@contextmanager
def data_folder(folder: Path, **others: str) -> Iterator[Path]:
    """The steps' settings with a data folder of one's own, and others by the names of their variables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRESS_DATA_DIR", os.fspath(folder))
        patch.setenv("PRESS_SEEDS_DIR", os.fspath(seeds(folder.parent / "seed-data")))
        for name, value in others.items():
            patch.setenv(f"PRESS_{name.upper()}", value)
        settings.cache_clear()
        try:
            yield folder
        finally:
            settings.cache_clear()


def ingested(folder: Path, files: Mapping[str, bytes], *, now: datetime) -> str:
    """Everything that comes of these files when they are received at that instant; without the gate, which is slow."""
    source = folder.parent / f"{folder.name}-{now:%Y%m%dT%H%M%S}"
    source.mkdir(parents=True)
    for name, content in files.items():
        (source / name).write_bytes(content)
    return steps.compose_digests(steps.load_warehouse(related(source, now=now)))


def related(source: Path, *, now: datetime) -> str:
    """The documents of a folder, read, grouped and set against the releases among them; the gate is left out."""
    ref = steps.register_documents([os.fspath(source)], now=now)
    for step in (
        steps.read_documents,
        steps.extract_branches,
        grouping_steps.group_near_duplicates,
        grouping_steps.cluster_stories,
        steps.follow_releases,
    ):
        ref = step(ref)
    return ref


def digest(folder: Path, day: str) -> dict[str, Any]:
    """The digest of a day in its JSON form."""
    found: dict[str, Any] = json.loads((folder / "digests" / f"{day}.json").read_text(encoding="utf-8"))
    return found


def told(sentences: list[dict[str, Any]]) -> list[str]:
    """What sentences say."""
    return [sentence["text"] for sentence in sentences]
