"""The link from a card to the pages on its criteria: only from a service that has an address."""

from __future__ import annotations

from collections.abc import Callable

import yaml
from flask.testing import FlaskClient

from tests.web.key_server import BASE_URL, ISSUER, new_key, public, signed
from tests.web.requests import SELECT, hook_request

KEY = new_key()


def test_it_links_a_card_to_the_page_of_its_therapy(production: Callable[[str], FlaskClient]) -> None:
    client = production(yaml.safe_dump({"clients": {"ward": {"issuer": ISSUER, "keys": [public(KEY)]}}}))
    token = signed(KEY, aud=f"{BASE_URL}{SELECT}")
    answer = client.post(SELECT, json=hook_request(), headers={"Authorization": f"Bearer {token}"})
    (card,) = answer.json["cards"] if answer.json else ()
    assert [link["url"] for link in card["links"]] == [f"{BASE_URL}/docs/knowledge/therapies/ctace"]
    assert "p1" not in card["links"][0]["url"]


def test_it_links_to_nothing_from_a_demonstration(client: FlaskClient) -> None:
    answer = client.post(SELECT, json=hook_request())
    assert answer.json
    assert "links" not in answer.json["cards"][0]
