"""Great Expectations is imported without what checking frames never uses, and whole where it does not bear that."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.auditing import great_expectations_core as core
from pipeline.settings import ROOT

CHECK = """
import sys
from importlib.util import _LazyModule
import pandas
from pipeline.auditing.expectations import Rule, validate

rule = Rule(dataset="d", frame="d", name="r", level="row", severity="quarantine", column="n", expect="between",
            bounds={"max_value": 2}, description="Few.", hint="Look.")
frame = pandas.DataFrame({"id": ["a", "b"], "n": [1.0, 3.0]})
verdict = validate({"d": frame}, [rule], batch="b", keys={"d": "id"})
print([miss.row_id for miss in verdict.misses], verdict.results[0].outcome)
print("sqlalchemy" in sys.modules, [type(sys.modules[name]) is _LazyModule for name in ("altair", "scipy.stats")])
import sqlalchemy
print(sqlalchemy.create_engine.__name__, sys.modules["scipy.stats"].norm.cdf(0))
"""


def test_a_frame_is_checked_without_databases_charts_and_distributions_which_others_still_can_import():
    done = subprocess.run([sys.executable, "-c", CHECK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['b'] missed", "False [True, True]", "create_engine 0.5"]
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("needs", "is_whole"),
    [("import made_up_charts as charts", False), ("import made_up_extra", True), ("import no_such_thing", None)],
)
def test_a_library_that_cannot_do_without_an_extra_gets_it(tmp_path, monkeypatch, caplog, needs, is_whole):
    for name, text in {"made_up_library": f"{needs}\nvalue = 1\n", "made_up_extra": "", "made_up_charts": ""}.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(core, "EXTRAS", frozenset({"made_up_extra"}))
    monkeypatch.setattr(core, "ON_DEMAND", frozenset({"made_up_charts"}))
    if is_whole is None:
        with pytest.raises(ModuleNotFoundError, match="no_such_thing"):
            core.imported("made_up_library")
        return
    (library,) = core.imported("made_up_library")
    assert library.value == 1
    assert ("imported whole" in caplog.text) == is_whole
