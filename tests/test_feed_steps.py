"""Feeds to articles by the steps of the DAGs: two days of the small web; two hundred feeds of which a fifth fail."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import timedelta

import pytest

from pipeline import discover_steps, feed_steps, steps
from pipeline.edges import warehouse
from pipeline.edges.story_facts import changed_stories, replace_facts
from pipeline.edges.web_setup import store_of
from pipeline.errors import Misuse
from pipeline.gathering.register import new_feed
from pipeline.model import Article, Entry, FeedRun, Kind, Quarantined, StageCount
from tests.made_feeds import item, rss
from tests.newsroom import Newsroom, newsroom
from tests.small_web import Answer, Request, SmallWeb, VirtualHosts
from tests.test_fetching import FAULTS, FAULTY, HOSTS, NOW, answer

DAY_1, DAY_2 = "2026-09-07", "2026-09-08"


@pytest.fixture(scope="module")
def two_days(tmp_path_factory):
    """Two evenings of the small web and an hour without news: (newsroom, batches). The whole path, digests and all."""
    with SmallWeb(1) as web, newsroom(tmp_path_factory.mktemp("newsroom"), web.private_hosts) as room:
        room.follow(web)
        batches = []
        for web.day in (1, 2):
            batches.append(room.round(web.now.isoformat()))
            room.publish(batches[-1])
        batches.append(room.round((web.now + timedelta(hours=2)).isoformat(), feeds="all"))
        room.publish(batches[-1])
        yield room, batches


def articles(room: Newsroom, batch: str) -> dict[str, Article]:
    return {article.title.text: article for article in room.partitions.read(f"articles/{batch}", Article)}


def test_every_entry_of_the_day_is_an_article_under_the_name_of_its_outlet(two_days):
    room, batches = two_days
    for batch in batches[:2]:
        found = room.partitions.read(f"articles/{batch}", Article)
        entries = room.partitions.read(f"entries/{batch}", Entry)
        assert len(found) == len(entries) > 10
        assert not [one.outlet for one in found if one.outlet is None or ".example" in one.outlet]


def test_what_reprints_say_of_a_day_ahead_is_told_once_with_their_outlets(two_days):
    room, _ = two_days
    said = [sentence["text"].rpartition(" – ") for sentence in room.digest(DAY_1)["ahead"]]
    assert len({words for words, _, _ in said}) == len(said) > 1
    assert max(outlets.count(", ") for _, _, outlets in said) == 3


def test_a_later_batch_leaves_the_facts_of_every_story_as_working_all_of_them_out_anew_would(two_days, tmp_path):
    room, _ = two_days
    copied = shutil.copy(room.here.warehouse_path, tmp_path / "w.duckdb")
    facts = "select story_id, quote_id, carried from quotation_variants union all select story_id, kind, detail "
    facts += "from figure_doubts order by all"
    with warehouse.writer(copied, zone="Europe/London") as connection:
        kept = connection.execute(facts).fetchall()
        stories = connection.execute("select distinct story_id from placements").fetchall()
        replace_facts(connection, [story for (story,) in stories])
        assert connection.execute(facts).fetchall() == kept
    assert len({story for story, *_ in kept}) >= 2


def test_the_story_that_an_older_article_leaves_has_changed_as_has_the_one_that_it_joins():
    before = {("old", "s1"), ("older", "s1"), ("apart", "s3")}
    after = {("old", "s1"), ("older", "s2"), ("new", "s2"), ("apart", "s3")}
    assert changed_stories(before, after, own={"new"}) == ["s1", "s2"]
    assert changed_stories(after, after, own={"new"}) == ["s2"]


def test_a_wall_a_film_and_a_page_that_cannot_be_had_leave_a_summary_and_never_a_full_text(two_days):
    room, (first, second, _) = two_days
    kinds = {(one.outlet, one.kind) for batch in (first, second) for one in articles(room, batch).values()}
    assert ("Morning Ledger", Kind.SUMMARY_ONLY) in kinds
    assert ("Kitchen Table", Kind.SUMMARY_ONLY) in kinds
    assert ("Morning Ledger", Kind.ARTICLE) not in kinds
    assert ("Kitchen Table", Kind.ARTICLE) not in kinds
    film = articles(room, first)["Home Secretary promises ‘a door that is open’ in 60 towns"]
    assert film.kind is Kind.SUMMARY_ONLY


def test_a_release_has_its_issuer_and_an_agencys_copy_its_agency(two_days):
    room, (first, *_) = two_days
    release = articles(room, first)["£45 million for neighbourhood policing hubs in 60 towns"]
    assert (release.kind, release.issuer) == (Kind.PRESS_RELEASE, "Home Office")


def test_addresses_lead_to_the_page_itself_and_not_through_counters(two_days):
    room, batches = two_days
    found = [one.url for batch in batches for one in articles(room, batch).values() if one.outlet == "Channel One"]
    assert found
    assert not [url for url in found if "/go/" in url]


def test_what_outlets_repeat_on_their_pages_is_in_no_body(two_days):
    room, batches = two_days
    found = [one for batch in batches for one in room.partitions.read(f"articles/{batch}", Article)]
    texts = " ".join(one.text for one in found)
    for line in ("READ MORE", "Sign up to our morning briefing", "Share this article", "Most read"):
        assert line not in texts


def test_the_digest_names_the_feeds_that_failed_and_says_partial(two_days):
    room, _ = two_days
    digest = room.digest(DAY_2)
    assert digest["state"] == "partial"
    assert "2 feeds failed: Gone Weekly (unreachable), Round About (too many redirects)" in digest["state_reasons"]


def test_stories_join_the_copies_of_an_agencys_text_over_outlets(two_days):
    room, _ = two_days
    ((outlets,),) = room.rows(
        "select outlets from coverage_days where covered_on = date '2026-09-07' order by outlet_count desc limit 1"
    )
    assert {"Kingdom Press", "North Post", "Valley Gazette"} <= set(outlets)


def test_an_hour_without_news_is_loaded_and_no_fault(two_days):
    room, (*_, quiet) = two_days
    assert room.partitions.read(f"articles/{quiet}", Article) == []
    assert room.rows(f"select new_count, state from feed_runs where batch = '{quiet}'") == [(0, "degraded")]
    assert room.rows("select count(*) from batches") == [(3,)]


def test_the_warehouse_says_how_each_feed_is_and_what_each_round_brought(two_days):
    room, _ = two_days
    assert room.rows("select health, count(*) from feeds group by health order by health") == [
        ("failing", 2),
        ("well", 14),
    ]
    failing = room.rows("select outlet, failure_count, fault from feeds where health = 'failing' order by outlet")
    assert [row[:2] for row in failing] == [("Gone Weekly", 3), ("Round About", 3)]
    assert all(fault for *_, fault in failing)
    assert (
        room.rows("select asked_count, answered_count, failed_count, state from feed_runs order by ran_at")
        == [(16, 14, 2, "degraded")] * 3
    )
    ((entries, known),) = room.rows(
        "select count(*), count(articles.article_id) from entries left join articles on articles.url = entries.url"
    )
    assert entries == 31
    assert known >= 25  # the others' pages have an address of their own


def test_feeds_are_known_as_of_then(two_days):
    room, _ = two_days
    then = "select max(failure_count) from feeds_at(timestamptz '2026-09-07 20:00:00+00')"
    assert room.rows(then) == [(1,)]


@pytest.mark.parametrize("table", ["feeds", "entries", "feed_runs"])
def test_every_column_about_feeds_has_a_comment(two_days, table):
    room, _ = two_days
    assert room.rows(f"select column_name from duckdb_columns() where table_name = '{table}' and comment is null") == []


def test_given_is_kept_and_rejected_at_every_stage(two_days):
    room, batches = two_days
    counts = [row for batch in batches for row in room.partitions.read_batch("stage_counts", batch, StageCount)]
    of = {(row.batch, row.stage, row.unit): row for row in counts}
    assert len(of) == len(counts)
    first = batches[0]
    assert of[first, "fetch_feeds", "feeds"].rejected_count == 2
    assert of[first, "fetch_pages", "pages"].given_count == of[first, "parse_feeds", "entries"].kept_count
    assert of[first, "extract_articles", "sources"].kept_count == len(
        room.partitions.read(f"articles/{first}", Article)
    )


def test_running_every_step_again_leaves_what_running_it_once_left(two_days):
    room, (first, *_) = two_days
    files = sorted((room.here.data_dir / "partitions").rglob(f"{first}*"))
    before = {file: file.read_bytes() for file in files}
    documents = [feed_steps.fetch_feeds(f"feeds/{file.stem}") for file in files if file.parent.name == "feeds"]
    steps.extract_branches(feed_steps.extract_articles(feed_steps.fetch_pages(feed_steps.parse_feeds(documents))))
    assert {file: file.read_bytes() for file in files} == before


def test_archives_give_the_same_articles_without_the_network(two_days, tmp_path):
    room, (first, second, _) = two_days
    with newsroom(tmp_path / "other", {}) as other:
        (pages,) = feed_steps.replay_archives([str(room.here.data_dir / "raw")])
        batch = feed_steps.extract_articles(pages).partition("/")[2]
        replayed = {one.article_id: one for one in other.partitions.read(f"articles/{batch}", Article)}
    live = {one.article_id: one for day in (first, second) for one in room.partitions.read(f"articles/{day}", Article)}
    assert live.keys() <= replayed.keys()
    for key, one in live.items():  # whoever reads both days at once knows more of what an outlet repeats
        assert set(replayed[key].text.split("\n\n")) <= set(one.text.split("\n\n"))
    assert all(replayed[key].published_at == live[key].published_at for key in live)
    more = [replayed[key] for key in replayed.keys() - live.keys()]
    assert {(one.outlet, one.kind) for one in more} <= {("Kitchen Table", Kind.SUMMARY_ONLY)}  # recipes that come back


def test_a_summary_never_takes_the_place_of_a_text_that_is_held(two_days):
    room, (first, *_) = two_days
    texts = [one.article_id for one in articles(room, first).values() if one.kind is not Kind.SUMMARY_ONLY]
    summaries = [one.article_id for one in articles(room, first).values() if one.kind is Kind.SUMMARY_ONLY]
    assert feed_steps.held_texts(room.partitions, [*texts, *summaries], besides="") == set(texts)
    assert feed_steps.held_texts(room.partitions, texts, besides=first) == set()


@pytest.mark.parametrize("at", ["2026-09-07", "2026-09-07T18:00:00", "tomorrow"])
def test_an_instant_without_an_offset_is_a_misuse(tmp_path, at):
    with newsroom(tmp_path, {}), pytest.raises(Misuse):
        feed_steps.find_due_feeds("due", at)


def test_without_feeds_or_archives_there_is_nothing_to_read(tmp_path):
    (tmp_path / "note.txt").write_text("words")
    with newsroom(tmp_path / "data", {}):
        assert feed_steps.find_due_feeds("all") == []
        assert feed_steps.find_due_feeds("none") == []
        assert feed_steps.replay_archives([str(tmp_path / "note.txt")]) == []


# -------------------------------------------------------------------------------------------- two hundred feeds


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A round over two hundred feeds of which forty fail, each in its own way: (newsroom, batch)."""
    with VirtualHosts(answer) as server:
        places = {host: "127.0.0.1:9" if FAULTY.get(host) == "down" else server.place for host in HOSTS}
        with newsroom(tmp_path_factory.mktemp("many"), places, max_feed_bytes=200_000) as room:
            store_of(room.here).add(new_feed(f"http://{host}/feed", now=NOW) for host in HOSTS)
            shards = feed_steps.find_due_feeds("due", NOW.isoformat())
            entries = feed_steps.parse_feeds([feed_steps.fetch_feeds(shard) for shard in shards])
            yield room, entries.partition("/")[2], shards


