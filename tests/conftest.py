"""What the tests share: the reading rules, the seed documents, a warehouse of one's own."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest

from pipeline import steps
from pipeline.edges.page_files import reading_rules
from pipeline.edges.partitions import Partitions
from pipeline.edges.seed_files import configured_documents
from pipeline.model import Document, QualityResult
from pipeline.reading.documents import Reading, read_document
from pipeline.reading.items import ReadingRules
from pipeline.settings import ROOT, Settings, settings
from tests import morning

# How long an example takes says more of the machine's other work than of ours.
hypothesis.settings.register_profile("press", deadline=None)
hypothesis.settings.load_profile("press")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take tens of seconds begin first: at the end they would keep one core waiting for the other."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


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


@pytest.fixture(scope="session")
def a_morning(tmp_path_factory) -> Path:
    """The data folder of the made-up morning of 10 March 2022, received the morning after."""

    folder = tmp_path_factory.mktemp("morning") / "data"
    with morning.data_folder(folder):
        morning.ingested(folder, morning.texts(), now=morning.RECEIVED_AT)
    return folder


@pytest.fixture(scope="session")
def press_room(tmp_path_factory) -> Settings:
    """A data folder that the steps made of the made-up documents, a page, and one announcement in two outlets.

    The gate, which takes as long as all the rest, is left out; two results of it are written as it writes them.
    """
    root = tmp_path_factory.mktemp("press_room")
    source = root / "source"
    source.mkdir()
    announced = [ROOT / "seeds" / f"{name}.txt" for name in ("002_4f511985ca951864", "003_bd06cf96d6a95a02")]
    page = DATA / "pages" / "regional_wordpress.html"  # its outlet stands in its data only
    for path in [*announced, page, *(DATA / "documents").glob("*.txt")]:
        shutil.copy(path, source)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PRESS_DATA_DIR", str(root / "data"))
        settings.cache_clear()
        here = settings()
        ref = morning.related(source, now=datetime(2026, 11, 22, 6, tzinfo=UTC))
        key = steps.key_of(ref)
        Partitions.of(here).replace(f"quality_results/{key}", QualityResult, _results(key))
        for step in (steps.load_warehouse, steps.compose_digests, steps.build_site, steps.report_quality):
            ref = step(ref)
    settings.cache_clear()
    return here


def _results(batch: str) -> list[QualityResult]:
    about = {
        "batch": batch,
        "dataset": "articles",
        "level": "dataset",
        "row_count": 12,
        "expected": "12",
        "hint": "Look at the list.",
    }
    met = QualityResult(
        **about,
        rule="met",
        severity="stop",
        outcome="met",
        passed=True,
        observed="12",
        value=12.0,
        failed_count=0,
        description="All are there.",
    )
    missed = QualityResult(
        **about,
        rule="missed",
        severity="warning",
        outcome="missed",
        passed=False,
        observed="3 of 12 rows",
        value=3.0,
        failed_count=3,
        description="Every article has an author.",
        examples=("Fishing quota talks end without agreement",),
    )
    return [met, missed]
