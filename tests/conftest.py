"""What the tests share: the reading rules, the seed documents, a warehouse of one's own."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from pipeline.edges.seed_files import configured_documents, reading_rules
from pipeline.model import Document
from pipeline.reading.documents import Reading, read_document
from pipeline.reading.items import ReadingRules
from pipeline.settings import Settings

DATA = Path(__file__).parent / "data"
RECEIVED_ON = date(2026, 11, 22)


@pytest.fixture(scope="session")
def here() -> Settings:
    """The settings that ship."""
    return Settings()


@pytest.fixture(scope="session")
def rules(here: Settings) -> ReadingRules:
    """The reading rules that ship."""
    return reading_rules(here, received_on=RECEIVED_ON)


@pytest.fixture(scope="session")
def read(here: Settings, rules: ReadingRules):
    """Bytes → reading, with what is configured for them."""
    configured = configured_documents(here.seeds_dir / "documents.csv")

    def read_bytes(content: bytes, *, received_on: date = RECEIVED_ON) -> Reading:
        sha256 = hashlib.sha256(content).hexdigest()
        outlet = configured.get(sha256, {}).get("outlet") or None
        document = Document(sha256=sha256, content=content, received_on=received_on, outlet=outlet)
        return read_document(document, rules, max_bytes=here.max_document_bytes)

    return read_bytes
