"""The published warehouse → the press room on disk: what a task and a command do.

The cost of a run follows what changed: a page is made when the rows behind it, the code or a source's bytes are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from pipeline.digests.digest_data import DigestRules
from pipeline.digests.digest_issue import digest_rules, rereader
from pipeline.digests.digest_model import Witness
from pipeline.digests.witnesses import Reread
from pipeline.edges import site_reader, warehouse
from pipeline.edges.raw_documents import RawDocuments
from pipeline.edges.site_files import SiteFiles, key_of
from pipeline.errors import EvidenceBroken
from pipeline.model import Article
from pipeline.settings import Settings
from pipeline.site.day_page import day_page
from pipeline.site.lists import OutletPage, PersonPage, StoryLine, outlets_of, people_of, stories_of, years_of
from pipeline.site.rendering import Renderer, asset
from pipeline.site.searching import search_index
from pipeline.site.site_model import SiteRows, StoryRows, Told
from pipeline.site.story_page import story_page

_STORIES_AT_ONCE = 250  # texts of so many stories are held in memory together
_EARLIER_DAYS = 10  # listed on the first page


@dataclass(frozen=True, slots=True)
class Built:
    """A site on disk: how many pages it has, how many were written, how many taken away."""

    page_count: int
    written: int
    removed: int


def build(here: Settings) -> Built:
    """Make the pages that are new or changed, and take away those whose subject is gone."""
    rules = digest_rules(here)
    raw = RawDocuments(here.data_dir / "raw" / "documents")
    files = SiteFiles(here.site_dir, here.data_dir / "site_state.json")
    with warehouse.reader(here.published_path) as connection:
        sources = site_reader.sources(connection)
        broken = frozenset(source for source in sources if not _is_as_received(raw, source))
        rows = site_reader.read_site(connection, broken=broken)
        site = _Site(files, rows, rules, len(sources), broken)
        site.build_lists()
        site.build_days(connection)
        site.build_stories(connection, raw)
    page_count = files.finish()
    return Built(page_count, files.written, files.removed)


def _is_as_received(raw: RawDocuments, source: str) -> bool:
    try:
        raw.read(source)
    except EvidenceBroken:
        return False
    return True


class _Site:
    """One run: what all pages share, and the pages kind by kind."""

    def __init__(
        self, files: SiteFiles, rows: SiteRows, rules: DigestRules, source_count: int, broken: frozenset[str]
    ) -> None:
        self.files, self.rows, self.rules, self.source_count, self.broken = files, rows, rules, source_count, broken
        self.stories: Sequence[StoryLine] = stories_of(rows)
        self.people: Sequence[PersonPage] = people_of(rows, max_press_words=rules.max_press_words)
        self.outlets: Sequence[OutletPage] = outlets_of(rows)
        self.renderer = Renderer(
            department=rules.department.name,
            has_feeds=rows.feeds is not None,
            stories=frozenset(story.story_id for story in self.stories),
            people=frozenset(person.name for person in self.people),
        )
        # What every page shows or is made by: when it changes, all are made again.
        self.common = (rules.code_version, rules.department.name, rules.zone.key, rows.feeds is not None)

    def build_lists(self) -> None:
        """Everything but days and stories."""
        rows, put = self.rows, self._put
        put("people/index.html", "people.html.j2", people=[_in_list(person) for person in self.people])
        put("outlets/index.html", "outlets.html.j2", outlets=self.outlets, unknown_count=self._unknown_outlets())
        put("days/index.html", "days.html.j2", years=years_of(rows.days), day_count=len(rows.days))
        put("quality.html", "quality.html.j2", quality=rows.quality, broken=sorted(self.broken))
        put("search.html", "search.html.j2")
        put(
            "about.html",
            "about.html.j2",
            item_count=len(rows.items),
            story_count=len(self.stories),
            day_count=len(rows.days),
            source_count=self.source_count,
            code_version=self.rules.code_version,
        )
        if rows.feeds is not None:
            put("feeds.html", "feeds.html.j2", feeds=rows.feeds)
        for person in self.people:
            put(person.path, "person.html.j2", person=person)
        for outlet in self.outlets:
            put(outlet.path, "outlet.html.j2", outlet=outlet)
        for page in (asset("site.css"), asset("search.js")):
            self.files.write(page, key_of(page.text))
        self._put_index()

    def _put_index(self) -> None:
        named: dict[str, list[str]] = {}
        for mention in self.rows.named:
            named.setdefault(mention.article_id, []).append(mention.name)
        for article_id, names in self.rows.organisations.items():
            named.setdefault(article_id, []).extend(names)
        index = search_index(self.stories, self.people, self.outlets, self.rows.days, named=named)
        self.files.write(index, key_of(self.common, index.text))

    def build_days(self, connection: duckdb.DuckDBPyConnection) -> None:
        """A page for each day with a digest, and the first page, which is the newest day."""
        days = self.rows.days
        stories: dict[object, list[str]] = {}
        for item in self.rows.items:
            stories.setdefault(item.covered_on, []).append(item.story_id)
        keys = {
            line.digest_on: key_of(
                self.common,
                line,
                [one.digest_on for one in days[max(0, place - 1) : place + 2]],
                sorted({*stories.get(line.digest_on, ())}),
                sorted(self.broken),
            )
            for place, line in enumerate(days)
        }
        due = [day for day, key in keys.items() if not self.files.is_made(f"days/{day}.html", key)]
        told = site_reader.read_told(connection, [*due, *(line.digest_on for line in days[:1])])
        for place, line in enumerate(days):
            if line.digest_on in due:
                page = self.renderer.page(
                    f"days/{line.digest_on}.html",
                    "day.html.j2",
                    day=day_page(line, self._holding(told[line.digest_on])),
                    before=days[place + 1] if place + 1 < len(days) else None,
                    after=days[place - 1] if place else None,
                )
                self.files.write(page, keys[line.digest_on])
        newest = day_page(days[0], self._holding(told[days[0].digest_on])) if days else None
        self._put("index.html", "index.html.j2", day=newest, earlier=days[1 : _EARLIER_DAYS + 1], day_count=len(days))

    def _holding(self, told: Sequence[Told]) -> list[Told]:
        """The sentences that rest on no source that has changed since."""
        return [one for one in told if not any(witness.document_id in self.broken for witness in one.witnesses)]

    def build_stories(self, connection: duckdb.DuckDBPyConnection, raw: RawDocuments) -> None:
        """A page for each story whose rows are not those of last time."""
        prints = site_reader.read_prints(connection)
        speakers: dict[str, set[str]] = {}
        at = {item.article_id: item.story_id for item in self.rows.items}
        for saying in self.rows.sayings:
            speakers.setdefault(at[saying.article_id], set()).add(saying.speaker)
        with_page = {person.name for person in self.people}
        keys = {
            story.story_id: key_of(
                self.common,
                prints.get(story.story_id),
                len(story.items),  # fewer than its rows when a source of it is broken
                sorted(speakers.get(story.story_id, set()) & with_page),
            )
            for story in self.stories
        }
        due = [story_id for story_id, key in keys.items() if not self.files.is_made(f"stories/{story_id}.html", key)]
        of_documents = rereader(raw, connection)
        for story_ids in _in_parts(sorted(due), _STORIES_AT_ONCE):
            for rows in site_reader.read_stories(connection, story_ids, broken=self.broken):
                view = story_page(rows, self.rules, reread=_reread(rows, of_documents))
                page = self.renderer.page(f"stories/{view.story_id}.html", "story.html.j2", story=view)
                self.files.write(page, keys[view.story_id])

    def _unknown_outlets(self) -> int:
        return sum(item.is_coverage and item.outlet is None for item in self.rows.items)

    def _put(self, path: str, template: str, **values: object) -> None:
        key = key_of(self.common, sorted(values.items()))
        self.files.put(path, key, lambda: self.renderer.page(path, template, **values))


def _reread(rows: StoryRows, of_documents: Reread) -> Reread:
    """Reads the words of a witness again: those of a document in its bytes, those of a page in its text just read.

    A query for each, 11 a story, took half of the time that 10,000 articles take.
    """
    texts = {one.article_id: "\n".join(_said_by(one)) for one in rows.story.articles}

    def reread(witness: Witness) -> str | None:
        if witness.medium != "page":
            return of_documents(witness)
        return witness.words if witness.words in texts.get(witness.article_id, "") else None

    return reread


def _said_by(article: Article) -> Iterator[str]:
    """All that is stored of an article's words, as warehouse/digest/texts.sql gives it: a page names its outlet."""
    yield article.text
    yield from (one.text for one in (article.title, article.standfirst, article.date_words) if one is not None)
    yield from (one for one in (article.outlet, article.author) if one is not None)


def _in_list(person: PersonPage) -> dict[str, object]:
    """What the list of people shows of one."""
    names = ("name", "path", "newest_role", "is_spokesperson", "said_count")
    return {name: getattr(person, name) for name in names}


def _in_parts(things: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (things[at : at + size] for at in range(0, len(things), size))
