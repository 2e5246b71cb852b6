"""Made-up days of press as partitions: what a batch of each day holds before the gate looks at it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bench.made_up import MadeUp, articles
from pipeline.edges.partitions import Partitions
from pipeline.model import (
    Article,
    DocumentRecord,
    Evidence,
    Excerpt,
    Feed,
    Figure,
    Kind,
    Mention,
    NearDuplicateGroup,
    Placement,
    Quote,
    StageCount,
    derived_id,
)

FIRST = date(2026, 3, 2)  # a Monday
OUTLETS = ("Courier", "Gazette", "Herald", "Observer of the North", "Weekly Echo", "Daily Post")
_FEED = Feed(feed_id="f1", url="https://courier.example/rss")


@dataclass
class MadeDay:
    """The rows of one batch. Tests change them before they are written."""

    batch: str
    day: date
    articles: list[Article]
    documents: list[DocumentRecord]
    groups: list[NearDuplicateGroup]
    placements: list[Placement]
    quotes: list[Quote]
    figures: list[Figure]
    mentions: list[Mention]
    counts: list[StageCount]

    def write(self, partitions: Partitions) -> str:
        """All rows as partitions; the batch."""
        partitions.replace(f"documents/{self.batch}", DocumentRecord, self.documents)
        partitions.replace(f"articles/{self.batch}", Article, self.articles)
        partitions.replace(f"near_duplicate_groups/{self.batch}", NearDuplicateGroup, self.groups)
        partitions.replace(f"placements/{self.batch}", Placement, self.placements)
        partitions.replace(f"quotes/{self.batch}", Quote, self.quotes)
        partitions.replace(f"figures/{self.batch}", Figure, self.figures)
        partitions.replace(f"mentions/{self.batch}", Mention, self.mentions)
        partitions.replace(f"stage_counts/{self.batch}.read", StageCount, self.counts)
        return self.batch

    def with_articles(self, change: Callable[[int, Article], Article]) -> MadeDay:
        """The same day with every article changed: change(place, article)."""
        self.articles = [change(place, article) for place, article in enumerate(self.articles)]
        return self


def usual_count(day: date, rng: random.Random) -> int:
    """Articles of an ordinary day: fewer at weekends, four times as many on budget day, few on a bank holiday."""
    if day == FIRST + timedelta(days=16):
        return 120  # budget day, a Wednesday
    if day == FIRST + timedelta(days=28):
        return 8  # a bank holiday, a Monday
    return rng.randrange(9, 15) if day.weekday() >= 5 else rng.randrange(24, 37)


def made_day(number: int, *, count: int | None = None, outlets: Sequence[str] = OUTLETS, seed: str = "") -> MadeDay:
    """The batch of the day `number` days after FIRST."""
    rng = random.Random(f"{seed}{number}")
    day = FIRST + timedelta(days=number)
    how_many = usual_count(day, rng) if count is None else count
    found = list(articles(how_many, days=0.5, copied=0.0, seed=1000 + number + 7919 * len(seed)))
    return made_of(
        [made_up_article(made, day, rng, outlets, f"{seed}{number}") for made in found], day, f"day-{seed}{number:02d}"
    )


def made_of(found: Sequence[Article], day: date, batch: str) -> MadeDay:
    """A batch of these articles, each a work and a story of its own, with a quotation, a figure and a name each."""
    seen = datetime.combine(day, time(23, 30), UTC)
    return MadeDay(
        batch=batch,
        day=day,
        articles=list(found),
        documents=[
            DocumentRecord(
                document_id=article.document_id, medium="document", byte_count=900, first_seen_at=seen, received_on=day
            )
            for article in found
        ],
        groups=[NearDuplicateGroup(group_id="g" + each.article_id, article_ids=(each.article_id,)) for each in found],
        placements=[
            Placement(
                article_id=each.article_id,
                group_id="g" + each.article_id,
                story_id="s" + each.article_id,
                covered_on=day,
                covered_by=Evidence.TEXT,
                tied_to=None,
                because=(),
            )
            for each in found
        ],
        quotes=[quote(each.article_id) for each in found],
        figures=[
            Figure(
                figure_id="f" + each.article_id,
                article_id=each.article_id,
                where="text",
                start=0,
                end=3,
                text="£4m",
                value=4e6,
                unit="GBP",
                bound="exact",
                subject="the bridge",
            )
            for each in found
        ],
        mentions=[
            Mention(article_id=each.article_id, name="Ada Moss", type="person", start=0, end=8) for each in found
        ],
        counts=[counted(len(found))],
    )


def quote(article_id: str) -> Quote:
    """A quotation of that article."""
    return Quote(
        quote_id="q" + article_id,
        article_id=article_id,
        text="We will mend it",
        speaker="Ada Moss",
        speaker_by=Evidence.TEXT,
        role=None,
        organisation=None,
        kind="direct",
        cue="said",
        fragments=((0, 15),),
    )


def counted(items: int) -> StageCount:
    """What reading was given and kept."""
    return StageCount(
        batch="b", stage="read_documents", unit="items", given_count=items, kept_count=items, rejected_count=0
    )


def made_up_article(made: MadeUp, day: date, rng: random.Random, outlets: Sequence[str], seed: str) -> Article:
    """One text of the made-up press as an article of that day."""
    article_id = derived_id(seed, made.article_id)
    published = datetime.combine(day, time(6), UTC) + timedelta(minutes=rng.randrange(900))
    return Article(
        article_id=article_id,
        document_id=hashlib.sha256(article_id.encode()).hexdigest(),
        byte_start=0,
        byte_end=900,
        kind=Kind.ARTICLE,
        title=Excerpt(made.title),
        text=made.text,
        published_at=published,
        date_precision="minute",
        dated_by=Evidence.TEXT,
        outlet=rng.choice(outlets),
        outlet_by=Evidence.TEXT,
        language="en",
    )


def shifted(article: Article, **by: float) -> Article:
    """The article at another time."""
    assert article.published_at is not None
    return replace(article, published_at=article.published_at + timedelta(**by))
