"""What rests on general knowledge or convention is named, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

from click.testing import CliRunner, Result

from service.cli import main
from service.codes.tables import UNVERIFIED
from service.fixtures import packaged_fixtures
from service.knowledge_pages.criteria import held
from service.knowledge_pages.evidence import sign_offs
from service.knowledge_pages.evidence_counts import counts
from service.knowledge_pages.sign_off import evidence_page, lines
from service.knowledge_pages.words import SIGN_OFF
from service.rules.loader import load
from service.rules.model import Criterion, Inclusion, Knowledge

REQUEST = packaged_fixtures() / "refractory-ascites" / "order-select.json"


def _run(runner: CliRunner, *words: str) -> Result:
    result = runner.invoke(main, list(words), env={"COLUMNS": "900"})
    assert result.exit_code == 0, result.output
    return result


def _only(knowledge: Knowledge, *criteria: Criterion) -> Knowledge:
    therapy = knowledge.therapies["rfa"]
    small = replace(therapy, inclusions=(Inclusion("rfa", (), criteria),))
    return replace(knowledge, therapies={"rfa": small})


def test_it_names_every_criterion_that_was_not_read_once() -> None:
    knowledge = load()
    expected = sorted(
        {
            criterion.id
            for therapy in knowledge.therapies.values()
            for inclusion in therapy.inclusions
            for criterion in inclusion.criteria
            if criterion.evidence in {"knowledge", "convention"}
        }
    )
    assert sorted(each.criterion for each in sign_offs(knowledge)) == expected
    assert expected


def test_it_names_a_criterion_without_a_mark_too() -> None:
    knowledge = load()
    criterion = knowledge.therapies["rfa"].inclusions[0].criteria[0]
    marked = {mark: replace(criterion, id=f"row-{mark}", evidence=mark) for mark in ("read", "convention", "")}
    found = sign_offs(_only(knowledge, *marked.values()))
    assert [(each.criterion, each.basis) for each in found] == [
        ("row-convention", "convention"),
        ("row-", "not stated"),
    ]


def test_it_counts_every_criterion_in_one_row_and_one_column() -> None:
    knowledge = load()
    rows = counts(knowledge)
    assert sum(int(row[-1]) for row in rows) == len(held(knowledge))
    assert all(sum(map(int, row[1:-1])) == int(row[-1]) for row in rows)


def test_it_says_module_limit_and_whether_the_text_was_read() -> None:
    report = list(lines(load()))
    row = next(line for line in report if "perc-hb " in line)
    assert report.index("percutaneous") < report.index(row)
    assert "at least 8.0 g/dL (percutaneous.min_haemoglobin_percutaneous, 7.0 g/dL to 10.0 g/dL)" in row
    assert "CONVENTION (not read)" in row
    assert "rfa" in row


def test_it_reports_on_the_command_line(runner: CliRunner) -> None:
    output = _run(runner, "check", "--evidence").output
    assert f"criteria: {SIGN_OFF}" in output
    assert "no problem found" in output


def test_it_writes_the_report_as_markdown(runner: CliRunner) -> None:
    assert _run(runner, "check", "--evidence", "--markdown").output.startswith("# Criteria that need local sign-off\n")


def test_it_lists_every_code_that_nobody_has_verified() -> None:
    page = evidence_page(load())
    assert UNVERIFIED
    assert [code for system, code in UNVERIFIED if f"`{code}` ({system})" not in page] == []


def test_it_marks_such_rows_when_it_explains(runner: CliRunner) -> None:
    """In the table and for machines: a row that was read has no such mark."""
    table = _run(runner, "explain", str(REQUEST), "--as-of", "2026-11-22").output
    decision = json.loads(_run(runner, "explain", str(REQUEST), "--as-of", "2026-11-22", "--json").stdout)[0]
    unsigned = [finding for finding in decision["findings"] if finding["evidence"] != "read"]
    assert 0 < len(unsigned) < len(decision["findings"])
    assert table.count(SIGN_OFF) == len(unsigned)
