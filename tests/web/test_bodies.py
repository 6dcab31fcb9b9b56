"""Bodies that mean harm or are no JSON: 400 with an OperationOutcome, never 5xx, and good ones are read."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from service.app import create_app
from service.settings import read_settings
from tests.conftest import NOW
from tests.web.requests import PATIENT, SELECT, SIGN, bundle, hook_request, lab

SUITE = json.loads((Path(__file__).parents[1] / "data" / "json_test_suite.json").read_text(encoding="utf-8"))
BODIES = {name: base64.b64decode(text) for name, text in SUITE.items()} | {
    # too long for the file
    "n_structure_100000_opening_arrays": b"[" * 100_000,
    "n_structure_open_array_object": b'[{"":' * 50_000,
}


def _post(client: FlaskClient, body: bytes, path: str = SELECT) -> int:
    answer = client.post(path, data=body, content_type="application/json")
    assert answer.status_code < 500
    assert answer.status_code == 200 or answer.get_json()["resourceType"] == "OperationOutcome"
    return answer.status_code


def _with(text: bytes) -> bytes:
    """A good request that holds this text as an unknown member."""
    return json.dumps({**hook_request(), "extension": {"org.example": "HERE"}}).encode().replace(b'"HERE"', text)


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A caller whom nobody tells to come back later, however fast it sends."""
    settings = read_settings({}, mode="development", data_dir=str(tmp_path_factory.mktemp("data")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.web.budgets.Bucket.take", lambda _bucket: True)
        yield create_app(settings, clock=lambda: NOW).test_client()


@pytest.mark.reliability(46)
@pytest.mark.parametrize("name", BODIES)
def test_it_refuses_every_text_of_the_json_suite_as_a_body(caller: FlaskClient, name: str) -> None:
    """None of them is a hook request; what is no JSON may not be one inside a request either."""
    assert _post(caller, BODIES[name]) == 400
    assert _post(caller, BODIES[name], f"{SELECT}/feedback") == 400
    inside = _post(caller, _with(BODIES[name].removeprefix(b"\xef\xbb\xbf")))
    assert name.startswith("i_") or inside == (200 if name.startswith("y_") else 400)


@pytest.mark.reliability(47)
@pytest.mark.parametrize("depth", [5000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_it_refuses_what_is_nested_very_deeply(caller: FlaskClient, opening: bytes, closing: bytes, depth: int) -> None:
    assert _post(caller, opening * depth + b"1" + closing * depth) == 400
    assert _post(caller, _with(opening * depth + b"1" + closing * depth)) == 400


@pytest.mark.reliability(48)
@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"0x1", b"1e", b"01"])
def test_it_refuses_what_is_no_number_wherever_it_stands(caller: FlaskClient, number: bytes) -> None:
    assert _post(caller, _with(number)) == 400


@pytest.mark.reliability(48)
@pytest.mark.parametrize("number", [b"1" * 5000, b"1e400", b"-1e400", b"1e-400", b"-0", b"1E+31"])
def test_it_computes_with_no_absurd_number(caller: FlaskClient, number: bytes) -> None:
    """JSON allows them; where nobody reads them they do no harm, and read as a value they are none."""
    assert _post(caller, _with(number)) == 200
    observed = json.dumps(hook_request(labs=bundle(lab("1975-2", 77.125, "mg/dL")))).encode()
    answer = caller.post(SELECT, data=observed.replace(b"77.125", number), content_type="application/json")
    assert answer.status_code == 200
    (card,) = answer.get_json()["cards"]
    assert not {name for name in card["extension"]["org.livercds.decision"]["outcomes"]["not_met"] if "bili" in name}
    assert _post(caller, b'{"hook":' + number + b"}") == 400


HOSTILE_TEXTS = {
    "lone surrogate": rb"\ud800",
    "NUL": rb"\u0000", "RTL override": "\u202eevil".encode(),
    "zero width": "a\u200bb\ufeff".encode(), "four bytes": "\U0001f600".encode(), "NFD": "e\u0301".encode(),
    "line separator": "\u2028".encode(), "overlong": b"\xc0\xaf",
    "UTF-16": "ä".encode("utf-16"), "BOM": b"\xef\xbb\xbf",
}  # fmt: skip


@pytest.mark.reliability(50)
@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_it_answers_whatever_characters_come(caller: FlaskClient, name: str) -> None:
    made = hook_request(patient={**PATIENT, "name": [{"family": "HERE"}]}, labs=bundle(lab("1975-2", 2.4, "HERE")))
    made["context"]["draftOrders"]["entry"][0]["resource"]["code"]["text"] = "TACE liver HERE"
    body = json.dumps(made).encode().replace(b"HERE", HOSTILE_TEXTS[name])
    is_utf8 = name not in {"overlong", "UTF-16"}
    assert _post(caller, body) == (200 if is_utf8 and name != "lone surrogate" else 400)
    comment = b'{"feedback":[{"card":"c","outcome":"overridden","outcomeTimestamp":"2026-11-22T12:00:00Z",'
    comment += b'"overrideReason":{"userComment":"HERE"}}]}'
    status = _post(caller, comment.replace(b"HERE", HOSTILE_TEXTS[name]), f"{SELECT}/feedback")
    assert status == (200 if is_utf8 and name != "lone surrogate" else 400)


GOOD = [
    hook_request(labs=bundle(lab("1975-2", 2.4, "mg/dL"))),
    hook_request(hook="order-sign", labs=bundle(lab("6301-6", 1.2, "1"))),
    {"feedback": [{"card": "c", "outcome": "accepted", "acceptedSuggestions": [{"id": "s"}],
                   "outcomeTimestamp": "2026-11-22T12:00:00Z"}]},
]  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(
    ["Patient/p2", "ServiceRequest/1", "Bundle", "2026-02-30", "<script>", "\u202e", "http://loinc.org", "final"]
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for name, member in below for place in _places(member, (*way, name)))]


def _changed(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    if not way:
        return new
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[way[0]] = _changed(value[way[0]], way[1:], new)
    return copied


PLACES = [(number, way) for number, body in enumerate(GOOD) for way in _places(body)]


@pytest.mark.reliability(52)
@given(st.sampled_from(PLACES), JSON)
def test_it_never_fails_on_a_good_body_with_one_member_changed(
    caller: FlaskClient, place: tuple[int, tuple[Any, ...]], new: Any
) -> None:
    """That each answer keeps the rules of the specification is checked by tests/answer_rules.py."""
    number, way = place
    body = json.dumps(_changed(GOOD[number], way, new)).encode()
    for path in (SELECT, SIGN, f"{SELECT}/feedback"):
        _post(caller, body, path)
