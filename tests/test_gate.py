"""The quality gate: ordinary days pass, each kind of defect is caught by its rule, and the report names it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.auditing.expectations import load_rules
from pipeline.auditing.gate import check_batch, thresholds
from pipeline.commands.quality_command import batch_report
from pipeline.edges.partitions import Partitions
from pipeline.edges.register_store import RegisterStore
from pipeline.gathering.register import FeedState, new_feed
from pipeline.model import Entry, Evidence, Excerpt, Kind, StageCount, derived_id
from pipeline.settings import Settings
from tests.made_days import FIRST, MadeDay, made_day, made_of, quote, shifted

pytestmark = pytest.mark.long

DAYS = 29  # of history before the day that is judged, a Tuesday
PROMOTION = "Sign up to our newsletter for the best of our journalism"
GERMAN = "Der Minister sagte gestern, dass die Brücke nicht mehr für den Verkehr geöffnet werden könne. " * 6


@pytest.fixture(scope="module")
def history(tmp_path_factory) -> Partitions:
    """A month of made-up days, each a batch of its own."""
    partitions = Partitions(tmp_path_factory.mktemp("press") / "partitions")
    for number in range(DAYS):
        made_day(number).write(partitions)
    return partitions


@pytest.fixture
def judged(history, request):
    """A day → its verdict, beside the month; what was written is taken away again."""
    written: list[str] = []

    def judge(day: MadeDay, **more):
        written.append(day.write(history))
        return check_batch(history, day.batch, Settings(data_dir=history.root.parent), **more)

    yield judge
    for batch in written:
        for path in history.root.glob(f"*/{batch}*.parquet"):
            path.unlink()


def missed(verdict) -> set[str]:
    return {result.rule for result in verdict.results if result.outcome == "missed"}


def stopped(verdict) -> set[str]:
    return {result.rule for result in verdict.stops}


def example(verdict, rule: str) -> str:
    (found,) = [result for result in verdict.results if result.rule == rule]
    return " ".join((found.observed, *found.examples))


def empty_day() -> MadeDay:
    return made_of([], FIRST + timedelta(days=DAYS), "empty")


def duplicated_day() -> MadeDay:
    """Yesterday's articles again, under other ids and today's date."""
    again = [
        replace(shifted(article, days=1), article_id=derived_id("again", article.article_id))
        for article in made_day(DAYS - 1).articles
    ]
    more = [
        replace(shifted(article, days=2), article_id=derived_id("again", article.article_id))
        for article in made_day(DAYS - 2).articles
    ]
    return made_of(again + more, FIRST + timedelta(days=DAYS), "again")


def tenfold_day() -> MadeDay:
    return made_day(DAYS, count=300)


def furnished_day() -> MadeDay:
    return made_day(DAYS, count=30).with_articles(
        lambda place, article: replace(article, text=f"{article.text}\n\n{PROMOTION}") if place % 2 else article
    )


def repeated_furniture_day() -> MadeDay:
    """Words that no rule knows, under every other headline."""
    banner = "\n\n".join(
        f"Everything you love about the paper, part {part}, now on every device." * 5 for part in "abc"
    )
    return made_day(DAYS, count=30, outlets=("Courier",)).with_articles(
        lambda place, article: replace(article, text=f"{article.text[:200]}\n\n{banner}") if place % 2 else article
    )


def foreign_day() -> MadeDay:
    return made_day(DAYS).with_articles(
        lambda place, article: replace(article, text=f"{GERMAN} {place}", language=None) if place % 3 else article
    )


def year_old_day() -> MadeDay:
    return made_day(DAYS).with_articles(lambda _, article: shifted(article, days=-365))


def day_ahead_by_a_year() -> MadeDay:
    return made_day(DAYS).with_articles(lambda _, article: shifted(article, days=365))


def broken_outlet_day() -> MadeDay:
    """All that is left of the Courier's texts is their first line."""
    return made_day(DAYS, count=36).with_articles(
        lambda _, article: (
            replace(article, text=" ".join(article.text.split()[:30])) if article.outlet == "Courier" else article
        )
    )


