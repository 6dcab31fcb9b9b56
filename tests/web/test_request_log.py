"""The line of every request: who, which hook, what came of it; a proxy's id only where it can hold no name."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.web.logs import JsonLines
from tests.web.requests import SELECT, hook_request

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def client(development: Callable[[str], FlaskClient]) -> FlaskClient:
    return development("clients: {demo: {}}")


@pytest.fixture
def lines(client: FlaskClient) -> Iterator[Lines]:
    """What the service has written since it was started, as it writes it."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonLines())
    logging.getLogger("service").addHandler(handler)
    yield lambda: [json.loads(line) for line in text.getvalue().splitlines()]
    logging.getLogger("service").removeHandler(handler)


def test_it_writes_one_line_for_each_call(client: FlaskClient, lines: Lines) -> None:
    answer = client.post(SELECT, json=hook_request())
    (line,) = [each for each in lines() if each["message"] == "answered"]
    assert (line["hook"], line["status"], line["request"]) == ("order-select", 200, answer.headers["X-Request-Id"])
    assert isinstance(line["ms"], int)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (f"{SELECT}/feedback", "order-select feedback"),
        ("/cds-services/Mustermann", "/cds-services/<service_id>"),
        ("/patient/Mustermann", "nothing"),
    ],
)
def test_it_writes_no_text_of_the_caller(client: FlaskClient, lines: Lines, path: str, place: str) -> None:
    client.post(f"{path}?name=Mustermann", json={"x": "Mustermann"}, headers={"X-Request-Id": "Mustermann"})
    written = lines()
    assert written[-1]["hook"] == place
    assert "Mustermann" not in json.dumps(written)


def test_it_writes_nothing_of_probes(client: FlaskClient, lines: Lines) -> None:
    client.get("/livez")
    client.get("/readyz")
    assert [each for each in lines() if each["message"] == "answered"] == []


@pytest.mark.parametrize("sent", ["0123456789abcdef" * 2, "9f1c6a3e-0b01-4a6c-a80e-b9d3e8a7226f"])
def test_it_takes_over_a_proxys_id(client: FlaskClient, sent: str) -> None:
    assert client.get("/livez", headers={"X-Request-Id": sent}).headers["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["MRN-123456", "", "a" * 33, "0123456789ABCDEF" * 2, "x\u00e4"])
def test_it_makes_an_id_of_its_own_for_any_other(client: FlaskClient, sent: str) -> None:
    made = client.get("/livez", headers={"X-Request-Id": sent}).headers["X-Request-Id"]
    assert len(made) == 32
    assert made != sent


@pytest.mark.reliability(64)
@pytest.mark.parametrize(
    "text",
    [
        'a"}\n{"level": "intruder"',
        "\x1b[2J\x1b[31mintruder",
        "\r\n\r\nGET /intruder",
        "\u2028intruder",
        "%0a%0d",
        "\x00",
    ],
)
def test_it_writes_one_object_a_line_whatever_a_caller_sends(client: FlaskClient, lines: Lines, text: str) -> None:
    body = hook_request() | {"hook": text, "hookInstance": text}
    safe = "".join(char for char in text if char.isprintable() and ord(char) < 128)
    client.post(
        SELECT, json=body, headers={"User-Agent": safe, "X-Request-Id": safe, "Authorization": f"Bearer {safe}"}
    )
    client.post(f"{SELECT}/feedback", json={"feedback": [{"card": text, "outcome": text, "outcomeTimestamp": text}]})
    client.get(
        "/cds-services/" + text.replace("%", "%25").replace("\n", "%0a").replace("\r", "%0d").replace("\x00", "%00")
    )
    assert all(each["level"] in {"info", "warning", "error"} for each in lines())
    assert "intruder" not in str(lines())


@pytest.mark.reliability(64)
def test_it_escapes_whatever_is_logged() -> None:
    record = logging.makeLogRecord({"msg": 'a"}\n\x1b[31m\u2028{', "levelname": "INFO", "name": "service"})
    line = JsonLines().format(record)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert json.loads(line)["message"] == 'a"}\n\x1b[31m\u2028{'
