"""The commands that take records in and give figures out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from citizenfeedback.domain.law.form_sets import FORM_SETS
from citizenfeedback.domain.records import RecordKind
from tests.records import POINTS, UNITS, write


@pytest.fixture
def units(tmp_path: Path) -> str:
    """A file of two units."""
    return str(write(tmp_path, RecordKind.UNITS, UNITS))


def test_a_good_file_is_summed_up(app: Flask, session: Session, units: str) -> None:
    """Does the command say what it did, on stdout alone?"""
    run = app.test_cli_runner().invoke
    tried = run(args=["import", "units", units, "--dry-run"])
    assert (tried.exit_code, tried.stderr) == (0, "")
    assert "2 would be added" in tried.stdout
    done = run(args=["import", "units", units])
    assert "2 added" in done.stdout
    again = run(args=["import", "units", units, "--json"])
    document = json.loads(again.stdout)
    assert {name: document[name] for name in ("kind", "rows", "added", "skipped", "problems")} == {
        "kind": "units",
        "rows": 2,
        "added": 0,
        "skipped": 2,
        "problems": [],
    }


def test_a_bad_file_ends_with_1_and_every_problem(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    """Are problems on stderr in words, or in the document when one is asked for?"""
    file = str(write(tmp_path, RecordKind.POINTS, [{**POINTS[0], "opens": "7h"}]))
    run = app.test_cli_runner().invoke
    told = run(args=["import", "points", file])
    assert (told.exit_code, told.stdout) == (1, "")
    assert "points.csv, row 2, opens: not_an_hour: Must be a time of day" in told.stderr
    document = run(args=["import", "points", file, "--json"])
    assert document.exit_code == 1
    assert json.loads(document.stdout)["problems"] == [
        {
            "file": "points.csv",
            "row": 2,
            "column": "opens",
            "code": "not_an_hour",
            "message": "Must be a time of day, as HH:MM.",
        }
    ]


YEAR_2019 = ("--from", "2019-01-01", "--to", "2019-12-31")


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "nothing", "a.csv"],
        ["import", "units"],
        ["import", "units", "/missing.csv"],
        ["report", "weekly", "--from", "2019-01-01", "--to", "2019-01-02"],
        ["report", "monthly", "--from", "2019-01-01"],
        ["report", "monthly", "--from", "01/01/2019", "--to", "2019-01-02"],
        ["report", "monthly", "--from", "2019-01-02", "--to", "2019-01-01"],
        ["report", "02-XLD", *YEAR_2019, "--forms", "03/2013"],
        ["report", "03-GQKN", *YEAR_2019, "--forms", "02/2021"],
    ],
)
def test_wrong_usage_ends_with_2(app: Flask, session: Session, arguments: list[str]) -> None:
    """Is a command that makes no sense told apart from refused data?"""
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 2


def test_a_report_is_one_document(app: Flask, session: Session, units: str, tmp_path: Path) -> None:
    """Is the report of the root JSON alone on stdout, and the same in a file?"""
    run = app.test_cli_runner().invoke
    run(args=["import", "units", units])
    window = ["--from", "2019-01-01", "--to", "2019-12-31"]
    printed = run(args=["report", "monthly", *window])
    assert printed.exit_code == 0, printed.stderr or printed.exception
    document = json.loads(printed.stdout)
    assert (document["report"], document["unit"]) == ("monthly", "TOP")
    assert document["period"] == {"from": "2019-01-01", "to": "2019-12-31"}
    target = tmp_path / "report.json"
    assert run(args=["report", "monthly", *window, "-o", str(target)]).stdout == ""
    assert json.loads(target.read_text(encoding="utf-8")) == document
    ratings = json.loads(run(args=["report", "ratings", *window, "--unit", "X1"]).stdout)
    assert (ratings["unit"], ratings["overall"]["count"]) == ("X1", 0)
    csv = run(args=["report", "monthly", *window, "--format", "csv"]).stdout
    assert csv.count("\n") > len(document["figures"])
    for forms, code in ((one, code) for one in FORM_SETS.values() for code in one.forms):
        asked = ["report", str(code), *window, "--forms", forms.code]
        form = json.loads(run(args=asked).stdout)
        assert (form["report"], form["period"]) == (code, document["period"])
        assert [row["unit"] for row in form["rows"]] == ["TOP", "X1"]
        assert len(form["total"]["columns"]) == len(forms.forms[code].columns)
        for kind, begins in (("csv", b""), ("xlsx", b"PK"), ("pdf", b"%PDF")):
            paper = tmp_path / f"form.{kind}"
            assert run(args=[*asked, "--format", kind, "-o", str(paper)]).exit_code == 0
            assert paper.read_bytes().startswith(begins)
    reached = ["--from", "2025-09-01", "--to", "2025-09-30", "--forms", "01/2024"]
    noted = run(args=["report", "01-TCD", *reached])
    assert (noted.exit_code, json.loads(noted.stdout)["report"]) == (0, "01-TCD")
    assert "06/2025 replaced the forms of 01/2024 on 2025-09-30" in noted.stderr
    assert "replaced" not in run(args=[*asked]).stderr
    wrong = run(args=["report", "03-GQKN", *window, "--forms", "02/2021"])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "02/2021 has no 03-GQKN" in wrong.stderr
    assert run(args=["report", "01-XLD", *window]).exit_code == 2
    unknown = run(args=["report", "monthly", *window, "--unit", "X9"])
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "X9" in unknown.stderr


def test_signs_are_printed_for_all_a_unit_or_one_point(
    app: Flask, session: Session, units: str, tmp_path: Path
) -> None:
    """Is there one page a point, and a plain refusal where there is nothing to print?"""
    run, paper = app.test_cli_runner().invoke, tmp_path / "bien.pdf"
    assert run(args=["import", "units", units]).exit_code == 0
    empty = run(args=["posters", "-o", str(paper)])
    assert (empty.exit_code, empty.stderr) == (1, "no_points: no point is open there\n")
    points = str(write(tmp_path, RecordKind.POINTS, POINTS))
    assert run(args=["import", "points", points]).exit_code == 0
    code = POINTS[0]["code"]
    for which in ([], ["--unit", POINTS[0]["unit"]], ["--point", code, "--size", "a6"]):
        done = run(args=["posters", *which, "-o", str(paper)])
        assert (done.exit_code, done.stderr) == (0, "")
        assert paper.read_bytes().startswith(b"%PDF")
    unknown = run(args=["posters", "--point", "NONE", "-o", str(paper)])
    assert (unknown.exit_code, unknown.stderr) == (1, "unknown_point: there is no point NONE\n")


def test_a_link_to_rate_a_visit_is_printed(
    app: Flask, session: Session, units: str, tmp_path: Path
) -> None:
    """Is it a link for a point that is there and a dossier that can be one?"""
    run = app.test_cli_runner().invoke
    run(args=["import", "units", units])
    run(args=["import", "points", str(write(tmp_path, RecordKind.POINTS, POINTS))])
    asked = ["rating-link", "--point", POINTS[0]["code"]]
    plain = run(args=asked)
    assert (plain.exit_code, plain.stderr) == (0, "")
    assert "/rate/visit/" in plain.stdout
    document = json.loads(run(args=[*asked, "--dossier", "000.54.2026.12345", "--json"]).stdout)
    assert document["until"] == "2026-12-23"
    assert "12345" not in document["link"]
    unknown = run(args=["rating-link", "--point", "NONE"])
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert run(args=[*asked, "--dossier", "x"]).stderr.startswith("bad_dossier: ")
