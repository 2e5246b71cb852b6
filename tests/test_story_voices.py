"""Which outlet carried which words of a quotation, and which name of a body, told in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from pipeline.digests.digest_data import StoryData
from pipeline.digests.digest_issue import digest_rules
from pipeline.digests.digest_line import Line
from pipeline.digests.story_figures import lone_figures
from pipeline.digests.story_names import other_names
from pipeline.digests.story_voices import cut_quotations, lone_speakers
from pipeline.digests.telling import Telling
from pipeline.evidence.branches import branch_off
from pipeline.evidence.quotations import group_quotations
from pipeline.model import Placement
from tests.made_up import article, lexicon

WHOLE = (
    "Ferry crews want more lifeboats. “We asked for three boats in the spring, and we were promised an answer by the "
    "summer that never came,” said Dawn Petty, secretary of the seafarers’ union."
)
CUT = "Crews want boats. “We asked for three boats in the spring,” said Dawn Petty, secretary of the seafarers’ union."
DAY = date(2023, 10, 30)


def told(
    here, lines: Callable[[Telling], Iterable[Line]], *reports: tuple[str, str], copies: tuple[int, ...] = ()
) -> list[str]:
    """The sentences that the lines tell of these reports, of which those at some places are copies of one text."""
    articles = tuple(
        article(text, article_id=str(number), outlet=outlet) for number, (outlet, text) in enumerate(reports)
    )
    branches = [branch_off(one, lexicon()) for one in articles]
    quotes = tuple(quote for each in branches for quote in each.quotes)
    figures = tuple(figure for each in branches for figure in each.figures)
    mentions = tuple(mention for each in branches for mention in each.mentions)
    places = {
        one.article_id: Placement(
            article_id=one.article_id,
            group_id="a copy" if int(one.article_id) in copies else one.article_id,
            story_id="s",
            covered_on=DAY,
            covered_by=None,
            tied_to=None,
            because=(),
        )
        for one in articles
    }
    story = StoryData(
        story_id="s",
        articles=articles,
        placements=places,
        today=frozenset(places),
        quotes=quotes,
        figures=figures,
        mentions=mentions,
    )
    telling = Telling(story, group_quotations(quotes), DAY, digest_rules(here))
    return [telling.sentence(line.say("."), "differences").text for line in lines(telling)]


def test_what_one_outlet_left_out_of_a_quotation_is_told(here):
    (line,) = told(here, cut_quotations, ("Courier", WHOLE), ("Gazette", CUT))
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
    assert told(here, cut_quotations, *reports) == []


def test_what_a_reprint_carries_as_well_is_no_outlets_alone(here):
    agency = "Ferry crews want more lifeboats. Some 64% of them voted for a strike. “We asked in the spring,” "
    agency += "said Dawn Petty, secretary of the seafarers’ union."
    other = (
        "The crews are angry. As many as 64% voted, and £3m is missing. “We have waited,” said Dawn Petty of the union."
    )
    cut = ("Courier", "Ferry crews want more lifeboats.")
    reports = (cut, ("Gazette", agency), ("Herald", other))
    assert told(here, lone_speakers, *reports, copies=(0, 1)) == []
    assert told(here, lone_figures, *reports, copies=(0, 1)) == ["£3m is in Herald only."]
    (line,) = told(here, lone_speakers, cut, ("Gazette", agency))
    assert line == "Dawn Petty is quoted in Gazette only."


def test_a_body_that_two_outlets_name_in_two_ways_is_told_with_both(here):
    (line,) = told(
        here,
        other_names,
        ("Courier", "Ministers will open a new Centre of Learning on safe river crossings; it has no address yet."),
        ("Gazette", "A National Centre of Learning for Planning Safe River Bridges will open, ministers said."),
    )
    assert line.startswith("Two names: “Centre of Learning on safe river crossings” in Courier, “National Centre of")
    assert line.endswith("Safe River Bridges” in Gazette.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the River Safety Centre of Learning", "the Centre of Learning"),
        ("the North Bridge Hospital Foundation Trust", "the South Bridge Hospital Foundation Trust"),
        ("the Ministry of Rivers", "the Ministry of Bridges and of Public Roads"),
    ],
    ids=["short for it", "another of the kind", "another body"],
)
def test_other_bodies_and_short_names_are_no_two_names(one, other, here):
    reports = ("Courier", f"It was {one} that asked for it."), ("Gazette", f"It was {other} that asked for it.")
    assert told(here, other_names, *reports) == []
