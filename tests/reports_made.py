"""Reports for tests: a made-up release and its coverage, and strategies for streams of short reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bench.made_up import articles
from pipeline.grouping.reports import Report

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

RELEASE = "\n\n".join(
    (
        "The Harbour Minister has today announced a £60 million package to rebuild the sea walls of the east coast.",
        (
            "The package includes a new Centre for Coastal Repair in Selworth, an extra £25 million for the National "
            "Dredging Agency and £3.4 million for volunteer crews."
        ),
        "Harbour Minister Edda Quill said:",
        (
            "“Nobody who lives behind a sea wall should lie awake in a storm. This government has done more than any "
            "other to mend what the winter broke, and the measures that I am announcing today will protect nine "
            "thousand homes.”"
        ),
        "The works begin in May and will be inspected by the Coastal Audit Board.",
    )
)
REPORT = "\n\n".join(
    (
        "Ministers are to spend £60m on crumbling sea walls after a winter in which three villages were cut off.",
        "Of the money, £25m goes to the National Dredging Agency, while volunteer crews get £3.4m.",
        (
            "“Nobody who lives behind a sea wall should lie awake in a storm,” said Edda Quill. “This government has "
            "done more than any other to mend what the winter broke, and the measures that I am announcing today will "
            "protect nine thousand homes.”"
        ),
        (
            "Councillors in Selworth, where a Centre for Coastal Repair is planned, asked who would pay for its "
            "upkeep. Opposition members said the sum was a third of what surveyors had asked for in the autumn."
        ),
    )
)
OTHER_YEAR = "\n\n".join(
    (
        "The Harbour Minister has set out a £60 million strategy against smuggling through small harbours.",
        (
            "Harbour Minister Tomas Ferrow said crews of the National Dredging Agency would report unlit boats, and "
            "that patrols would double before the summer season. The strategy was drawn up after talks with fishing "
            "ports in the north."
        ),
    )
)


def report(article_id: str, title: str, text: str, *, days: float | None = 0.0, outlet: str | None = None) -> Report:
    """A report so many days after DAY; not dated when days is None."""
    published = None if days is None else DAY + timedelta(days=days)
    return Report(article_id=article_id, title=title, text=text, published_at=published, outlet=outlet)


def made_up(count: int, days: float = 5.0, seed: int = 11) -> tuple[tuple[Report, ...], dict[str, str], dict[str, str]]:
    """Reports of the made-up press, the story of each and the work of each."""
    made = list(articles(count, days=days, seed=seed))
    return (
        tuple(
            Report(article_id=each.article_id, title=each.title, text=each.text, published_at=each.published_at)
            for each in made
        ),
        {each.article_id: each.story for each in made},
        {each.article_id: each.work for each in made},
    )


_WORDS = (
    *("harbour", "wall", "storm", "minister", "Selworth", "Quill", "£60m", "agency"),
    *("crews", "repair", "vote", "fire", "train", "strike", "court", "mayor"),
)


@st.composite
def streams(draw: st.DrawFn) -> list[Report]:
    """Up to twelve reports of few different words, some without title, text or date, some equal."""
    texts = st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join)
    titles = st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join)
    when = st.one_of(st.none(), st.floats(0, 20))
    told = draw(st.lists(st.tuples(titles, texts, when), max_size=12))
    return [report(f"a{number:02d}", title, text, days=days) for number, (title, text, days) in enumerate(told)]
