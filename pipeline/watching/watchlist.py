"""A watchlist: a search with a name, a title and an owner; and which articles it catches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import Misuse
from pipeline.model import Article, Figure, Quote
from pipeline.watching.search import (
    Both,
    Either,
    Found,
    Near,
    Search,
    Searched,
    Term,
    find,
)

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Watchlist:
    """A saved search."""

    name: str  # lower-case letters, digits and hyphens: it names a feed's file
    query: str
    title: str
    owner: str = ""

    @cached_property
    def search(self) -> Search:
        """What it asks for; raises Misuse when its text cannot be understood."""
        from pipeline.watching.search_text import (
            parse_search,  # lark: 0.1 s of CPU, and most mornings watch for nothing
        )

        return parse_search(self.query)

    @cached_property
    def needed(self) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
        """Beginnings of words that an article cannot do without, one of each, and the pattern that finds them."""
        return tuple(
            (tuple(words), re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})"))
            for words in needed_words(self.search)
        )


@dataclass(frozen=True, slots=True)
class Catch:
    """An article that a watchlist caught, and the words that did it."""

    article: Article
    found: tuple[Found, ...]


def checked_name(name: str) -> str:
    """The name, when it can be one."""
    if not _NAME.fullmatch(name):
        raise Misuse(f"expected a name of lower-case letters, digits and hyphens; {name} came", about="watch")
    return name


def catches(
    watchlist: Watchlist, articles: Iterable[Article], quotes: Sequence[Quote], figures: Sequence[Figure]
) -> list[Catch]:
    """The articles that a watchlist catches, in the order given.

    quotes, figures   of all these articles
    """
    found = []
    for article in articles:
        if not _may_have(article, watchlist):
            continue
        searched = Searched(
            article,
            [quote for quote in quotes if quote.article_id == article.article_id],
            [figure for figure in figures if figure.article_id == article.article_id],
        )
        places = find(watchlist.search, searched)
        if places is not None:
            found.append(Catch(article, places))
    return found


def _may_have(article: Article, watchlist: Watchlist) -> bool:
    """Whether an article has the words that the search cannot do without; most articles are told apart so."""
    standfirst = article.standfirst.text if article.standfirst else ""
    text = f"{article.title.text} {standfirst} {article.text}".lower()
    return all(any(word in text for word in words) and pattern.search(text) for words, pattern in watchlist.needed)


def needed_words(search: Search) -> list[list[str]]:
    """Beginnings of words that an article must have to be caught: one of each list. Empty: any article may be.

    It lets a database leave out most articles before any text is looked at.
    """
    match search:
        case Term(words, _):
            return [[word] for word in words if word.isascii() and word.isalnum()]
        case Near(left, right, _):
            return [*needed_words(left), *needed_words(right)]
        case Both(parts):
            return [words for part in parts for words in needed_words(part)]
        case Either(parts):
            needed = [needed_words(part) for part in parts]
            return [[word for words in needed for word in words[0]]] if all(needed) else []
        case _:
            return []
