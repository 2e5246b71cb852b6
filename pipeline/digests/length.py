"""Digest → the same within so many words: what matters least goes first, whole sentences only, and the page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.digests.digest_model import Digest, Sentence, StoryItem

FURNITURE_WORDS = 60  # of masthead and headings, which are part of what is read: 43 on a page of one story, 58 of three
_BRIEF_STORIES = 3

# How much a sentence matters: section → for its first, second, … sentence. Lower goes in first; corrections always do.
_STORY = {
    "reported": (1, 5, 7),
    "figures": (2, 3, 5, 6, 7),
    "voices": (2, 3, 4, 5, 6, 7),
    "release": (5,),
    "differences": (3, 4, 5, 6, 7),
    "related": (7,),
}
_PAGE = {
    "to_check": (2, 2, 3, 4),
    "also_covered": (3, 4, 4, 5, 5, 6),
    "broadcast": (4, 4, 5, 6),
    "releases": (2, 3, 3, 4, 4, 5),
    "ahead": (4, 5, 6),
    "watched": (3, 4, 5),
}
_LAST = 8


@dataclass(frozen=True, slots=True)
class _Place:
    matters: int
    story: int  # its place among the leading stories; behind them for the sections of the page
    section: str
    number: int
    sentence: Sentence


def within(digest: Digest, *, max_words: int) -> Digest:
    """The digest with at most so many words of main text. What is left out is counted in `left_out`."""
    fixed = [*digest.in_brief, *digest.corrections]
    fixed += [sentence for item in digest.leading for sentence in (item.heading, item.outlets)]
    left = max_words - FURNITURE_WORDS - sum(_words(sentence) for sentence in fixed)
    return _chosen(digest, list(_places(digest)), left)


def brief_of(digest: Digest, *, max_words: int, count: Callable[[Digest], int]) -> Digest:
    """The leading stories alone, so short that the whole page is within the words.

    count   words of the page that a digest becomes, headings and all
    """
    stories = digest.leading
    for most in range(_BRIEF_STORIES, -1, -1):
        leading = stories[:most]
        empty = replace(
            digest,
            leading=tuple(_bare(item) for item in leading),
            to_check=(),
            also_covered=(),
            broadcast=(),
            releases=(),
        )
        empty = replace(empty, release_lines=(), ahead=(), watched=(), corrections=())
        left = max_words - count(empty)
        if left >= 0 or not most:
            break
    whole = replace(empty, leading=leading)
    places = list(_places(whole, own_line=True))
    found = empty
    while left > 0:
        found = _chosen(whole, places, left)
        over = count(found) - max_words
        if over <= 0:
            return found
        left -= over
    return empty


def _places(digest: Digest, *, own_line: bool = False) -> Iterator[_Place]:
    for story, item in enumerate(digest.leading):
        for section, matters in _STORY.items():
            yield from _numbered(section, matters, story, getattr(item, section))
        if own_line:
            yield from _numbered("our_line", (2,), story, item.our_line)
    for section, matters in _PAGE.items():
        yield from _numbered(section, matters, len(digest.leading), getattr(digest, section))


def _numbered(section: str, matters: Sequence[int], story: int, sentences: Sequence[Sentence]) -> Iterator[_Place]:
    for number, sentence in enumerate(sentences):
        yield _Place(matters[number] if number < len(matters) else _LAST, story, section, number, sentence)


def _chosen(digest: Digest, places: Sequence[_Place], left: int) -> Digest:
    """The digest with those sentences that fit, the weightiest first; a section keeps the order of its sentences."""
    kept: set[tuple[int, str, int]] = set()
    for place in sorted(places, key=lambda one: (one.matters, one.story, one.number)):
        length = _words(place.sentence)
        if length <= left:
            left -= length
            kept.add((place.story, place.section, place.number))
    sections = {(place.story, place.section) for place in places}

    def keep(story: int, section: str, sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        if (story, section) not in sections:
            return sentences
        return tuple(one for number, one in enumerate(sentences) if (story, section, number) in kept)

    page = len(digest.leading)
    leading = tuple(_kept_item(item, story, keep) for story, item in enumerate(digest.leading))
    sections_kept: dict[str, Any] = {section: keep(page, section, getattr(digest, section)) for section in _PAGE}
    return replace(digest, leading=leading, left_out=len(places) - len(kept), **sections_kept)


def _kept_item(
    item: StoryItem, story: int, keep: Callable[[int, str, tuple[Sentence, ...]], tuple[Sentence, ...]]
) -> StoryItem:
    kept: dict[str, Any] = {section: keep(story, section, getattr(item, section)) for section in (*_STORY, "our_line")}
    return replace(item, **kept)


def _bare(item: StoryItem) -> StoryItem:
    nothing: dict[str, Any] = dict.fromkeys((*_STORY, "our_line", "articles"), ())
    return replace(item, **nothing)


def _words(sentence: Sentence) -> int:
    return len(sentence.text.split())
