"""A story's releases → what became of each line: carried word for word, in other words, or not at all, and by whom.

It is the evidence that the warehouse keeps (release_lines, release_coverage), the same that the digest tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.digests.digest_data import COVERAGE, StoryData, short_name, sort_name
from pipeline.digests.digest_model import Witness
from pipeline.digests.witnesses import in_line
from pipeline.evidence.releases import line_words
from pipeline.model import Article, Kind, ReleaseLine

_SAID = {"word_for_word": "word for word", "other_words": "in other words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of a release and who carried it."""

    text: str
    speaker: str | None
    witness: Witness
    carried: tuple[tuple[str, tuple[str, ...]], ...]  # (how, outlets)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What one report took of a release; copies of one text in one outlet are one."""

    outlet: str
    percent: int  # of the report's words that are the release's
    word_for_word: int  # lines
    other_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """A release with its lines, and the reports of its story; no lines where no report is held."""

    release: Article
    lines: tuple[LineView, ...]
    carried_count: int
    reports: tuple[ReportView, ...]


def release_views(story: StoryData) -> Iterable[ReleaseView]:
    """The releases of a story with what its reports made of them."""
    names = {
        article.article_id: short_name(article.outlet or "outlet not known")
        for article in story.articles
        if article.kind in COVERAGE
    }
    for release in (article for article in story.articles if article.kind is Kind.PRESS_RELEASE):
        own = [line for line in story.release_lines if line.release_id == release.article_id] if names else []
        lines = tuple(_line(release, line, names) for line in own)
        yield ReleaseView(
            release=release,
            lines=lines,
            carried_count=sum(bool(line.carried) for line in lines),
            reports=tuple(_reports(story, release, names)),
        )


def _reports(story: StoryData, release: Article, names: Mapping[str, str]) -> Iterable[ReportView]:
    taken = {one.article_id: one for one in story.release_coverage if one.release_id == release.article_id}
    shown = set()
    for article_id, name in sorted(names.items(), key=lambda pair: (sort_name(pair[1]), pair[0])):
        copy = (story.placements[article_id].group_id, name)
        if article_id in taken and copy not in shown:
            shown.add(copy)
            one = taken[article_id]
            yield ReportView(
                outlet=name,
                percent=round(100 * one.share_of_article),
                word_for_word=one.lines_word_for_word,
                other_words=one.lines_in_other_words,
            )


def _line(release: Article, line: ReleaseLine, names: Mapping[str, str]) -> LineView:
    by_how: dict[str, set[str]] = {}
    for pick_up in line.carried_by:
        if pick_up.article_id in names:
            by_how.setdefault(_SAID[pick_up.how], set()).add(names[pick_up.article_id])
    return LineView(
        text=" ".join(line_words(release, line).split()),
        speaker=line.speaker,
        witness=in_line(release, line),
        carried=tuple(
            (how, tuple(sorted(outlets, key=sort_name))) for how, outlets in sorted(by_how.items(), reverse=True)
        ),
    )
