from types import SimpleNamespace

from service.cards.render import as_text
from service.cards.style import CardStyle
from service.rules.model import Note
from tests.cards.making import ascites, bilirubin, card_of, missing


def made():
    style = CardStyle(orderables={"inr": SimpleNamespace(system="s", code="c", display="d")})
    note = Note("n", "m", "Values of <0.2 & more, *starred*.")
    return card_of(ascites(), bilirubin(), missing("inr"), style=style, patient="Patient/1", notes=(note,))


def test_it_reads_like_the_card_without_its_markup():
    text = as_text(made())
    assert text.startswith("[critical] cTACE: absolute contraindication (ascites, refractory); bilirubin 2.4 mg/dL;")
    assert "- Ascites, refractory (Condition, 12 Oct): absolute; allowed none [CRA]" in text
    assert "Values of <0.2 & more, *starred*." in text
    assert "Suggestion: Order INR" in text
    assert "Reasons to go on: Tumour board decision;" in text
    assert text.endswith("Source: Liver-directed therapy criteria\n")


def test_it_keeps_to_the_width():
    lines = as_text(made(), width=60).split("\n")
    assert all(len(line) <= 60 for line in lines[1:])
