"""What the press room costs: all of it from nothing, again when nothing changed, and after a batch of new articles.

`python -m bench.site [COUNT]` makes a published warehouse of COUNT made-up articles (10,000 unless told otherwise) with
what the branches read out of them, and builds the site three times. Making the warehouse is not measured.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bench.made_up import MadeUp, articles
from bench.measured import tell
from pipeline.edges import warehouse
from pipeline.edges.lexicon_files import load_lexicon
from pipeline.edges.partitions import Partitions
from pipeline.edges.site_building import build
from pipeline.evidence.branches import branch_off
from pipeline.model import (
    Article,
    DocumentRecord,
    Evidence,
    Excerpt,
    Figure,
    Kind,
    Mention,
    Placement,
    Quote,
    derived_id,
)
from pipeline.settings import Settings

A_DAY = 500  # articles that name one department; ten times as many as a large press office reads
NEW = 200


def site_of(count: int) -> None:
    """Three builds over so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        here = Settings(data_dir=Path(folder))
        made = sorted(articles(count + NEW, days=(count + NEW) / A_DAY), key=lambda each: each.published_at)
        _load(here, made[:count], "first")
        _told(here, count, "from nothing")
        _told(here, count, "nothing changed")
        _load(here, made[count:], "second")
        _told(here, count + NEW, f"{NEW} more")


def _told(here: Settings, count: int, case: str) -> None:
    started = time.process_time()
    built = build(here)
    tell(
        bench="site",
        case=case,
        articles=count,
        pages=built.page_count,
        written=built.written,
        cpu_seconds=time.process_time() - started,
    )


def _load(here: Settings, made: Sequence[MadeUp], batch: str) -> None:
    """These articles, with their branches and places, in the warehouse and its published copy."""
    lexicon = load_lexicon(here.seeds_dir)
    read = [_article(each, batch) for each in made]
    branches = [branch_off(article, lexicon) for article in read]
    parts = Partitions.of(here)
    received = date(2026, 11, 22)
    document = DocumentRecord(
        document_id=derived_id(batch),
        medium="page",
        byte_count=0,
        first_seen_at=datetime(2026, 11, 22, tzinfo=UTC),
        received_on=received,
    )
    parts.replace(f"documents/{batch}", DocumentRecord, [document])
    parts.replace(f"articles/{batch}", Article, read)
    parts.replace(f"quotes/{batch}", Quote, (one for branch in branches for one in branch.quotes))
    parts.replace(f"figures/{batch}", Figure, (one for branch in branches for one in branch.figures))
    parts.replace(f"mentions/{batch}", Mention, (one for branch in branches for one in branch.mentions))
    parts.replace(f"placements/{batch}", Placement, [_placement(each) for each in made])
    with warehouse.writer(here.warehouse_path, zone=here.timezone) as connection:
        warehouse.create(connection)
        warehouse.load_batch(connection, parts, batch)
    warehouse.publish(here.warehouse_path, here.published_path)


def _article(each: MadeUp, batch: str) -> Article:
    return Article(
        article_id=each.article_id,
        document_id=derived_id(batch),
        byte_start=0,
        byte_end=0,
        kind=Kind.ARTICLE,
        title=Excerpt(each.title),
        text=each.text,
        published_at=each.published_at,
        date_precision="minute",
        dated_by=Evidence.PAGE,
        outlet=each.outlet,
        outlet_by=Evidence.PAGE,
    )


def _placement(each: MadeUp) -> Placement:
    return Placement(
        article_id=each.article_id,
        group_id=each.work,
        story_id=each.story,
        covered_on=each.published_at.date(),
        covered_by=Evidence.PAGE,
        tied_to=None,
        because=(),
    )


def main() -> None:
    """The site of as many articles as the first argument says."""
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    site_of(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)


if __name__ == "__main__":
    main()
