"""Which feeds look like the corpus."""

from __future__ import annotations

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.gathering.likeness import ABOUT, LOOKS, Profile, Wording, likeness, profile
from pipeline.model import Entry
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, tzinfo=UTC)
with (ROOT / "seeds" / "item_patterns.csv").open(encoding="utf-8", newline="") as rows:
    WORDING = Wording.read(csv.DictReader(rows))
CORPUS = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
THRESHOLD = Settings().min_likeness


def entries(pairs: list[tuple[str, str]], *, age: timedelta = timedelta(0)) -> list[Entry]:
    return [
        Entry(entry_id=str(number), feed_id="f", feed_title="", title=title, summary=summary, published_at=NOW - age)
        for number, (title, summary) in enumerate(pairs)
    ]


def subjects() -> dict[str, list[tuple[str, str]]]:
    found = {}
    for block in (ROOT / "tests" / "subjects.txt").read_text("utf-8").split("\n# ")[1:]:
        name, _, lines = block.partition("\n")
        found[name] = [(line.partition(" | ")[0], line.partition(" | ")[2]) for line in lines.splitlines() if line]
    return found


SUBJECTS = subjects()
OURS = profile(CORPUS, WORDING)


def score(pairs: list[tuple[str, str]], corpus: Profile = OURS) -> float:
    return likeness(entries(pairs), corpus, WORDING, now=NOW).score


def test_home_affairs_come_before_politics_and_politics_before_all_that_is_no_politics():
    scores = {name: score(pairs) for name, pairs in SUBJECTS.items()}
    others = [scores[name] for name in ("sport", "recipes", "software", "business", "celebrity")]
    assert scores["home affairs"] > 3 * scores["politics"]
    assert scores["politics"] > 2 * max(others)
    assert scores["home affairs"] > THRESHOLD > max(scores["politics"], scores["health"], *others)


def test_headlines_alone_rank_the_same():
    scores = {name: score([(title, "") for title, _ in pairs]) for name, pairs in SUBJECTS.items()}
    assert scores["home affairs"] > scores["politics"] > scores["sport"]
    assert scores["home affairs"] > THRESHOLD > scores["politics"]


def test_a_feed_of_one_subject_of_the_department_is_admitted():
    home = SUBJECTS["home affairs"]
    assert score([home[1], home[5], home[11]]) > THRESHOLD  # visas, asylum, passports
    assert score([home[8], home[9], home[10]]) > THRESHOLD  # terrorism, fire, slavery: none names the department
    assert score([*home[:6], *SUBJECTS["politics"][:6]]) > THRESHOLD


@pytest.mark.parametrize("left_out", range(len(CORPUS)))
def test_one_document_less_moves_no_score_far_and_changes_no_decision(left_out):
    fewer = profile([text for number, text in enumerate(CORPUS) if number != left_out], WORDING)
    for pairs in SUBJECTS.values():
        assert abs(score(pairs, fewer) - score(pairs)) < 0.10
    assert score(SUBJECTS["home affairs"], fewer) > THRESHOLD > score(SUBJECTS["sport"], fewer)


def test_the_order_of_documents_and_items_changes_nothing():
    shuffled = random.Random(1).sample(CORPUS, len(CORPUS))
    assert profile(shuffled, WORDING).terms == pytest.approx(OURS.terms)
    pairs = SUBJECTS["home affairs"]
    assert score(pairs[::-1], profile(shuffled, WORDING)) == pytest.approx(score(pairs), abs=0.001)


def test_a_dead_feed_scores_less_than_a_live_one_and_its_subject_still_counts():
    pairs = SUBJECTS["home affairs"]
    dead = likeness(entries(pairs, age=timedelta(days=400)), OURS, WORDING, now=NOW)
    assert dead.parts["freshness"].value == 0.0
    assert dead.parts["freshness"].because == "the newest item is 400 days old"
    assert THRESHOLD < dead.score < score(pairs)


def test_each_part_says_what_was_seen():
    found = likeness(entries(SUBJECTS["home affairs"]), OURS, WORDING, now=NOW)
    assert set(found.parts) == {*ABOUT, *LOOKS}
    assert "'home office'" in found.parts["topic"].because
    assert "items name Home Office" in found.parts["names"].because
    assert all(0 <= part.value <= 1 and part.because for part in found.parts.values())


def test_an_empty_feed_scores_nothing_and_an_empty_corpus_is_an_error():
    assert likeness([], OURS, WORDING, now=NOW).score == 0.0
    with pytest.raises(ValueError, match="no words"):
        profile(["", "  "], WORDING)


def test_another_corpus_finds_its_own_subject():
    """Nothing here knows what a Home Office is: a corpus about schools prefers a feed about schools."""
    words = (
        "The Department for Education said that schools in {a} would get new teachers. The Education Secretary visited "
        "pupils in {a} and said that classrooms mattered. Ofsted inspectors reported that reading had improved. Head "
        "teachers at the National Education Union welcomed the money but warned of crumbling classrooms. "
    )
    schools = profile(
        [words.format(a=town) + f"A story from {town}. " * 3 for town in ("Leeds", "Bath", "Hull")], WORDING
    )
    feed = [
        ("Ofsted to scrap one-word grades", "The Education Secretary said schools would get report cards instead."),
        ("Pupils to return as classrooms are repaired", "The Department for Education said that 40 schools were safe."),
    ]
    assert score(feed, schools) > 2 * max(score(pairs, schools) for pairs in SUBJECTS.values())


def test_every_pattern_has_a_reason():
    with (ROOT / "seeds" / "item_patterns.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["reason"] for row in csv.DictReader(file))
    with pytest.raises(ValueError, match="expected one of"):
        Wording.read([{"kind": "x", "pattern": "y"}])
