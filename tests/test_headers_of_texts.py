"""What stands around an article of a page text: its title, who wrote and published it, and when."""

from __future__ import annotations

import pytest

from pipeline.model import Evidence, Kind
from tests.test_documents import HARBOUR, LONDON

BODY = "\n\n".join(HARBOUR)
TITLE = "Harbour board closes the ferry slip at Weir"


def the_one(read, *lines):
    (found,) = read("\n".join(lines).encode()).articles
    return found


def day(article):
    return article.published_at and article.published_at.astimezone(LONDON).date().isoformat()


@pytest.mark.parametrize(
    "path",
    [
        "You are here: Home > News > Ferry slip at Weir closed by the board",
        "Home / Harbour / Ferry slip at Weir and its repairs",
        "Home » Harbour board news",
    ],
)
def test_the_path_to_a_page_is_no_title_and_neither_is_what_stands_above_it(read, path):
    found = the_one(read, "Weir harbour board and ferry slip traders", path, TITLE, "2025-03-03", "", BODY)
    assert found.title.text == TITLE


def test_a_standfirst_of_bullets_is_not_the_title(read):
    bullets = [
        "- Repairs to the old slip take the whole of the winter",
        "- Boats land at the quay below the lighthouse",
        "- Traders beside the slip fear for their custom",
    ]
    found = the_one(read, "News", TITLE, *bullets, "4 March 2025", "", BODY)
    assert found.title.text == TITLE
    assert found.standfirst.text == "Repairs to the old slip take the whole of the winter"


@pytest.mark.parametrize(
    ("line", "author", "role"),
    [
        ("By Struan Beattie, Harbour reporter", "Struan Beattie", "Harbour reporter"),
        ("By state harbour reporter Tamsin Okello", "Tamsin Okello", "state harbour reporter"),
        ("By Oona Marsh, PA Harbour Correspondent", "Oona Marsh", "PA Harbour Correspondent"),
    ],
)
@pytest.mark.parametrize("at_the_foot", [False, True])
def test_a_byline_stands_above_the_article_or_at_its_foot(read, line, author, role, at_the_foot):
    head = [TITLE, "4 March 2025"] if at_the_foot else [TITLE, line, "4 March 2025"]
    found = the_one(read, *head, "", BODY, "", *([line] if at_the_foot else []))
    assert (found.author, found.author_role) == (author, role)
    assert found.text == BODY
    assert found.standfirst is None


def test_the_byline_of_a_teaser_far_below_is_not_the_articles(read):
    teasers = ["Related stories", "Council buys a road roller", "Bins: what changes in May", "By Ann Lee, Reporter"]
    assert the_one(read, TITLE, "4 March 2025", "", BODY, "", *teasers).author is None


@pytest.mark.parametrize(
    ("byline", "foot", "agency"),
    [
        ("By Oona Marsh, PA Harbour Correspondent", "mf", "Press Association"),
        ("By Oona Marsh, Harbour Correspondent", "AAP", "Australian Associated Press"),
        ("By Oona Marsh, Harbour Correspondent", "Share", None),
        ("by Press Association reporters", "Share", "Press Association"),
    ],
)
def test_the_agency_signs_in_the_byline_or_alone_at_the_foot(read, byline, foot, agency):
    assert the_one(read, TITLE, byline, "4 March 2025", "", BODY, "", foot).agency == agency


@pytest.mark.parametrize(
    ("first", "second", "outlet"),
    [
        ("Weirside Courier", "News Sport Notices", "Weirside Courier"),
        ("Daily Beacon", "Menu", "Daily Beacon"),
        ("ABC Weirside", "Just In", "ABC Weirside"),
        ("Centre for Safer Quays", "About", "Centre for Safer Quays"),
        ("Skip to content", "Weirmouth Police", "Weirmouth Police"),
        ("FFU | Ferry Folk Union", "About us Join Contact", "Ferry Folk Union"),
        ("WEIR BOAT LINE", "Press office", "Weir Boat Line"),  # the text says it, in its own spelling
        ("The Meridian", "Menu", "The Meridian"),
        ("The Latest", "Menu", None),
        ("Latest News", "Sport Notices", None),
        ("Support Weir Gazette", "News Sport", None),
    ],
)
def test_an_outlet_that_no_list_holds_is_named_on_the_first_line(read, first, second, outlet):
    own = "A spokesman for Weir Boat Line said that Support Weir Gazette would print its timetable in the spring."
    found = the_one(read, first, second, "Home", TITLE, "4 March 2025", "", BODY, "", own)
    assert found.outlet == outlet
    assert (found.outlet_by is Evidence.TEXT, found.outlet_words is not None) == (outlet is not None,) * 2


@pytest.mark.parametrize(
    ("below", "outlet"), [("Follow Weirside Observer on Facebook", "Weirside Observer"), ("Follow us", None)]
)
def test_a_papers_name_in_the_menu_is_the_outlet_where_the_page_says_it_again(read, below, outlet):
    page = ["Home", "News", "Sport", "Weirside Observer", TITLE, "4 March 2025", "", BODY, "", below]
    assert the_one(read, *page).outlet == outlet


def test_what_an_article_is_about_stands_right_above_its_title_and_is_not_its_outlet(read):
    assert the_one(read, "Weirmouth Police", TITLE, "4 March 2025", "", BODY).outlet is None


@pytest.mark.parametrize(
    ("line", "instant"),
    [
        ("PRESS RELEASE - EMBARGOED UNTIL 00:01 TUESDAY 4 MARCH 2025", "2025-03-04T00:01:00+00:00"),
        ("For immediate release: 4th of March 2025", "2025-03-04T00:00:00+00:00"),
        ("Media release | Tue 4 March 2025", "2025-03-04T00:00:00+00:00"),
    ],
)
def test_the_line_above_a_release_names_its_kind_and_its_day(read, line, instant):
    found = the_one(read, "Weir Harbour Trust", "Press office", line, "", TITLE, "", BODY)
    assert (found.published_at.isoformat(), found.kind, found.issuer) == (
        instant,
        Kind.PRESS_RELEASE,
        "Weir Harbour Trust",
    )


