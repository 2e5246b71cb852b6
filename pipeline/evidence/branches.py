"""Article → its quotes, figures and mentions, from one reading of its text."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.evidence.close_reading import read_closely
from pipeline.evidence.entities import Recogniser
from pipeline.evidence.figures import extract_figures
from pipeline.evidence.lexicon import Lexicon
from pipeline.evidence.mentions import mentions_of
from pipeline.evidence.quotes import quotes_of
from pipeline.model import Article, Figure, Mention, Quote


@dataclass(frozen=True, slots=True)
class Branches:
    """What branches off one article."""

    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]


def branch_off(article: Article, lexicon: Lexicon, recognise: Recogniser | None = None) -> Branches:
    """The quotes, figures and mentions of an article; `recognise` finds names beyond the lists."""
    reading = read_closely(article, lexicon)
    quotes = quotes_of(reading)
    mentions = mentions_of(reading, quotes, recognise)
    return Branches(quotes=quotes, figures=extract_figures(article), mentions=mentions)
