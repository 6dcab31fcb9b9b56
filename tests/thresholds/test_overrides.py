"""What an administrator may enter, and how a refusal reads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.loader import load_from
from service.rules.model import Knowledge, Threshold
from service.rules.problems import KnowledgeError
from service.thresholds.overrides import apply, from_file, is_laxer
from service.thresholds.sets import defaults

LUNG = "y90-resin.max_lung_dose"
KNOWLEDGE = load_from(Path(__file__).parents[1] / "rules" / "data" / "knowledge")


def test_nothing_changed_is_the_default_set(knowledge: Knowledge) -> None:
    assert apply(knowledge, {}) == defaults(knowledge)


@pytest.mark.parametrize("text", ["20", "25", "25.5", "30", "25 Gy"])
def test_it_takes_a_value_within_range(knowledge: Knowledge, text: str) -> None:
    changed = apply(knowledge, {LUNG: text})

    assert changed.number(LUNG) == Decimal(text.split(maxsplit=1)[0])
    assert (changed.id == defaults(knowledge).id) == (text == "30")


REFUSED = [
    ({LUNG: "19.9"}, f'{LUNG} is outside its range 20 to 30 Gy: "19.9"'),
    ({LUNG: "30.1"}, f'{LUNG} is outside its range 20 to 30 Gy: "30.1"'),
    ({LUNG: "25 mg"}, f'{LUNG} is a number in Gy: "25 mg"'),
    ({LUNG: "NaN"}, f'{LUNG} is a number in Gy: "NaN"'),
    ({LUNG: "2e1"}, f'{LUNG} is a number in Gy: "2e1"'),
    ({"y90-resin.max_lung": "25"}, f'unknown threshold: "y90-resin.max_lung" (did you mean "{LUNG}"?)'),
    ({"common.ascites_kind": "caution"}, 'is a choice: "caution"; allowed: absolute, relative'),
    (
        {"common.max_bilirubin": "3.0", "common.max_bilirubin_absolute": "2.0"},
        "absolute limit of com-bilirubin-absolute is stricter than relative limit of com-bilirubin (2.0 and 3.0)",
    ),
]


@pytest.mark.parametrize(("overrides", "message"), REFUSED)
def test_it_refuses_and_says_why(knowledge: Knowledge, overrides: dict[str, str], message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        apply(knowledge, overrides)

    assert message in str(caught.value)


def test_it_lists_every_refusal(knowledge: Knowledge) -> None:
    with pytest.raises(KnowledgeError) as caught:
        apply(knowledge, {LUNG: "1", "common.max_ecog": "9", "nothing": "1"})

    assert len(caught.value.problems) == 3


NUMBER = Threshold("t.n", "", Decimal(30), "Gy", (Decimal(20), Decimal(40)), stricter="lower", label=True)
FLOOR = Threshold("t.f", "", Decimal(30), "Gy", (Decimal(20), Decimal(40)), stricter="higher", label=True)
CHOICE = Threshold("t.c", "", "required", choices=("absolute", "required", "relative"), label=True)


@pytest.mark.parametrize(
    ("threshold", "value", "laxer"),
    [
        (NUMBER, Decimal(31), True),
        (NUMBER, Decimal(30), False),
        (NUMBER, Decimal(29), False),
        (FLOOR, Decimal(29), True),
        (FLOOR, Decimal(30), False),
        (FLOOR, Decimal(31), False),
        (CHOICE, "relative", True),
        (CHOICE, "required", False),
        (CHOICE, "absolute", False),
    ],
)
def test_it_knows_which_value_is_laxer(threshold: Threshold, value: Decimal | str, laxer: bool) -> None:
    assert is_laxer(threshold, value) is laxer


def test_a_label_threshold_only_becomes_stricter(knowledge: Knowledge) -> None:
    wide = Knowledge({}, {"t.n": NUMBER}, {}, {}, "")

    assert apply(wide, {"t.n": "29"}).number("t.n") == 29
    with pytest.raises(KnowledgeError, match="comes from a label: it may only become stricter than 30"):
        apply(wide, {"t.n": "31"})


def test_it_reads_the_administrators_file(knowledge: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(f"# our centre\n{LUNG}: 25\ncommon.ascites_kind: relative\n", encoding="utf-8")

    values = from_file(knowledge, path).values
    assert (values[LUNG], values["common.ascites_kind"]) == (Decimal(25), "relative")


def test_a_file_of_comments_changes_nothing(knowledge: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text("# nothing yet\n", encoding="utf-8")

    assert from_file(knowledge, path) == defaults(knowledge)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"a: 1\n{LUNG}: 99\n", f":2:1: {LUNG} is outside its range"),
        (f"{LUNG}: 25\n{LUNG}: 26\n", ":2:1: duplicate key, first on line 1"),
        (f"{LUNG}: [25]\n", "one word or sentence is needed here"),
        ("- 25\n", "a mapping is needed here"),
    ],
)
def test_it_names_the_line_of_a_mistake(knowledge: Knowledge, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(KnowledgeError) as caught:
        from_file(knowledge, path)

    assert f"{path}{message}" in str(caught.value) or message in str(caught.value)


@given(
    st.sampled_from(["20", "22.5", "30"]), st.sampled_from(["1", "2", "3"]), st.sampled_from(["absolute", "relative"])
)
def test_writing_a_set_and_applying_it_gives_the_same_set(lung: str, ecog: str, ascites: str) -> None:
    first = apply(KNOWLEDGE, {LUNG: lung, "common.max_ecog": ecog, "common.ascites_kind": ascites})

    assert apply(KNOWLEDGE, {name: str(value) for name, value in first.values.items()}) == first
