"""Page texts with menus, section names and teasers above the article → its title."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.reading.titles import weigh

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
    found = weigh(blocks, [0, 1, 2], article=range(4, 8), labels={3})
    assert max(found, key=found.get) == 2
    assert min(found, key=found.get) == 1
