"""The status that one finding alone would give (design: statuses, worst first)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from service.rules.decision import Decision, Finding, Outcome, Status
from service.rules.model import Kind, Missing, When
from service.rules.status import share

NOT_MET = {Kind.ABSOLUTE: Status.CONTRAINDICATED, Kind.REQUIRED: Status.NOT_MET, Kind.RELATIVE: Status.REVIEW}
UNKNOWN = {Missing.BLOCK: Status.NEEDS_DATA, Missing.ASK: Status.CONFIRM}


@pytest.fixture(scope="module")
def finding(judge: Callable[..., Decision], fit: dict[str, Any]) -> Finding:
    return judge(fit).findings[0]


@pytest.mark.parametrize("missing", Missing)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("when", When)
def test_it_gives_every_finding_its_share(finding: Finding, kind: Kind, missing: Missing, when: When) -> None:
    counts = when is When.ORDER and kind in NOT_MET
    expected = {
        Outcome.MET: Status.NONE_FOUND,
        Outcome.NOT_MET: NOT_MET[kind] if counts else Status.NONE_FOUND,
        Outcome.UNKNOWN: UNKNOWN.get(missing, Status.NONE_FOUND) if counts else Status.NONE_FOUND,
    }
    for outcome, status in expected.items():
        each = msgspec.structs.replace(finding, kind=kind, missing=missing, when=when, outcome=outcome)
        assert share(each) is status
