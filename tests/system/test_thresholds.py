"""A service whose thresholds file goes away: it starts from the signed copy, and from none that was changed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
import requests

from tests.system.serving import serving, wait_for
from tests.web.requests import SELECT, bundle, hook_request, lab

pytestmark = pytest.mark.system


def test_101_it_starts_from_the_signed_copy_and_from_none_that_was_changed(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "thresholds.yaml"
    file.write_text("arterial-liver.max_bilirubin: 1.8\n", encoding="utf-8")
    with serving(data, 1, THRESHOLDS=str(file)) as service:
        assert service.readiness()["status"] == "ready"
        assert service.terminate() == 0
        file.unlink()
        service.start()
        assert service.readiness()["status"] == "degraded"
        os.kill(service.workers()[0], signal.SIGKILL)
        wait_for(service.is_ready, 180)
        request = hook_request(labs=bundle(lab("1975-2", 1.9, "mg/dL")))
        card = requests.post(service.url + SELECT, json=request, timeout=30).json()["cards"][0]
        assert "1.8" in card["detail"]
        assert service.terminate() == 0
        copy = data / "thresholds.in-force.yaml"
        copy.write_text(copy.read_text(encoding="utf-8").replace("1.8", "2.8"), encoding="utf-8")
        assert service.exit_code() == 2
        assert "is refused: it was changed" in service.log.read_text(encoding="utf-8")
