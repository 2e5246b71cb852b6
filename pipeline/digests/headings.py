"""Headlines of a story → a heading of our own: at most eight words, without judgement, pun or quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.folding import fold_marks, words

MAX_WORDS = 8
_MIN_WORDS = 3
_QUOTED = re.compile(r"(?<!\w)'((?:[^']|(?<=\w)'(?=\w)){2,60})'(?!\w)|\"([^\"]{2,60})\"")
_ATTACKS = ("criticis",)  # what stands for "blasts", "slammed"; behind them a judgement is quoted
_LABEL = re.compile(
    r"^(?:(?-i:[A-Z][A-Z' ]{2,40} ))?(?:exclusive|breaking|watch|live|video|revealed)\s*[:|-]\s*", re.IGNORECASE
)  # "BLADE RUNNERS EXCLUSIVE: …"
_ATTRIBUTED = re.compile(
    r"(?P<claim>.+?(?:,|['\"’”]))\s(?:says?|claims?|warns?|insists?|according to)\s(?P<who>[\w'’-]+(?: [\w'’-]+){0,3})",
    re.IGNORECASE,
)
# A heading may end before one of these and not behind one.
_JOINTS = frozenset(
    "to of for in on at by with from as after before amid over against and or but that which who while when because "
    "into about under than via along across around between through near towards without since until".split()
)
_WHAT_OF = frozenset({"of", "into"})  # nor before one of these: "MPs criticise handling", "Details of the review"
_OPENERS = frozenset(
    "a an the its his her their our this that these those new more is are was were be has have".split()
)


def heading(headlines: Sequence[str], *, neutral: Mapping[str, str]) -> str:
    """A neutral heading out of the headlines that a story's articles carry.

    headlines  in order of publication
    neutral    loaded word or phrase, folded → what stands for it; empty when it is left out (seeds/neutral_words.csv)
    returns    the candidate that says most of what the headlines share, after the fewest changes; the first on a tie
    """
    shared = Counter(word for headline in headlines for word in set(_content(headline)))
    best, best_score = "", -1.0
    for headline in headlines:
        candidate, changes = neutralise(headline, neutral=neutral)
        content = _content(candidate)
        if not content:
            continue
        whole = len(words(candidate)) >= _MIN_WORDS
        said = sum(shared[word] for word in content) / len(headlines)
        score = said - 1.5 * changes + (2.0 if whole else 0.0)
        if score > best_score:
            best, best_score = candidate, score
    return best or shorten(fold_marks(headlines[0]))


def neutralise(headline: str, *, neutral: Mapping[str, str]) -> tuple[str, int]:
    """The headline in neutral words, shortened to whole phrases; and how much had to be changed for it."""
    plain = _LABEL.sub("", fold_marks(headline).replace("\u2026", "").strip())
    plain = re.split(r"\s[|–-]\s(?=[A-Z][\w ]{2,30}$)", plain)[0]
    changes = 0
    if attributed := _ATTRIBUTED.fullmatch(plain):  # without who says it a claim would stand as a fact
        who = attributed["who"]
        plain = f"{who[:1].upper()}{who[1:]}: {attributed['claim'].rstrip(',')}"
    for quoted in _QUOTED.finditer(plain):
        words_quoted = quoted[1] or quoted[2]
        before = words(plain[: quoted.start()])
        if before and neutral.get(before[-1], "").startswith(
            _ATTACKS
        ):  # "blast 'complete failure' of X": the quoted judgement goes
            behind = re.sub(r"^\s+(?:of|by|in)\b", "", plain[quoted.end() :])
            behind = re.split(r"\s(?:to|over|as|after|in|for)\s", behind)[0]  # what was judged goes with it
            plain = plain[: quoted.start()].rstrip() + behind
            changes += 1
            break
        begin = plain[: quoted.start()].split()
        if _MIN_WORDS <= len(begin) < MAX_WORDS < len(begin) + len(words_quoted.split()):
            plain = " ".join(_without_joints(begin))  # half of what somebody said is not what they said
            changes += 1
        else:
            plain = plain[: quoted.start()] + words_quoted + plain[quoted.end() :]
        break
    plain = _QUOTED.sub(lambda found: found[1] or found[2], plain)
    for loaded in sorted((word for word in neutral if word.lower() in plain.lower()), key=len, reverse=True):
        pattern = _alone(loaded)
        if pattern.search(plain):
            plain = pattern.sub(lambda found, word=neutral[loaded]: _as_written(found[0], word), plain)  # type: ignore[misc]
            changes += 1
    plain = re.sub(r"\s+", " ", plain).strip(" ,:;.!?-")
    short = shorten(plain)
    changes += (len(words(short)) < len(words(plain))) + short.endswith("…")
    return short[:1].upper() + short[1:], changes


@lru_cache(maxsize=1_024)
def _alone(loaded: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){re.escape(loaded)}(?![\w'-])", re.IGNORECASE)


def shorten(text: str, *, max_words: int = MAX_WORDS) -> str:
    """The text cut to at most so many words at a joint between phrases; with an ellipsis where there is none."""
    parts = text.split()
    if len(parts) <= max_words:
        return text
    kept = parts[:max_words]
    following = parts[max_words].lower().strip(",")
    whole = following in _JOINTS
    label = next((place for place in range(_MIN_WORDS, max_words + 1) if kept[place - 1].endswith(":")), None)
    if label is not None and max_words - label < len(parts) - label:  # "Ferry slip closes: boats at Weir" – do what?
        kept, whole = kept[:label], True
    elif not whole:
        joints = [place for place in range(4, max_words) if kept[place].lower().strip(",") in _JOINTS - _WHAT_OF]
        ends = [place for place in range(4, max_words + 1) if kept[place - 1].endswith((",", ":", ";"))]
        if joints or ends:
            kept, whole = kept[: max(joints + ends)], True
    return " ".join(_without_joints(kept)).strip(" ,:;-") + ("" if whole else " …")


def _without_joints(kept: list[str]) -> list[str]:
    """The words without those at their end that lead on to more."""
    while len(kept) > _MIN_WORDS and kept[-1].lower() in _JOINTS | _OPENERS:
        kept = kept[:-1]
    return kept


def _as_written(found: str, word: str) -> str:
    return word.capitalize() if found[:1].isupper() and word else word


def _content(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 2 and word not in _JOINTS | _OPENERS]
