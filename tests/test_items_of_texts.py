"""Which lines of a page text an article begins with, goes on with, and is made of."""

from __future__ import annotations

HEAD = [
    "Home",
    "News",
    "Politics",
    "Sport",
    "Sign in",
    "Ferry to Skarra Isle returns after eleven years",
    "3 March 2025",
]
STORY = [
    "The ferry between Port Anders and Skarra Isle will sail again from May, the harbour board said on Monday.",
    "It last ran eleven years ago, when the pier on the island was closed after a storm took its outer end.",
    "The new pier cost £4.1 million, of which the islanders raised a tenth with dances, raffles and a calendar.",
    "“We were told that it would never come back,” said Una Brodie, who keeps the island’s only shop.",
    "The ferry will carry twelve cars and ninety passengers, and it will sail four times a day in the summer.",
    "The board expects 30,000 passengers in the first year, a third of them from Port Anders and its villages.",
]
NOTICE = [
    "Advertisement for the crossing hung in the town hall.",
    "The purser keeps a list of those who want to sail on the first day, and he will draw ninety from a hat in May.",
    "The whole town may watch him draw, and so may whoever comes over from the island in a boat of their own by noon.",
]
FOOT = ["Share this page", "About us", "Contact us", "© 2025 The Harbour Gazette. All rights reserved."]


def text_of(*parts):
    return "\n\n".join(line for part in parts for line in part).encode()


def test_an_article_begins_with_its_first_paragraph_even_if_that_lacks_its_full_stop(read):
    first = f"{STORY[0].rstrip('.')} after a meeting of four hours at which all but one of its members spoke for it"
    first += " and the public gallery was full"
    (article,) = read(text_of(HEAD, [first], STORY[1:], FOOT)).articles
    assert article.title.text == HEAD[5]
    assert article.text.split("\n\n") == [first, *STORY[1:]]


def test_posts_that_an_article_quotes_with_name_and_day_do_not_split_it(read):
    posts = [
        ("Two boats, no pier, and now a ferry. I did not think I would live to see it", "— Una Brodie (@unabrodie)"),
        ("Four sailings a day. Bring a coat", "— Skarra Isle Shop (@skarrashop)"),
    ]
    quoted = [[said, name, "March 3, 2025"] for said, name in posts]
    (article,) = read(text_of(HEAD, STORY[:2], quoted[0], STORY[2:4], quoted[1], STORY[4:], FOOT)).articles
    assert article.title.text == HEAD[5]
    assert set(STORY) <= set(article.text.split("\n\n"))


def test_an_article_goes_on_below_a_heading_of_links_in_its_middle(read):
    elsewhere = "Engineers from Lunnay drove forty steel piles into rock, and divers checked each of them by hand."
    (article,) = read(text_of(HEAD, STORY[:3], ["Most read"], [elsewhere], STORY[3:], FOOT)).articles
    assert article.text.split("\n\n") == [*STORY[:3], elsewhere, *STORY[3:]]


def test_a_text_of_a_few_paragraphs_and_nothing_else_is_read_whole(read):
    (article,) = read(text_of(NOTICE)).articles
    assert article.text.split("\n\n") == NOTICE
