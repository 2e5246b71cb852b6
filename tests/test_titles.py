"""Page texts with menus, section names and teasers above the article → its title."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.edges.page_files import title_weights
from pipeline.reading.learned_view import less_far_above
from pipeline.reading.titles import weigh
from pipeline.settings import Settings

BODY = [
    "The harbour board has voted to close the old ferry slip at Weir for the whole of the winter.",
    "Repairs to the slip will cost far more than was thought in the spring, engineers told the board.",
    "Boats will land at the quay below the lighthouse until the work is finished, the board said.",
    "Traders beside the slip fear for their custom while the road to the water is shut to carts.",
]
MENU = ["Home", "News", "Sport", "Weather", "Subscribe", "Sign in", "The Weir Courier app"]
TEASERS = ["Swans return to the mill pond", "Choir of forty sings in the market hall", "Get the Courier on your phone"]
AFTER = ["Share", "Related stories", "Council buys a new road roller", "Terms of use", "Contact us"]


def title(read, lines):
    (found,) = read("\n".join(lines).encode()).articles
    return found.title.text


@pytest.mark.parametrize("above", [[*MENU, *TEASERS], [*TEASERS, *MENU], ["Friday 7 May 2021", *MENU, *TEASERS]])
def test_a_menu_line_or_a_teaser_is_not_the_title(read, above):
    page = [*above, "", "Ferry slip at Weir to close for the winter", "By Ann Lee", "7 May 2021", "", *BODY, "", *AFTER]
    assert title(read, page) == "Ferry slip at Weir to close for the winter"


def test_the_line_right_above_a_standfirst_is_the_title(read):
    page = [
        *MENU,
        "",
        "Ferry slip at Weir to close",
        "The harbour board says repairs to the slip will take all winter and cost more than it thought",
        "By Ann Lee",
        "7 May 2021",
        "",
        *BODY,
        "",
        *AFTER,
    ]
    assert title(read, page) == "Ferry slip at Weir to close"


def test_of_lines_that_the_article_takes_up_alike_the_nearer_to_a_byline_weighs_more():
    texts = ["Ferry slip at Weir", "Weather", "Ferry slip at Weir today", "By Ann Lee", *BODY]
    blocks = [SimpleNamespace(text=text) for text in texts]
    weights = title_weights(Settings().seeds_dir)
    found = weigh(blocks, [0, 1, 2], article=range(4, 8), labels=(), bylines={3}, weights=weights)
    assert max(found, key=found.get) == 2
    assert min(found, key=found.get) == 1


def test_readers_comments_below_a_regional_paper_are_not_its_article(read):
    comments = [
        "Comments (2)",
        "TownieBill",
        "2 hours ago",
        "They should have mended that slip ten years ago, and everybody who works there knows why they did not.",
        "Reply",
        "Report",
        "Jan P",
        "3 hours ago",
        "And who is going to pay for the carts that must go round by the hill all winter? We are, that is who.",
        "Reply",
        "Report",
    ]
    head = ["Ferry slip at Weir to close for the winter", "By Ann Lee", "7 May 2021"]
    (found,) = read("\n".join([*MENU, "", *head, "", *BODY, "", *comments, "", *AFTER]).encode()).articles
    assert found.text.split("\n\n") == BODY
    assert (found.title.text, found.author) == (head[0], "Ann Lee")


def test_questions_and_answers_are_read_in_full(read):
    exchange = [
        "Q12 Chair: Can you tell the committee when the slip at Weir was last inspected, and by whom?",
        "Dawn Petty: It was inspected in March by two engineers of the harbour board, and they wrote a report.",
        "Q13 Clive Anstey: Did anybody outside of the board read that report before the vote was taken?",
        "Dawn Petty: No. I regret that now. We ought to have sent it to the county before we closed the slip.",
        "Q14 Chair: Thank you. The committee will ask the county what it would have said about the slip.",
    ]
    head = ["Oral evidence: the closing of the ferry slip at Weir", "7 May 2021"]
    (found,) = read("\n\n".join([*MENU, *head, *exchange, *AFTER]).encode()).articles
    assert found.text.split("\n\n") == exchange
    assert found.title.text == head[0]


@pytest.mark.parametrize(
    ("above", "between", "is_left_out"),
    [(BODY[:1], 25, True), (BODY[:1], 5, False), (BODY[:3], 25, False)],
    ids=["a teaser far above", "a paragraph near the others", "too much for a teaser"],
)
def test_a_teaser_far_above_the_article_is_not_its_first_paragraph(above, between, is_left_out):
    texts = [*above, *["Weather"] * between, *BODY]
    body = [place for place, text in enumerate(texts) if text in BODY]
    found = less_far_above([SimpleNamespace(text=text) for text in texts], body)
    assert found == set(body[len(above) :] if is_left_out else body)


def test_a_programme_with_a_note_below_it_is_more_than_its_note(read):
    harbours = [
        "Eastwick",
        "Long Barrow",
        "Holme Moss",
        "Mill Pond",
        "the lighthouse",
        "Old Town",
        "the castle",
        "Weir",
    ]
    stages = [
        f"Stage {day}: {day} May, from the quay at Weir to {place}" for day, place in enumerate(harbours, start=1)
    ]
    note = (
        "The harbour board may move a stage to another day if the wind is too strong for the boats to leave the quay."
    )
    (found,) = read("\n\n".join(["Programme of the harbour race 2021", *stages, note]).encode()).articles
    assert found.text.split("\n\n") == [*stages, note]


ASKED = "Who will pay for the winter at the ferry slip in Weir?"


def page_with(head):
    return [*MENU, *TEASERS, "", *head, "", *BODY, "", *AFTER]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ([ASKED, "By Ann Lee", "7 May 2021"], ASKED),
        (["Weir harbour", "Ferry slip to close for the winter", "Jan Pell", "7 May 2021"], None),
        (["Ferry slip to close for the winter", "Author:", "Jan Pell", "Publish date:", "7 May 2021"], None),
        (["Ferry slip to close for the winter", "Boats at the quay below the lighthouse at Weir (file photo)"], None),
        (
            ["Ferry slip to close for the winter", "Courier staff writer", "Repairs to the slip: what we know"],
            None,
        ),
    ],
    ids=["a question", "a section above", "labels alone", "a caption", "a teaser below the byline"],
)
def test_the_title_is_found_where_outlets_print_it(read, head, expected):
    assert title(read, page_with(head)) == (expected or "Ferry slip to close for the winter")


def standfirst(read, head):
    (found,) = read("\n".join(page_with(head)).encode()).articles
    assert found.title.text == head[0]
    return found.standfirst.text if found.standfirst else None


SUMMARY = "Engineers told the harbour board that repairs to the slip will take all winter"


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee and Jan Pell on Friday 7 May at 6.30 p.m.",
        "07/05/2021 Ann Lee Harbour, Ferries, Winter, Weir, News",
        "Boats below the lighthouse at Weir, where traders fear for the winter. Photograph by Jan Pell",
        "Harbour | Ferries | Winter | News from Weir",
        "Chat with us on your telephone. Find out what happens as it happens.",
        "Follow the author of this article",
        "Ann Lee and Jan Pell Weir Courier",
    ],
    ids=["byline", "day and tags", "caption", "links", "appeal", "button", "names"],
)
def test_what_stands_below_a_title_is_a_standfirst_only_if_it_reads_like_one(read, line):
    title_line = "Ferry slip at Weir to close for the winter"
    assert standfirst(read, [title_line, line]) is None
    assert standfirst(read, [title_line, SUMMARY, line, "7 May 2021"]) == SUMMARY


def test_a_lead_that_begins_with_its_dateline_is_the_article_and_no_standfirst(read):
    lead = "WEIR (HNA) — The harbour board closed the ferry slip on Friday for the whole of the winter."
    (found,) = read("\n".join(page_with(["Ferry slip at Weir to close", lead, "7 May 2021"])).encode()).articles
    assert (found.standfirst, found.text.split("\n\n")[0]) == (None, lead)


def test_lines_between_a_title_and_its_byline_are_its_standfirst_whatever_their_words(read):
    bullets = ["- Ministers say nothing about money", "- Gulls have doubled since spring"]
    (found,) = read("\n".join(page_with([ASKED, "", *bullets, "", "By Ann Lee", "7 May 2021"])).encode()).articles
    assert (found.title.text, found.standfirst.text) == (ASKED, "Ministers say nothing about money")


def test_the_name_that_heads_the_page_is_not_the_title(read):
    told = "Today the Centre for Safer Harbours publishes what it found in a year of visits to forty ferry slips."
    head = ["Centre for Safer Harbours", "About | Our work | Events", "", "Report", "Three gales: how piers are lost"]
    assert title(read, [*head, "7 May 2021 | 12 min read", "", told, *BODY]) == head[-1]


@pytest.mark.parametrize("below", [[], ["By Ann Lee"], ["", "Repairs will take all winter, engineers told the board"]])
def test_a_headline_in_capitals_is_a_headline(read, below):
    head = "FERRY SLIP AT WEIR TO CLOSE FOR THE WINTER"
    assert title(read, page_with([head, *below])) == head
