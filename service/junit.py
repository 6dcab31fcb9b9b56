"""Results in JUnit's XML, for pipelines. Knows nothing of what was tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Case:
    """`failure`: what went wrong in a word or two, empty when all is well; `skipped`: why nothing was tried."""

    name: str
    seconds: float = 0.0
    failure: str = ""
    details: Sequence[str] = ()
    skipped: str = ""


def junit(suite: str, group: str, cases: Sequence[Case]) -> str:
    """One test suite; `group` is the class name that pipelines show cases under."""
    failures, skipped = sum(bool(case.failure) for case in cases), sum(bool(case.skipped) for case in cases)
    counts = f'tests="{len(cases)}" failures="{failures}" skipped="{skipped}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuite name={quoteattr(suite)} {counts}>",
        *(_case(group, case) for case in cases),
        "</testsuite>",
    ]
    return "\n".join([*lines, ""])


def _case(group: str, case: Case) -> str:
    head = f'  <testcase classname={quoteattr(group)} name={quoteattr(case.name)} time="{case.seconds:.3f}"'
    text = escape("\n".join(case.details))
    if case.failure:
        return f"{head}><failure message={quoteattr(case.failure)}>{text}</failure></testcase>"
    if case.skipped:
        return f"{head}><skipped message={quoteattr(case.skipped)}/></testcase>"
    return f"{head}><system-out>{text}</system-out></testcase>" if text else f"{head}/>"
