"""Pages with the text that a person found in them: where they lie, how they are scored, which lines are body."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_WORD = re.compile(r"\w+")
_CONTEXT = 6  # lines around a repeated line that tell which of them is the article's


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page as served and its article's text."""

    page_id: str
    url: str
    content: bytes
    gold: str

    @property
    def fold(self) -> int:
        """One of five folds, by host, so that no outlet is learnt from and tested on."""
        host = (urlsplit(self.url).hostname or self.page_id).removeprefix("www.")
        return int(hashlib.md5(host.encode(), usedforsecurity=False).hexdigest(), 16) % 5


def data_folder() -> Path | None:
    """The folder of measurement data, None when there is none."""
    given = os.environ.get("PRESS_BENCH_DATA")
    return Path(given) if given and (Path(given) / "pages" / "gold.jsonl.gz").is_file() else None


def gold_pages(data: Path) -> Iterator[GoldPage]:
    """The pages of DATA/pages."""
    folder = data / "pages"
    with gzip.open(folder / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield GoldPage(
                row["id"], row["url"], gzip.decompress((folder / row["html"]).read_bytes()), row["gold_text"]
            )


def word_f1(got: str, gold: str) -> float:
    """Multiset F1 of lower-cased words, from 0 to 1."""
    a, b = Counter(_WORD.findall(got.lower())), Counter(_WORD.findall(gold.lower()))
    both = (a & b).total()
    return 2 * both / (a.total() + b.total()) if both else 0.0


def body_lines(lines: Sequence[str], gold: str) -> list[bool]:
    """Which lines of a page text are the article's: most of their three-word runs stand in the gold text.

    Lines of one or two words must be lines of the gold text, or stand in it and between two body lines. A line that
    the page says more often than the gold text counts where most body is near.
    """
    gold_lines = [_WORD.findall(line.lower()) for line in gold.split("\n")]
    gold_words = [word for line in gold_lines for word in line]
    whole = {tuple(line) for line in gold_lines if line}
    runs = set(_runs(gold_words))
    flat = f" {' '.join(gold_words)} "
    words = [_WORD.findall(line.lower()) for line in lines]
    found: dict[int, bool | None] = {}
    for place, own in enumerate(words):
        if not own:
            continue
        inside = f" {' '.join(own)} " in flat
        if len(own) >= 6:
            found[place] = sum(run in runs for run in _runs(own)) >= 0.5 * (len(own) - 2)
        elif len(own) >= 3:
            found[place] = inside
        else:
            found[place] = True if tuple(own) in whole else None if inside else False
    places = list(found)
    for at, place in enumerate(places):
        if found[place] is None:
            found[place] = 0 < at < len(places) - 1 and bool(found[places[at - 1]]) and bool(found[places[at + 1]])
    _drop_repeats(found, words, Counter(tuple(line) for line in gold_lines if line))
    return [bool(found.get(place)) for place in range(len(lines))]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + 3]) for at in range(len(words) - 2)]


def _drop_repeats(
    found: dict[int, bool | None], words: Sequence[Sequence[str]], wanted: Counter[tuple[str, ...]]
) -> None:
    places = list(found)
    same: dict[tuple[str, ...], list[int]] = {}
    for at, place in enumerate(places):
        if found[place] and len(words[place]) >= 3:
            same.setdefault(tuple(words[place]), []).append(at)
    for key, ats in same.items():
        spare = len(ats) - max(1, wanted[key])
        if spare > 0:

            def body_near(at: int) -> int:
                around = places[max(0, at - _CONTEXT) : at] + places[at + 1 : at + 1 + _CONTEXT]
                return sum(len(words[place]) for place in around if found[place])

            for at in sorted(ats, key=body_near)[:spare]:
                found[places[at]] = False