def test_all_good_feeds_of_two_hundred_are_in_and_the_round_is_degraded(many):
    room, batch, shards = many
    assert len(shards) == 4
    (run,) = room.partitions.read(f"feed_runs/{batch}", FeedRun)
    assert (run.state, run.asked_count, run.answered_count, run.failed_count) == ("degraded", 200, 160, 40)
    assert len({entry.feed_id for entry in room.partitions.read(f"entries/{batch}", Entry)}) >= 160


def test_each_of_forty_bad_feeds_has_one_row_of_quarantine_with_its_reason(many):
    room, batch, _ = many
    rows = [row for row in room.partitions.read_batch("quarantine", batch, Quarantined) if row.dataset == "feeds"]
    assert {row.subject: row.reason for row in rows} == {
        f"http://{host}/feed": FAULTS[fault][1] for host, fault in FAULTY.items()
    }
    assert Counter(row.subject for row in rows).most_common(1)[0][1] == 1
    assert all(row.value for row in rows)


# --------------------------------------------------------------------------------------- pages that come later


def test_a_page_that_could_not_be_had_is_asked_for_again_and_its_text_takes_the_place_of_the_summary(tmp_path):
    busy = [True]
    feed = rss(item(1, text="The council opens a hub in the town.")).replace(
        "https://www.herald.example/1", "http://one.example/story"
    )
    text = "".join(f"<p>Sentence {number} says what the hub is for and who pays for it.</p>" for number in range(9))

    def answers(request: Request) -> Answer:
        if request.target == "/feed":
            return Answer(body=feed.encode(), headers={"ETag": '"1"'})
        if request.target == "/story":
            return Answer(503) if busy[0] else Answer(body=f"<html><article><h1>Item 1</h1>{text}".encode())
        return Answer(404)

    with VirtualHosts(answers) as server, newsroom(tmp_path, {"one.example": server.place}) as room:
        store_of(room.here).add([new_feed("http://one.example/feed", now=NOW, outlet="One")])
        first = room.round(NOW.isoformat())
        busy[0] = False
        second = room.round((NOW + timedelta(hours=1)).isoformat())
        third = room.round((NOW + timedelta(hours=2)).isoformat())
    (before,) = room.partitions.read(f"articles/{first}", Article)
    (after,) = room.partitions.read(f"articles/{second}", Article)
    assert (before.kind, after.kind) == (Kind.SUMMARY_ONLY, Kind.ARTICLE)
    assert before.article_id == after.article_id
    assert room.partitions.read(f"articles/{third}", Article) == []


# ------------------------------------------------------------------------------------------------- discovery


def test_every_candidate_is_listed_with_its_score_and_only_those_that_look_like_ours_are_followed(tmp_path):
    with SmallWeb(3) as web, newsroom(tmp_path / "data", web.private_hosts) as room:
        opml = tmp_path / "list.opml"
        opml.write_text(web.opml())
        store_of(room.here).add([new_feed(web.feeds[0].url, now=web.now)])
        ref = discover_steps.score_candidates([str(opml)], web.now.isoformat())
        discover_steps.load_candidates(discover_steps.follow_candidates(ref))
        found = dict(room.rows("select url, admitted from feed_candidates"))
        followed = {record.feed.url for record in store_of(room.here).records().kept}
    assert not found["http://www.kitchen-table.example/rss"]
    assert found["http://www.police-review.example/feed"]
    assert web.feeds[0].url not in found
    assert followed == {web.feeds[0].url} | {url for url, admitted in found.items() if admitted}
