from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence.quotations import group_quotations
from pipeline.evidence.quote_differences import differences
from pipeline.evidence.quotes import extract_quotes
from pipeline.model import Evidence, Quote
from tests.made_up import article, lexicon


def quote(text: str, *, by: str | None = "Amber Hale", of: str = "a", kind: str = "direct") -> Quote:
    return Quote(
        quote_id=f"{of}:{text[:40]}",
        article_id=of,
        text=text,
        speaker=by,
        speaker_by=Evidence.TEXT if by else None,
        role=None,
        organisation=None,
        kind=kind,  # type: ignore[arg-type]
        cue=None,
        fragments=((0, len(text)),),
    )


FULL = (
    "Children should be able to cross the bridge free from fear. Something that should go without saying, but sadly "
    "it is not so. This council has done more than any other for bridges. We have mended ten of them. But there is "
    "more to do, the measures I am announcing will help us, and under my watch I will bring the delay to an end."
)
SHORT = (
    "Children should be able to cross the bridge free from fear, Since 2010, the Council has done more than any other "
    "for bridges. We have mended ten of them. But there is more to do. The measures I am announcing will help us and "
    "under my watch I will bring the delay to an end."
)


def test_the_same_utterance_in_two_outlets_is_one_quotation_with_its_differences():
    (found,) = group_quotations([quote(FULL, of="a"), quote(SHORT, of="b")])
    assert [variant.article_id for variant in found.variants] == ["a", "b"]
    assert [difference.detail for difference in found.variants[1].differences] == [
        "cuts “Something that should go without saying, but sadly it is not so.”",
        "“This council has done” is “Since 2010, the Council has done”",
        "“more to do, the measures I” is “more to do. The measures I”",
        "“will help us, and under my” is “will help us and under my”",
    ]
    assert 0.8 < found.variants[1].carried < 1


def test_a_second_half_that_an_outlet_leaves_out_is_a_cut():
    half, rest = "The measures make sure that we have the best evidence about bridges.", "However, funding is short."
    (found,) = group_quotations([quote(f"{half}\n\n{rest}", of="a"), quote(half, of="b")])
    (difference,) = found.variants[1].differences
    assert (difference.kind, difference.full) == ("cut", rest)


def test_a_fragment_with_another_person_folds_into_the_whole():
    whole = "Keeping our bridges open is my mission as mayor and it is vital that we act."
    (found,) = group_quotations([quote(whole, of="a"), quote("is her mission", of="b", kind="fragment")])
    (difference,) = found.variants[1].differences
    assert difference.detail == "“is my mission” is “is her mission”"
    assert found.variants[1].carried < 0.3


def test_a_change_of_word_is_said_with_the_words_around_it():
    (difference,) = differences("We will mend the old bridge this year.", "We will mend the new bridge this year.")
    assert difference.kind == "altered"
    assert difference.detail == "“will mend the old bridge this year” is “will mend the new bridge this year”"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("“It’s vital,” she said", '"It\'s vital," she said'),
        ("We will act.", "We  will act"),
        ("Bridges — all of them — matter.", "Bridges - all of them - matter."),
    ],
)
def test_marks_spaces_and_a_last_full_stop_are_no_difference(a, b):
    assert differences(a, b) == ()


def test_different_words_of_one_speaker_stay_apart():
    found = group_quotations([quote("We must mend the bridge before winter."), quote("The school will open in May.")])
    assert len(found) == 2


def test_a_common_phrase_joins_nobody():
    a = quote("At the end of the day we must mend the bridge.", by="Amber Hale")
    b = quote("At the end of the day nobody has asked us about schools or buses.", by="Tim Marsh", of="b")
    assert len(group_quotations([a, b])) == 2


def test_a_long_statement_given_to_two_speakers_is_one_quotation_that_names_both():
    text = "We have spent more on this bridge than on any other and we will not rest until it is open to all."
    (found,) = group_quotations([quote(text, by="Amber Hale"), quote(text + " Yes.", by="Tim Marsh", of="b")])
    assert set(found.speakers) == {"Amber Hale", "Tim Marsh"}


def test_spokesman_and_spokesperson_are_one():
    text = "We do not comment on bridges."
    a, b = quote(text, by="Home Office spokesman"), quote(text, by="Home Office spokesperson", of="b")
    assert len(group_quotations([a, b])) == 1


def test_a_speech_of_thousands_of_words_is_compared_in_a_moment():
    words = [f"word{number % 977}" for number in range(6_000)]
    changed = [*words[:3000], "altogether", *words[3001:]]
    found = differences(" ".join(words), " ".join(changed))
    assert [one.kind for one in found] == ["altered"]


SENTENCES = ["We will mend the old stone bridge.", "The school opens in May this year.", "Nobody asked us.", "No."]


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.sampled_from("abc")), max_size=8))
def test_every_quote_is_in_exactly_one_quotation_whatever_the_order(parts):
    made = [quote(f"{first} {second}", of=of) for first, second, of in parts]
    given_quotes = list({one.quote_id: one for one in made}.values())
    found = group_quotations(given_quotes)
    members = [variant.quote_id for one in found for variant in one.variants]
    assert sorted(members) == sorted(one.quote_id for one in given_quotes)
    shuffled = random.Random(1).sample(given_quotes, len(given_quotes))
    assert group_quotations(shuffled) == found


def test_the_seeds_hold_three_shared_quotations(read, here):
    found = []
    for path in sorted(here.seeds_dir.glob("0*.txt")):
        for each in read(path.read_bytes()).articles:
            found += extract_quotes(each, lexicon())
    shared = [one for one in group_quotations(found) if len(one.variants) > 1]
    assert sorted(one.speaker or "" for one in shared) == ["Amber Rudd", "Richard Watts", "Sajid Javid"]
    rudd = next(one for one in shared if one.speaker == "Amber Rudd")
    assert len(rudd.variants[1].differences) == 4


def test_quotes_of_no_article_make_no_quotation():
    assert group_quotations(extract_quotes(article("Nothing was said."), lexicon())) == ()
