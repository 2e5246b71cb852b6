"""Source as it was received → its articles: web pages and text documents, told apart by their bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.extraction.learned_furniture import OutletFurniture
from pipeline.extraction.outlet_pages import Seen, host_of, repeated_by, worth_a_second_look
from pipeline.extraction.page_text import is_markup
from pipeline.extraction.pages import PageRules, page_lines, read_page
from pipeline.model import Article, Document, Evidence, Reason, Rejection
from pipeline.reading.documents import Reading, read_document
from pipeline.reading.items import ReadingRules


@dataclass(frozen=True, slots=True)
class SourceRules:
    """The data that reading goes by, and what the outlets of this batch repeat, by host."""

    documents: ReadingRules
    pages: PageRules
    furniture: Mapping[str, OutletFurniture] = field(default_factory=dict)


def read_source(document: Document, rules: SourceRules, *, max_bytes: int) -> Reading:
    """The articles of a page or a text document, and what was turned away.

    A page that stands alone has no evidence of what its outlet repeats; several that came together have
    (`furniture_of`). An outlet that is configured counts where the page names none.
    """
    if not is_markup(document.content):
        return read_document(document, rules.documents, max_bytes=max_bytes)
    found = read_page(
        document.content,
        rules=rules.pages,
        url=document.url,
        furniture=rules.furniture.get(host_of(document.content, document.url)) if rules.furniture else None,
        received_on=document.received_on,
        sha256=document.sha256,
    )
    if isinstance(found, Rejection):
        return Reading((), (found,), ())
    return Reading((_as_configured(found, document),), (), ())


def furniture_of(
    sources: Iterable[tuple[str, str | None]], content_of: Callable[[str], bytes], *, on: date
) -> dict[str, OutletFurniture]:
    """What outlets repeat on the pages among these sources, by host; hosts with few pages are left out.

    sources     (hash, address or None) of each
    content_of  the bytes of a hash; asked twice for some, so that none need be held
    """
    seen = []
    for sha256, url in sources:
        content = content_of(sha256)
        if is_markup(content):
            seen.append(Seen(sha256, host_of(content, url)))
    looked_at = worth_a_second_look(seen)
    return repeated_by(
        {host: (page_lines(content_of(sha256)) for sha256 in hashes) for host, hashes in looked_at.items()}, on=on
    )


def one_each(reading: Reading, before: Iterable[Article]) -> Reading:
    """The reading without articles that another source of the batch gave: two copies of a page at one address."""
    known = {article.article_id: article.document_id for article in before}
    new = tuple(article for article in reading.articles if article.article_id not in known)
    again = tuple(
        Rejection(
            article.document_id, Reason.DUPLICATE, f"the page at {article.url} came in {known[article.article_id]}"
        )
        for article in reading.articles
        if article.article_id in known
    )
    return replace(reading, articles=new, rejected=(*reading.rejected, *again))


def _as_configured(article: Article, document: Document) -> Article:
    if document.outlet and article.outlet_by not in (Evidence.PAGE, Evidence.TEXT):
        return replace(article, outlet=document.outlet, outlet_by=Evidence.CONFIGURED)
    return article
