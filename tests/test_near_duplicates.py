"""Copies of one text are found however they are cut, edited or framed; reports in other words and templates are not."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.copies import cut, edited, with_copies
from bench.made_up import articles
from pipeline.grouping.near_duplicates import copies, group, same_group, text_words
from pipeline.grouping.sameness import SAME_TEXT, sameness
from pipeline.grouping.sketches import MINIMA, candidate_pairs, runs, sketches
from pipeline.grouping.word_checksums import IS_NUMBER, IS_QUOTED, word_checksums
from tests.reports_made import RELEASE, REPORT, made_up, report, streams

AGENCY = " ".join(each.text for each in list(articles(3, copied=0.0)))
FURNITURE = "Sign up for our newsletter. Share this article with your friends. More on this story below."


def groups_of(reports):
    return {frozenset(each.article_ids) for each in group(reports)}


@pytest.mark.parametrize(
    "copy",
    [
        AGENCY,
        f"By our own correspondent in Selworth, who saw the boats come in.\n\n{AGENCY}",
        cut(AGENCY),
        f"{FURNITURE}\n\n{AGENCY}\n\n{FURNITURE}",
        edited(AGENCY, 0.3, random.Random(1), ["harbour", "wall", "storm", "agency", "crews", "repair"]),
    ],
    ids=["another headline", "local first paragraph", "cut to half", "page furniture", "30 % of words edited"],
)
def test_a_copy_of_an_agency_text_is_found(copy):
    original, reprint = report("a", "Storm breaks wall", AGENCY), report("b", "Something else", copy, days=1)
    assert groups_of([original, reprint]) == {frozenset("ab")}


def test_two_reports_that_quote_the_same_words_are_no_copies():
    assert groups_of([report("a", "Package announced", RELEASE), report("b", "Millions for walls", REPORT)]) == {
        frozenset("a"),
        frozenset("b"),
    }


def test_a_template_filled_with_other_numbers_is_no_copy():
    template = "Share prices rose {} points to {} in Selworth, while bonds lost {} to {}; gold was at {}, oil at {}, and {} shares changed hands for {} crowns. Traders said that the day was calm and that little news came from abroad."  # noqa: E501
    monday = template.format(12, 4831, 3, 977, 1822, 81, 310455, 99120)
    tuesday = template.format(17, 4848, 5, 972, 1830, 79, 287310, 87611)
    assert groups_of([report("a", "Markets", monday), report("b", "Markets", tuesday, days=1)]) == {
        frozenset("a"),
        frozenset("b"),
    }


def test_a_short_template_filled_with_another_place_age_and_hour_is_no_copy():
    filled = (
        "A man was shot dead in {} on {} night, police said. The victim was named as {}, {}. Officers were called to "
        "{} shortly after {}. A murder investigation has begun and no arrests have been made, said Inspector {}."
    )
    one = filled.format("Elmouth", "Monday", "Harold Finch", "34", "Mill Lane", "9pm", "Joan Marsh")
    other = filled.format("Kelby", "Tuesday", "Peter Oakes", "51", "Station Road", "10pm", "Carl Dunn")
    cut = one.partition(", said")[0] + "."
    reports = [report("one", "", one), report("cut", "", cut), report("other", "", other)]
    groups = {frozenset(each.article_ids) for each in group(reports)}
    assert groups == {frozenset({"one", "cut"}), frozenset({"other"})}


def test_one_short_report_of_another_town_each_is_no_copy():
    told = "Homes in {} were evacuated as the river rose after days of rain. Forty people spent the night in a school hall. More rain is forecast until Friday."  # noqa: E501
    towns = [report(town, f"Flood warning in {town}", told.format(town)) for town in ("Elmouth", "Kelby", "Dunmere")]
    again = report("again", "Families leave homes", told.format("Elmouth").replace("Forty people", "Some"))
    assert groups_of([*towns, again]) == {
        frozenset({"Elmouth", "again"}),
        frozenset({"Kelby"}),
        frozenset({"Dunmere"}),
    }


def test_last_months_figures_and_this_months_in_the_same_words_are_no_copies():
    told = "Unemployment moved to {}% in {} as employers added {} jobs, the Labour Office said. Construction and health care hired most, while public offices let people go."  # noqa: E501
    september = report("september", "Jobless rate falls", told.format("7.8", "September", "114,000"))
    october = report("october", "Jobless rate rises", told.format("7.9", "October", "171,000"))
    assert groups_of([september, october]) == {frozenset({"september"}), frozenset({"october"})}


CAPTIONS = " ".join(each.text for each in list(articles(6, copied=0.0, seed=77)))
BESIDE = [" ".join(each.text for each in list(articles(6, copied=0.0, seed=seed))[:3]) for seed in (5, 23)]


def test_two_articles_beside_one_gallery_of_captions_are_no_copies():
    one, other = (report(name, "", f"{text}\n\n{CAPTIONS}") for name, text in zip("ab", BESIDE, strict=True))
    assert sameness(*text_words([one.text, other.text])).score > SAME_TEXT
    assert groups_of([one, other]) == {frozenset("a"), frozenset("b")}


def test_an_agency_text_cut_short_with_an_own_ending_is_a_copy():
    one, other = (report(name, "", f"{CAPTIONS}\n\n{text}") for name, text in zip("ab", BESIDE, strict=True))
    assert groups_of([one, other]) == {frozenset("ab")}


def test_a_page_that_holds_a_text_among_many_is_no_copy_of_it():
    page = "\n\n".join(each.text for each in articles(12, copied=0.0, seed=5))
    one = next(iter(articles(1, copied=0.0, seed=5))).text
    assert len(groups_of([report("a", "Live", page), report("b", "One", one)])) == 2


def test_a_text_of_another_month_must_be_all_but_the_same():
    half_new = edited(AGENCY, 0.3, random.Random(1), ["harbour", "wall", "storm", "agency", "crews", "repair"])
    assert groups_of([report("a", "x", AGENCY), report("b", "y", AGENCY, days=60)]) == {frozenset("ab")}
    assert len(groups_of([report("a", "x", AGENCY), report("b", "y", half_new, days=60)])) == 2


def test_headlines_with_hardly_a_text_are_copies_only_when_they_are_the_same():
    same = [report("a", "Wall breaks", "In Selworth."), report("b", "Wall breaks", "In Selworth.")]
    other = [report("c", "Wall holds", "In Selworth."), report("d", "", "")]
    assert groups_of(same + other) == {frozenset("ab"), frozenset("c"), frozenset("d")}


def test_two_hundred_copies_of_one_text_hang_together():
    rng = random.Random(3)
    run = [report(f"{n:03d}", "x", edited(AGENCY, 0.1, rng, ["storm", "wall"]), days=n / 100) for n in range(200)]
    assert groups_of(run) == {frozenset(each.article_id for each in run)}


def test_a_group_is_named_for_its_first_published_article_and_says_what_it_shares():
    early, late = report("z", "x", AGENCY, days=0), report("a", "y", cut(AGENCY), days=1)
    (found,) = group([late, early])
    assert found.article_ids == ("z", "a")
    assert found.group_id == group([early])[0].group_id
    assert "three-word runs" in found.because[0]


@given(streams(), st.randoms())
@settings(deadline=None, max_examples=25)
def test_the_order_of_arrival_changes_no_group_and_each_report_is_in_one(reports, rng):
    found = group(reports)
    assert group(rng.sample(reports, k=len(reports))) == found
    assert sorted(a for each in found for a in each.article_ids) == sorted(each.article_id for each in reports)


def test_candidates_with_stored_sketches_are_those_of_all_at_once():
    reports, _, _ = made_up(300)
    sketched = sketches(text_words([each.text for each in reports]))
    everything = {tuple(pair) for pair in candidate_pairs(sketched).tolist()}
    later = {tuple(pair) for pair in candidate_pairs(sketched, new_from=200).tolist()}
    assert later == {pair for pair in everything if pair[1] >= 200}


@settings(max_examples=25)
@given(st.integers(1, 119), st.integers(2, 40), st.integers(0, 2**32))
def test_what_is_new_is_paired_as_it_would_be_among_all_also_where_crowds_share_a_phrase(new_from, values, seed):
    sketched = np.random.default_rng(seed).integers(values, size=(120, MINIMA)).astype(np.uint32)
    everything = candidate_pairs(sketched)
    assert candidate_pairs(sketched, new_from).tolist() == everything[everything[:, 1] >= new_from].tolist()


def test_sketches_of_one_text_are_the_same_alone_and_among_others():
    words = text_words([RELEASE, REPORT, ""])
    assert (sketches(words)[1] == sketches(words[1:2])[0]).all()


@given(st.lists(st.text(alphabet='ab 1.\n"“”’', max_size=30), max_size=5))
def test_the_checksums_of_a_text_do_not_depend_on_its_neighbours(texts):
    together = word_checksums(texts)
    assert [each.tolist() for each in together] == [word_checksums([text])[0].tolist() for text in texts]


def test_checksums_know_numbers_and_what_is_quoted():
    words = word_checksums(["He paid £40m.\nShe said: “Not a “penny” more.\nIt ended."])[0]
    assert [bool(word & IS_NUMBER) for word in words.tolist()].count(True) == 1
    assert [bool(word & IS_QUOTED) for word in words.tolist()].count(True) >= 2
    assert not words[-1] & IS_QUOTED


def test_sameness_is_symmetric_and_full_for_one_text():
    a, b = text_words([RELEASE, REPORT])
    assert sameness(a, b) == sameness(b, a)
    assert sameness(a, a).score == pytest.approx(1.0)


def test_a_very_short_text_has_one_run():
    assert len(runs(text_words(["storm"])[0])) == 1


def test_copies_of_edited_articles_stay_as_well_found_as_they_were():
    every, made = with_copies([each.text for each in articles(800, copied=0.0)], 160, seed=7)
    words = text_words(every)
    pairs = [
        (a, b)
        for a, b, _ in copies(
            sketches(words), words.__getitem__, np.array([*map(len, words)]), np.full(len(words), np.nan)
        )
    ]
    label = same_group(len(words), pairs).tolist()
    assert sum(label[of] == label[copy] for copy, (of, _) in made.items()) / len(made) >= 0.985
    source = dict.fromkeys(range(len(every))) | {copy: of for copy, (of, _) in made.items()}
    assert all(source[b] == (a if source[a] is None else source[a]) for a, b in pairs)
