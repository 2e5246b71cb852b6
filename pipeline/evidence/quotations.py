"""Quotes of many articles → quotations: each utterance once, with what every article carried, cut and altered.

Candidates come from an index of three-word runs, so that the work grows with what is shared and not with all pairs.
Grammatical person and tense are folded away for that ("is my mission", "is his mission"): reports change them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.evidence.quote_differences import differences, fragment_differences
from pipeline.folding import words
from pipeline.model import Quotation, QuotationVariant, Quote, derived_id

RUN_WORDS = 3
MAX_POSTINGS = 100  # a run that more quotes share is a phrase of the language: "at the end of the day"
MIN_SHARED_RUNS_SHARE = 0.5  # of the shorter quote's runs; below it, two quotes share a phrase and not an utterance
MIN_WORDS_ACROSS_SPEAKERS = 12  # so long a match is one utterance even when articles name different speakers
MIN_SHARE_ACROSS_SPEAKERS = 0.8
MIN_FRAGMENT_WORDS = 3  # a shorter fragment ("unacceptable") says too little to be found again

MAX_FRAGMENT_SHARE = 0.15  # a quote of so little of the fullest is a passage of it: what is around it was not "cut"

_PERSON = {
    **dict.fromkeys("i he she we they one you".split(), "·we"),
    **dict.fromkeys("my his her our their your its".split(), "·our"),
    **dict.fromkeys("me him us them".split(), "·us"),
    **dict.fromkeys("mine hers ours theirs yours".split(), "·ours"),
    **dict.fromkeys("am is are was were be been being 's 're 'm".split(), "·be"),
    **dict.fromkeys("have has had".split(), "·have"),
    **dict.fromkeys("do does did".split(), "·do"),
    **dict.fromkeys("i'm we're they're he's she's it's".split(), "·we-be"),
}


def group_quotations(quotes: Iterable[Quote]) -> tuple[Quotation, ...]:
    """Each utterance once; every quote is in exactly one. Their order, and the order of the input, change nothing."""
    listed = sorted(quotes, key=lambda quote: quote.quote_id)
    folded = [_folded(quote.text) for quote in listed]
    parent = list(range(len(listed)))
    _join_equal(listed, folded, parent)
    runs = [_runs(parts) if parent[index] == index else frozenset() for index, parts in enumerate(folded)]
    for a, b, shared in _candidates(runs):
        shorter = min(len(runs[a]), len(runs[b]))
        if _root(parent, a) != _root(parent, b) and _same(listed[a], listed[b], shared / shorter, shared):
            first, second = sorted((_root(parent, a), _root(parent, b)))
            parent[second] = first
    groups: dict[int, list[Quote]] = defaultdict(list)
    for index, quote in enumerate(listed):
        groups[_root(parent, index)].append(quote)
    found = [_quotation(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda one: (-len(one.variants), one.quotation_id)))


def _join_equal(quotes: Sequence[Quote], folded: Sequence[list[str]], parent: list[int]) -> None:
    """Join quotes of the same words first, so that a statement in a hundred papers is compared once."""
    first_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, parts in enumerate(folded):
        if len(parts) < MIN_FRAGMENT_WORDS:
            continue
        alike = first_of[tuple(parts)]
        same = next((other for other in alike if _same(quotes[other], quotes[index], 1.0, len(parts) - 2)), None)
        if same is None:
            alike.append(index)
        else:
            parent[index] = same


def _folded(text: str) -> list[str]:
    return [_PERSON.get(word, word) for word in words(text)]


def _runs(parts: list[str]) -> frozenset[str]:
    if len(parts) < MIN_FRAGMENT_WORDS:
        return frozenset()
    return frozenset(" ".join(parts[at : at + RUN_WORDS]) for at in range(len(parts) - RUN_WORDS + 1))


def _candidates(runs: Sequence[frozenset[str]]) -> Iterable[tuple[int, int, int]]:
    """Pairs that share runs, with how many; in a fixed order."""
    postings: dict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(runs):
        for run in own:
            postings[run].append(index)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for posting in postings.values():
        if 1 < len(posting) <= MAX_POSTINGS:
            for at, a in enumerate(posting):
                for b in posting[at + 1 :]:
                    shared[a, b] += 1
    return ((a, b, count) for (a, b), count in sorted(shared.items()))


def _same(a: Quote, b: Quote, share: float, shared: int) -> bool:
    """Whether two quotes that share runs are one utterance."""
    if _compatible(a.speaker, b.speaker):
        return share >= MIN_SHARED_RUNS_SHARE
    return share >= MIN_SHARE_ACROSS_SPEAKERS and shared >= MIN_WORDS_ACROSS_SPEAKERS - RUN_WORDS + 1


def _compatible(a: str | None, b: str | None) -> bool:
    """Whether two names can mean one speaker: not known, the same surname, or two words for a spokesperson."""
    if a is None or b is None:
        return True
    first, second = words(a), words(b)
    if not first or not second:
        return True
    return first[-1] == second[-1] or (_is_spokesperson(first[-1]) and _is_spokesperson(second[-1]))


def _is_spokesperson(word: str) -> bool:
    return word in {"spokesman", "spokeswoman", "spokesperson"}


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _quotation(group: list[Quote]) -> Quotation:
    ordered = sorted(group, key=lambda quote: (-len(words(quote.text)), quote.quote_id))
    fullest = ordered[0]
    named = next((quote for quote in ordered if quote.speaker), fullest)
    names = tuple(dict.fromkeys(quote.speaker for quote in ordered if quote.speaker))
    return Quotation(
        quotation_id=derived_id("quotation", fullest.quote_id),
        speaker=named.speaker,
        role=next((quote.role for quote in ordered if quote.role and quote.speaker == named.speaker), None),
        organisation=next((q.organisation for q in ordered if q.organisation and q.speaker == named.speaker), None),
        text=fullest.text,
        variants=tuple(_variant(fullest, quote) for quote in ordered),
        speakers=names if len(names) > 1 else (),
    )


def _variant(fullest: Quote, quote: Quote) -> QuotationVariant:
    if quote is fullest:
        return QuotationVariant(quote_id=quote.quote_id, article_id=quote.article_id, carried=1.0)
    if quote.text == fullest.text:  # most are: a statement is sent to everybody
        said = bool(words(quote.text))
        return QuotationVariant(quote_id=quote.quote_id, article_id=quote.article_id, carried=1.0 if said else 0.0)
    own, all_of_it = words(quote.text), words(fullest.text)
    if quote.kind == "fragment" or len(own) < MAX_FRAGMENT_SHARE * len(all_of_it):
        found = fragment_differences(fullest.text, quote.text, _PERSON)
        carried = len(own) / len(all_of_it) if all_of_it else 0.0
        return QuotationVariant(
            quote_id=quote.quote_id, article_id=quote.article_id, carried=min(carried, 1.0), differences=found
        )
    found = differences(fullest.text, quote.text)
    missing = sum(len(words(difference.full)) for difference in found if difference.kind == "cut")
    carried = max(0.0, min(1.0, 1 - missing / len(all_of_it))) if all_of_it else 0.0
    return QuotationVariant(
        quote_id=quote.quote_id,
        article_id=quote.article_id,
        carried=min(carried, len(own) / len(all_of_it)) if all_of_it else 0.0,
        differences=found,
    )
