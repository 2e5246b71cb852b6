"""What each outlet repeats on its pages, kept from run to run: a JSON file a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.edges.atomic import replace_file
from pipeline.extraction.learned_furniture import OutletFurniture, forget, learn
from pipeline.model import derived_id

_KEPT_FOR = timedelta(days=31)  # a line that an outlet has not printed for a month is part of nothing any more


@dataclass(frozen=True, slots=True)
class _Kept:
    """Counts before and after the last batch: a batch that is read again is not counted again."""

    site: str
    batch: str = ""
    before: OutletFurniture = field(default_factory=OutletFurniture)
    after: OutletFurniture = field(default_factory=OutletFurniture)
    forgotten_on: date = date.min


_KEPT: TypeAdapter[_Kept] = TypeAdapter(_Kept)
_BY_SITE: TypeAdapter[dict[str, OutletFurniture]] = TypeAdapter(dict[str, OutletFurniture])


class FurnitureStore:
    """The counts under a folder: sites/ has each site's, batches/ what was known when a batch was read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def learned(
        self, lines: Mapping[str, Iterable[list[str]]], *, batch: str, on: date
    ) -> Mapping[str, OutletFurniture]:
        """What each site repeats, by earlier batches and by the pages of this one, which is counted once.

        A batch that is read again is read by what was known then, whatever has been learned since.
        lines   site → the lines of each of its pages
        """
        file = self._folder / "batches" / f"{batch}.json"
        if file.exists():
            return _BY_SITE.validate_json(file.read_bytes())
        found = {}
        for site, pages in sorted(lines.items()):
            kept = self._read(site)
            before = kept.before if kept.batch == batch else kept.after
            forgotten_on = max(kept.forgotten_on, date(2000, 1, 1))
            if on - forgotten_on > _KEPT_FOR:
                before, forgotten_on = forget(before, before=on - _KEPT_FOR), on
            after = learn(before, pages, on=on)
            self._write(replace(kept, batch=batch, before=before, after=after, forgotten_on=forgotten_on))
            repeated = {key: seen for key, seen in after.lines.items() if seen.pages > 1}
            found[site] = OutletFurniture(after.pages, repeated)
        replace_file(file, _BY_SITE.dump_json(found))
        return found

    def _read(self, site: str) -> _Kept:
        file = self._file(site)
        return _KEPT.validate_json(file.read_bytes()) if file.exists() else _Kept(site)

    def _write(self, kept: _Kept) -> None:
        replace_file(self._file(kept.site), _KEPT.dump_json(kept))

    def _file(self, site: str) -> Path:
        return self._folder / "sites" / f"{derived_id('site', site)}.json"
