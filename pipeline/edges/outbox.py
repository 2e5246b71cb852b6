"""Mails that go out once: a file says so before a mail is sent, and again when it is.

<name>.json is the state of one mail to one reader, <name>.eml the mail itself. A run that ends in between leaves the
state "sending": nobody knows whether the mail went out, so it is not sent again unless somebody says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from pipeline.edges.atomic import replace_file
from pipeline.errors import PipelineError, Unreachable

State = Literal["written", "sending", "sent"]
Outcome = Literal["sent", "written", "sent before", "written before", "not known"]


class NotAccepted(Unreachable):
    """The server said no, or was not there, before it had taken the mail: it certainly did not go out."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one mail to one reader."""

    name: str
    recipient: str
    outcome: Outcome
    path: Path


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    recipient: str
    message_id: str
    state: State
    at: str


class Outbox:
    """The mails of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def post(
        self,
        message: EmailMessage,
        *,
        name: str,
        recipient: str,
        at: datetime,
        send: Callable[[EmailMessage], None] | None,
        again: bool = False,
    ) -> Posted:
        """Send a mail that has not gone out yet; without anybody to send it, write it to its file.

        send    hands the mail to a server: returns when the server has taken it, raises NotAccepted when it certainly
                has not. Any other error leaves the mail in doubt.
        again   send a mail that is in doubt once more
        raises  NotAccepted; the mail can be posted again
        """
        mail, path = self.folder / f"{name}.eml", self.folder / f"{name}.json"
        known = self._read(path)
        if known and known.state == "sent":
            return Posted(name, recipient, "sent before", mail)
        if known and known.state == "sending" and not again:
            return Posted(name, recipient, "not known", mail)
        if known and known.state == "written" and send is None:
            return Posted(name, recipient, "written before", mail)
        entry = _Entry(
            name, recipient, str(message["Message-ID"]), "written" if send is None else "sending", at.isoformat()
        )
        replace_file(mail, message.as_bytes())
        if not self._reserve(path, entry, known):
            return Posted(name, recipient, "not known", mail)
        if send is None:
            return Posted(name, recipient, "written", mail)
        try:
            send(message)
        except NotAccepted:
            path.unlink(missing_ok=True)
            raise
        self._write(path, _Entry(name, recipient, entry.message_id, "sent", entry.at))
        return Posted(name, recipient, "sent", mail)

    def _read(self, path: Path) -> _Entry | None:
        if not path.exists():
            return None
        try:
            return _Entry(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise PipelineError(f"the state of this mail cannot be read: {error}", about=os.fspath(path)) from error

    def _reserve(self, path: Path, entry: _Entry, known: _Entry | None) -> bool:
        """Say that the mail is about to go out; False when another run has just said so."""
        if known is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
            except FileExistsError:
                return False
        self._write(path, entry)
        return True

    def _write(self, path: Path, entry: _Entry) -> None:
        replace_file(path, (json.dumps(asdict(entry), ensure_ascii=False, indent=1) + "\n").encode())
