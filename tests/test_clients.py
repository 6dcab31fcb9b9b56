"""clients.yaml: read whole at start, every mistake named."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.clients import ClientsError, load_clients
from service.fixtures import demo_clients

THERAPIES = frozenset({"ctace", "y90-glass", "y90-resin", "microwave"})


def _written(folder: Path, text: str) -> Path:
    path = folder / "clients.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_reads_the_demo_client() -> None:
    client = load_clients(demo_clients(), THERAPIES)["demo"]
    site = client.site()
    assert site.order_codes["https://demo.example/orders", "IR-CTACE"] == (("ctace",), "therapy")
    assert site.settings["specialist_centre"] is True


def test_it_keeps_words_that_yaml_would_turn_into_something_else(tmp_path: Path) -> None:
    path = _written(tmp_path, "clients:\n  no:\n    title: on\n    time_zone: UTC\n")
    assert load_clients(path, THERAPIES)["no"].title == "on"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("clients:\n  a:\n    tittle: x\n", "tittle"),
        ("clients:\n  a:\n    time_zone: Mars/Olympus\n", "time_zone: 'Mars/Olympus' is no time zone"),
        ("clients:\n  a:\n    settings: {colour: red}\n", "no site setting 'colour'"),
        ("clients:\n  a:\n    order_codes: [{system: s, code: c, therapies: [magic]}]\n", "no therapy 'magic'"),
        ("clients:\n  a:\n    order_codes: [{system: s, code: c, therapies: [ctace], phase: x}]\n", "phase is mapping"),
        ("clients:\n  a:\n    fact_codes: [{system: s, code: c, fact: bilirubine}]\n", "no fact 'bilirubine'"),
        ("clients:\n  a:\n    orderables: {aspirin: {system: s, code: c, display: d}}\n", "'aspirin' is neither"),
        ("clients:\n  a:\n    replay: perhaps\n", "$.clients[...].replay"),
        ("clients:\n  a:\n    max_token_lifetime: 4000\n", "max_token_lifetime"),
        ("clients:\n  a: &x {}\n  b: *x\n", "anchors are not allowed"),
        ("clients:\n  a: {}\n  a: {}\n", "duplicate key"),
        ("clients: {", "not readable as YAML"),
        ("clients: {}\n", "names no client"),
    ],
)
def test_it_names_what_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ClientsError) as caught:
        load_clients(_written(tmp_path, text), THERAPIES)
    assert words in str(caught.value)
    assert "clients.yaml" in str(caught.value)
