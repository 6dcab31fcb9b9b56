from __future__ import annotations

from service.clinical.dictionary import FACTS
from service.codes.groups import GROUPS, fact_group, fact_question, fact_word
from service.codes.rows import read


def test_it_has_a_row_for_every_fact_and_no_other() -> None:
    assert [row["fact"] for row in read("groups.csv")] == list(FACTS)


def test_it_groups_every_fact() -> None:
    assert {fact_group(name) for name in FACTS} == set(GROUPS)


def test_it_gives_every_fact_a_short_word_of_its_own() -> None:
    words = [fact_word(name) for name in FACTS]
    assert len(set(words)) == len(words)
    assert max(map(len, words)) <= 40
    assert [word for word in words if "_" in word or "·" in word] == []


def test_it_uses_the_words_of_the_design() -> None:
    assert [fact_word(name) for name in ("portal_flow", "ecog", "inr")] == ["portal flow", "ECOG", "INR"]


def test_it_asks_in_plain_questions() -> None:
    for name in FACTS:
        question = fact_question(name)
        assert question.endswith("?")
        assert question[0].isupper()
        assert not {"eligible", "approved", "denied"} & set(question.lower().strip("?").split())
