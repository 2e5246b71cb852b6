"""Which outlet carried which words of a quotation, and which name of a body, told in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest

from pipeline.digests.amended import amended
from pipeline.digests.digest_data import StoryData
from pipeline.digests.digest_issue import digest_rules
from pipeline.digests.digest_line import Line
from pipeline.digests.release_items import pick_up
from pipeline.digests.story_figures import lone_figures
from pipeline.digests.story_item import earlier_coverage, outlets_line, story_item
from pipeline.digests.story_names import other_names
from pipeline.digests.story_voices import cut_quotations, lone_speakers, voices
from pipeline.digests.telling import Telling
from pipeline.digests.witnesses import fault
from pipeline.evidence.branches import branch_off
from pipeline.evidence.quotations import group_quotations
from pipeline.model import Article, Excerpt, Kind, Placement
from tests.made_up import article, lexicon, release

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
    articles = [article(text, article_id=str(number), outlet=outlet) for number, (outlet, text) in enumerate(reports)]
    telling = telling_of(here, *articles, copies=copies)
    return [telling.sentence(line.say("."), "differences").text for line in lines(telling)]


def telling_of(here, *articles: Article, copies: tuple[int, ...] = (), earlier: int = 0) -> Telling:
    """One story of these articles, all of one day but the first so many, which are of the day before."""
    branches = [branch_off(one, lexicon()) for one in articles]
    quotes = tuple(quote for each in branches for quote in each.quotes)
    figures = tuple(figure for each in branches for figure in each.figures)
    mentions = tuple(mention for each in branches for mention in each.mentions)
    places = {
        one.article_id: Placement(
            article_id=one.article_id,
            group_id="a copy" if one.article_id in map(str, copies) else one.article_id,
            story_id="s",
            covered_on=DAY - timedelta(days=number < earlier),
            covered_by=None,
            tied_to=None,
            because=(),
        )
        for number, one in enumerate(articles)
    }
    story = StoryData(
        story_id="s",
        articles=articles,
        placements=places,
        today=frozenset(list(places)[earlier:]),
        quotes=quotes,
        figures=figures,
        mentions=mentions,
    )
    return Telling(story, group_quotations(quotes), DAY, digest_rules(here))


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


@pytest.mark.parametrize(
    ("speech", "told_by"),
    [
        ("Good morning.\n\nThank you all for coming.\n\nBoats are late in every port of ours.", "Boats are late"),
        ("Thank you.\n\nBoats are late.\n\nSo today I can announce that ten will be built.", "So today I can announce"),
    ],
)
def test_a_speech_is_told_by_what_it_announces_or_begins_with_behind_its_greetings(speech, told_by, here):
    given = release(
        speech, article_id="0", title="Amber Rudd speech to the harbour boards", release_type="speech", outlet=None
    )
    (line,) = voices(telling_of(here, given))
    assert f": “{told_by}" in line.text


def test_of_too_many_voices_none_has_two_lines_while_another_has_none(here):
    many = "\n\n".join(f"“We want {number} boats and we want them now,” said Dawn Petty." for number in range(6, 12))
    (*_, last) = voices(telling_of(here, article(f"{many}\n\n“Nobody asked us about any boat,” said Owen Tull.")))
    assert last.text.startswith("Other: Owen Tull: ")


def test_an_outlet_that_is_not_known_is_written_small_behind_another(here):
    both = (article("Crews want boats.", article_id="0"), article("Boats are late.", article_id="1"))
    line = outlets_line(telling_of(here, *both)).text
    assert line == "2 outlets not known (times not known)."


def test_of_an_outlet_that_is_not_known_the_agency_is_told_whose_copy_it_carries(here):
    reports = [
        article("Crews want boats.", article_id="0", outlet="Courier"),
        article("Boats are late.", article_id="1", agency="Reuters"),
    ]
    line = outlets_line(telling_of(here, *reports))
    assert line.text == "Courier (time not known) and an outlet not known with Reuters copy (time not known)."
    assert fault(line, lambda witness: witness.words) is None


def test_an_outlet_that_its_page_calls_by_another_name_keeps_its_lines(here):
    called = article("Crews want boats.", outlet="Associated Press", outlet_words=Excerpt("AP"))
    line = outlets_line(telling_of(here, called))
    assert line.text.startswith("Associated Press (")
    assert fault(line, lambda witness: witness.words) is None


def test_what_a_report_says_it_got_wrong_is_told_in_its_words(here):
    note = "This article was amended on 2 May. An earlier version said that 40 boats were lost; it was four."
    assert told(here, amended, ("Courier", f"Crews want boats.\n\n{note}")) == [
        "Courier has amended its report: “An earlier version said that 40 boats were lost; it was four”."
    ]


def test_a_story_that_goes_on_says_who_reported_it_on_days_before_and_since_when(here):
    outlets = ["Courier", None, "Gazette"]
    three = [article("Crews want boats.", article_id=str(n), outlet=outlet) for n, outlet in enumerate(outlets)]
    line = earlier_coverage(telling_of(here, *three, earlier=2))
    assert line is not None
    said = line.sentence(DAY, "related").text
    assert said == "Already reported, since Sunday 29 October 2023: Courier and 1 other"
    assert earlier_coverage(telling_of(here, *three)) is None


def test_what_a_line_says_of_other_days_ends_with_a_full_stop(here):
    two = [article("Crews want boats.", article_id=str(n), outlet="Courier") for n in range(2)]
    item = story_item(telling_of(here, *two, earlier=1).story, (), day=DAY, rules=digest_rules(here))
    assert [line.text for line in item.related] == ["Already reported, since Sunday 29 October 2023: Courier."]


def test_a_letter_beside_the_reports_is_told_with_who_writes_it(here):
    text = "Dear minister,\n\nWe ask for three boats before the winter, and for crews to sail them.\n\nDawn Petty"
    letter = article(text, article_id="1", kind=Kind.LETTER, outlet="Seafarers’ Union", author="Dawn Petty")
    item = story_item(
        telling_of(here, article("Crews want boats.", outlet="Courier"), letter).story,
        (),
        day=DAY,
        rules=digest_rules(here),
    )
    assert item.outlets.text == "Courier (time not known). With 1 letter by Seafarers’ Union."
    assert item.reported[-1].text == (
        "Dawn Petty writes: “We ask for three boats before the winter, and for crews to sail them”."
    )
    assert fault(item.reported[-1], lambda witness: witness.words) is None


def test_our_releases_are_those_that_the_department_issued(here):
    text = "Our crews ask for three boats before the winter, and for a quay that they can land at in a storm."
    theirs = release(text, article_id="1", issuer="Seafarers’ Union", outlet="Seafarers’ Union", title="Three boats")
    ours = release(text, article_id="2", title="Two boats", issuer="Home Office and Ferry Office")
    report = article("Crews want boats.", outlet="Courier")
    story = telling_of(here, report, theirs).story
    assert outlets_line(telling_of(here, report, theirs)).text.endswith("With 1 release by Seafarers’ Union.")
    assert pick_up([story], (), DAY, digest_rules(here)).told == ()
    told = pick_up([telling_of(here, report, ours).story], (), DAY, digest_rules(here)).told
    assert told[0].text.startswith("“Two boats”: ")


def test_words_quoted_within_a_quotation_have_single_marks():
    said = {
        '"Report the boss, lose the boat": 78 hands go': "“‘Report the boss, lose the boat’: 78 hands go”",
        "“We are glad of it.”": "“We are glad of it.”",
        "he needs “every nurse": "“he needs every nurse”",
    }
    for text, quoted in said.items():
        assert Line().quote(text).sentence(DAY, "s").text == quoted


def test_parts_of_sentences_come_behind_whole_ones_of_the_same_side(here):
    text = (
        "The union had been “saying this since Monday”, said Ida Moss of the Boat Union.\n\n"
        "“You cannot train a sailor whom you have not got,” said Rhoda Tasker of the Harbour Council."
    )
    said = [line.text for line in voices(telling_of(here, article(text, outlet="Courier")))]
    assert [line.split(":")[1].split(",")[0].strip() for line in said] == ["Rhoda Tasker", "Ida Moss"]


def test_a_speaker_without_a_post_is_told_with_the_body_that_the_text_names(here):
    text = "“You cannot train a sailor whom you have not got,” said Rhoda Tasker of the Harbour Council."
    (line,) = voices(telling_of(here, article(text, outlet="Courier")))
    assert line.text.startswith("Other: Rhoda Tasker, Harbour Council: “You cannot train")
    assert fault(line, lambda witness: witness.words) is None


def test_a_sentence_that_its_cue_splits_is_told_with_both_its_parts(here):
    text = "“It beggars belief,” said Ida Moss, head of the quay, “that a crew in Weir must wait for a boat.”"
    (line,) = voices(telling_of(here, article(text, outlet="Courier")))
    assert line.text.endswith(": “It beggars belief … that a crew in Weir must wait for a boat”.")
    assert fault(line, lambda witness: witness.words) is None


def test_a_body_that_speaks_is_named_once_and_a_person_with_the_fullest_words_for_a_post(here):
    body = "The Boat Union said it had been “saying so since Monday and for many years before that”."
    (line,) = voices(telling_of(here, article(body, outlet="Courier")))
    assert line.text.startswith("Other: Boat Union: “")
    said = "said: “We have crews sleeping six to a cabin.”"
    short = article(f"Its director, Ida Moss, {said}", article_id="0", outlet="Courier")
    full = article(f"Ida Moss, director of the Boat Trust, {said}", article_id="1", outlet="Gazette")
    (line,) = voices(telling_of(here, short, full))
    assert line.text.startswith("Other: Ida Moss, director of the Boat Trust: “")
    assert fault(line, lambda witness: witness.words) is None


def test_a_report_is_told_by_its_first_paragraph_and_not_by_a_line_above_it(here):
    text = "Boats and blankets will reach our quays by summer, chiefs say\n\nCrews in Weir will get new boats in May."
    item = story_item(telling_of(here, article(text, outlet="Courier")).story, (), day=DAY, rules=digest_rules(here))
    assert [line.text for line in item.reported] == ["Courier reports: “Crews in Weir will get new boats in May”."]


def test_a_body_that_its_text_calls_by_another_name_keeps_its_words(here):
    text = "The Conservatives said that the board had “taken eight months to copy our homework”."
    (line,) = voices(telling_of(here, article(text, outlet="Courier")))
    assert line.text.startswith("Other: Conservative Party: “taken eight months")
    assert fault(line, lambda witness: witness.words) is None


def test_a_document_that_speaks_has_its_article(here):
    text = "A letter reached the board. The letter, signed by nine crews, says: “We cannot sail on three boats.”"
    (line,) = voices(telling_of(here, article(text)))
    assert line.text.startswith("Other: the letter")
