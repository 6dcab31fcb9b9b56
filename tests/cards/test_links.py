from cds_hooks.conformance.response import check_response
from cds_hooks.json import decode, encode
from cds_hooks.models import Response
from service.cards.render import as_text
from service.cards.style import CardStyle
from tests.cards.making import bilirubin, card, card_of, decision, met

PAGES = CardStyle(pages_url="https://cds.example.org/docs/knowledge")


def test_it_links_to_the_page_of_the_therapy():
    made = card_of(bilirubin(), style=PAGES, patient="Patient/secret")
    (link,) = made.links
    assert (link.label, link.url, link.type) == (
        "Criteria and sources: cTACE", "https://cds.example.org/docs/knowledge/therapies/ctace", "absolute",
    )  # fmt: skip
    assert check_response(decode(encode(Response(cards=(made,))))) == []
    assert f"Link: {link.label} ({link.url})" in as_text(made)


def test_it_links_to_all_pages_where_the_order_may_mean_several_therapies():
    made = card(decision(met()), decision(met(), therapy="tae", short="TAE"), style=PAGES)
    assert [link.url for link in made.links] == ["https://cds.example.org/docs/knowledge/"]


def test_it_links_to_nothing_where_no_pages_are_served():
    assert card_of(bilirubin()).links == ()
