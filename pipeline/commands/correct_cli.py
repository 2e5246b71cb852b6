"""pipeline correct merge, split, undo, list, export, agreement, apply: editors' corrections of stories."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.grouping.corrections import Correction

app = typer.Typer(help="Editors' corrections of stories; they survive every later run.", no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="Who says so; PRESS_EDITOR or the login name when not given.")]
Why = Annotated[str, typer.Option("--why", help="The reason, for whoever reads the list.")]
Now = Annotated[bool, typer.Option("--now", help="Group the affected days again at once.")]


@app.command()
def merge(
    ids: Annotated[list[str], typer.Argument(help="Articles or stories, or the first characters of their ids.")],
    by: By = "",
    why: Why = "",
    now: Now = False,
) -> None:
    """Say that articles or stories are one story: pipeline correct merge 3f2a9c 81d0e4 --why "one statement" --now"""
    from pipeline.commands.correct_command import say_merge

    _tell(say_merge(ids, by=by, why=why), now=now)


@app.command()
def split(
    article: Annotated[str, typer.Argument(help="The article, or the first characters of its id.")],
    by: By = "",
    why: Why = "",
    now: Now = False,
) -> None:
    """Say that an article is not on its story: pipeline correct split 3f2a9c --why "another case" --now"""
    from pipeline.commands.correct_command import say_split

    _tell(say_split(article, by=by, why=why), now=now)


@app.command()
def undo(
    correction: Annotated[str, typer.Argument(help="The correction, or the first characters of its id.")],
    by: By = "",
    why: Why = "",
    now: Now = False,
) -> None:
    """Take a correction back; an undo can be undone: pipeline correct undo 5b77c0 --now"""
    from pipeline.commands.correct_command import say_undo

    _tell(say_undo(correction, by=by, why=why), now=now)


@app.command()
def apply() -> None:
    """Group the days of all corrections again, load them and write their digests anew: pipeline correct apply"""
    from pipeline.commands.correct_command import applied
    from pipeline.edges.correction_log import read_corrections
    from pipeline.settings import settings

    batches = applied(read_corrections(settings().corrections_path), say=_say)
    print(f"{len(batches)} batches were grouped again.")


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False) -> None:
    """List what was said, by whom, when and why: pipeline correct list --json"""
    from pipeline.commands.correct_command import listed, spelt

    for row in listed():
        if as_json:
            print(spelt(row))
            continue
        articles = ", ".join(row["article_ids"])
        apart = f" apart from {', '.join(row['apart_from'])}" if row["apart_from"] else ""
        undone = f" of {row['undoes']}" if row["undoes"] else ""
        state = "" if row["stands"] or row["action"] == "undo" else "  (taken back)"
        print(
            f"{row['correction_id']}  {row['at'][:16]}  {row['by']}  {row['action']}{undone} {articles}{apart}{state}"
        )
        if row["why"]:
            print(f"    {row['why']}")


@app.command()
def export() -> None:
    """Print the labelled pairs that the standing corrections make, one JSON line each: pipeline correct export"""
    from pipeline.commands.correct_command import exported, spelt

    for row in exported():
        print(spelt(row))


@app.command()
def agreement() -> None:
    """Print how the grouping, left alone, agrees with this newsroom's own word: pipeline correct agreement"""
    from pipeline.commands.correct_command import agreed, spelt

    print(spelt(agreed()))


def _tell(correction: Correction, *, now: bool) -> None:
    from pipeline.commands.correct_command import applied, days_of

    print(
        f"{correction.action} {correction.correction_id}, said by {correction.by}: {', '.join(correction.article_ids)}"
    )
    days = sorted(set(days_of(correction)))
    if now:
        applied([correction], say=_say)
        print(f"Grouped again. Days: {', '.join(sorted({*days, *days_of(correction)})) or 'none'}")
    else:
        print(f"Days: {', '.join(days) or 'none'}. The next run applies it; at once: pipeline correct apply")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
