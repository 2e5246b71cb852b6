"""Sources of articles → what came of them, each read in a worker process that may be killed."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.edges.isolation import Done, Failed, Workers
from pipeline.edges.page_files import page_rules
from pipeline.edges.web_setup import feed_rules
from pipeline.extraction.entry_articles import Head, Outcome, Source, SourceRules, article_of, entry_article
from pipeline.extraction.learned_furniture import OutletFurniture
from pipeline.extraction.pages import page_lines
from pipeline.gathering.charsets import header_charset
from pipeline.gathering.urls import site_of
from pipeline.model import Article, Page, Rejection
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class _Task:
    """What goes through the pipe. The rules are read in the worker, once: they are larger than most pages."""

    source: Source
    furniture: OutletFurniture | None
    settings_json: str


def read_sources(
    sources: Iterable[Source], *, workers: Workers, here: Settings, furniture: Mapping[str, OutletFurniture]
) -> Iterator[tuple[Source, Outcome]]:
    """An outcome for each source, in their order. None of them can stop, slow or end another.

    furniture   what each outlet repeats on its pages, by the site of their addresses
    """
    given = list(sources)
    settings_json = here.model_dump_json()
    tasks = (
        _Task(source, furniture.get(site_of(source.page.url)) if source.page else None, settings_json)
        for source in given
    )
    for source, outcome in zip(given, workers.map(_read, tasks), strict=True):
        if isinstance(outcome, Failed):
            fault = Rejection(source.subject, outcome.reason, outcome.detail)
            yield source, Outcome(article=_without_page(source, here) or fault, page_fault=fault)
        else:
            yield source, outcome.value


def lines_by_site(pages: Iterable[Page], *, workers: Workers) -> dict[str, list[list[str]]]:
    """Site → the lines of each of its pages, furniture and all. Pages that cannot be read have none."""
    ordered = sorted(pages, key=lambda page: page.url)
    found: dict[str, list[list[str]]] = {}
    for page, outcome in zip(ordered, workers.map(_lines, ordered), strict=True):
        if isinstance(outcome, Done) and outcome.value:
            found.setdefault(site_of(page.url), []).append(outcome.value)
    return found


def _read(task: _Task) -> Outcome:
    return article_of(task.source, _rules(task.settings_json), task.furniture)


def _lines(page: Page) -> list[str]:
    return page_lines(page.content, header_charset(page.content_type))


def _without_page(source: Source, here: Settings) -> Article | None:
    """What the entry alone gives, when the page has ended its worker."""
    if source.entry is None:
        return None
    article = entry_article(source.entry, source, _rules(here.model_dump_json()), Head(None, None))
    return article if isinstance(article, Article) else None


@functools.lru_cache(maxsize=2)
def _rules(settings_json: str) -> SourceRules:
    here = Settings.model_validate_json(settings_json)
    return SourceRules(
        pages=page_rules(here),
        addresses=feed_rules(here).addresses,
    )
