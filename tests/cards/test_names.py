import pytest

from service.cards.names import FROM_DICTIONARY


@pytest.mark.parametrize(
    ("name", "word", "group"),
    [
        ("inr", "INR", "laboratory"),
        ("ecog", "ECOG", "performance"),
        ("portal_flow", "portal flow", "imaging"),
        ("tumour_board_age", "tumour board", "board"),
        ("pregnancy_test_age", "pregnancy test", "laboratory"),
        ("days_since_chemotherapy", "last chemotherapy", "history"),
        ("planned_drug", "planned drug", "plan"),
        ("child_pugh", "Child-Pugh", "history"),
        ("no_such_fact", "no such fact", "history"),
    ],
)
def test_it_names(name, word, group):
    assert (FROM_DICTIONARY.word(name), FROM_DICTIONARY.group(name)) == (word, group)
