"""Article → its quotes, figures and mentions, from one reading of its text."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.close_reading import read_closely
from pipeline.figures import extract_figures
from pipeline.lexicon import Lexicon
from pipeline.mentions import mentions_of
from pipeline.model import Article, Figure, Mention, Quote
from pipeline.quotes import quotes_of


@dataclass(frozen=True, slots=True)
class Branches:
    """What branches off one article."""

    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]


def branch_off(article: Article, lexicon: Lexicon) -> Branches:
    """The quotes, figures and mentions of an article."""
    reading = read_closely(article, lexicon)
    quotes = quotes_of(reading)
    return Branches(quotes=quotes, figures=extract_figures(article), mentions=mentions_of(reading, quotes))
