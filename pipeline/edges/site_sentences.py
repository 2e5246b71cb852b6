"""Id of a sentence of the press room → what it says and its evidence. Its page says which story it is of."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.digests.digest_data import DigestRules
from pipeline.edges.evidence_reader import Traced
from pipeline.edges.site_reader import read_stories
from pipeline.site.story_page import story_page


def sentence_of_a_story(
    connection: duckdb.DuckDBPyConnection, site: Path, wanted: str, rules: DigestRules
) -> Traced | None:
    """The sentence of this id on one of the pages of stories; None when no page has it.

    Pages of stories say more than digests do, and their sentences are kept nowhere but in them. So the page that shows
    the id is looked for, and its story told again, unchecked: whether the evidence holds is for the reader to see.
    """
    mark = f'data-sentence="{wanted}"'.encode()
    for path in sorted((site / "stories").glob("*.html")) if wanted.isalnum() else ():
        if mark not in path.read_bytes():
            continue
        if found := sentences_of_a_story(connection, path.stem, rules).get(wanted):
            return found
    return None


def sentences_of_a_story(connection: duckdb.DuckDBPyConnection, story_id: str, rules: DigestRules) -> dict[str, Traced]:
    """The sentences that a story's page shows, by their ids."""
    pages = (
        story_page(rows, rules, reread=lambda witness: witness.words)
        for rows in read_stories(connection, [story_id], broken=frozenset())
    )
    return {
        one.sentence_id: Traced(one.text, one.section, page.first_on, one.witnesses)
        for page in pages
        for one in page.sentences
    }
