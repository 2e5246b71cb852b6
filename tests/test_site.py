"""The press room: every link leads somewhere, nothing is made twice, newspapers are quoted briefly, variants marked."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import duckdb
import lxml.html
import pytest

from pipeline.digests.digest_issue import digest_rules, rereader
from pipeline.edges import warehouse
from pipeline.edges.evidence_reader import quote_or_figure
from pipeline.edges.raw_documents import RawDocuments
from pipeline.edges.site_building import build
from pipeline.edges.site_sentences import sentence_of_a_story, sentences_of_a_story
from pipeline.evidence.quotations import group_quotations
from pipeline.folding import fold
from pipeline.model import Article, Evidence, Excerpt, Kind, Placement, Quote, derived_id
from pipeline.settings import Settings
from pipeline.site.lists import people_of
from pipeline.site.releases import release_views
from pipeline.site.rendering import Renderer
from pipeline.site.searching import search_index
from pipeline.site.site_model import Item, Named, QualityRows, Saying, SiteRows, slug
from pipeline.site.variants import QuotationView, quotation_view

QUOTED = re.compile(r"“([^“”\n]*)”")
HOSTILE = "<img src=x onerror=alert(1)>\"'</script><b>Bold"


@pytest.fixture
def copy(press_room, tmp_path) -> Settings:
    """The press room's data folder once more, to change."""
    for name in ("published", "raw", "site"):
        shutil.copytree(press_room.data_dir / name, tmp_path / name)
    shutil.copy(press_room.data_dir / "site_state.json", tmp_path)
    return Settings(data_dir=tmp_path)


def pages(folder: Path) -> dict[str, lxml.html.HtmlElement]:
    """Every page by its path."""
    found = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): lxml.html.parse(str(path)).getroot() for path in found}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(here: Settings, sql: str) -> None:
    """Another state of the published copy."""
    here.published_path.chmod(0o644)
    with duckdb.connect(str(here.published_path)) as connection:
        connection.execute(sql)


# ------------------------------------------------------------------------------------------------- the whole site


def test_every_link_leads_to_a_page_and_a_place_that_are_there(press_room):
    site = pages(press_room.site_dir)
    places = {path: set(page.xpath("//@id")) for path, page in site.items()}
    broken = []
    for path, page in site.items():
        for address in page.xpath("//a/@href | //link/@href | //script/@src | //form/@action"):
            parts = urlsplit(urljoin(f"site:///{path}", address))
            if parts.scheme == "site":
                target = unquote(parts.path).lstrip("/")
                there = (press_room.site_dir / target).is_file()
                if not there or (parts.fragment and parts.fragment not in places[target]):
                    broken.append(f"{path}: {address}")
    assert broken == []


def test_no_id_stands_twice_in_a_page_and_headings_step_down_one_by_one(press_room):
    for path, page in pages(press_room.site_dir).items():
        ids = page.xpath("//@id")
        assert sorted(ids) == sorted(set(ids)), path
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False)), path


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_but_the_search(press_room):
    for path, page in pages(press_room.site_dir).items():
        loaded = page.xpath("//link/@href | //script/@src | //img/@src | //iframe/@src | //source/@src")
        assert all(not urlsplit(address).scheme for address in loaded), path
        assert page.xpath("//script[not(@src)] | //@onclick | //@onload | //@style") == [], path
        assert bool(page.xpath("//script")) == (path == "search.html"), path


def test_building_again_writes_nothing(copy):
    before = bytes_of(copy.data_dir)
    built = build(copy)
    assert (built.written, built.removed) == (0, 0)
    assert bytes_of(copy.data_dir) == before


def test_the_same_warehouse_gives_the_same_bytes(copy):
    before = bytes_of(copy.site_dir)
    shutil.rmtree(copy.site_dir)
    (copy.data_dir / "site_state.json").unlink()
    assert build(copy).written == len(before)
    assert bytes_of(copy.site_dir) == before


def test_a_page_that_was_lost_or_cut_short_is_made_again(copy):
    whole = bytes_of(copy.site_dir)
    (copy.site_dir / "index.html").unlink()
    story = next((copy.site_dir / "stories").glob("*.html"))
    story.write_bytes(story.read_bytes()[:500])
    assert build(copy).written == 2
    assert bytes_of(copy.site_dir) == whole


