"""Parsing 500 ordinary feeds: worker processes, plain text, canonical addresses and all, against feedparser's defaults.

    python -m bench.feeds

prints one JSON line: CPU seconds of both in one run (children included), their ratio, and the wall-clock ratio.
"""

from __future__ import annotations

import io
import itertools
import json
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime

import feedparser

from pipeline.edges.taking_in import parse_documents
from pipeline.edges.web_setup import feed_rules, workers_of
from pipeline.gathering.feeds import ParsedFeed
from pipeline.model import FeedDocument
from pipeline.settings import Settings

COUNT = 500
NOW = datetime(2026, 8, 22, 13, tzinfo=UTC)
_TEXT = "The committee said that police forces would receive new funds for patrols on the coast this winter as well."


def _sentence(number: int, length: int) -> str:
    return " ".join(itertools.islice(itertools.cycle(_TEXT.split()[number % 7 :]), length))


def _rss(number: int, *, items: int, body: str) -> bytes:
    """body: plain, html (a summary with markup) or full (eight paragraphs in content:encoded)."""
    found = []
    for place in range(items):
        text = _sentence(number + place, 30)
        if body == "html":
            text = f"<![CDATA[<p>{text}</p><p>{text} <a href='/more'>Read more</a></p>]]>"
        full = "".join(f"<p>{_sentence(place + part, 50)} <a href='/x'>Link</a></p>" for part in range(8))
        found.append(
            f"<item><title>{_sentence(number * place, 9)}</title><link>https://n{number}.example/{place}</link>"
            f"<guid isPermaLink='false'>{number}-{place}</guid><pubDate>Fri, 21 Aug 2026 10:{place:02}:00 GMT</pubDate>"
            f"<dc:creator>A Reporter</dc:creator><description>{text}</description>"
            + (f"<content:encoded><![CDATA[{full}]]></content:encoded>" if body == "full" else "")
            + "</item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>'
        f"<link>https://n{number}.example/</link><description>d</description>{''.join(found)}</channel></rss>"
    ).encode()


def _cpu_and_wall(work: Callable[[], object]) -> tuple[float, float]:
    def used() -> float:
        usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    before, started = used(), time.perf_counter()
    work()
    return used() - before, time.perf_counter() - started


def main() -> None:
    kinds = itertools.cycle(["plain", "plain", "html", "full"])
    feeds = [_rss(number, items=25, body=next(kinds)) for number in range(COUNT)]
    documents = [
        FeedDocument(
            feed_id=str(number), url="https://x.example/", final_url="https://x.example/", content=feed, fetched_at=NOW
        )
        for number, feed in enumerate(feeds)
    ]
    rules = feed_rules(Settings())

    def ours() -> None:
        with workers_of() as workers:
            parsed = parse_documents(documents, workers=workers, rules=rules, now=NOW)
        assert all(isinstance(feed, ParsedFeed) and len(feed.entries) == 25 for feed in parsed)

    our_cpu, our_wall = _cpu_and_wall(ours)
    their_cpu, their_wall = _cpu_and_wall(lambda: [feedparser.parse(io.BytesIO(feed)) for feed in feeds])
    print(
        json.dumps(
            {
                "bench": "feeds",
                "feeds": COUNT,
                "cpu_s": round(our_cpu, 2),
                "feedparser_cpu_s": round(their_cpu, 2),
                "cpu_ratio": round(our_cpu / their_cpu, 3),
                "wall_ratio": round(our_wall / their_wall, 3),
                "at_most": 0.5,
            }
        )
    )


if __name__ == "__main__":
    main()
