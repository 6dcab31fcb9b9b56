"""One /metrics for all workers, counted from the start of the service."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
import requests

from tests.system.serving import serving
from tests.web.requests import SELECT, hook_request

pytestmark = pytest.mark.system


def test_it_adds_up_all_workers_and_begins_anew(tmp_path: Path) -> None:
    for _ in range(2):
        with serving(tmp_path / "data", 2) as service:
            for _ in range(12):
                body = hook_request() | {"hookInstance": str(uuid4())}
                assert requests.post(service.url + SELECT, json=body, timeout=30).status_code == 200
            assert {service.metric('liver_cds_calls_total{client="demo",hook="order-select"') for _ in range(6)} == {12}
            assert service.metric('liver_cds_calls_total{client="demo",hook="order-sign"') == 0
            assert "liver_cds_outbox_waiting" in requests.get(f"{service.url}/metrics", timeout=5).text