def walled_outlet_day() -> MadeDay:
    return made_day(DAYS, count=36).with_articles(
        lambda _, article: (
            replace(article, text="Please choose how we may use what we know of you. " * 9)
            if article.outlet == "Courier"
            else article
        )
    )


def quiet_outlet_day() -> MadeDay:
    """Nothing of the Courier for four days: the history has it every day."""
    return made_day(DAYS + 3, outlets=("Gazette", "Herald", "Weekly Echo"))


def orphaned_day() -> MadeDay:
    day = made_day(DAYS)
    day.quotes += [quote("no such article")]
    return day


def hollow_story_day() -> MadeDay:
    day = made_day(DAYS)
    gone = replace(day.placements[0], article_id="gone", story_id="hollow")
    day.placements.append(gone)
    return day


def collided_day() -> MadeDay:
    day = made_day(DAYS)
    day.articles[1] = replace(day.articles[1], article_id=day.articles[0].article_id, title=Excerpt("Another matter"))
    return day


def negative_day() -> MadeDay:
    day = made_day(DAYS)
    day.counts.append(
        StageCount(batch="b", stage="check", unit="articles", given_count=-3, kept_count=-3, rejected_count=0)
    )
    return day


@pytest.mark.parametrize(
    ("make", "rule", "named"),
    [
        (empty_day, "articles_were_read", "0"),
        (duplicated_day, "no_day_comes_twice", "repeats"),
        (tenfold_day, "volume_is_not_a_flood", "31 March 2026: 300 articles"),
        (furnished_day, "few_bodies_are_furniture", "newsletter"),
        (repeated_furniture_day, "few_bodies_are_furniture", "stands in other articles"),
        (foreign_day, "the_language_does_not_drop", "%"),
        (year_old_day, "dates_are_of_this_year", "2025-03-31"),
        (day_ahead_by_a_year, "most_articles_pass", "100%"),
        (broken_outlet_day, "each_outlet_comes_out_whole", "Courier"),
        (walled_outlet_day, "each_outlet_has_texts_of_its_own", "Courier"),
        (quiet_outlet_day, "each_outlet_is_heard", "Courier"),
        (orphaned_day, "quotes_have_articles", "no such article"),
        (hollow_story_day, "stories_have_articles", "hollow"),
        (collided_day, "article_ids_are_unique", "/"),
        (negative_day, "counts_are_not_negative", "given -3"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_each_defect_is_caught_by_its_rule_and_named(make, rule, named, judged):
    verdict = judged(make())
    assert rule in missed(verdict)
    assert named in example(verdict, rule)
    warnings = {"each_outlet_comes_out_whole", "each_outlet_has_texts_of_its_own", "each_outlet_is_heard"}
    assert (rule in stopped(verdict)) == (rule not in warnings)


def test_no_ordinary_day_is_stopped(tmp_path):
    """Of a month those days that could be taken for something else: the first day with enough history, weekends, budget
    day, a bank holiday and the day after it. All thirty are in bench/gate.py: a second of CPU each."""
    partitions = Partitions(tmp_path / "partitions")
    for number in range(30):
        batch = made_day(number).write(partitions)
        if number in (7, 13, 16, 17, 26, 28, 29):
            verdict = check_batch(partitions, batch, Settings(data_dir=tmp_path))
            assert stopped(verdict) == set(), number
            assert missed(verdict) <= {"volume_is_high"}, number
            assert not verdict.errors


@pytest.mark.parametrize("count", [1, 9])
def test_a_small_batch_without_a_history_is_not_stopped(count, tmp_path):
    partitions = Partitions(tmp_path / "partitions")
    verdict = check_batch(partitions, made_day(0, count=count).write(partitions), Settings(data_dir=tmp_path))
    assert missed(verdict) == set()


def test_an_outlet_that_gives_only_summaries_stands_in_the_report(tmp_path):
    day = made_day(0, count=9, outlets=("Ticker",))
    day.with_articles(lambda _, article: replace(article, kind=Kind.SUMMARY_ONLY))
    partitions = Partitions(tmp_path / "partitions")
    check_batch(partitions, day.write(partitions), Settings(data_dir=tmp_path))
    (source,) = batch_report(Settings(data_dir=tmp_path), day.batch).sources
    assert (source.name, source.usual) == ("Ticker", "9 in 30 days, summaries only")


def test_a_small_batch_beside_a_month_is_not_stopped(judged):
    assert missed(judged(made_day(DAYS, count=3, seed="few"))) <= {"volume_is_not_a_trickle", "each_outlet_is_heard"}


def test_hours_of_a_day_are_not_measured_as_days(tmp_path):
    partitions = Partitions(tmp_path / "partitions")
    for number in range(9):
        day = made_day(number)
        for hour in range(3):
            made_of(day.articles[hour::3], day.day, f"{day.batch}T{hour:02d}").write(partitions)
    day = made_day(9)
    first = made_of(day.articles[:2], day.day, "first-hour").write(partitions)
    assert missed(check_batch(partitions, first, Settings(data_dir=tmp_path))) == set()


def test_feeds_that_are_new_are_no_flood(judged):
    day = made_day(DAYS, count=30)
    more = made_day(DAYS, count=300, seed="new", outlets=tuple(f"Paper {number}" for number in range(20)))
    assert stopped(judged(made_of([*day.articles, *more.articles], day.day, "grown"))) == set()


def test_the_tail_of_a_feed_read_for_the_first_time_is_no_ordinary_day(tmp_path):
    """Forty articles of today and one or two of each day before: the second batch of the day is no flood."""
    partitions = Partitions(tmp_path / "partitions")
    tail = [article for number in range(20) for article in made_day(number, count=2).articles]
    today = made_day(20, count=60)
    made_of([*tail, *today.articles[:40]], today.day, "onboarding").write(partitions)
    second = made_of(today.articles[40:], today.day, "second").write(partitions)
    assert stopped(check_batch(partitions, second, Settings(data_dir=tmp_path))) == set()


def test_a_batch_that_is_held_is_no_measure_of_the_next(judged, history):
    tenfold_day().write(history)
    next_day = made_day(DAYS + 1)
    with_it = judged(next_day)
    without = check_batch(history, next_day.batch, Settings(data_dir=history.root.parent), held=["day-29"])
    for path in history.root.glob("*/day-29*.parquet"):
        path.unlink()
    assert stopped(with_it) == stopped(without) == set()


def test_checking_a_batch_twice_finds_the_same(judged, history):
    day = furnished_day()
    first = judged(day)
    assert check_batch(history, day.batch, Settings(data_dir=history.root.parent)) == first


def test_the_order_of_the_rows_changes_nothing(tmp_path):
    results = []
    for seed in (1, 2):
        partitions = Partitions(tmp_path / str(seed) / "partitions")
        day = made_day(0)
        for rows in (day.articles, day.documents, day.groups, day.placements, day.quotes):
            random.Random(seed).shuffle(rows)
        results.append(check_batch(partitions, day.write(partitions), Settings(data_dir=tmp_path / str(seed))))
    assert results[0] == results[1]


def test_a_feed_that_fell_silent_is_named_from_its_entries(judged, history):
    def items(number: int, feeds: tuple[str, ...]) -> list[Entry]:
        at = datetime.combine(FIRST + timedelta(days=number), datetime.min.time(), UTC)
        return [
            Entry(
                entry_id=derived_id(feed, number, item),
                feed_id=feed,
                feed_title=f"News of {feed}",
                title="A title",
                published_at=at + timedelta(hours=6 + item),
                dated_by=Evidence.ENTRY,
            )
            for feed in feeds
            for item in range(5)
        ]

    for number in range(DAYS - 3):
        history.replace(f"entries/day-{number:02d}", Entry, items(number, ("courier", "gazette")))
    for number in range(DAYS - 3, DAYS):
        history.replace(f"entries/day-{number:02d}", Entry, items(number, ("gazette",)))
    history.replace(f"entries/day-{DAYS}", Entry, items(DAYS, ("gazette",)))
    verdict = judged(made_day(DAYS))
    for path in history.root.glob("entries/*.parquet"):
        path.unlink()
    assert "feeds_are_fresh" in missed(verdict)
    assert "News of courier: " in example(verdict, "feeds_are_fresh")
    assert "gazette" not in example(verdict, "feeds_are_fresh")


def test_a_feed_of_the_register_that_fails_is_named_and_all_of_them_failing_stops(tmp_path):
    partitions = Partitions(tmp_path / "partitions")
    store = RegisterStore(tmp_path / "register")
    now = datetime(2026, 3, 2, tzinfo=UTC)
    for number in range(5):
        record = new_feed(f"https://paper{number}.example/rss", now=now, title=f"Paper {number}")
        fails = FeedState(added_at=now, last_asked_at=now, failures=5, last_fault="http_status: 500")
        store.save(replace(record, state=fails if number == 0 else replace(record.state, last_asked_at=now)))
    batch = made_day(0).write(partitions)
    one = check_batch(partitions, batch, Settings(data_dir=tmp_path))
    assert missed(one) == {"feeds_answer"}
    assert "Paper 0: http_status: 500" in example(one, "feeds_answer")
    for record in store.records().kept:
        store.save(replace(record, state=replace(record.state, failures=5)))
    assert stopped(check_batch(partitions, batch, Settings(data_dir=tmp_path))) == {"not_all_feeds_fail"}


def test_a_partition_without_one_of_its_columns_stops_and_says_which(tmp_path):
    import pyarrow.parquet as pq

    partitions = Partitions(tmp_path / "partitions")
    batch = made_day(0).write(partitions)
    path = partitions.path(f"quotes/{batch}")
    pq.write_table(pq.read_table(path).drop_columns(["speaker"]), path)
    verdict = check_batch(partitions, batch, Settings(data_dir=tmp_path))
    assert stopped(verdict) == {"partitions_have_their_columns"}
    assert "quotes: the column speaker is missing" in example(verdict, "partitions_have_their_columns")


def test_a_row_that_misses_a_rule_is_quarantined_and_the_rest_goes_on(judged):
    day = made_day(DAYS)
    day.articles[3] = replace(day.articles[3], title=Excerpt(""))
    day.articles[4] = replace(day.articles[4], url="https://courier.example/2021/03/31/bridge")
    verdict = judged(day)
    assert stopped(verdict) == set()
    assert {(row.rule, row.subject) for row in verdict.quarantined} == {
        ("titles_are_there", day.articles[3].article_id),
        ("dates_agree_with_addresses", day.articles[4].article_id),
    }
    assert {row.document_id for row in verdict.quarantined} == {a.document_id for a in day.articles[3:5]}


def test_every_rule_says_what_it_expects_and_what_to_do_and_has_a_name_of_its_own():
    rules = load_rules(thresholds(Settings(), datetime(2026, 3, 2, tzinfo=UTC)))
    assert len({rule.name for rule in rules}) == len(rules) > 80
    for rule in rules:
        assert rule.description.endswith(".")
        assert rule.hint.endswith(".")
        assert "{" not in rule.description + rule.hint
        assert (rule.severity == "quarantine") == (rule.level == "row")


def test_every_dataset_of_the_path_has_its_rules():
    rules = load_rules(thresholds(Settings(), datetime(2026, 3, 2, tzinfo=UTC)))
    expected = "feeds entries pages articles copies stories quotes figures mentions coverage digests counts".split()
    assert set(expected) <= {rule.dataset for rule in rules}
