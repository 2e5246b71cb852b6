"""Stories → what their reports made of the releases among them: line by line, and report by report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.evidence.releases import coverage_of, release_lines
from pipeline.model import Article, Coverage, Figure, Kind, Placement, Quote, ReleaseLine

_COVERAGE = frozenset({Kind.ARTICLE, Kind.SUMMARY_ONLY})


def stories_with_releases(
    placements: Iterable[Placement], articles: Mapping[str, Article]
) -> list[tuple[list[Article], list[Article]]]:
    """The releases and the reports of each story that holds a release, both in the order of their ids."""
    members: dict[str, list[Article]] = {}
    for placement in sorted(placements, key=lambda one: one.article_id):
        if placement.article_id in articles:
            members.setdefault(placement.story_id, []).append(articles[placement.article_id])
    parted = (
        (
            [article for article in story if article.kind is Kind.PRESS_RELEASE],
            [article for article in story if article.kind in _COVERAGE],
        )
        for _, story in sorted(members.items())
    )
    return [(releases, reports) for releases, reports in parted if releases]


def follow(
    releases: Sequence[Article], reports: Sequence[Article], quotes: Sequence[Quote], figures: Sequence[Figure]
) -> tuple[list[ReleaseLine], list[Coverage]]:
    """Every line of these releases with who carried it, and what each report took, added and cut.

    A release that nobody reported has its lines too, each carried by none.
    quotes, figures   of all these articles
    """
    lines: list[ReleaseLine] = []
    coverage: list[Coverage] = []
    for release in releases:
        own = release_lines(release, reports, quotes)
        lines += own
        for report in reports:
            pair = {release.article_id, report.article_id}
            coverage.append(
                coverage_of(
                    release,
                    report,
                    own,
                    [quote for quote in quotes if quote.article_id in pair],
                    [figure for figure in figures if figure.article_id in pair],
                )
            )
    return lines, coverage
