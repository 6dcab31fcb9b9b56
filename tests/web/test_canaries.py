"""Words that occur nowhere else, in every field, header, token and password, through good calls and every kind of bad
one: afterwards they are found in the declared places and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import SettingsError, read_settings
from tests.conftest import NOW
from tests.web.key_server import BASE_URL, ISSUER, new_key, public, signed
from tests.web.requests import PATIENT, SELECT, SIGN, bundle, hook_request, lab, order

KEY = new_key()
pytestmark = pytest.mark.reliability(66)
DECLARED = {"comment", "reason", "system", "display", "card", "suggestion", "local-code", "local-system", "unit"}
"""feedback is kept as it came, and so are codes of orders that mean nothing here and the units of what was judged: they
rest in the records alone"""


def _canary(name: str) -> str:
    return f"canary-{name}-zq"


def _full(value: Any, name: str = "") -> Any:
    """A resource with a canary in every text that decides nothing."""
    extra = {
        "text": {"status": "generated", "div": f"<div>{_canary(name + 'narrative')}</div>"},
        "identifier": [{"system": "urn:x", "value": _canary(name + "identifier")}],
        "note": [{"text": _canary(name + "note")}],
        "extension": [{"url": "https://x.example", "valueString": _canary(name + "extension")}],
    }
    return {**extra, **value}


def _request(hook: str = "order-select") -> dict[str, Any]:
    patient = _full({**PATIENT, "id": "canary-patient-zq", "birthDate": "1913-04-17"}, "patient-")
    patient |= {
        "name": [{"family": _canary("name"), "given": [_canary("given")]}],
        "address": [{"line": [_canary("street")]}],
        "telecom": [{"value": _canary("phone")}],
        "contact": [{"name": {"family": _canary("contact")}}],
    }
    drafted = _full(order("canary-order-zq", text=_canary("order-text")), "order-")
    drafted |= {"subject": {"reference": "Patient/canary-patient-zq", "display": _canary("subject")}}
    drafted["requester"] = {"reference": "Practitioner/canary-requester-zq", "display": _canary("requester")}
    unmapped = order("canary-unmapped-zq", _canary("local-code"), f"urn:{_canary('local-system')}",
                     text=f"liver embolisation {_canary('unmapped-text')}")  # fmt: skip
    unmapped["subject"] = drafted["subject"]
    observed = _full(lab("1975-2", 2.4, "mg/dL", patient="canary-patient-zq"), "lab-") | {"id": "canary-lab-zq"}
    observed["performer"] = [{"display": _canary("performer")}]
    odd = {**observed, "id": "canary-odd-zq", "valueQuantity": {"value": 9, "unit": _canary("unit")}}
    made = hook_request(drafted, unmapped, hook=hook, patient=patient, labs=bundle(observed, odd))
    made["hookInstance"] = "canary-instance-zq"
    made["context"] |= {"patientId": "canary-patient-zq", "userId": "Practitioner/canary-user-zq",
                        "encounterId": "canary-encounter-zq", "unknown": _canary("context")}  # fmt: skip
    made["extension"] = {"org.example": _canary("request-extension")}
    made["prefetch"]["more"] = _canary("prefetch")
    access = {"access_token": _canary("access"), "token_type": "Bearer", "expires_in": 60, "scope": _canary("scope"),
              "subject": _canary("oauth"), "patient": "canary-patient-zq"}  # fmt: skip
    return {**made, "fhirServer": f"https://{_canary('host')}.example/fhir", "fhirAuthorization": access}


def _feedback() -> dict[str, Any]:
    reason = {"code": _canary("reason"), "system": f"urn:{_canary('system')}", "display": _canary("display")}
    both = {"card": _canary("card"), "outcomeTimestamp": "2026-11-22T12:00:00Z", "unknown": _canary("item")}
    override = {"reason": reason, "userComment": _canary("comment")}
    return {
        "feedback": [
            {**both, "outcome": "overridden", "overrideReason": override},
            {**both, "outcome": "accepted", "acceptedSuggestions": [{"id": _canary("suggestion")}]},
        ]
    }


class Ward:
    """The service in production with a secret in every setting that takes one, and all that it answered and wrote."""

    def __init__(self, folder: Path) -> None:
        clients = {"ward": {"issuer": ISSUER, "keys": [public(KEY)], "audience": BASE_URL}}
        (folder / "clients.yaml").write_text(yaml.safe_dump({"clients": clients}), encoding="utf-8")
        (folder / "key").write_text(_canary("patient-key") * 3, encoding="utf-8")
        self.data = folder / "data"
        settings = read_settings(
            {}, mode="production", data_dir=str(self.data), clients=str(folder / "clients.yaml"), base_url=BASE_URL,
            patient_key_file=str(folder / "key"), log_level="debug",
            database_url=f"postgresql://user:{_canary('password')}@127.0.0.1:1/none",
        )  # fmt: skip
        assert "canary" not in repr(settings)
        self.app = create_app(settings, clock=lambda: NOW)
        self.client: FlaskClient = self.app.test_client()
        self.answers: list[str] = []
        self._number = 0

    def send(self, path: str, body: Any, *, token: str | None = None, **options: Any) -> int:
        self._number += 1
        target = path.partition("?")[0]
        good = signed(KEY, aud=f"{BASE_URL}{target}", jti=f"canary-jti-{self._number}-zq", sub=_canary("sub"))
        headers = {"Authorization": f"Bearer {good if token is None else token}", "User-Agent": _canary("agent"),
                   "X-Request-Id": _canary("request-id"), "Cookie": f"a={_canary('cookie')}",
                   "Referer": f"https://{_canary('referer')}.example/", "X-Forwarded-For": _canary("forwarded"),
                   "traceparent": _canary("trace")}  # fmt: skip
        data = body if isinstance(body, bytes) else json.dumps(body)
        options = {"content_type": "application/json", "method": "POST"} | options
        answer = self.client.open(path, data=data, headers=headers, **options)
        self.answers.append(f"{answer.status_code} {answer.headers} {answer.text}")
        return answer.status_code


def _errors(ward: Ward) -> Iterator[int]:
    """Every kind of refusal."""
    good, whole = _request(), json.dumps(_request()).encode()
    wrong = signed(new_key(), jti="canary-jti-wrong-zq")
    yield ward.send(SELECT, good, token=_canary("bearer"))
    yield ward.send(SELECT, good, token=wrong)
    yield ward.send(f"{SELECT}?name={_canary('query')}", good, token=signed(KEY, iss=_canary("issuer")))
    changed = ({"hook": _canary("hook")}, {"context": _canary("c")}, {"hookInstance": [_canary("list")]},
               {"context": {"patientId": f"{_canary('id')}/x"}})  # fmt: skip
    for body in (whole[:-40], b"[" * 9999, b'"' + whole, *({**good, **members} for members in changed)):
        yield ward.send(SELECT, body)
    yield ward.send(SELECT, good, content_type=f"text/{_canary('type')}")
    yield ward.send(SELECT, good, method="PUT")
    yield ward.send(f"/cds-services/{_canary('service')}", good)
    yield ward.send(f"/{_canary('path')}", good)
    yield ward.send(f"/explain/{_canary('token')}", b"", method="GET")
    broken = [{"card": _canary("bad-card"), "outcome": _canary("outcome"), "outcomeTimestamp": _canary("moment")}]
    yield ward.send(f"{SELECT}/feedback", {"feedback": broken})
    yield ward.send(SELECT, {**good, "prefetch": {}, "fhirAuthorization": None})


def test_it_leaves_no_word_of_a_request_anywhere_but_where_declared(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward = Ward(tmp_path)
    assert [ward.send(SELECT, _request()), ward.send(SIGN, _request("order-sign"))] == [200, 200]
    assert ward.send(f"{SELECT}/feedback", _feedback()) == 200
    cards = json.loads(ward.answers[0].partition("\n\n")[2] or ward.answers[0][ward.answers[0].index("{") :])["cards"]
    statuses = list(_errors(ward))
    assert all(400 <= status < 500 for status in statuses)
    records = ward.app.extensions["liver_cds_records"]
    records.close()
    links = {link["url"].removeprefix(BASE_URL) for card in cards for link in card.get("links", ())}
    (path,) = {link for link in links if link.startswith("/explain/")}
    # the database cannot be reached: the page says so
    assert ward.send(path, b"", method="GET") == 503
    records.mover.step()

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError(_canary("exception"))

    monkeypatch.setattr("service.order_check.OrderCheck.judge", fails)
    assert ward.send(SELECT, _request()) == 200
    for probe in ("/livez", "/readyz", "/metrics", "/cds-services"):
        ward.send(probe, b"", method="GET")
    written = "".join(capfd.readouterr())
    assert '"message"' in written
    assert "canary" not in written.lower()
    _answers_tell_orders_only(ward)
    kept = b"".join(file.read_bytes() for file in sorted(ward.data.rglob("*")) if file.is_file())
    found = {word for word in _words(kept) if word not in DECLARED and not word.startswith("jti-")}
    assert b"ctace" in kept
    assert found == set()
    assert b"1913-04-17" not in kept


def _words(content: bytes) -> set[str]:
    return {
        part.partition(b"-zq")[0].decode("utf-8", "replace") for part in content.split(b"canary-")[1:] if b"-zq" in part
    }


def _answers_tell_orders_only(ward: Ward) -> None:
    """A card names its order, the patient of suggested ones, and a unit that could not be understood; an unmapped order
    is told from others by its code."""
    told = {word for answer in ward.answers for word in _words(answer.encode())}
    assert told <= {"order", "unmapped", "patient", "local-code", "unit"}


@pytest.mark.parametrize("value", [f"mysql://u:{_canary('password')}@x", f"{_canary('password')}://"])
def test_it_shows_no_secret_of_a_setting_that_fails(value: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as caught:
        read_settings({"LIVER_CDS_DATABASE_URL": value}, mode="development")
    assert "canary" not in str(caught.value)
