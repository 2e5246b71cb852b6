"""pipeline quarantine: what was turned away, and what to do about it."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

app = typer.Typer(
    help="What the gate and the stages before it turned away: list, show, retry, release.", no_args_is_help=True
)
_AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of lines.")]


@app.command("list")
def list_rows(
    every: Annotated[bool, typer.Option("--all", help="Those that are resolved or released, too.")] = False,
    as_json: _AsJson = False,
) -> None:
    """List what is turned away, the newest first: pipeline quarantine list"""
    from pipeline.commands.quarantine import quarantine_rows

    rows = [row for row in quarantine_rows() if every or row["state"] == "open"]
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    elif not rows:
        print("Nothing is in quarantine.")
    else:
        for row in rows:
            tries = "once" if row["tries"] == 1 else f"{row['tries']} times"
            print(f"{row['quarantine_id']}  {row['state']}  {row['reason']}  {row['rule']}  {row['source']}")
            print(f"    {row['value']}  (since {row['first_seen_at'][:10]}, tried {tries})")


@app.command()
def show(
    quarantine_id: Annotated[str, typer.Argument(help="Id of a row, or its first digits.")], as_json: _AsJson = False
) -> None:
    """Show one row with its source and the rule in words: pipeline quarantine show 07b876287e97c6743167"""
    from pipeline.commands.quarantine import shown

    row = shown(quarantine_id)
    print(json.dumps(row, ensure_ascii=False, indent=1) if as_json else _as_lines(row))


@app.command()
def retry(
    which: Annotated[
        list[str] | None, typer.Argument(help="Ids of rows or batches; all that is open when not given.")
    ] = None,
) -> None:
    """Read the sources of rows again, with today's rules, and send them through the gate: pipeline quarantine retry"""
    from pipeline.commands.quarantine import retried

    print(retried(which or [], say=_say))


@app.command()
def release(
    quarantine_id: Annotated[str, typer.Argument(help="Id of a row that the gate keeps, or of a batch that it holds.")],
    why: Annotated[str, typer.Option(help="Reason, kept with the release.")],
) -> None:
    """Let a row through although it misses a rule: pipeline quarantine release ID --why "…\""""
    from pipeline.commands.quarantine import released

    print(released(quarantine_id, why=why, now=datetime.now(UTC).replace(microsecond=0), say=_say))


def _as_lines(row: dict[str, Any]) -> str:
    return "\n".join(f"{name.replace('_', ' '):14} {value}" for name, value in row.items() if value not in (None, ""))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
