"""Story → what its outlets say of the day's reports that an earlier version got wrong."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.digests.digest_line import Line
from pipeline.digests.telling import Telling
from pipeline.evidence.amendments import amendments, telling_part


def amended(telling: Telling) -> Iterable[Line]:
    """One line for each note, with the outlet's own words."""
    for article in telling.works:
        for note in amendments(article.text):
            line = telling.outlet(Line(), article).say(" has amended its report: ")
            yield telling.quoted(line, article, telling_part(article.text, note))
