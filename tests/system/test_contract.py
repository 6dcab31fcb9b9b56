"""The running service against its own OpenAPI document: thousands of requests made from it, well-formed and not.

`make soak` sends ten times as many, other ones each time.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.core.transport import Response

from cds_hooks.conformance import Level, Problem, check_discovery, check_response
from service.cards.notices import CannotReason
from service.fixtures import packaged_fixtures
from tests.system.serving import Serving, serving

pytestmark = pytest.mark.system
USUAL = 2_000
CASES = int(os.environ.get("CONTRACT_CASES", USUAL))
CALL = "/cds-services/liver-directed-therapy-{}"
FIXTURES = [
    json.loads((packaged_fixtures() / name / "order-select.json").read_bytes())
    for name in ("every-question-answered", "unreadable-resources", "usual-chart")
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def operations(service: Serving) -> Mapping[str, Any]:
    """By label, e.g. "GET /livez"."""
    load_all_checks()
    found = schemathesis.openapi.from_url(f"{service.url}/openapi.json").get_all_operations()
    return {each.label: each for each in (result.ok() for result in found)}


def _over(case: Case, fixture: dict[str, Any] | None) -> Case:
    """What was generated beside a patient's chart and order, so that judging meets it among what it understands."""
    sent = case.body if isinstance(case.body, dict) else {}
    context, prefetch = sent.get("context"), sent.get("prefetch", {})
    if fixture is not None and isinstance(context, dict) and isinstance(prefetch, dict):
        own, drafts = fixture["context"], context.get("draftOrders")
        more = drafts.get("entry") if isinstance(drafts, dict) else None
        entries = own["draftOrders"]["entry"] + (more if isinstance(more, list) else [])
        orders = {"resourceType": "Bundle", "entry": entries}
        chart = {**fixture["prefetch"], **prefetch, "patient": fixture["prefetch"]["patient"]}
        case.body = {**sent, "context": {**context, **own, "draftOrders": orders}, "prefetch": chart}
    return case


def _broken(path: str, answer: Response) -> list[Problem]:
    """Rules of CDS Hooks that a good answer breaks."""
    if answer.status_code != 200 or path.endswith("/feedback") or not path.startswith("/cds-services"):
        return []
    check = check_discovery if path == "/cds-services" else check_response
    return [each for each in check(answer.json()) if each.level is Level.ERROR]


def _run(operation: Any, mode: GenerationMode, most: int) -> Counter[str]:
    """How often each status came, and how many decisions. Fails on whatever the document does not allow."""
    seen: Counter[str] = Counter()
    fixtures = st.sampled_from([None, *FIXTURES]) if "/feedback" not in operation.path else st.none()
    unlike = [check for check in schemathesis.checks.CHECKS.get_all() if check.__name__ in CHECKED]

    @settings(
        max_examples=most, deadline=None, database=None, derandomize=CASES == USUAL,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode), fixtures)
    def send(case: Case, fixture: dict[str, Any] | None) -> None:
        answer = _over(case, fixture).call()
        seen[str(answer.status_code)] += 1
        seen["decisions"] += answer.text.count('"thresholdSet"')
        case.validate_response(answer, checks=unlike)
        assert _broken(operation.path, answer) == []
        assert f'"reason":"{CannotReason.INTERNAL.word}"' not in answer.text

    send()
    return seen


CHECKED = {
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "allow_header_conformance",
}  # fmt: skip
"""Not that every odd request is refused: what a chart holds that cannot be read is told on the card."""


@pytest.mark.parametrize("mode", GenerationMode, ids=str)
@pytest.mark.parametrize("path", [CALL + end for end in ("", "/feedback")])
@pytest.mark.parametrize("hook", ["select", "sign"])
def test_it_answers_whatever_is_sent_as_the_document_says(
    operations: Mapping[str, Any], path: str, hook: str, mode: GenerationMode
) -> None:
    seen = _run(operations[f"POST {path.format(hook)}"], mode, CASES // 8)
    decisions = seen.pop("decisions")
    assert sum(seen.values()) >= CASES // 8
    assert set(seen) <= {"200", "400", "412"}
    assert seen["200" if mode.is_positive else "400"]
    assert decisions >= CASES // 80 or mode.is_negative or path.endswith("/feedback")


def test_it_answers_every_reading_as_the_document_says(operations: Mapping[str, Any]) -> None:
    for label, operation in operations.items():
        if label.startswith("GET"):
            seen = _run(operation, GenerationMode.POSITIVE, max(25, CASES // 80))
            assert not {status for status in seen if status.startswith("5")}, label
