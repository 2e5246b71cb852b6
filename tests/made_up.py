"""Articles of made-up text, for tests that need no document around them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipeline.edges.lexicon_files import load_lexicon
from pipeline.evidence.lexicon import Lexicon
from pipeline.model import Article, Excerpt, Kind, ReleaseType

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def lexicon() -> Lexicon:
    """The lexicon that ships, read once."""
    return load_lexicon(SEEDS)


def article(
    text: str,
    *,
    title: str = "Council to mend the bridge",
    article_id: str = "made-up",
    day: str | None = "2023-10-30",
    kind: Kind = Kind.ARTICLE,
    release_type: ReleaseType | None = None,
    **others: object,
) -> Article:
    """An article of that text; paragraphs are parted by blank lines, white space around lines is dropped."""
    body = "\n\n".join(part.strip() for part in text.strip().split("\n\n"))
    return Article(
        article_id=article_id,
        document_id=article_id,
        byte_start=0,
        byte_end=0,
        kind=kind,
        release_type=release_type,
        title=Excerpt(title),
        text=" ".join(body.split(" ")),
        published_at=datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC) if day else None,
        **others,  # type: ignore[arg-type]
    )


def release(text: str, **others: object) -> Article:
    """A news story of a department."""
    given: dict[str, object] = {"kind": Kind.PRESS_RELEASE, "release_type": "news_story", "issuer": "Home Office"}
    return article(text, **{**given, **others})  # type: ignore[arg-type]
