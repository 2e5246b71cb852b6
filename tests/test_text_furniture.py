"""Lines of a page text → article or furniture."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edges.page_files import SECOND_PASS, WEIGHT_COLUMNS, cue_rows, furniture_model
from pipeline.edges.seed_files import rows as seed_rows
from pipeline.extraction.line_cues import LineCues
from pipeline.extraction.text_features import CONSTANT, core, features
from pipeline.extraction.text_furniture import decode, label_lines, line_features
from pipeline.extraction.text_second_pass import NAMES, second_features, second_logits
from pipeline.extraction.text_units import count_words, units
from pipeline.settings import ROOT, Settings

MODEL = furniture_model(Settings().seeds_dir)
BODY = [
    "Prison officers in three jails will be given body cameras that cannot be switched off, ministers said on Monday.",
    "The trial at Holme Moss, Eastwick and Long Barrow follows complaints that recordings stopped before incidents.",
    "Prisons Minister Clive Anstey said:",
    "I have heard the same story from officers and from families, and both of them want the camera to be on.",
    "We will publish what we find, whatever it is, before the end of next year.",
    "Under the trial:",
    "• every officer on a landing wears a camera",
    "• recordings are kept for 90 days",
    "• an inspector outside the service can ask for them",
    "A question of trust",
    "The officers’ union said that its members had not been asked. Its secretary, Dawn Petty, wants talks this week.",
    "“Cameras are welcome. Being told about them on the radio is not,” she said in a statement to reporters.",
    "The cameras will cost £1.7 million, which the service says it will find within its budget for this year.",
]
BEFORE = [
    *("Skip to main content", "Home", "News", "Politics", "Sport", "Sign in"),
    *("Prison officers to wear cameras", "By Ann Lee", "3 March 2025", "Share this page"),
]
TWO_HEADLINES = [
    "Bridge council funds repairs before winter",
    "Home",
    "Harbour trawler crews demand shelter again",
    "The bridge and the harbour were both closed on Monday, and the council met the trawler owners in the evening.",
    "Whatever funds remain for the bridge, the crews of the harbour will hear of them on Tuesday, a spokesman said.",
    "Repairs to a bridge, which council and the funds of the county pay, and what trawler crews demand at a harbour.",
    "Before the winter comes, and again when it ends, shelter is what everybody asks for in the town hall, she said.",
]
AFTER = [
    *("Related stories", "Jail roof protest ends after two days", "Inspectors praise kitchen at Eastwick"),
    *("Most read", "1 Swans return to Mill Pond", "Sign up to our newsletter", "Enter your email address"),
    *("About us", "Contact us", "© 2025 The Daily Courier. All rights reserved."),
]
PROMPT = ["Sign up to our free newsletter", "Get the day’s top stories in your inbox", "Enter your email address"]


def body_of(lines):
    return [line for line, label in zip(lines, label_lines(lines, model=MODEL), strict=True) if label.is_body]


def spaced(lines):
    return [part for line in lines for part in (line, "")]


@pytest.mark.parametrize("arranged", [spaced, list], ids=["blank lines between", "no blank lines"])
def test_the_article_is_kept_and_the_site_around_it_is_not(arranged):
    assert body_of(arranged([*BEFORE, *BODY, *AFTER])) == BODY


def test_a_text_without_furniture_is_kept_whole():
    assert body_of(spaced(BODY)) == BODY


def test_the_article_goes_on_after_a_newsletter_prompt_in_its_middle():
    assert body_of(spaced([*BEFORE, *BODY[:5], *PROMPT, *BODY[5:], *AFTER])) == BODY


def test_readers_comments_are_not_the_article():
    comments = [
        "3 Comments",
        "TownieBill says:",
        "3 March 2025 at 8:12 am",
        "They should have done this ten years ago, and everybody who works there knows exactly why they did not do it.",
        "Reply",
        "Jan P says:",
        "3 March 2025 at 9:40 am",
        "And who is going to watch all those hours of film? Another job for another private firm, no doubt about it.",
        "Reply",
        "Leave a Reply",
    ]
    assert body_of(spaced([*BEFORE, *BODY, *comments])) == BODY


def test_a_letter_keeps_its_signature():
    letter = [*BODY[:2], *BODY[10:], "I look forward to hearing from you.", "Yours sincerely,"]
    assert body_of(spaced(letter))[-1] == "Yours sincerely,"


def test_every_line_that_is_left_out_has_a_reason():
    lines = [*BEFORE, *BODY, *AFTER]
    for label in label_lines(lines, model=MODEL):
        assert label.reason
        assert 0.5 <= label.confidence <= 1
        assert label.is_body == (label.reason == "body")


def test_further_evidence_can_turn_a_line_into_furniture():
    lines = spaced(BODY)
    place = lines.index(BODY[1])
    labels = label_lines(lines, model=MODEL, against={place: 30.0})
    assert not labels[place].is_body
    assert labels[place + 2].is_body


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(BODY + AFTER)), max_size=25))
def test_there_is_a_label_for_every_line_and_no_text_raises(lines):
    labels = label_lines(lines, model=MODEL)
    assert len(labels) == len(lines)
    assert not any(label.is_body for line, label in zip(lines, labels, strict=True) if not line.strip())


@given(st.lists(st.text(alphabet="abc .\n,A", max_size=30), max_size=15))
def test_every_line_that_is_not_blank_is_in_exactly_one_unit(lines):
    flat = "\n".join(lines).split("\n")
    covered = [place for unit in units(flat) for place in range(unit.first, unit.last + 1)]
    assert covered == [place for place, line in enumerate(flat) if line.strip()]


def test_a_sentence_broken_at_its_links_is_one_unit():
    lines = ["The minister,", "Clive Anstey", ", said that", "the trial", "would begin in May.", "It did not."]
    assert [unit.text for unit in units(lines)][-1] == "It did not."
    assert units(lines)[0].text.startswith("The minister, Clive Anstey , said that the trial would begin")


@given(st.lists(st.floats(-5, 5), max_size=30))
def test_the_core_is_the_run_with_the_largest_sum(weights):
    start, end = core(weights)
    best = max((sum(weights[i:j]) for i in range(len(weights)) for j in range(i, len(weights) + 1)), default=0)
    assert sum(weights[start:end]) == pytest.approx(best, abs=1e-9)


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(0, 90)), max_size=30))
def test_decoding_moves_every_line_by_one_of_two_steps(lines):
    logits = [logit for logit, _ in lines]
    moved = decode(logits, [words for _, words in lines])
    assert {round(after - before, 6) for before, after in zip(logits, moved, strict=True)} <= {0.8, -3.0}


def test_words_are_counted_in_scripts_without_spaces_too():
    assert count_words("Twenty officers’ cameras cost £1.7m") == 5
    assert count_words("内務大臣は火曜日に新しい計画を発表した") >= 8
    assert count_words("") == 0


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("Sign up to our daily newsletter", "subscribe"),
        ("Follow us on Twitter and Facebook", "social"),
        ("Read more: Jail roof protest ends", "related"),
        ("Leave a comment", "comments"),
        ("© 2025 The Daily Courier", "legal"),
        ("Picture: Getty", "media"),
        ("Ann Lee is a reporter at the Gazette covering prisons", "bio"),
    ],
)
def test_cues_are_seen_whatever_their_case(line, cue):
    cues = LineCues.of(cue_rows(Settings().seeds_dir))
    assert cue in cues.seen(line.lower())
    assert not cues.seen("the trial follows complaints that recordings stopped before incidents did.")


def test_every_weight_has_a_meaning_and_every_feature_is_known():
    names = set(MODEL.text) | set(MODEL.page) | set(MODEL.main_part)
    assert all(MODEL.meanings[name] for name in names)
    seen = {name for own in features(units(spaced([*BEFORE, *BODY, *AFTER])), MODEL.cues) for name in own}
    assert len(seen & names) > 0.9 * len(seen)


def test_two_headlines_that_fit_equally_well_are_decided_the_same_way_in_every_process() -> None:
    """Words are held in sets, whose order changes from process to process, and a sum of floats with it."""
    told = """
