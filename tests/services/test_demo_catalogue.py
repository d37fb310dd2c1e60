"""The demo's catalogue: the import's own columns, facts with their source, told in our own words."""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path

import pytest

from portal.pages.demo.catalogue import FILE, load_catalogue
from services.models import CatalogueRun, Procedure, ProcedureVersion
from tests.factories.cast import Cast
from tests.factories.catalogue_files import COLUMNS

DATA = Path(os.environ.get("PORTAL_DATA_DIR", Path(__file__).resolve().parents[3] / "shared" / "data"))
REAL = DATA / "procedures_all.csv.gz"
SAME_WORDS = 70
"""Characters in a row that only copying would give."""


def test_the_demo_fills_an_empty_catalogue_once(cast: Cast) -> None:
    assert load_catalogue() == 96
    assert load_catalogue() == 0
    run = CatalogueRun.objects.get()
    assert not [line for line in run.problems if line["is_refused"]]
    codes = {entry["code"] for entry in json.loads((FILE.parent / "procedures.json").read_text(encoding="utf-8"))}
    procedures = list(Procedure.objects.all())
    assert codes <= {procedure.code for procedure in procedures}, "every procedure an article speaks of"
    for procedure in procedures:
        assert all((procedure.summary, procedure.everyday_list, procedure.steps, procedure.papers)), procedure.code
        assert procedure.source_url.startswith("https://dichvucong.gov.vn/"), procedure.code


def test_a_catalogue_that_is_there_stays_as_it_is(cast: Cast) -> None:
    load_catalogue()
    Procedure.objects.filter(code="1.001193").update(summary="Lời của văn phòng")
    load_catalogue()
    assert Procedure.objects.get(code="1.001193").summary == "Lời của văn phòng"
    assert not ProcedureVersion.objects.exists()


@pytest.mark.skipif(
    not REAL.is_file(), reason=f"the shared data is not here: {REAL} (PORTAL_DATA_DIR names its folder)"
)
def test_facts_agree_with_the_source_and_no_prose_is_copied() -> None:
    csv.field_size_limit(10_000_000)
    with gzip.open(REAL, "rt", encoding="utf-8-sig", newline="") as file:
        real = {line["code"]: line for line in csv.DictReader(file)}
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == COLUMNS
    for line in lines:
        source = real[line["code"]]
        same = ("field", "agency_level", "ministry", "audience", "channels", "time_limit", "decision_no", "source_url")
        assert {name: line[name] for name in same} == {name: source[name] for name in same}
        prose = " ".join(" ".join((source["steps"], source["documents"], source["conditions"])).split())
        # Names of forms are facts; sentences are not.
        lines_of_ours = [part.partition(" [")[0] for part in (line["steps"] + "\n" + line["documents"]).splitlines()]
        copied = [
            own[at : at + SAME_WORDS]
            for own in lines_of_ours
            for at in range(len(own) - SAME_WORDS + 1)
            if own[at : at + SAME_WORDS] in prose
        ]
        assert not copied, (line["code"], copied[:1])
