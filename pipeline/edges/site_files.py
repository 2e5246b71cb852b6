"""Pages → files of the site. What was made from the same things before is neither made nor written again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from pipeline.edges.atomic import replace_file
from pipeline.site.site_model import Page


class SiteFiles:
    """The folder of a site, and beside it what each of its pages was made from.

    A page is skipped when its key is that of last time and its file has the length that was written. Writing one costs
    no wait for the disk, 10,000 would take minutes: a file cut short by a power cut is made again for its length.
    """

    def __init__(self, folder: Path, state: Path) -> None:
        self._folder, self._state = folder, state
        self._before: dict[str, tuple[str, int]] = _read(state)
        self._now: dict[str, tuple[str, int]] = {}
        self.written = 0
        self.removed = 0

    def is_made(self, path: str, key: str) -> bool:
        """Whether the page is there as this key makes it; then it is kept."""
        known = self._before.get(path)
        if known is None or known[0] != key or _length(self._folder / path) != known[1]:
            return False
        self._now[path] = known
        return True

    def put(self, path: str, key: str, make: Callable[[], Page]) -> None:
        """The page under its key; made and written unless it is there."""
        if not self.is_made(path, key):
            self.write(make(), key)

    def write(self, page: Page, key: str) -> None:
        """The page, whole under its name; a file of the same bytes stays untouched."""
        target, content = self._folder / page.path, page.text.encode("utf-8", "backslashreplace")
        self._now[page.path] = (key, len(content))
        if _length(target) == len(content) and target.read_bytes() == content:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{os.getpid()}")
        aside.write_bytes(content)
        aside.replace(target)
        self.written += 1

    def finish(self) -> int:
        """Take away the pages that no longer are, remember the others; how many there are."""
        for path in sorted(self._before.keys() - self._now.keys()):
            with contextlib.suppress(FileNotFoundError):
                (self._folder / path).unlink()
                self.removed += 1
        remembered = json.dumps(self._now, sort_keys=True, indent=0).encode()
        if not self._state.exists() or self._state.read_bytes() != remembered:
            replace_file(self._state, remembered)
        return len(self._now)


def key_of(*parts: object) -> str:
    """A hash over everything that a page is made of."""
    return hashlib.blake2b("\x1f".join(map(repr, parts)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _read(state: Path) -> dict[str, tuple[str, int]]:
    """What was remembered; nothing when there is nothing that can be read: then all is made again."""
    try:
        return {path: (str(key), int(length)) for path, (key, length) in json.loads(state.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
