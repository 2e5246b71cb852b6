"""Story → bodies that its reports call by different names: "Centre of Expertise on child sexual abuse" and another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from pipeline.digests.digest_line import Line
from pipeline.digests.telling import Place, Telling
from pipeline.digests.witnesses import in_text
from pipeline.folding import fold, words
from pipeline.grouping.telling_words import singular, stop_words
from pipeline.model import Article

# A name that ends in small letters: "Centre of Expertise on child sexual abuse;".
_SMALL_TAIL = re.compile(r"\s(?:on|for|against|into|to)(?:\s[a-z'’-]+){1,5}(?=[;:,.)]|\Z)")
_SHARED_WORDS = 3  # with fewer, "Board of Governors of …" would be one body in two towns
_SHARED_SHARE = 0.6  # of the shorter name's words
_OWN_WORDS = 3  # of both together; one word in another's place is another hospital, not another name


def other_names(telling: Telling) -> Iterable[Line]:
    """Bodies that two outlets name in two ways, neither of them in both: which name is right is for the reader."""
    first: dict[str, tuple[Article, Place]] = {}
    for article in telling.works:
        for start, end in _bodies(telling, article):
            first.setdefault(fold(article.text[start:end]), (article, (start, end)))
    contents = [(name, content) for name in first if len(content := _content(name)) >= _SHARED_WORDS]
    for (name, content), (other_name, other_content) in combinations(contents, 2):
        (one, place), (other, other_place) = first[name], first[other_name]
        if one.outlet == other.outlet or not _may_be_one(content, other_content):
            continue
        if name in fold(other.text) or other_name in fold(one.text):
            continue
        line = Line().say("Two names: ").quote(" ".join(one.text[slice(*place)].split()), in_text(one, *place))
        telling.outlet(line.say(" in "), one).say(", ")
        line.quote(" ".join(other.text[slice(*other_place)].split()), in_text(other, *other_place))
        yield telling.outlet(line.say(" in "), other)


def _bodies(telling: Telling, article: Article) -> list[Place]:
    """Where the article first gives each organisation's full name."""
    found = []
    for mention in telling.story.mentions:
        if mention.article_id == article.article_id and mention.type == "organisation":
            start = article.text.find(mention.name)
            if start >= 0:
                end = start + len(mention.name)
                tail = _SMALL_TAIL.match(article.text, end)
                found.append((start, tail.end() if tail else end))
    return sorted(found)


def _may_be_one(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    shared = mine & theirs
    own = mine ^ theirs
    return (
        len(shared) >= _SHARED_WORDS
        and len(shared) >= _SHARED_SHARE * min(len(mine), len(theirs))
        and len(own) >= _OWN_WORDS
        and not mine <= theirs
        and not theirs <= mine
    )


def _content(name: str) -> frozenset[str]:
    return frozenset(singular(word) for word in words(name) if word not in stop_words())
