from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.evidence.figure_ledger import agree, conflicts, unsupported_headlines
from pipeline.evidence.figures import extract_figures
from pipeline.model import Article, Figure, Kind
from tests.made_up import article


def figure(words: str) -> Figure:
    (found,) = [one for one in extract_figures(article(f"It was {words} in all.", title="Plan")) if one.where == "text"]
    return found


def figures_of(*articles: Article) -> list[Figure]:
    return [one for each in articles for one in extract_figures(each)]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("£40m", "£40 million", True),
        ("£1.9bn", "£1.94 billion", True),  # rounds to it
        ("£1.9bn", "£1.96 billion", False),
        ("36%", "36.6%", False),
        ("37%", "36.6%", True),
        ("more than 11,000 letters", "11,240 letters", True),
        ("more than 11,000 letters", "9,000 letters", False),
        ("up to £20m", "£12m", True),
        ("up to £20m", "£22m", False),
        ("almost 3,000 letters", "2,960 letters", True),
        ("around 1,000 letters", "1,050 letters", True),
        ("10 to 20 letters", "15 letters", True),
        ("11,000 letters", "10,700 letters", True),
        ("£40m", "$40m", False),
    ],
)
def test_amounts_agree_when_the_words_of_both_allow_one_value(a, b, same):
    assert agree(figure(a), figure(b)) is same
    assert agree(figure(b), figure(a)) is same


def test_one_text_with_two_amounts_for_one_thing_is_a_conflict():
    given = article(
        """Oakshire Police have reported that in Millbrook there has been a 36% fall in reported thefts of bicycles
        compared to the same period last year.

        Wardens were sent out in June.

        The patrols of Millbrook have seen reported thefts of bicycles decline by 36.6% compared to the same period.

        Westshire Police saw a 20% fall in reported thefts of bicycles in Dunmore compared to the same period last year.
        """
    )
    (found,) = conflicts([given], figures_of(given))
    assert found.kind == "within"
    assert "“36%” and “36.6%”" in found.detail


@pytest.mark.parametrize(
    ("line", "is_doubted"),
    [
        ("A spokesman said the £26.4 million fund was one of many.", True),
        ("A spokesman said the £28.4 million fund was one of many.", False),  # no digits exchanged
        ("Crews ate soup for £26.4 million, a spokesman joked.", False),  # beside other words
    ],
)
def test_a_sum_with_two_digits_exchanged_is_another_misprinted(line, is_doubted):
    given = article(f"Boats will share a £24.6 million fund for the winter.\n\n{line}")
    assert bool(conflicts([given], figures_of(given))) is is_doubted
    reports = [
        article("Boats will share a £24.6 million fund for the winter.", article_id="1"),
        article(line, article_id="2"),
    ]
    assert bool(conflicts(reports, figures_of(*reports))) is is_doubted
    side_by_side = article(f"Boats will share a £24.6 million fund for the winter. {line}")
    assert conflicts([side_by_side], figures_of(side_by_side)) == ()


def test_two_texts_that_give_different_amounts_for_one_thing_are_a_conflict():
    a = article("The fund holds £20m for the River Patrol Service to mend its boats.", article_id="a", outlet="Courier")
    b = article("It sets aside £25m for the River Patrol Service to mend boats.", article_id="b", outlet="Herald")
    (found,) = conflicts([a, b], figures_of(a, b))
    assert found.kind == "between"
    assert found.detail.startswith("Courier gives “£20m”, Herald “£25m” for the same thing")


@pytest.mark.parametrize(
    "other",
    [
        "The fund holds £20 million for the River Patrol Service to mend its boats.",  # the same, spelt out
        "The fund holds more than £19m for the River Patrol Service to mend its boats.",  # allows it
        "The fund holds £2m for lamps in Dunmore and £3m for its library.",  # other things
        "Of £25m, some £20m is for the River Patrol Service to mend its boats.",  # gives both
    ],
)
def test_agreement_in_other_words_is_silent(other):
    a = article("The fund holds £20m for the River Patrol Service to mend its boats.", article_id="a")
    b = article(other, article_id="b")
    assert conflicts([a, b], figures_of(a, b)) == ()


def test_a_headline_amount_that_the_text_never_gives_is_flagged():
    given = article("Patrols of 150,000 hours are planned.", title="30,000 hours of extra patrols")
    (found,) = unsupported_headlines(given, figures_of(given))
    assert found.kind == "headline"
    assert "30,000 hours" in found.detail
    assert unsupported_headlines(replace(given, kind=Kind.SUMMARY_ONLY), figures_of(given)) == ()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("£40m for rivers", "A package of £40 million was announced."),
        ("Three held after raid", "Officers arrested three men."),
        ("Crime falls 5%", "Crime has fallen by 5.2 per cent."),
        ("Five things to know about the budget", "The budget is on Monday."),
        ("10 sites to open", "Sites in ten towns will open."),
    ],
)
def test_a_headline_amount_that_the_text_supports_is_not(title, text):
    given = article(text, title=title)
    assert unsupported_headlines(given, figures_of(given)) == ()
