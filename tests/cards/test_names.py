import pytest

from service.cards.names import FROM_DICTIONARY, GROUPS, WORDS
from service.clinical.dictionary import FACTS


def test_it_words_only_facts_of_the_dictionary():
    assert set(WORDS) <= set(FACTS)
    assert all(word and group in {"", *GROUPS} for word, group in WORDS.values())


def test_it_gives_every_fact_a_group_and_a_word_of_its_own():
    assert {FROM_DICTIONARY.group(name) for name in FACTS} == set(GROUPS)
    words = [FROM_DICTIONARY.word(name) for name in FACTS]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("name", "word", "group"),
    [
        ("inr", "INR", "laboratory"),
        ("ecog", "ECOG", "performance"),
        ("portal_flow", "portal flow", "imaging"),
        ("tumour_board_age", "tumour board", "board"),
        ("pregnancy_test_age", "pregnancy test", "laboratory"),
        ("days_since_chemotherapy", "days since chemotherapy", "history"),
        ("planned_drug", "planned drug", "plan"),
        ("child_pugh", "Child-Pugh", "history"),
        ("no_such_fact", "no such fact", "history"),
    ],
)
def test_it_names(name, word, group):
    assert (FROM_DICTIONARY.word(name), FROM_DICTIONARY.group(name)) == (word, group)
