"""Watchlists → a line each for what they caught of the day, with the words that did it as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.digests.digest_data import DigestRules, StoryData, short_name
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Sentence, Witness
from pipeline.digests.witnesses import in_excerpt, in_text, of_article
from pipeline.model import Article
from pipeline.watching.search import Found
from pipeline.watching.watchlist import Catch, Watchlist, catches

_MOST_PLACES = 3  # of what was found in an item; all of them are one `pipeline watch test` away
_MOST_NAMED = 3


def watched(stories: Sequence[StoryData], day: date, rules: DigestRules) -> tuple[Sentence, ...]:
    """What each watchlist caught; nothing of those that caught nothing."""
    found = []
    for watchlist in rules.watchlists:
        caught = [
            catch for story in stories for catch in catches(watchlist, story.of_today(), story.quotes, story.figures)
        ]
        if caught:
            found.append(_line(watchlist, caught).sentence(day, "watched"))
    return tuple(found)


def _line(watchlist: Watchlist, caught: Sequence[Catch]) -> Line:
    configured = Witness(
        article_id="", document_id="", medium="configured", byte_start=0, byte_end=0, words=watchlist.title
    )
    line = Line().name(watchlist.title, configured).say(": ")
    line.count("item", [catch.article.article_id for catch in caught]).say(" – ")
    line.listed([_told(catch) for catch in caught[:_MOST_NAMED]])
    return line.say(" and others." if len(caught) > _MOST_NAMED else ".")


def _told(catch: Catch) -> Line:
    """The headline and the outlet; what was found stands behind the headline as further evidence."""
    article = catch.article
    places = [in_excerpt(article, article.title), *(place_of(article, found) for found in catch.found[:_MOST_PLACES])]
    line = Line().quote(" ".join(article.title.text.split()), *places)
    publisher = article.outlet or article.issuer
    if article.outlet and publisher:
        line.say(", ").name(short_name(publisher), of_article(article))
    return line


def place_of(article: Article, found: Found) -> Witness:
    """Where the words that were found stand."""
    if found.where == "title":
        return in_excerpt(article, article.title)
    if found.where == "standfirst" and article.standfirst:
        return in_excerpt(article, article.standfirst)
    return in_text(article, found.start, found.end)
