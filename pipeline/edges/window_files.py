"""The open window on disk: what grouping learned of these weeks' texts, so that an hour costs what the hour brings.

The file is a cache. Each article has a mark of the partition that it came from: when that is written anew with other
content, its articles arrive again. When the file is missing, cut off or made by other code, all of them do.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from pipeline.edges.atomic import written_aside
from pipeline.edges.partitions import Partitions
from pipeline.edges.warehouse import SQL, reader
from pipeline.grouping.neighbours import Neighbours
from pipeline.grouping.open_window import OpenWindow
from pipeline.grouping.vectors import TermRows, TermStatistics
from pipeline.grouping.window_stories import Place
from pipeline.grouping.word_checksums import WordRows
from pipeline.grouping.word_codes import TERM_SPACE

_LIMITS: dict[str, str | int | float | list[str]] = {"threads": 1, "memory_limit": "1GB"}

Marks = Mapping[str, int]  # article id → a checksum of its partition


@dataclass(frozen=True, slots=True)
class KeptWindow:
    """A window and the marks of the articles that it was made of."""

    window: OpenWindow
    marks: Marks


def listed(
    partitions: Partitions,
    batch: str,
    stretches: Sequence[tuple[datetime, datetime]],
    *,
    named: Collection[str],
    without: Collection[str],
) -> dict[str, int]:
    """The marks of the articles of a batch, of those published in the stretches or on no known day, and of those named.

    without   keys of partitions that are passed over
    """
    files = [partitions.path(f"articles/{key}") for key in partitions.keys("articles") if key not in without]
    given = {
        "files": [os.fspath(file) for file in files],
        "own_file": os.fspath(partitions.path(f"articles/{batch}")),
        "starts": [start for start, _ in stretches],
        "ends": [end for _, end in stretches],
        "named": sorted(named),
    }
    with duckdb.connect(config=dict(_LIMITS)) as connection:
        connection.execute("set timezone = 'UTC'")
        rows = connection.execute((SQL / "window" / "listed.sql").read_text(encoding="utf-8"), given).fetchall()
    mark_of = {file: _mark(Path(file)) for file in {file for _, file in rows}}
    return {article: mark_of[file] for article, file in rows}


def told_places(published: Path, articles: Collection[str]) -> dict[str, Place]:
    """The places of these articles as readers see them; none before the first publication."""
    if not published.exists():
        return {}
    sql = "select article_id, group_id, story_id from placements where article_id in (select unnest($articles))"
    with reader(published) as connection:
        found = connection.execute(sql, {"articles": sorted(articles)}).to_arrow_table()
    article, group, story = (column.to_pylist() for column in found.columns)
    return dict(zip(article, map(Place, group, story), strict=True))


def read_window(path: Path) -> KeptWindow:
    """What was kept; an empty window when nothing was, or nothing that this code can use."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if str(kept["made_by"]) == _made_by():
                return _opened(kept)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        pass  # it is made anew
    return KeptWindow(OpenWindow(), {})


def write_window(path: Path, window: OpenWindow, marks: Marks) -> None:
    """Keep a window, whole or not at all."""
    counted = np.flatnonzero(window.statistics.holding)
    arrays: dict[str, npt.ArrayLike] = {
        "made_by": _made_by(),
        "ids": np.array(window.ids, dtype=np.str_),
        "group_ids": np.array(window.group_ids, dtype=np.bytes_),
        "story_ids": np.array(window.story_ids, dtype=np.bytes_),
        "marks": np.array([marks[article] for article in window.ids], dtype=np.uint64),
        "short": json.dumps(dict(window.short)),
        "word_starts": window.words.starts,
        "words": window.words.words,
        "sketched": window.sketched,
        "starts": window.rows.starts,
        "term": window.rows.term,
        "count": window.rows.count,
        "place": window.rows.place,
        "day": window.rows.day,
        "outlet": window.rows.outlet,
        "counted_articles": window.statistics.articles,
        "counted_terms": counted,
        "holding": window.statistics.holding[counted],
        "naming": window.statistics.naming[counted],
        "plain": window.statistics.plain[counted],
        "index_data": window.index.data,
        "index_indices": window.index.indices,
        "index_indptr": window.index.indptr,
        "pairs": window.near.pairs,
        "likeness": window.near.likeness,
        "group": window.group,
        "story": window.story,
        "weighed_at": window.weighed_at,
    }
    with written_aside(path) as aside, aside.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def _mark(file: Path) -> int:
    with file.open("rb") as content:
        return int.from_bytes(hashlib.file_digest(content, "blake2b").digest()[:8], "big")


def _opened(kept: Mapping[str, npt.NDArray[Any]]) -> KeptWindow:
    one = {name: kept[name] for name in kept}
    ids = one["ids"].tolist()
    window = OpenWindow(
        ids=tuple(ids),
        group_ids=tuple(one["group_ids"].astype(np.str_).tolist()),
        story_ids=tuple(one["story_ids"].astype(np.str_).tolist()),
        short={article: (title, text) for article, (title, text) in json.loads(str(one["short"])).items()},
        words=WordRows(one["word_starts"], one["words"]),
        sketched=one["sketched"],
        rows=TermRows(one["starts"], one["term"], one["count"], one["place"], one["day"], one["outlet"]),
        statistics=TermStatistics(
            int(one["counted_articles"]),
            *(_spread(one["counted_terms"], one[name]) for name in ("holding", "naming", "plain")),
        ),
        index=sparse.csr_matrix(
            (one["index_data"], one["index_indices"], one["index_indptr"]), shape=(len(ids), TERM_SPACE)
        ),
        near=Neighbours(one["pairs"], one["likeness"]),
        group=one["group"],
        story=one["story"],
        weighed_at=int(one["weighed_at"]),
    )
    return KeptWindow(window, dict(zip(ids, one["marks"].tolist(), strict=True)))


def _spread(terms: npt.NDArray[np.int64], counts: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    column = np.zeros(TERM_SPACE, np.int32)
    column[terms] = counts
    return column


@lru_cache(maxsize=1)
def _made_by() -> str:
    """A window is of use to the very code that made it."""
    folder = Path(__file__).parent.parent / "grouping"
    files = [folder.parent / "folding.py", *sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
