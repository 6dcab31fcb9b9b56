"""Generated patients through the service: an answer for each that keeps the specification, every status among them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cds_hooks.conformance import check_response
from cds_hooks.json import decode, encode
from service.app import create_app
from service.rules.decision import Status
from service.settings import read_settings
from tests.cohort.making import AS_OF, patient, status
from tests.web.requests import SELECT, SIGN


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    data: Path = tmp_path_factory.mktemp("data")
    settings = read_settings({}, mode="development", data_dir=str(data), log_level="error")
    app = create_app(settings, clock=lambda: datetime.combine(AS_OF, time(12), UTC))
    app.extensions["liver_cds_records"].close()
    return app.test_client()


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_each_is_answered_as_the_specification_asks(first: int, client: FlaskClient) -> None:
    for index in range(first, first + 20):
        hook, path = (("order-select", SELECT), ("order-sign", SIGN))[index % 2]
        answer = client.post(path, data=encode(patient(index).requests[hook]), content_type="application/json")
        assert answer.status_code == 200, index
        body = decode(answer.data)
        assert check_response(body) == [], index
        assert len(body["cards"]) == 1, index


def test_every_status_occurs_among_500_patients() -> None:
    missing = {each.word for each in Status}
    for index in range(500):
        missing.discard(status(index))
        if not missing:
            break

    assert missing == set()