def test_only_the_pages_of_what_changed_are_written_and_what_is_gone_is_taken_away(copy):
    change(
        copy,
        "update quote_versions set speaker = 'Rory Tremayne', row_hash = 'other' where speaker = 'Rory Penhaligon'; "
        "update mention_versions set name = 'Rory Tremayne', row_hash = 'other' where name = 'Rory Penhaligon'",
    )
    before = bytes_of(copy.site_dir)
    built = build(copy)
    after = bytes_of(copy.site_dir)
    changed = {path for path, content in after.items() if before.get(path) != content}
    (story,) = {path for path in changed if path.startswith("stories/")}
    assert b"Rory Tremayne" in after[story]
    assert changed == {story, f"people/{slug('Rory Tremayne')}.html", "people/index.html", "search-index.js"}
    assert (built.written, built.removed) == (4, 1)
    assert f"people/{slug('Rory Penhaligon')}.html" not in after


def test_nothing_that_rests_on_a_source_that_has_changed_is_shown(copy):
    source = next(
        path for path in (copy.data_dir / "raw").rglob("*") if path.is_file() and b"Severn" in path.read_bytes()
    )
    source.chmod(0o644)
    source.write_bytes(source.read_bytes().replace(b"Severn", b"Humber", 1))
    assert b"flood defences along the Severn" in bytes_of(copy.site_dir)["days/2022-11-07.html"]
    built = build(copy)
    after = bytes_of(copy.site_dir)
    assert built.removed > 0
    assert not [path for path, content in after.items() if b"flood defences along the Severn" in content]
    assert source.name[:12].encode() in after["quality.html"]


def test_a_register_of_feeds_has_a_page_when_the_warehouse_has_one(copy):
    assert "feeds.html" not in bytes_of(copy.site_dir)
    change(
        copy,
        "drop view feeds; "
        "create table feeds (feed varchar, last_success_at timestamptz, failures bigint, silent boolean); "
        "comment on column feeds.failures is 'Polls in a row that failed.'; "
        "insert into feeds values ('https://feeds.example/a', '2026-05-14 07:30:00+00', 2, true)",
    )
    build(copy)
    text = lxml.html.parse(str(copy.site_dir / "feeds.html")).getroot().text_content()
    for words in ("https://feeds.example/a", "2026-05-14 07:30 UTC", "yes", "Polls in a row that failed."):
        assert words in text
    assert b"feeds.html" in bytes_of(copy.site_dir)["index.html"]


def test_the_quality_page_says_what_was_missed_and_what_to_do(press_room):
    text = pages(press_room.site_dir)["quality.html"].text_content()
    for words in (
        "1 of 2 checks",
        "Every article has an author.",
        "What to do: Look at the list.",
        "Fishing quota talks",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("table", "id_column", "where"),
    [("quotes", "quote_id", "speaker = 'Richard Watts'"), ("figures", "figure_id", "part = 'text' and value > 1000")],
)
def test_a_quote_and_a_figure_lead_to_their_bytes_by_their_ids(press_room, table, id_column, where):
    raw = RawDocuments(press_room.data_dir / "raw" / "documents")
    with warehouse.reader(press_room.published_path) as connection:
        found = connection.execute(f"select {id_column}, text from {table} where {where}").fetchall()
        traced = [(quote_or_figure(connection, one), text) for one, text in found]
        assert quote_or_figure(connection, "nothing") is None
    of_documents = [(one, text) for one, text in traced if one.witnesses[0].medium == "document"]
    assert len(of_documents) >= 2
    for one, text in of_documents:
        there = [raw.read(place.document_id)[place.byte_start : place.byte_end].decode() for place in one.witnesses]
        assert fold(" ".join(there)) == fold(text)


