"""The warehouse → digests on disk and their sentences as rows: what a task and a command do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from pipeline import __version__
from pipeline.digests.broadcasts import Programmes
from pipeline.digests.charts import volume_chart
from pipeline.digests.digest import compose
from pipeline.digests.digest_data import Department, DigestRules
from pipeline.digests.digest_model import Digest, Witness
from pipeline.digests.outgoing_feed import SUFFIXES, WATCH_DAYS, digest_feed, watch_feed, write_feed
from pipeline.digests.rendering import as_html, as_json, as_markdown
from pipeline.edges import seed_files
from pipeline.edges.digest_reader import ALWAYS, queries, read_day, read_rows
from pipeline.edges.partitions import written_aside
from pipeline.edges.raw_documents import RawDocuments
from pipeline.edges.watch_log import read_watchlists
from pipeline.edges.watch_reader import caught_between
from pipeline.errors import EvidenceBroken
from pipeline.model import Article
from pipeline.settings import ROOT, Settings

_AT_ONCE = 1_000  # articles whose texts are looked up together: of a million, one costs as much as a thousand, 0.1 s


@dataclass(frozen=True, slots=True)
class Issued:
    """A digest on disk: its files, and whether any of them is new or changed."""

    day: date
    digest: Digest
    paths: tuple[Path, ...]
    changed: bool


def digest_rules(here: Settings, as_of: datetime | None = None) -> DigestRules:
    """Settings, seed data and the watchlists of an instant, which composing goes by."""
    seeds = here.seeds_dir
    return DigestRules(
        department=Department(
            name=here.department,
            aliases=seed_files.aliases_of(seeds / "organisations.csv", here.department),
            offices=seed_files.offices_of(seeds / "offices.csv", here.department),
        ),
        zone=here.zone,
        neutral=seed_files.neutral_words(seeds / "neutral_words.csv"),
        programmes=Programmes(seed_files.programmes(seeds / "programmes.csv")),
        stances=seed_files.line_rules(seeds / "stance_cues.csv"),
        outlets=seed_files.outlets(seeds / "outlets.csv"),
        code_version=code_version(),
        watchlists=read_watchlists(here, as_of),
    )


def rereader(
    raw: RawDocuments,
    connection: duckdb.DuckDBPyConnection,
    *,
    as_of: datetime | None = None,
    checked: bool = True,
    articles: Collection[str] = (),
    just_read: Iterable[Article] = (),
) -> Callable[[Witness], str | None]:
    """Reads the words of a witness again: the raw bytes of a document, the stored text of a page, a configured row.

    as_of     until when versions of a page's text count; a correction quotes the words of an earlier one
    checked   whether a document that is not what was received any more counts as gone
    articles  ids of those that witnesses will be of: their texts are looked up together
    just_read versions that have come out of the warehouse a moment ago: their words are not fetched again
    """
    read = raw.read if checked else raw.as_they_are
    contents: dict[str, bytes | None] = {}
    texts: dict[str, str] = {}
    fresh: dict[str, str] = {}
    for article in just_read:
        fresh[article.article_id] = "\n".join([fresh.get(article.article_id, ""), *_words_of(article)])
    expected = sorted(articles)
    together = {
        article_id: expected[start : start + _AT_ONCE]
        for start in range(0, len(expected), _AT_ONCE)
        for article_id in expected[start : start + _AT_ONCE]
    }

    def look_up(article_id: str) -> None:
        wanted = together.get(article_id, [article_id])
        words: dict[str, list[str]] = {one: [] for one in wanted}
        for row in read_rows(connection, "texts", {"articles": wanted, "as_of": as_of or ALWAYS}):
            words[row.pop("article_id")] += filter(None, row.values())
        texts.update({one: "\n".join(said) for one, said in words.items()})

    def reread(witness: Witness) -> str | None:
        if witness.medium == "configured":
            return witness.words
        if witness.medium == "page":
            if witness.words in fresh.get(witness.article_id, ""):
                return witness.words
            if witness.article_id not in texts:
                look_up(witness.article_id)
            return witness.words if witness.words in texts[witness.article_id] else None
        if witness.document_id not in contents:
            try:
                contents[witness.document_id] = read(witness.document_id)
            except EvidenceBroken:
                contents[witness.document_id] = None
        content = contents[witness.document_id]
        if content is None:
            return None
        return content[witness.byte_start : witness.byte_end].decode("utf-8", "replace")

    return reread


def _words_of(article: Article) -> Iterator[str]:
    """What texts.sql gives of a version."""
    said = (article.title, article.standfirst, article.date_words)
    yield article.text
    yield from (one.text for one in said if one is not None)
    yield from filter(None, (article.outlet, article.author))


def composed(
    connection: duckdb.DuckDBPyConnection, day: date, as_of: datetime | None, rules: DigestRules, raw: RawDocuments
) -> Digest:
    """The digest of a day as it was known at an instant."""
    data = read_day(connection, day, as_of)
    articles = list(data.articles)
    ids = {article.article_id for article in articles}
    reread = rereader(raw, connection, as_of=as_of, articles=ids, just_read=articles)
    return compose(data, rules, reread=reread, queries=queries(day))


def write(digest: Digest, folder: Path) -> Issued:
    """The digest as HTML, Markdown and JSON, each whole under its name; files that would be the same stay untouched."""
    several = sum(count > 0 for _, count in digest.volume) > 1
    chart = volume_chart(digest.volume, day=digest.day) if several else None
    texts = {
        "html": as_html(digest, chart_png=chart),
        "md": as_markdown(digest),
        "json": as_json(digest),
    }
    changed = False
    paths = []
    for suffix, text in texts.items():
        path = folder / f"{digest.day.isoformat()}.{suffix}"
        paths.append(path)
        if not path.exists() or path.read_bytes() != text.encode():
            changed = True
            with written_aside(path) as aside:
                aside.write_text(text, encoding="utf-8")
    return Issued(digest.day, digest, tuple(paths), changed)


def write_feeds(here: Settings, connection: duckdb.DuckDBPyConnection) -> bool:
    """The outgoing feeds: one of the digests that lie on disk, one of each watchlist; whether one of them changed."""
    folder = here.data_dir / "feeds"
    base, at, zone = here.base_url, here.issue_time, here.zone
    digests = digest_feed(
        here.data_dir / "digests", department=here.department, base_url=base, issue_time=at, zone=zone
    )
    newest = connection.execute("select max(covered_on) from placements").fetchall()[0][0]
    feeds = [digests]
    for watchlist in read_watchlists(here) if newest else ():
        caught = caught_between(connection, watchlist, newest - timedelta(days=WATCH_DAYS), newest)
        feeds.append(watch_feed(watchlist, list(caught), base_url=base, issue_time=at, zone=zone))
    wanted = {f"{feed.name}.{suffix}" for feed in feeds for suffix in SUFFIXES}
    gone = [path for path in folder.glob("watch-*") if path.name not in wanted]
    for path in gone:
        path.unlink()
    changed = [write_feed(feed, folder) for feed in feeds]
    return any(changed) or bool(gone)


def remember(connection: duckdb.DuckDBPyConnection, digest: Digest) -> None:
    """The digest's sentences and their witnesses as rows, in place of those of the day's last digest."""
    day = {"day": digest.day}
    for table in ("digests", "digest_sentences", "digest_witnesses"):
        connection.execute(f"delete from {table} where digest_on = $day", day)
    connection.execute(
        "insert into digests values ($day, $department, $state, $reasons, $run_id, $code_version, $sha256)",
        day
        | {
            "department": digest.department,
            "state": digest.state,
            "reasons": list(digest.state_reasons),
            "run_id": digest.run_id,
            "code_version": digest.code_version,
            "sha256": hashlib.sha256(as_json(digest).encode()).hexdigest(),
        },
    )
    sentences = {sentence.sentence_id: sentence for sentence in digest.sentences()}.values()
    rows = [(s.sentence_id, digest.day, place, s.section, s.story_id, s.text) for place, s in enumerate(sentences)]
    if rows:
        connection.executemany("insert into digest_sentences values (?, ?, ?, ?, ?, ?)", rows)
    witnesses = [
        (s.sentence_id, digest.day, n, w.article_id, w.document_id, w.medium, w.byte_start, w.byte_end, w.words)
        for s in sentences
        for n, w in enumerate(s.witnesses)
    ]
    if witnesses:
        connection.executemany("insert into digest_witnesses values (?, ?, ?, ?, ?, ?, ?, ?, ?)", witnesses)


def code_version() -> str:
    """Version of the package and a hash over its code and SQL: two digests of one version come from the same code."""
    files = sorted(
        [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "pipeline").rglob("*.j2"), *(ROOT / "warehouse").rglob("*.sql")]
    )
    found = hashlib.sha256()
    for path in files:
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{found.hexdigest()[:10]}"