def test_a_release_about_a_day_keeps_its_title(read):
    title = "Press release: 4 March closure of the ferry slip to be marked by traders"
    assert the_one(read, "News", title, "Published 3 March 2025", "", BODY).title.text.startswith("4 March closure")


def test_what_stands_right_below_the_label_of_the_kind_is_the_title(read):
    head = [
        "Home",
        "Harbours, quays and ferries",
        "Ferry slip and harbour",
        "",
        "Speech",
        "",
        "Remarks to the Safer Shops Summit",
        "",
    ]
    labels = ["From:", "Harbour Office", "Published", "6 March 2025", "", BODY]
    assert the_one(read, *head, *labels).title.text == "Remarks to the Safer Shops Summit"


def test_a_letterhead_above_the_kind_and_the_day_is_not_the_title(read):
    title = "SLIP STAFF MUST NOT BECOME FERRY POLICE, SAYS UNION"
    head = ["BOAT CREWS' ALLIANCE", "PRESS STATEMENT", "05/03/25", "", "For immediate use", "", title, ""]
    wrapped = [
        "The Boat Crews' Alliance, which has 214,000 members, has warned that",
        "plans to make crews report everybody who lands will put them all in",
        "danger unless they are trained for it and are protected while they do.",
        "",
        'General secretary Bernadette Aspinall said: "Our members already face',
        "more than 2,000 incidents of violence and of abuse a day. They are paid",
        "to sail ferries, and not to profile the people who come on board them,",
        'and the board must work with us on how any of this is to be done now."',
    ]
    found = the_one(read, *head, *wrapped)
    assert (found.title.text, day(found), found.kind) == (title, "2025-03-05", Kind.PRESS_RELEASE)
    assert found.issuer == "Boat Crews' Alliance"


def test_a_written_statement_has_its_heading_its_day_and_its_minister(read):
    head = [
        "UK Parliament > Written questions, answers and statements",
        "Ferry Slips: Winter Closures",
        "Statement UIN HCWS999",
        "Statement made on 4 March 2025",
        "Statement made by",
        "Ida Thornbury",
        "Parliamentary Under-Secretary of State for Ports",
        "Statement",
    ]
    found = the_one(read, *head, "", BODY)
    assert (found.title.text, day(found), found.author) == (
        "Ferry Slips: Winter Closures",
        "2025-03-04",
        "Ida Thornbury",
    )
    assert found.author_role == "Parliamentary Under-Secretary of State for Ports"
    assert found.outlet == "UK Parliament"


def test_a_joint_release_names_bodies_and_not_their_ministers(read):
    found = the_one(
        read, "Press release", TITLE, "From:\tHarbour Office and Dame Ida Thornbury MP", "Published\t3 March 2025", BODY
    )
    assert found.issuer == "Harbour Office"


@pytest.mark.parametrize(
    ("opening", "on", "evidence"),
    [
        ("The slip will close, the harbour board announced today (3 March 2025).", "2025-03-03", Evidence.TEXT),
        ("The slip will close for the winter, it emerged on Wednesday 5 March.", "2025-03-05", Evidence.INFERRED),
        ("WEIR, March 4, 2025 (AP) - The old ferry slip will close for the winter.", "2025-03-04", Evidence.TEXT),
        ("WEIR, March 5 (AP) - The board said on Wednesday that the slip will close.", "2025-03-05", Evidence.INFERRED),
        ("WEIR, March 5 (AP) - The board said that the slip will close for the winter.", None, None),
        ("The slip will close, the board said on 4th of March, for the whole winter.", None, None),  # of which year?
        ("A man was killed on 5 March 2019 beside the slip, a jury at Weir was told.", None, None),
        ("The slip will close on 17 March 2025 for the whole of the winter this year.", None, None),
    ],
)
def test_an_article_that_nobody_dates_may_say_its_day_in_its_first_sentence(read, opening, on, evidence):
    found = the_one(read, TITLE, "", opening, "", BODY)
    assert (day(found), found.dated_by) == (on, evidence)
    assert on is None or found.date_words.text in opening


def test_an_item_of_a_list_page_without_an_issue_line_is_an_item_all_the_same(read):
    heading = "NEWS STORY : Harbour Board Closes the Ferry Slip"
    released = "PRESS RELEASE : Lighthouse to be painted [March 2025]"
    page = [
        "Tag: Harbour",
        f"  • {heading}",
        heading,
        *HARBOUR[:2],
        f"  • {released}",
        released,
        "The press release issued by the Harbour Board on 5 March 2025.",
        *HARBOUR[2:],
    ]
    first, second = read("\n\n".join(page).encode()).articles
    assert (first.title.text, first.text) == ("Harbour Board Closes the Ferry Slip", "\n\n".join(HARBOUR[:2]))
    assert (second.title.text, first.collection, second.collection) == (
        "Lighthouse to be painted",
        *["Tag: Harbour"] * 2,
    )


def test_what_an_outlet_got_wrong_belongs_to_the_article_below_its_topics_and_links_too(read):
    note = "Correction: An earlier version of this article said that repairs would cost £410,000. They cost £140,000."
    below = ["Topics", "Harbours", "Ferries", note, "Comments", "Most read", "Terms of use"]
    found = the_one(read, "News Sport", TITLE, "By Ann Lee", "4 March 2025", "", BODY, "", *below)
    assert found.text == f"{BODY}\n\n{note}"
