"""Places in articles → witnesses, and sentences → whether what they claim is in the words of their witnesses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.digests.digest_data import short_name
from pipeline.digests.digest_model import Medium, Part, Sentence, Witness
from pipeline.folding import fold, words
from pipeline.model import Article, Evidence, Excerpt, LinePickUp, ReleaseLine
from pipeline.spans import locate

Reread = Callable[[Witness], str | None]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def in_text(article: Article, start: int, end: int) -> Witness:
    """The words article.text[start:end] where they stand in its source."""
    span = locate(article, start, end)
    if span is not None:
        return _witness(article, "document", span.byte_start, span.byte_end, article.text[start:end])
    before = len(article.text[:start].encode())
    words_there = article.text[start:end]
    return _witness(article, "page", before, before + len(words_there.encode()), words_there)


def in_excerpt(article: Article, excerpt: Excerpt) -> Witness:
    """A title, standfirst, caption or date where it stands; of a web page, the words themselves."""
    if excerpt.byte_start is None or excerpt.byte_end is None:
        return _witness(article, "page", 0, 0, excerpt.text)
    return _witness(article, "document", excerpt.byte_start, excerpt.byte_end, excerpt.text)


def in_line(article: Article, line: ReleaseLine | LinePickUp) -> Witness:
    """A line of a release, or what carries it in a report, where it stands: in the standfirst or in the text."""
    whole = article.standfirst
    if not line.in_standfirst or whole is None:
        return in_text(article, line.start, line.end)
    there = Excerpt(whole.text[line.start : line.end])
    if whole.byte_start is None or whole.byte_end is None:
        return in_excerpt(article, there)
    before, own = (len(part.encode(article.encoding)) for part in (whole.text[: line.start], there.text))
    if whole.byte_end - whole.byte_start != len(whole.text.encode(article.encoding)):
        return in_excerpt(article, whole)  # an invisible character was left out: only the whole has its bytes
    start = whole.byte_start + before
    return in_excerpt(article, replace(there, byte_start=start, byte_end=start + own))


def of_article(article: Article) -> Witness:
    """What says who published the article: the words that name the outlet, else what is configured.

    Of another name ("AP") the list of outlets says whose it is.
    """
    there = article.outlet_words
    if there is None or article.outlet is None:
        return of_outlet(article)
    if not set(words(short_name(article.outlet))) <= set(words(there.text)):
        return _witness(article, "configured", 0, 0, f"{article.outlet}, named {there.text}")
    return in_excerpt(article, there)


def of_outlet(article: Article) -> Witness:
    """Who published the article, as the text says it or a seed row configures it."""
    medium: Medium = "configured" if article.outlet_by is Evidence.CONFIGURED else "page"
    return _witness(article, medium, 0, 0, article.outlet or "")


def of_agency(article: Article) -> Witness:
    """Whose copy a text is, as the list of agencies says what its byline, dateline or last line means."""
    return _witness(article, "configured", 0, 0, article.agency or "")


def of_office(article: Article, name: str, role: str | None) -> Witness:
    """Who held an office on the article's day, as the list of office holders says: the text gives the office alone."""
    return _witness(article, "configured", 0, 0, f"{name}, {role}" if role else name)


def of_body(article: Article, name: str, cue: str) -> Witness:
    """What body a text means by another of its names, as the list of organisations says: "The Conservatives said"."""
    return _witness(article, "configured", 0, 0, f"{name}, named {' '.join(cue.split())}")


def _witness(article: Article, medium: Medium, byte_start: int, byte_end: int, words_there: str) -> Witness:
    return Witness(
        article_id=article.article_id,
        document_id=article.document_id,
        medium=medium,
        byte_start=byte_start,
        byte_end=byte_end,
        words=words_there,
    )


_LEFT_OUT = re.compile(r"…|\.\.\.")  # folding spells it out


def fault(sentence: Sentence, reread: Reread) -> str | None:
    """Why a sentence may not go out, or None: every claim must be in the words of its witnesses as they are now.

    reread   gives the words that stand at a witness's place, None when they cannot be read
    """
    for part in sentence.parts:
        if part.claim == "plain":
            if loose := _NUMBER.search(part.text):
                return f"the number {loose[0]} has no witness"
            if not all(_stands(witness, reread(witness)) for witness in part.witnesses):
                return f"the words that bear out “{part.text}” are no longer where they stood"
            continue
        if part.claim == "count":
            if str(len(part.counted)) not in _NUMBER.findall(part.text) and len(part.counted) != _spelled(part.text):
                return f"“{part.text}” counts {len(part.counted)}"
            continue
        if not part.witnesses:
            return f"“{part.text}” has no witness"
        read = [reread(witness) for witness in part.witnesses]
        if not all(_stands(witness, there) for there, witness in zip(read, part.witnesses, strict=True)):
            return f"the words that bear out “{part.text}” are no longer where they stood"
        if not any(_bears_out(part, there or "") for there in read):
            return f"“{part.text}” is not in the words of its witnesses"
    return None


def _stands(witness: Witness, there: str | None) -> bool:
    return there is not None and fold(there) == fold(witness.words)


def _bears_out(part: Part, there: str) -> bool:
    said, source = fold(part.text), fold(there)
    if part.claim == "quote":
        bare, source = said.replace('"', "'").strip("'…. "), source.replace('"', "'")  # marks within marks are single
        return all(piece.strip(" ,.;:") in source for piece in _LEFT_OUT.split(bare))
    if part.claim in ("date", "share"):
        return True  # worked out from the words that print it, or by counting them; dates and releases are tested so
    return said in source or all(word in words(source) for word in words(said))


_SPELLED = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "both": 2, "all": None}


def _spelled(text: str) -> int | None:
    first: Sequence[str] = words(text)[:1]
    return _SPELLED.get(first[0]) if first else None
