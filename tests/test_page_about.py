"""Title, author, agency and language of a page."""

from __future__ import annotations

import lxml.html
import pytest

from pipeline.edges.page_files import page_rules
from pipeline.extraction.languages import language_of
from pipeline.extraction.page_about import agency_of, author_of, one_line, outlet_of, title_of, without_site
from pipeline.extraction.page_statements import statements
from pipeline.settings import Settings

AGENCIES = page_rules(Settings()).agencies


def stated(head="", html_attributes=""):
    return statements(lxml.html.document_fromstring(f"<html {html_attributes}><head>{head}</head><body></body></html>"))


@pytest.mark.parametrize(
    ("title", "site", "bare"),
    [
        ("Bridge shut for repairs - BBC News", "BBC News", "Bridge shut for repairs"),
        (
            "Bridge shut for repairs | Brackwater Gazette",
            "gazette.example Brackwater Gazette",
            "Bridge shut for repairs",
        ),
        ("Bridge shut for repairs | UK news | The Guardian", "The Guardian", "Bridge shut for repairs | UK news"),
        ("Gazette: Bridge shut for repairs", "Gazette", "Gazette: Bridge shut for repairs"),
        ("Bridge – and road – shut for repairs", "Gazette", "Bridge – and road – shut for repairs"),
        ("Minister: we will not yield", "Gazette", "Minister: we will not yield"),
        ("", "Gazette", ""),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title, site, bare):
    assert without_site(title, site) == bare


def test_the_one_heading_of_a_page_is_its_title_when_the_page_states_a_like_one():
    about = stated('<meta property="og:title" content="Bridge shut for repairs until June, council says">')
    assert title_of(about, heading="Bridge shut for repairs until June", found="", site="") == (
        "Bridge shut for repairs until June"
    )
    assert (
        title_of(about, heading="Your search", found="", site="") == "Bridge shut for repairs until June, council says"
    )


def test_the_feed_gives_the_title_of_a_page_that_has_none():
    assert title_of(stated(), heading="", found="", site="", entry="Bridge shut") == "Bridge shut"


def test_a_title_is_one_line_without_controls_and_not_endless():
    assert one_line("a\n\tb\x00\u202e c") == "a b c"
    assert len(one_line("word " * 5_000)) <= 1_000


@pytest.mark.parametrize(
    ("places", "author"),
    [
        ([["By Ellie Marsh"]], "Ellie Marsh"),
        ([["Analysis by Ellie Marsh"]], "Ellie Marsh"),
        ([["Ellie Marsh and Tom O'Brien"]], "Ellie Marsh, Tom O'Brien"),
        ([["ELLIE MARSH"]], "Ellie Marsh"),
        ([["Brackwater Gazette"], ["Ellie Marsh"]], "Ellie Marsh"),
        ([["Reuters"], ["PA Media"], ["News Desk"]], None),
        ([["https://facebook.example/ellie"], ["ellie@gazette.example"]], None),
        ([["Dr Ellie van der Marsh"]], "Dr Ellie van der Marsh"),
        ([["Ellie Marsh November"]], "Ellie Marsh"),
        ([["April May"]], "April May"),
        ([["Ellie Marsh. Kingdom International"]], "Ellie Marsh"),
        ([["Ellie J. Marsh"]], "Ellie J. Marsh"),
        ([["Ellie Marsh commented on"]], None),
        ([["The Morning Briefing"]], None),
        ([["BRG - Press and Publicity"]], None),
        ([], None),
    ],
)
def test_persons_are_authors_and_outlets_are_not(places, author):
    assert author_of(places, outlet="Brackwater Gazette") == author


@pytest.mark.parametrize(
    ("names", "outlet"),
    [
        (["Brackwater Gazette"], "Brackwater Gazette"),
        (["The Brackwater Gazette | Brackwater.example"], "The Brackwater Gazette"),
        (["Brackwater Gazette - all the news that fits your day"], "Brackwater Gazette"),
        (["https://www.gazette.example", "Brackwater Gazette"], "Brackwater Gazette"),
        (["gazette.example", ""], None),
        (["@gazette"], "gazette"),
        (["A name that goes on for so long that it can be nothing but the slogan of a paper"], None),
    ],
)
def test_an_outlet_is_called_by_its_name_and_not_by_its_address_or_slogan(names, outlet):
    assert outlet_of(names, host="gazette.example") == outlet


@pytest.mark.parametrize(
    ("body", "around", "authors", "agency"),
    [
        (["LONDON (Reuters) - Britain will train more officers."], [], [], "Reuters"),
        (["WASHINGTON (AP) — The court ruled on Monday."], [], [], "Associated Press"),
        (["Ministers met."], ["Copyright 2025 The Associated Press. All rights reserved."], [], "Associated Press"),
        (["Ministers met."], [], ["PA Media"], "Press Association"),
        (["Ministers met.", "(Reporting by Ann Lee; Editing by Bo Diaz, Reuters)"], [], [], "Reuters"),
        (["The minister told Reuters that she would resign."], ["Picture: (PA)"], ["Ann Lee"], None),
    ],
)
def test_an_agency_is_known_by_its_signature(body, around, authors, agency):
    assert agency_of(AGENCIES, authors=authors, body=body, around=around) == agency


def test_statements_are_read_from_a_graph_and_from_lists_and_malformed_ones_passed_over():
    about = stated(
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["Article", "NewsArticle"],'
        ' "headline": "Bridge shut", "author": [{"name": "Ann Lee"}, "Bo Diaz"], "datePublished": "2025-03-03",'
        ' "publisher": {"name": "Gazette"}, "isAccessibleForFree": "False"}]}</script>'
        '<script type="application/ld+json">{broken</script>'
    )
    assert (about.headline, about.authors, about.published) == (
        "Bridge shut",
        (("Ann Lee", "Bo Diaz"),),
        ("2025-03-03",),
    )
    assert (about.publisher, about.free, about.says_article) == ("Gazette", False, True)


@pytest.mark.parametrize(
    ("text", "says", "language"),
    [
        (
            "The minister said that the plan would be put to the house and that it was the first of its kind. " * 2,
            "de",
            "en",
        ),
        (
            "Der Minister sagte, dass der Plan für das Haus nicht neu ist und auch mit den Ländern besprochen wird. "
            * 2,
            "",
            "de",
        ),
        (
            "Le ministre a déclaré que les mesures sont dans le plan et que des agents seront là avec nous. " * 2,
            "",
            "fr",
        ),
        ("내무장관은 화요일에 새로운 계획을 발표했다", "", "ko"),
        ("内務大臣は火曜日に新しい計画を発表した", "", "ja"),
        ("Міністр оголосив, що поліція отримає нових працівників", "", "uk"),
        ("Министр объявил о новых мерах", "", "ru"),
        ("Short words", "en-GB", "en"),
        ("Short words", "", None),
        ("", "", None),
    ],
)
def test_the_text_tells_its_language_before_the_page_does(text, says, language):
    assert language_of(text, says) == language
