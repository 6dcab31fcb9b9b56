"""What a client wishes of its cards: never more hidden than it asked for, and what is left out is told to machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from cds_hooks.conformance import check_response
from cds_hooks.models import Card, Source
from service.client_profiles.preferences import CardPreferences
from service.fixtures import packaged_fixtures
from service.rules.decision import Status
from service.web.preferences import Drafted, chosen
from tests.web.requests import SELECT, SIGN, bundle, hook_request, lab, order

Start = Callable[[str], FlaskClient]
ORDERS = [order("1"), order("2", "microwave"), order("3", "rfa"), order("4", "pve")]


@dataclass(frozen=True)
class Judged:
    """Of a decision what is looked at here."""

    status: Status


def _drafted(status: Status, indicator: Any = "info") -> Drafted:
    return Drafted(Card(summary="s", indicator=indicator, source=Source(label="l")), None, (Judged(status),))


def _ask(start: Start, body: dict[str, Any], path: str = SIGN, **card: Any) -> dict[str, Any]:
    client = start(yaml.safe_dump({"clients": {"demo": {"card": card}}}))
    answer: dict[str, Any] = json.loads(client.post(path, json=body).data)
    assert check_response(answer) == []
    return answer


def _left_out(answer: dict[str, Any]) -> list[tuple[str, str]]:
    told = answer.get("extension", {}).get("org.livercds.answer", [])
    return [(each["order"], each["reason"]) for each in told if "status" in each]


def _orders_shown(answer: dict[str, Any]) -> list[str]:
    return [card["extension"]["org.livercds.decision"]["order"] for card in answer["cards"]]


def _several(*orders: dict[str, Any]) -> dict[str, Any]:
    labs = bundle(lab("1975-2", 2.4, "mg/dL"))
    return hook_request(*(orders or ORDERS), hook="order-sign", labs=labs)


def test_it_shows_every_card_unless_told(development: Start) -> None:
    answer = _ask(development, _several())
    assert len(answer["cards"]) == 4
    assert _left_out(answer) == []


def test_it_leaves_out_the_least_severe_and_says_so_to_both_readers(development: Start) -> None:
    everything, few = _ask(development, _several()), _ask(development, _several(), max_cards=2)
    rank = {"critical": 0, "warning": 1, "info": 2}
    shown = [rank[card["indicator"]] for card in few["cards"]]
    assert shown == sorted(rank[card["indicator"]] for card in everything["cards"])[:2]
    assert "2 more orders were checked; this system shows no card for them." in few["cards"][-1]["detail"]
    assert [reason for _, reason in _left_out(few)] == ["over_max_cards"] * 2
    assert {order for order, _ in _left_out(few)} | set(_orders_shown(few)) == set(_orders_shown(everything))


@pytest.mark.parametrize("max_cards", [1, 2, 3])
def test_it_keeps_to_the_length_with_the_note(development: Start, max_cards: int) -> None:
    answer = _ask(development, _several(), max_cards=max_cards)
    assert all(len(card["detail"]) <= 900 for card in answer["cards"])
    assert all(len(card["detail"].splitlines()) <= 12 for card in answer["cards"])


def test_it_never_leaves_out_a_contraindication(development: Start) -> None:
    body = json.loads((packaged_fixtures() / "refractory-ascites" / "order-sign.json").read_bytes())
    entries = body["context"]["draftOrders"]["entry"]
    second = {**entries[0]["resource"], "id": "second"}
    body["context"]["draftOrders"]["entry"] = [*entries, {"resource": second}]
    answer = _ask(development, body, max_cards=1)
    assert [card["indicator"] for card in answer["cards"]] == ["critical", "critical"]


def test_it_never_leaves_out_that_an_order_was_not_checked(development: Start) -> None:
    foreign = {**order("9"), "subject": {"reference": "Patient/p2"}}
    answer = _ask(development, _several(*ORDERS, foreign), max_cards=1)
    assert "ServiceRequest/9" in _orders_shown(answer)


def _quiet(hook: str) -> dict[str, Any]:
    """A request of the packaged fixtures whose one card finds nothing listed."""
    for path in sorted(packaged_fixtures().glob(f"*/{hook}.answer.json")):
        cards = json.loads(path.read_bytes())["cards"]
        found = [(card["extension"]["org.livercds.decision"]["status"], card["indicator"]) for card in cards]
        if found == [("none_found", "info")]:
            body: dict[str, Any] = json.loads(path.with_name(f"{hook}.json").read_bytes())
            return body
    raise LookupError(hook)


def test_it_is_quiet_at_order_sign_only_where_asked_to(development: Start) -> None:
    sign, select = _quiet("order-sign"), _quiet("order-select")
    quiet = _ask(development, sign, show_none_found=False)
    assert quiet["cards"] == []
    assert [reason for _, reason in _left_out(quiet)] == ["none_found_not_shown"]
    assert quiet["extension"]["org.livercds.answer"][0]["status"] == "none_found"
    assert len(_ask(development, sign)["cards"]) == 1
    assert len(_ask(development, select, SELECT, show_none_found=False)["cards"]) == 1


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("indicator", ["info", "warning", "critical"])
def test_it_hides_no_other_status_and_nothing_above_info(status: Status, indicator: str) -> None:
    wish = CardPreferences(show_none_found=False, show_confirm=False)
    (each,) = chosen([_drafted(status, indicator)], wish, "order-sign")
    is_hidden = indicator == "info" and status in {Status.NONE_FOUND, Status.CONFIRM}
    assert each.left_out == (f"{status.word}_not_shown" if is_hidden else "")


@pytest.mark.parametrize("number", [0, 1, 2, 7])
def test_it_leaves_every_card_in_one_of_two_places(number: int) -> None:
    drafted = [_drafted(Status(2 + place % 4)) for place in range(number)]
    found = chosen(drafted, CardPreferences(max_cards=1, show_none_found=False), "order-sign")
    assert len(found) == number
    assert sum(not each.left_out for each in found) == min(number, 1)
    assert [each.status for each in found] == sorted(each.status for each in drafted)


def test_it_offers_our_reasons_none_or_the_sites_own(development: Start) -> None:
    own = [{"system": "urn:oid:1.2.3", "code": "board", "display": "Board said so"}]
    ours, none, theirs = (
        _ask(development, _several(), override_reasons=wish)["cards"][0].get("overrideReasons", [])
        for wish in (True, False, own)
    )
    assert len(ours) > 1
    assert none == []
    assert theirs == own