from pipeline.extraction.text_features import features
from pipeline.extraction.text_second_pass import NAMES, second_features, second_logits
from pipeline.extraction.text_units import units
from tests.test_text_furniture import MODEL, TWO_HEADLINES
print([place for place, own in enumerate(features(units(TWO_HEADLINES), MODEL.cues)) if "headline" in own])
"""
    answers = {
        subprocess.run(
            [sys.executable, "-c", told],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "3", "4")
    }
    assert answers == {"[2]\n"}


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        (["Ministers have called on the", "Home Office", "to publish it."], 1),
        (["Speaking after the vote in the House,", "Clive Anstey", "said so."], 1),
        (["The plan was drawn up last year by", "Dawn Petty"], 1),
        (["The plan of the harbour board", "Dawn Petty", ", its secretary, disagreed."], 1),
        (["Sign in", "Home", "News"], 3),
        (["Prison officers to wear cameras", "by Ann Lee", "3 March 2025"], 3),
    ],
)
def test_a_name_that_was_a_link_is_no_line_of_its_own_and_a_menu_and_a_byline_are(broken, joined):
    assert len(units(broken)) == joined


def looks_of(lines):
    given = units(spaced(lines))
    return dict(zip(lines, line_features(given, MODEL.cues), strict=True))


def test_teasers_are_known_by_being_cut_off_glued_and_said_twice():
    cut = "The council has bought a new road roller, which will be shown to everybody who…"
    glued = "Swans return to Mill PondThey had been away for three winters, says the warden of the pond."
    found = looks_of([*BODY, cut, glued])
    assert "cut_off" in found[cut]
    assert "glued" in found[glued]
    assert not any(name in found[line] for line in BODY for name in ("cut_off", "glued", "repeated_prose"))
    twice = line_features(units(spaced([*BODY, BODY[0]])), MODEL.cues)
    assert ["repeated_prose" in own for own in twice] == [True, *[False] * (len(BODY) - 1), True]


def test_lines_cut_to_one_length_are_even_with_their_neighbours():
    entries = [f"Report number {place} of the harbour board on its slips" for place in range(10, 17)]
    found = looks_of(entries)
    assert [found[entry].get("even", 0.0) for entry in entries] == [0.0, 1.0, 2.0, 3.0, 2.0, 1.0, 0.0]


@pytest.mark.parametrize("heading", ["About the author", "About Ann Lee", "Über den Autor", "Sobre o autor"])
def test_lines_below_a_heading_about_the_author_are_not_the_article(heading):
    bio = "Ann Lee has reported on prisons and the courts for The Daily Courier since 2011 and lives in Eastwick."
    assert bio not in body_of(spaced([*BEFORE, *BODY, heading, bio, *AFTER]))


@pytest.mark.parametrize("heading", ["About this rating", "About the trial"])
def test_other_headings_with_about_are_not_about_an_author(heading):
    assert "about_author" not in looks_of([*BODY, heading])[heading]


def test_the_second_pass_takes_a_short_line_between_paragraphs_for_their_subheading():
    """The same doubtful line, once between paragraphs of body and once among lines of furniture."""
    texts = [*AFTER, "A question of trust", *AFTER, *BODY]
    words = [float(count_words(text)) for text in texts]
    first = [0.0 if text == "A question of trust" else 5.0 if text in BODY else -5.0 for text in texts]
    again = second_logits(first, words, [{} for _ in texts], main_part=0.0, weights=MODEL.second)
    alone, between = (place for place, text in enumerate(texts) if text == "A question of trust")
    assert again[alone] < -1 < 0 < again[between]


@given(st.lists(st.tuples(st.floats(-40, 40), st.floats(0, 200)), max_size=20), st.floats(0, 1))
def test_the_second_pass_has_a_finite_number_for_every_feature_of_every_line(lines, main_part):
    logits, words = [logit for logit, _ in lines], [count for _, count in lines]
    rows = second_features(logits, words, [{} for _ in lines], main_part=main_part)
    assert [len(row) for row in rows] == [len(NAMES)] * len(lines)
    assert all(math.isfinite(value) for row in rows for value in row)


def test_every_feature_of_the_second_pass_has_a_weight_and_a_meaning():
    rows = list(seed_rows(Settings().seeds_dir / SECOND_PASS, *WEIGHT_COLUMNS))
    assert [row["feature"] for _, row in rows] == [CONSTANT, *NAMES]
    assert all(row["meaning"] for _, row in rows)


@pytest.mark.parametrize(
    "text", ["word " * 50, "word " * 5, "a " * 300, "x" * 900, "道" * 400, "http://example.org/" * 90]
)
def test_words_are_counted_until_there_are_enough(text):
    for enough in (3, 20, 60):
        assert min(count_words(text, enough=enough), enough) == min(count_words(text), enough)
