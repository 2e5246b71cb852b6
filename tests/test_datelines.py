"""Page texts whose day stands in a byline, beside a section or a second day → the day and the author."""

from __future__ import annotations

from datetime import date

import pytest

TITLE = "Ferry slip at Weir to close for the winter"
BODY = [
    "The harbour board has voted to close the old ferry slip at Weir for the whole of the winter.",
    "Repairs to the slip will cost far more than was thought in the spring, engineers told the board.",
    "Boats will land at the quay below the lighthouse until the work is finished, the board said.",
    "Traders beside the slip fear for their custom while the road to the water is shut to carts.",
]
ABOVE = ["Home", "News", "Sport", "Weather", "Subscribe", "Sign in", "Swans return to the mill pond"]
AFTER = ["Share", "Related stories", "Council buys a new road roller", "Terms of use", "Contact us"]


def article(read, *below, above=()):
    page = [*ABOVE, *above, "", TITLE, *below, "", *BODY, "", *AFTER]
    (found,) = read("\n".join(page).encode()).articles
    assert found.title.text == TITLE
    return found


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Lee November 18, 2019, 07:47 AM EST", "Ann Lee"),
        ("Monday November 18, 2019 7:45 am PST by Ann Lee", "Ann Lee"),
        ("November 18, 2019 | by Ann Lee", "Ann Lee"),
        ("November 18, 2019 Ann Lee", "Ann Lee"),
        ("18/11/2019 Ann Lee Harbour, Ferries, News", None),
        ("Mon 18 Nov 2019 18.54 GMT Last modified on Tue 19 Nov 2019 18.56 GMT", None),
        ("November 18, 2019 | 4:10pm | Updated November 19, 2019 | 9:32pm", None),
        ("By Ann Lee on Monday, November 18th, 2019 at 11:04 a.m.", "Ann Lee"),
        ("Published Mon, Nov 18 20194:29 PM ESTUpdated an hour ago", None),
        ("21:17 18.11.2019Get short URL", None),
        ("11.18.2019 09:00 AM", None),
    ],
)
def test_a_line_below_the_title_gives_its_day_and_its_author(read, line, author):
    found = article(read, line)
    assert found.published_at.date() == date(2019, 11, 18)
    assert found.author == author
    assert found.text.split("\n\n") == BODY


def test_the_visitors_own_day_above_the_menu_is_not_the_articles(read):
    page = [
        "Wednesday 20 November 2019",
        *ABOVE,
        TITLE,
        "Nov 18, 2019 by Ann Lee of the Courier",
        "",
        *BODY,
        "",
        *AFTER,
    ]
    (found,) = read("\n".join(page).encode()).articles
    assert found.published_at.date() == date(2019, 11, 18)


def test_a_day_with_its_year_counts_more_than_one_without(read):
    found = article(read, "- Nov. 18th 2019 12:12 pm", above=["November 18"])
    assert found.published_at.date() == date(2019, 11, 18)


@pytest.mark.parametrize(
    "line",
    [
        "The board will meet again on 3 December 2019 to hear from traders about carts",
        "— Weir Harbour (@weirharbour) November 17, 2019",
        "© 2019 Weir Courier, first printed 1 May 1904",
        "Boats at the quay on 1 May 2019 (Photo by Jan Pell)",
    ],
    ids=["a day in a standfirst", "a post", "copyright", "caption"],
)
def test_a_day_that_is_not_the_articles_own_gives_it_none(read, line):
    assert article(read, line).published_at is None


def test_a_lead_that_begins_with_by_and_a_year_is_no_byline(read):
    lead = "By 2030 the harbour board wants to halve what the slip costs."
    assert article(read, "7 May 2021", "", lead).text.split("\n\n") == [lead, *BODY]
