from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence.branches import branch_off
from pipeline.evidence.releases import (
    counter_figures,
    coverage_of,
    line_words,
    release_lines,
    share_from,
    without_pick_up,
)
from pipeline.model import Article, Excerpt, Figure, Quote
from tests.made_up import article, lexicon, release

RELEASE = release(
    """The press release issued by the Home Office on 30 October 2023.

    A £40 million fund to mend bridges and keep rivers safe was announced today by Home Secretary Amber Hale.

    An extra £20 million of the fund will go to the River Patrol Service to mend its boats.

    Wardens will be trained in ten towns from next spring onwards.

    Home Secretary Amber Hale said:

    “Children should be able to cross a bridge free from fear.

    “We have mended ten bridges and we will not rest until all of them are open again.”

    The fund opens in May.""",
    article_id="release",
)
REPORT = article(
    """The Home Secretary is to unveil a £40m fund aimed at safer rivers and bridges.

    £20m of the money will go to the River Patrol Service for boats.

    “Children should be able to cross a bridge free from fear,” Amber Hale said. “We have mended ten bridges and we will
    not rest until all of them are open again.”

    Richard Vale, chair of Riverside, commented: “However, councils face a £1.9 billion gap by 2030.”""",
    article_id="report",
    title="Home Secretary to unveil £40m fund",
)


def branches(*articles: Article) -> tuple[list[Quote], list[Figure]]:
    found = [branch_off(one, lexicon()) for one in articles]
    return [q for one in found for q in one.quotes], [f for one in found for f in one.figures]


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("A £40 million fund", "other_words"),
        ("An extra £20 million", "other_words"),
        ("Wardens will be trained", None),
        ("“Children should be able", "word_for_word"),
        ("“We have mended ten", "word_for_word"),
    ],
)
def test_each_line_is_carried_word_for_word_in_other_words_or_not_at_all(line, how):
    quotes, _ = branches(RELEASE, REPORT)
    found = release_lines(RELEASE, [REPORT], quotes)
    carried = {RELEASE.text[one.start : one.end]: one.carried_by for one in found}
    (pick_ups,) = [by for words, by in carried.items() if words.startswith(line)]
    assert [one.how for one in pick_ups] == ([how] if how else [])


def test_a_quoted_line_has_its_speaker_and_leads_to_the_words_that_carry_it():
    quotes, _ = branches(RELEASE, REPORT)
    line = next(one for one in release_lines(RELEASE, [REPORT], quotes) if one.speaker)
    (pick_up,) = line.carried_by
    assert line.speaker == "Amber Hale"
    assert REPORT.text[pick_up.start : pick_up.end] == "Children should be able to cross a bridge free from fear"


def test_a_copy_of_a_release_is_all_release_and_another_release_is_none_of_it():
    other = release(
        """The press release issued by the Home Office on 30 October 2023.

        Schools in Millbrook will get new roofs before the winter, ministers have confirmed.""",
        article_id="other",
    )
    assert share_from(replace(RELEASE, article_id="copy"), RELEASE) >= 0.85  # the issue line is nobody's
    assert share_from(other, RELEASE) < 0.05


def test_what_coverage_adds_and_what_it_cuts():
    quotes, figures = branches(RELEASE, REPORT)
    found = coverage_of(RELEASE, REPORT, release_lines(RELEASE, [REPORT], quotes), quotes, figures)
    by_id = {one.figure_id: one.text for one in figures}
    assert found.added_speakers == ("Richard Vale",)
    assert len(found.critical_quote_ids) == 1
    assert [by_id[one] for one in found.counter_figure_ids] == ["£1.9 billion"]
    assert [by_id[one] for one in found.cut_figure_ids] == ["ten towns"]
    assert found.cut_quote_ids == ()
    assert 0.3 < found.share_of_article < 0.8


def test_a_counter_figure_is_found_without_the_release():
    quotes, figures = branches(REPORT)
    (found,) = counter_figures(REPORT, quotes, figures, is_department=lambda name: name == "Home Office")
    assert (found[0].text, found[1].speaker) == ("£1.9 billion", "Richard Vale")
    assert counter_figures(REPORT, quotes, figures, is_department=lambda name: True) == ()


def test_releases_without_pick_up_are_listed_after_their_hours_oldest_first():
    at = datetime(2023, 10, 30, 9, tzinfo=UTC)
    old, new, carried = (
        replace(RELEASE, article_id=name, published_at=at + timedelta(hours=hours))
        for name, hours in (("old", 0), ("new", 20), ("carried", 0))
    )
    found = without_pick_up(
        [new, carried, old], {"carried": ["report"]}, as_of=at + timedelta(hours=25), after=timedelta(hours=24)
    )
    assert [one.article_id for one in found] == ["old"]


