"""pipeline site: the press room from the published warehouse."""

from __future__ import annotations

import os

from pipeline.edges.site_building import build
from pipeline.settings import settings


def build_and_report() -> str:
    """Make what is new or changed, and say how much that is and where."""
    here = settings()
    built = build(here)
    made = f"{built.written} of {built.page_count} pages written, {built.removed} removed"
    return f"{made}: {os.fspath(here.site_dir / 'index.html')}"