def test_every_sentence_of_a_storys_page_leads_to_its_bytes_by_its_id(press_room, here):
    raw, rules = RawDocuments(press_room.data_dir / "raw" / "documents"), digest_rules(here)
    with warehouse.reader(press_room.published_path) as connection:
        quotes = {one for (one,) in connection.execute("select quote_id from quotes").fetchall()}
        reread = rereader(raw, connection)
        found = 0
        for path in sorted((press_room.site_dir / "stories").glob("*.html")):
            shown = set(re.findall('data-sentence="(\\w+)"', path.read_text())) - quotes
            held = sentences_of_a_story(connection, path.stem, rules)
            assert shown <= held.keys(), path.name
            for one in shown:
                assert all(fold(reread(place) or "") == fold(place.words) for place in held[one].witnesses)
            found += len(shown)
        assert sentence_of_a_story(connection, press_room.site_dir, min(shown), rules) == held[min(shown)]
        assert sentence_of_a_story(connection, press_room.site_dir, "0123456789ab", rules) is None
    assert found > 20


# ------------------------------------------------------------------------------------------ words that are not ours


def test_no_sentence_is_taken_out_whose_evidence_is_a_pages_own_name(press_room):
    pages = [path.read_text(encoding="utf-8") for path in (press_room.data_dir / "site" / "stories").glob("*.html")]
    assert any("Brackwater Gazette" in page for page in pages)
    assert not any("no longer where they stood" in page for page in pages)


def test_newspapers_are_quoted_with_25_words_at_most(press_room):
    site = pages(press_room.site_dir)
    crown = ("press release", "report on coverage", "speech", "letter")
    press = [
        path
        for path, page in site.items()
        if path.startswith("stories/") and not any(kind in page.xpath("string(//ol)") for kind in crown)
    ]
    quoted = [words for path in press for words in QUOTED.findall(site[path].text_content())]
    quoted += [
        words
        for path, page in site.items()
        if path.startswith("people/")
        for line in page.xpath("//li[blockquote]")
        if ", article:" in line.text_content()
        for words in QUOTED.findall(line.xpath("string(blockquote)"))
    ]
    assert len(quoted) > 20
    assert [words for words in quoted if len([word for word in words.split() if word != "…"]) > 25] == []


def test_the_list_of_evidence_shows_25_words_of_a_place_at_most(press_room):
    listed = [
        item
        for page in pages(press_room.site_dir).values()
        for item in page.xpath("//section[@class='evidence-list']//li")
    ]
    assert len(listed) > 100
    assert all(len(item.text_content().partition(": ")[2].split()) <= 26 for item in listed)


def test_every_sentence_with_a_claim_has_a_mark_that_leads_to_its_evidence(press_room):
    page = pages(press_room.site_dir)["days/2017-02-16.html"]
    marked = page.xpath("//span[@data-sentence][following-sibling::*[1][self::sup]]")
    bare = [span.text_content() for span in page.xpath("//span[@data-sentence]") if span not in marked]
    assert len(marked) > 15
    assert all(not re.search(r"“|£", text) for text in bare)


def test_what_strangers_wrote_is_never_markup(tmp_path):
    item = made_item("a", title=HOSTILE, outlet=HOSTILE)
    rows = site_rows([item])
    renderer = Renderer(department="Home Office", has_feeds=False, stories=frozenset({"s"}), people=frozenset())
    from pipeline.site.lists import outlets_of, stories_of

    (outlet,) = outlets_of(rows)
    page = lxml.html.fromstring(renderer.page(outlet.path, "outlet.html.j2", outlet=outlet).text)
    assert page.xpath("//img | //b | //script") == []
    assert HOSTILE in page.text_content()
    index = search_index(stories_of(rows), (), (outlet,), (), named={"a": [HOSTILE]}).text
    assert "<" not in index
    assert HOSTILE in json.loads(index.removeprefix("window.PRESS_INDEX = ").rstrip(";\n"))[0][2]
    assert re.fullmatch(r"outlets/[a-z0-9-]+\.html", outlet.path)


@pytest.mark.parametrize(
    ("a", "b"), [("Ann Lee", "Ann-Lee"), ("Zoë Müller", "Zoe Muller"), ("李", "王"), ("A" * 90, "A" * 91)]
)
def test_names_that_look_alike_have_pages_of_their_own(a, b):
    assert slug(a) != slug(b)
    assert slug(a) == slug(a)
    assert re.fullmatch(r"[a-z0-9-]{6,60}", slug(a))


