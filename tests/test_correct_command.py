"""pipeline correct: ids that editors give, pairs that their word makes, and how the grouping agrees with it."""

from __future__ import annotations

import pytest

from pipeline.commands import correct_command
from pipeline.commands.correct_command import agreed, exported, listed
from pipeline.edges.correction_log import add_correction
from pipeline.edges.partitions import Partitions
from pipeline.errors import Misuse
from pipeline.grouping.corrections import merge, split, undo
from pipeline.model import Article
from pipeline.settings import Settings, settings
from tests.test_corrections import said
from tests.test_warehouse import article

PLACED = {"aaaaaa11": "5555550001", "aaaaaa22": "5555550001", "bbbbbb33": "6666660002"}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("PRESS_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    yield Settings()
    settings.cache_clear()


def test_the_first_characters_of_an_id_are_enough_when_they_name_one():
    assert correct_command._named("bbbbbb", PLACED) == ["bbbbbb33"]
    assert correct_command._named("555555", PLACED) == ["aaaaaa11", "aaaaaa22"]


@pytest.mark.parametrize("given", ["aaaaaa", "bb", "cccccc", ""])
def test_ids_that_name_none_or_several_are_refused(given):
    with pytest.raises(Misuse, match="one article or story"):
        correct_command._named(given, PLACED)


def test_what_was_said_is_listed_and_exported_as_pairs_and_compared_with_the_grouping(here):
    text = "The ferry board of Weir closed its old slip on Monday after cracks were found in the stone below it. " * 4
    one, two = article("Weir slip closed", text), article("Ferry slip at Weir closed", text)
    other = article(
        "Bread prices rise", "Bakers of the northern valleys ask more for a loaf since the dry spring. " * 4
    )
    Partitions.of(here).replace("articles/k", Article, [one, two, other])
    apart = split([one.article_id, two.article_id], two.article_id, **said(0))
    never = merge([one.article_id, other.article_id], **said(1))
    for each in (apart, never, undo(never, **said(2))):
        add_correction(here.corrections_path, each)
    assert [(row["action"], row["stands"]) for row in listed()] == [("split", True), ("merge", False), ("undo", False)]
    (pair,) = exported()
    assert ({pair["a"], pair["b"]}, pair["same_story"]) == ({one.article_id, two.article_id}, False)
    found = agreed()
    assert (found["pairs"], found["joined_and_should_not"], found["share"]) == (1, 1, 0.0)


def test_with_nothing_said_there_is_nothing_to_agree_with(here):
    assert (list(listed()), list(exported()), agreed()["share"]) == ([], [], None)