@given(st.text(alphabet="ab cd.\n", max_size=120), st.text(alphabet="ab cd.\n", max_size=120))
def test_the_share_of_an_article_is_a_share(a, b):
    assert 0 <= share_from(article(a or "x", article_id="a"), article(b or "y", article_id="b")) <= 1


def test_the_mark_of_a_list_is_no_word_of_its_line():
    given = release("The board's own figures show that:\n\n* calls to the ferry line rose by 41 per cent in a year")
    (line,) = release_lines(given, [])
    assert given.text[line.start : line.end] == "calls to the ferry line rose by 41 per cent in a year"


@pytest.mark.parametrize("heading", ["Notes to editors", "ENDS", "- ends -", "Note to Editors:"])
def test_notes_to_editors_are_no_lines_that_anybody_is_to_carry(heading):
    noted = replace(
        RELEASE, text=f"{RELEASE.text}\n\n{heading}\n\nFigures are from the survey of bridges of last March."
    )
    assert [line.start for line in release_lines(noted, [])] == [line.start for line in release_lines(RELEASE, [])]


LEAD = "Ferries to the outer isles will sail twice a day from June. Fares stay as they are until the winter."
ROUTE = "The second boat was bought from a yard in Leith, which will keep it in repair for the first ten years."


def led(lead: str, text: str = ROUTE) -> Article:
    return release(text, article_id="release", standfirst=Excerpt(lead))


def told(given: Article, *coverage: Article) -> list[tuple[str, list[str]]]:
    return [(line_words(given, line), [one.how for one in line.carried_by]) for line in release_lines(given, coverage)]


def test_the_sentences_of_the_standfirst_are_the_first_lines_of_a_release():
    report = article("Ferries to the outer isles will sail twice a day from June. Islanders were glad.")
    assert told(led(LEAD), report) == [
        ("Ferries to the outer isles will sail twice a day from June.", ["word_for_word"]),
        ("Fares stay as they are until the winter.", []),
        (ROUTE, []),
    ]
    assert [line.number for line in release_lines(led(LEAD), [report])] == [0, 1, 2]
    assert share_from(report, led(LEAD)) == 0.8


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        ("Ferries to the outer isles will sail twice a day from June, ministers said.", 2),
        ("Ferries to the outer isles will be back in June.", 3),
        (
            (
                "Ferries to the outer isles will sail twice a day from June, when the second boat comes back from the "
                "yard at Leith with new engines, cabins for lorry drivers and a lift for those who cannot climb stairs."
            ),
            3,
        ),
    ],
    ids=["says it again", "says something else", "says much besides"],
)
def test_a_line_of_the_standfirst_that_the_text_says_again_is_counted_once(sentence, lines):
    found = told(led("Ferries to the outer isles will sail twice a day from June.", f"{sentence}\n\n{ROUTE}"))
    assert len(found) == lines
    assert found[-2:] == [(sentence, []), (ROUTE, [])]


def test_a_report_with_the_lead_alone_carries_the_sentence_that_stands_for_it():
    sentence = "Ferries to the outer isles will sail twice a day from June, ministers said."
    report = article("Ferries to the outer isles will sail twice a day from June.")
    given = led("Ferries to the outer isles will sail twice a day from June.", sentence)
    assert told(given, report) == [(sentence, ["word_for_word"])]


def test_nobody_speaks_a_line_of_the_standfirst_because_a_quotation_of_the_text_has_the_same_place():
    given = led("Children should be safe on all bridges.", "“Children should be safe on bridges,” Amber Hale said.")
    quotes, _ = branches(given)
    first, *others = release_lines(replace(given, standfirst=Excerpt(LEAD)), [], quotes)
    assert first.in_standfirst
    assert first.speaker is None
    assert [line.speaker for line in others if not line.in_standfirst] == ["Amber Hale"]


def test_a_report_may_carry_a_line_in_its_own_standfirst():
    report = article(
        "Islanders had waited for the second boat since the summer before last, and bought the cafe out of cake.",
        standfirst=Excerpt("At last: ferries to the outer isles will sail twice a day from June."),
    )
    first, *_ = release_lines(led(LEAD), [report])
    (one,) = first.carried_by
    assert (one.how, one.in_standfirst) == ("word_for_word", True)
    assert report.standfirst.text[one.start : one.end] == "ferries to the outer isles will sail twice a day from June"


def test_what_the_text_of_a_report_carries_is_not_looked_for_in_its_standfirst():
    lead = "Ferries to the outer isles will sail twice a day from June."
    first, *_ = release_lines(led(LEAD), [article(f"{lead} Islanders were glad.", standfirst=Excerpt(lead))])
    assert [(one.how, one.in_standfirst) for one in first.carried_by] == [("word_for_word", False)]
