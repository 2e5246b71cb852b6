"""A newsroom of its own for a test: a data folder, the hosts that its feeds are at, and settings for both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipeline import feed_steps, grouping_steps, steps
from pipeline.edges.partitions import Partitions
from pipeline.edges.web_setup import store_of
from pipeline.gathering.register import new_feed
from pipeline.settings import Settings, settings
from tests.small_web import SmallWeb


class Newsroom:
    """What the steps read and write."""

    def __init__(self, here: Settings) -> None:
        self.here = here
        self.partitions = Partitions.of(here)

    def follow(self, web: SmallWeb) -> None:
        """Register the feeds of the small web, as a list of feeds would."""
        store_of(self.here).add(
            new_feed(feed.url, now=web.now, title=feed.title, outlet=feed.outlet, kind=feed.kind) for feed in web.feeds
        )

    def round(self, at: str, *, feeds: str = "due") -> str | None:
        """One round over the feeds, up to the articles; its batch, or None when no feed was due."""
        shards = feed_steps.find_due_feeds(feeds, at)
        if not shards:
            return None
        entries = feed_steps.parse_feeds([feed_steps.fetch_feeds(shard) for shard in shards])
        return feed_steps.extract_articles(feed_steps.fetch_pages(entries)).partition("/")[2]

    def publish(self, batch: str) -> None:
        """From the articles of a batch to its digests."""
        groups = grouping_steps.group_near_duplicates(steps.extract_branches(f"articles/{batch}"))
        checked = steps.check(grouping_steps.cluster_stories(groups))
        steps.compose_digests(steps.load_warehouse(steps.follow_releases(checked)))

    def rows(self, sql: str) -> list[tuple]:
        """What the published warehouse answers."""
        with duckdb.connect(str(self.here.published_path), read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            return connection.execute(sql).fetchall()

    def digest(self, day: str) -> dict:
        """The digest of a day."""
        return json.loads((self.here.data_dir / "digests" / f"{day}.json").read_text(encoding="utf-8"))


@contextmanager
def newsroom(folder: Path, private_hosts: Mapping[str, str], **more: object) -> Iterator[Newsroom]:
    """A newsroom whose settings are those of this process while the block lasts."""
    values = {
        "data_dir": folder,
        "private_hosts": json.dumps(dict(private_hosts)),
        "seconds_between_requests": 0,
        "fetch_deadline_s": 5,
        **more,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(f"PRESS_{name.upper()}", str(value))
        settings.cache_clear()
        try:
            yield Newsroom(settings())
        finally:
            settings.cache_clear()
