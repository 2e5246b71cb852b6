"""Which outlet carried which words of a quotation, told in sentences."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.digests.digest_data import StoryData
from pipeline.digests.digest_issue import digest_rules
from pipeline.digests.story_voices import cut_quotations
from pipeline.digests.telling import Telling
from pipeline.evidence.quotations import group_quotations
from pipeline.evidence.quotes import extract_quotes
from pipeline.model import Placement
from tests.made_up import article, lexicon

WHOLE = (
    "Ferry crews want more lifeboats. “We asked for three boats in the spring, and we were promised an answer by the "
    "summer that never came,” said Dawn Petty, secretary of the seafarers’ union."
)
CUT = "Crews want boats. “We asked for three boats in the spring,” said Dawn Petty, secretary of the seafarers’ union."
DAY = date(2023, 10, 30)


def told(here, *reports: tuple[str, str]) -> list[str]:
    articles = tuple(
        article(text, article_id=str(number), outlet=outlet) for number, (outlet, text) in enumerate(reports)
    )
    quotes = tuple(quote for one in articles for quote in extract_quotes(one, lexicon()))
    places = {
        one.article_id: Placement(
            article_id=one.article_id,
            group_id=one.article_id,
            story_id="s",
            covered_on=DAY,
            covered_by=None,
            tied_to=None,
            because=(),
        )
        for one in articles
    }
    story = StoryData(story_id="s", articles=articles, placements=places, today=frozenset(places), quotes=quotes)
    telling = Telling(story, group_quotations(quotes), DAY, digest_rules(here))
    return [telling.sentence(line.say("."), "differences").text for line in cut_quotations(telling)]


def test_what_one_outlet_left_out_of_a_quotation_is_told(here):
    (line,) = told(here, ("Courier", WHOLE), ("Gazette", CUT))
    assert line.startswith("Dawn Petty: “")
    assert line.endswith("” is in Courier, not in Gazette.")


@pytest.mark.parametrize(
    "reports",
    [
        (("Courier", WHOLE), ("Courier", CUT)),
        (("Courier", WHOLE), ("Gazette", CUT), ("Gazette", f"It is late. {WHOLE}")),
    ],
    ids=["one outlet, two articles", "cut in one article, whole in another"],
)
def test_an_outlet_that_carries_the_whole_somewhere_has_not_cut_it(reports, here):
    assert told(here, *reports) == []
