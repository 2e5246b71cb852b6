"""A story's releases → what became of each line: carried word for word, in other words, or not at all, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.digests.digest_data import COVERAGE, StoryData, short_name, sort_name
from pipeline.digests.digest_model import Witness
from pipeline.digests.witnesses import in_text
from pipeline.evidence.releases import release_lines, share_from
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
class ReleaseView:
    """A release with its lines; none are listed where no coverage is held."""

    release: Article
    lines: tuple[LineView, ...]
    carried_count: int
    shares: tuple[tuple[str, int], ...]  # (outlet, percent of its article's words that are the release's)


def release_views(story: StoryData) -> Iterable[ReleaseView]:
    """The releases of a story against its coverage, copies of one text compared once."""
    coverage: dict[str, Article] = {}
    outlets: dict[str, set[str]] = {}
    for article in story.articles:
        if article.kind in COVERAGE:
            group = story.placements[article.article_id].group_id
            original = coverage.setdefault(group, article)
            name = short_name(article.outlet or "outlet not known")
            outlets.setdefault(original.article_id, set()).add(name)
    for release in (article for article in story.articles if article.kind is Kind.PRESS_RELEASE):
        reports = list(coverage.values())
        found = release_lines(release, reports, story.quotes) if reports else ()
        yield ReleaseView(
            release=release,
            lines=tuple(_line(release, line, outlets) for line in found),
            carried_count=sum(bool(line.carried_by) for line in found),
            shares=tuple(
                (name, round(100 * share_from(report, release)))
                for report in reports
                for name in sorted(outlets[report.article_id], key=sort_name)
            ),
        )


def _line(release: Article, line: ReleaseLine, outlets: dict[str, set[str]]) -> LineView:
    by_how: dict[str, set[str]] = {}
    for pick_up in line.carried_by:
        by_how.setdefault(_SAID[pick_up.how], set()).update(outlets[pick_up.article_id])
    return LineView(
        text=" ".join(release.text[line.start : line.end].split()),
        speaker=line.speaker,
        witness=in_text(release, line.start, line.end),
        carried=tuple(
            (how, tuple(sorted(names, key=sort_name))) for how, names in sorted(by_how.items(), reverse=True)
        ),
    )
