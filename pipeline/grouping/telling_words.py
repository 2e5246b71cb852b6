"""Words that tell what a text is about: without their plural, and without those that say nothing."""

from __future__ import annotations

from functools import lru_cache

from pipeline.folding import fold
from pipeline.settings import ROOT


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """The folded word without its plural: "Ministers" → "minister", "inquiries" → "inquiry"."""
    word = fold(word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """seeds/stop_words.csv: the words that never make two texts alike."""
    lines = (ROOT / "seeds" / "stop_words.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
