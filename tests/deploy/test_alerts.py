"""The alert rules name metrics and labels that the service really has, and Prometheus' own tool runs their tests."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from prometheus_client import Counter, Histogram

from service.web.metrics import Metrics
from tests.system.missing import missing

ROOT = Path(__file__).parents[2]
RULES = ROOT / "deploy" / "alerts.yaml"
ALERTS = [rule for group in yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]
KNOWN = {
    metric._name: set(metric._labelnames)
    for metric in vars(Metrics()).values()
    if isinstance(metric, Counter | Histogram)
} | {"liver_cds_outbox_waiting": set()}
SCRAPED = {"instance", "le"}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_it_asks_for_metrics_and_labels_that_there_are(alert: dict[str, object]) -> None:
    expression = str(alert["expr"])
    names = {re.sub(r"_(total|bucket)$", "", name) for name in re.findall(r"liver_cds_\w+", expression)}
    assert names
    assert names <= KNOWN.keys()
    labels = {word for part in re.findall(r"by \(([^)]*)\)", expression) for word in re.split(r",\s*", part)}
    labels |= set(re.findall(r"[{,]\s*(\w+)=", expression))
    assert labels <= set().union(*(KNOWN[name] for name in names)) | SCRAPED


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_it_says_what_happened_and_what_to_do(alert: dict[str, dict[str, str]]) -> None:
    assert alert["labels"]["severity"] in {"page", "ticket"}
    assert alert["annotations"].keys() == {"summary", "action"}


@pytest.mark.system
def test_it_fires_when_it_should_and_only_then() -> None:
    tool = shutil.which("promtool")
    if tool is None:
        missing("promtool is not installed (apt-get install prometheus)")
    for words in (
        ["check", "rules", str(RULES)],
        ["test", "rules", str(ROOT / "tests" / "deploy" / "alerts_test.yaml")],
    ):
        done = subprocess.run([tool, *words], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
