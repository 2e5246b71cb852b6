"""The main text and the brief version keep to their words, and what matters most stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Digest, StoryItem, Table
from pipeline.digests.length import FURNITURE_WORDS, within
from pipeline.digests.rendering import as_html, as_markdown, brief

DAY = date(2022, 3, 10)


def said(section, number, length=20):
    words = " ".join(["bridge"] * (length - 2))
    return Line().say(f"{section} {chr(97 + number)} {words}").sentence(DAY, section)


def main_words(digest):
    """Words of the main text: every sentence but the department's own line and the table of release lines."""
    apart = sum(len(sentence.text.split()) for item in digest.leading for sentence in item.our_line)
    apart += sum(len(sentence.text.split()) for item in digest.release_lines for sentence in item.lines)
    return sum(len(sentence.text.split()) for sentence in digest.sentences()) - apart


def story(number):
    return StoryItem(
        story_id=f"story {number}",
        heading=said("heading", number, 6),
        outlets=said("outlets", number, 8),
        reported=tuple(said(f"reported {number}", n) for n in range(3)),
        figures=tuple(said(f"figures {number}", n) for n in range(5)),
        voices=tuple(said(f"voices {number}", n) for n in range(6)),
        our_line=(said(f"line {number}", 0, 150),),
        related=tuple(said(f"related {number}", n) for n in range(3)),
    )


LONG = Digest(
    department="Home Office",
    day=DAY,
    window="Published",
    state="complete",
    state_reasons=(),
    run_id="run",
    in_brief=(said("brief", 0, 40),),
    leading=tuple(story(number) for number in range(5)),
    to_check=tuple(said("check", n) for n in range(8)),
    also_covered=tuple(said("also", n) for n in range(20)),
    releases=tuple(said("releases", n) for n in range(20)),
    corrections=(said("corrections", 0),),
    numbers=Table(columns=("",), rows=()),
    not_known=Table(columns=("",), rows=()),
    code_version="0",
)


def test_a_long_day_is_told_in_six_hundred_words_and_says_how_much_was_left_out():
    found = within(LONG, max_words=600)
    assert 500 < main_words(found) + FURNITURE_WORDS <= 600
    assert found.left_out > 50
    assert f"{found.left_out} lines left out for length" in as_markdown(found)


def test_every_story_keeps_its_first_report_and_the_department_its_line_and_corrections_stay():
    found = within(LONG, max_words=600)
    assert [item.reported[:1] for item in found.leading] == [item.reported[:1] for item in LONG.leading]
    assert [item.our_line for item in found.leading] == [item.our_line for item in LONG.leading]
    assert found.corrections == LONG.corrections


def test_a_short_day_is_left_as_it_is():
    short = replace(LONG, leading=(story(0),), also_covered=(), releases=(), to_check=())
    assert within(short, max_words=600) == short


def test_the_brief_version_has_at_most_three_stories_and_250_words_of_page():
    found = brief(LONG, max_words=250)
    assert len(found.leading) == 3
    assert 150 < len(as_markdown(found, brief=True).split()) <= 250
    assert "Evidence" not in as_html(found, brief=True)