# -------------------------------------------------------------------------------------------------- quotes, releases


def article(name: str, text: str, kind: Kind = Kind.ARTICLE, **more) -> Article:
    return Article(
        article_id=name,
        document_id=derived_id(name),
        byte_start=0,
        byte_end=0,
        kind=kind,
        title=Excerpt(f"Headline of {name}"),
        text=text,
        published_at=datetime(2024, 5, 13, 8, tzinfo=UTC),
        outlet=more.pop("outlet", name.capitalize()),
        **more,
    )


def quote(of: Article, *said: str, speaker: str | None = "Ann Lee") -> Quote:
    places = tuple((of.text.index(words), of.text.index(words) + len(words)) for words in said)
    return Quote(
        quote_id=f"q-{of.article_id}",
        article_id=of.article_id,
        text=" ".join(said),
        speaker=speaker,
        speaker_by=Evidence.TEXT,
        role=None,
        organisation=None,
        kind="direct",
        cue=None,
        fragments=places,
    )


def view_of(*quotes_and_articles: tuple[Quote, Article]) -> QuotationView:
    articles = {one.article_id: one for _, one in quotes_and_articles}
    quotes = {one.quote_id: one for one, _ in quotes_and_articles}
    (quotation,) = group_quotations(quotes.values())
    view = quotation_view(quotation, quotes, articles, max_press_words=25)
    assert view is not None
    return view


FULL = (
    "We will open ten new centres by the spring, and every one of them will stay open at weekends. "
    "That is a promise to every family in the county and I intend to keep it. "
    "But the money that the last council left us will not pay for all of them, and somebody has to say so."
)
SHORTER = FULL.partition(" But ")[0].replace("ten new centres", "a dozen centres")


def shown(variant, mark: str | None = None) -> str:
    runs = [run for passage in variant.passages for run in passage.runs if mark is None or run.mark == mark]
    return " ".join(run.text for run in runs)


def test_variants_stand_side_by_side_with_what_was_cut_and_what_was_changed():
    full, shorter = article("courier", f"She said: “{FULL}”"), article("herald", f"“{SHORTER}” she said.")
    view = view_of((quote(full, FULL), full), (quote(shorter, SHORTER), shorter))
    first, second = view.variants
    assert (first.article.article_id, second.article.article_id) == ("courier", "herald")
    assert "ten new" in shown(first, "cut")
    assert "But the money" in shown(first, "cut")
    assert shown(second, "own") == "a dozen"
    assert second.missing_count == 24
    assert second.carried_percent < 70


def test_every_passage_shown_stands_in_its_article_letter_by_letter_and_is_short():
    full, shorter = article("courier", f"She said: “{FULL}”"), article("herald", f"“{SHORTER}” she said.")
    for variant in view_of((quote(full, FULL), full), (quote(shorter, SHORTER), shorter)).variants:
        assert len(shown(variant).split()) <= 25
        for passage in variant.passages:
            words = " ".join(run.text for run in passage.runs)
            assert words in variant.article.text
            assert passage.witness.words == words


def test_the_same_words_in_three_papers_are_one_variant_that_names_them_all():
    made = [article(name, f"He said: “{FULL}”") for name in ("courier", "herald", "post")]
    (variant,) = view_of(*((quote(one, FULL), one) for one in made)).variants
    assert {one.article_id for _, one in variant.also} == {"courier", "herald", "post"} - {variant.article.article_id}
    assert shown(variant, "cut") == ""


def test_a_split_quotation_is_shown_without_the_words_between_its_halves():
    one = article("courier", "“Ten centres will open,” said Ann Lee on Monday, “and none of them will close again.”")
    (variant,) = view_of((quote(one, "Ten centres will open,", "and none of them will close again."), one)).variants
    assert shown(variant) == "Ten centres will open, and none of them will close again."
    assert [passage.closes for passage in variant.passages] == [True, True]


