"""A spaCy model, where one is installed → what finds names in a text. Asked for by the setting `name_model` only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.evidence.entities import Entity, Recogniser
from pipeline.model import QualityResult
from pipeline.sentences import paragraphs

_NOT_NEEDED = ("tagger", "parser", "lemmatizer", "attribute_ruler", "senter")  # names need none: a third of the time
RULE = "the_model_of_names_is_installed"


@lru_cache(maxsize=1)
def recogniser(model: str) -> Recogniser | None:
    """What finds the entities of a text, paragraph by paragraph; None when spaCy or the model is not installed."""
    try:
        import spacy

        found = spacy.load(model, exclude=list(_NOT_NEEDED))
    except (ImportError, OSError):  # OSError is what spaCy raises for a model that it does not find
        return None

    def entities(text: str) -> Iterator[Entity]:
        ranges = paragraphs(text)
        read = found.pipe(text[start:end] for start, end in ranges)
        for (start, _), paragraph in zip(ranges, read, strict=True):
            for one in paragraph.ents:
                yield Entity(start + one.start_char, start + one.end_char, one.label_)

    return entities


def missing_model(batch: str, model: str, article_count: int) -> QualityResult:
    """What the quality report says when a model is asked for that is not there; names are then those of the lists."""
    return QualityResult(
        batch=batch,
        dataset="mentions",
        rule=RULE,
        level="dataset",
        severity="warning",
        outcome="missed",
        passed=False,
        observed=f"{model} is not installed; names were found by our lists alone",
        expected=f"{model} is installed",
        value=None,
        failed_count=1,
        row_count=article_count,
        description="The model that the settings name looks for people, organisations and places beyond our lists.",
        hint="Install it with pip install 'press-morning[nlp]', or take name_model out of the settings.",
    )
