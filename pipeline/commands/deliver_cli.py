"""pipeline deliver: the digest that is due to its readers, once each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from pipeline.errors import Misuse, PipelineError


def deliver(
    day: Annotated[str | None, typer.Option("--date", help="Another day than the one that is due.")] = None,
    to: Annotated[list[str] | None, typer.Option("--to", help="Another reader than those of the settings.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Send mails that are in doubt once more.")] = False,
) -> None:
    """Send the digest to everybody who has not had it: pipeline deliver --to desk@example.org"""
    from pipeline.digests.delivery import deliver as deliver_due
    from pipeline.settings import settings

    try:
        on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise Misuse(f"expected a day as YYYY-MM-DD; {day} came", about="--date") from error
    now = datetime.now(UTC).replace(microsecond=0)
    posted = deliver_due(settings(), now=now, day=on, to=to or (), again=again)
    if not posted:
        print("No digest yet.")
    for one in posted:
        print(f"{one.outcome:<14} {one.recipient or 'nobody is named'}  {one.path}")
    if any(one.outcome == "not known" for one in posted):
        raise PipelineError(
            "a run ended while these mails were sent: look whether they arrived, or say --again", about="deliver"
        )
