"""It finds nothing in a service that conforms, and each breach in one that does not, over real sockets."""

from __future__ import annotations

from typing import Any

import pytest

from cds_hooks.conformance import Level, check_feedback, check_request
from cds_hooks.hooks import HOOKS
from cds_hooks.probing import Trial, probe
from cds_hooks.probing.described import Described
from cds_hooks.probing.feedback import sample_items
from cds_hooks.probing.samples import sample_request
from service.cli.asking import Asking
from tests.cds_hooks.probing.broken_service import ANSWER, Broken, served


def _tried(service: Broken) -> Trial:
    with served(service.app) as address:
        return probe(address, Asking(address))


def test_it_finds_nothing_in_a_service_that_conforms() -> None:
    trial = _tried(Broken())
    assert trial.broken == {}
    untried = {verdict.rule.id for verdict in trial.verdicts() if not verdict.is_tried}
    assert untried == {"G-2", "R-8", "J-1", "J-4", "J-5", "J-10", "cds-r-1", "cds-r-2", "cds-fb-1", "cds-fb-2",
                       "cds-fb-3"}  # fmt: skip


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ("discovery fails", "D-5"),
        ("discovery is no JSON", "G-1"),
        ("discovery as text", "G-1"),
        ("unknown id", "R-7"),
        ("any method", "R-6"),
        ("any type", "R-5"),
        ("any body", "R-4"),
        ("incomplete", "R-1"),
        ("any hook", "R-2"),
        ("takes everything", "R-4"),
        ("fails", "H-2"),
        ("slow", "F-1"),
        ("created", "S-1"),
        ("wrong type", "G-1"),
        ("no JSON", "G-1"),
        ("strict", "R-3"),
        ("no null", "F-5"),
        ("no outcome", "F-6"),
        ("needs prefetch", "F-8"),
        ("searchset", "F-13"),
        ("never", "F-2"),
        ("echo", "F-11"),
        ("feedback fails", "B-1"),
        ("feedback once", "B-4"),
        ("any report", "B-2"),
        ("plain errors", "H-1"),
    ],
)
def test_it_finds_a_breach(how: str, rule: str) -> None:
    assert rule in _tried(Broken(how)).broken


CARD = "cards/0"


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("services", {}, "D-2"),
        ("services/0/description", None, "G-3"),
        ("services/0/title", 1, "D-4"),
        ("services/0/id", "go od", "D-7"),
        ("services/0/hook", "Sign", "D-11"),
        ("services/0/prefetch/x", 1, "P-1"),
        ("services/0/prefetch/x", "Patient/{{context.draftOrders}}", "P-5"),
        ("cards", None, "S-1"),
        (f"{CARD}/summary", "x" * 140, "S-5"),
        (f"{CARD}/selectionBehavior", None, "S-6"),
        (f"{CARD}/overrideReasons/0/display", None, "S-7"),
        (f"{CARD}/links/0/appContext", "x", "S-8"),
        (f"{CARD}/suggestions/0/actionSelectionBehavior", "any", "S-9"),
        (f"{CARD}/uuid", 5, "B-5"),
        (f"{CARD}/suggestions/0/actions/0/description", 5, "cds-resp-5"),
        (f"{CARD}/suggestions/0/actions/1/resourceId", "1", "cds-resp-2"),
    ],
)
def test_it_finds_a_breach_in_a_document(path: str, value: Any, rule: str) -> None:
    assert rule in _tried(Broken("", path, value)).broken


def test_it_bears_a_service_without_feedback() -> None:
    trial = _tried(Broken("no feedback"))
    assert trial.broken == {}
    assert "B-4" not in trial.tried


def test_it_bears_a_service_that_is_not_there() -> None:
    trial = probe("http://127.0.0.1:1", Asking("http://127.0.0.1:1"))
    assert set(trial.broken) == {"D-1", "D-5"}


def test_it_demands_https_beyond_this_machine() -> None:
    trial = probe("http://cds.invalid", Asking("http://127.0.0.1:1"))
    assert "G-2" in trial.broken


@pytest.mark.parametrize("hook", [*HOOKS, "org.example.view"])
def test_it_sends_requests_that_conform(hook: str) -> None:
    made = sample_request(Described("x", hook, {"patient": "Patient/{{context.patientId}}"}))
    assert check_request(made) == []


def test_it_sends_feedback_that_conforms() -> None:
    assert check_feedback({"feedback": sample_items(ANSWER["cards"])}) == []


def test_it_says_how_binding_a_broken_rule_is() -> None:
    verdicts = {verdict.rule.id: verdict for verdict in _tried(Broken("plain errors")).verdicts()}
    assert verdicts["H-1"].is_broken(Level.SHOULD)
    assert not verdicts["H-1"].is_broken(Level.SHALL)