def test_a_release_is_told_line_by_line_with_who_carried_it():
    from pipeline.digests.digest_data import StoryData
    from pipeline.grouping.release_following import follow

    lines = (
        "The ferry will sail every hour from the first of June under the new contract.",
        "Fares for islanders are going to be halved from the same day on all three routes.",
        "The department has written to both harbour boards about the repair of the piers.",
    )
    release = article("release", "\n\n".join(lines), Kind.PRESS_RELEASE, issuer="Department for Transport", outlet=None)
    report = article("courier", f"{lines[0]}\n\nNobody in the town had expected that, and the cafés are glad.")
    places = {
        one.article_id: Placement(
            article_id=one.article_id,
            group_id=one.article_id,
            story_id="s",
            covered_on=date(2024, 5, 13),
            covered_by=Evidence.TEXT,
            tied_to=None,
            because=(),
        )
        for one in (release, report)
    }
    found, coverage = follow([release], [report], (), ())
    story = StoryData(
        story_id="s",
        articles=(release, report),
        placements=places,
        today=frozenset(places),
        release_lines=tuple(found),
        release_coverage=tuple(coverage),
    )
    (view,) = release_views(story)
    assert [line.carried for line in view.lines] == [(("word for word", ("Courier",)),), (), ()]
    assert view.carried_count == 1
    assert [(one.outlet, one.word_for_word, one.other_words) for one in view.reports] == [("Courier", 1, 0)]


# ------------------------------------------------------------------------------------------------------------ people


def made_item(name: str, *, title: str = "A headline", outlet: str = "Courier", on: date = date(2024, 5, 13)) -> Item:
    return Item(
        article_id=name,
        document_id="d",
        story_id="s",
        group_id=name,
        title=title,
        outlet=outlet,
        outlet_by=Evidence.TEXT,
        issuer=None,
        kind=Kind.ARTICLE,
        url=None,
        published_at=datetime(on.year, on.month, on.day, 8, tzinfo=UTC),
        date_precision="minute",
        covered_on=on,
        covered_by=Evidence.TEXT,
    )


def site_rows(items, named=(), sayings=()) -> SiteRows:
    return SiteRows(
        items=tuple(items),
        named=tuple(named),
        organisations={},
        sayings=tuple(sayings),
        days=(),
        quality=QualityRows(checks=(), turned_away=(), counts=(), not_known=()),
        feeds=None,
    )


def test_a_person_has_their_roles_by_date_the_newest_first():
    items = [
        made_item("a", on=date(2018, 4, 1)),
        made_item("b", on=date(2019, 8, 1)),
        made_item("c", on=date(2019, 9, 1)),
    ]
    roles = {"a": "Policing Minister", "b": "Home Secretary", "c": "Home Secretary"}
    named = [
        Named(article_id=of, name="Ann Lee", role=role, role_by=Evidence.TEXT, mention_count=1)
        for of, role in roles.items()
    ]
    (person,) = people_of(site_rows(items, named), max_press_words=25)
    assert [(role.role, role.first_on, role.last_on) for role in person.roles] == [
        ("Home Secretary", date(2019, 8, 1), date(2019, 9, 1)),
        ("Policing Minister", date(2018, 4, 1), date(2018, 4, 1)),
    ]
    assert person.newest_role == "Home Secretary"


def test_a_name_that_one_article_gives_once_without_role_or_words_has_no_page():
    lone = Named(article_id="a", name="Killybegs Harbour", role=None, role_by=None, mention_count=1)
    assert people_of(site_rows([made_item("a")], [lone]), max_press_words=25) == ()


def test_long_words_of_a_person_are_cut_and_say_so():
    named = [Named(article_id="a", name="Ann Lee", role=None, role_by=None, mention_count=1)]
    said = Saying(
        quote_id="q",
        article_id="a",
        speaker="Ann Lee",
        speaker_by=Evidence.TEXT,
        role=None,
        role_by=None,
        organisation=None,
        kind="direct",
        opening=FULL,
    )
    (person,) = people_of(site_rows([made_item("a")], named, [said]), max_press_words=25)
    ((_, (line,)),) = person.said
    assert line.text.endswith(" …")
    assert len(line.text.split()) <= 26
