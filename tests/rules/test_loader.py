"""The loader: what it reads, and where and how it says that something is wrong."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest

from service.clinical.compare import Op
from service.rules.loader import load_from
from service.rules.model import Comparison, Kind, Knowledge, Missing, When
from service.rules.problems import KnowledgeError

Y90 = "y90-resin.yaml"
TAE = "tae.yaml"
PHASE = "{order_phase: {is: therapy}}\n    fact"
COMMON = "modules/common.yaml"


def _spoil(folder: Path, file: str, old: str, new: str) -> str:
    """Puts `new` in place of `old`; its § marks the place that the error must name, returned as "file:line:column"."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    marked = text.replace(old, new)
    before, _, after = marked.partition("§")
    path.write_text(before + after, encoding="utf-8")
    lines = before.split("\n")
    return f"{file}:{len(lines)}:{len(lines[-1]) + 1}"


SPOILT = [
    (Y90, "    kind: absolute\n    only if:", "    kind: §severe\n    only if:", 'unknown kind: "severe"'),
    (Y90, "    fresh: mapping", "    §freshness: mapping", 'unknown key: "freshness" (did you mean "fresh"?)'),
    (Y90, "    fresh: mapping", "    fresh: §maping", 'unknown freshness class: "maping" (did you mean "mapping"?)'),
    (Y90, "    fact: planned_lung_dose", "    fact: §planned_lung_doze", '(did you mean "planned_lung_dose"?)'),
    (Y90, "    at most: max_lung_dose", "    at most: §max_lung", "neither a number nor a threshold of this file"),
    (Y90, "    at most: max_lung_dose", "    §is: max_lung_dose", "does not fit planned_lung_dose (quantity)"),
    (Y90, "    at most: max_lung_dose", "    at most: max_lung_dose\n    §at most: 3", "duplicate key, first on line"),
    (Y90, "at most: 2.5 mg/dL", "at most: §43 umol/L", 'unit of bilirubin is mg/dL: "umol/L"'),
    (Y90, "    unit: Gy", "    unit: §mg", 'unit of planned_lung_dose is Gy: "mg"'),
    (Y90, "    unit: Gy\n", "", "unit of planned_lung_dose is Gy"),
    (Y90, "    default: 30", "    default: §31", "default is outside its range 20 to 30"),
    (Y90, "    default: 30", "    default: §12:30", 'a number is needed here: "12:30"'),
    (Y90, "range: [20, 30]", "range: §[30, 20]", "a range is two numbers, the lower one first"),
    (Y90, "label: true", "label: §yes", 'true or false is needed: "yes"'),
    (Y90, "stricter: lower", "stricter: §lowest", 'did you mean "lower"?'),
    (Y90, "  max_lung_dose:\n", "  §max_liver_dose:\n", "threshold that nobody uses"),
    (Y90, "stricter: lower", "stricter: higher", '"at most" needs stricter: "higher"'),
    (Y90, "cite: [SIRTEX, THERA]", "cite: [SIRTEX, §THRA]", 'citation is not in references.yaml: "THRA"'),
    (Y90, "  - common\n", "  - §comon\n", 'unknown module: "comon" (did you mean "common"?)'),
    (Y90, "  - common\n", "  - common\n  - §common\n", "module is included twice"),
    (Y90, "tumours: [hcc, icc,", "tumours: [hcc, §hc,", 'unknown tumour: "hc"'),
    (Y90, "id: y90-resin\n", "id: §y90\n", 'id is not the file\'s name: "y90"'),
    (Y90, PHASE, "{order_phase: {is: §on}}\n    fact", "not a value of order_phase"),
    (Y90, PHASE, "{order_phase: {§at most: 3}}\n    fact", "does not fit order_phase"),
    (Y90, PHASE, "{§order: {is: therapy}}\n    fact", 'unknown fact: "order"'),
    (Y90, "    is: true\n    say: No", "    is: §no\n    say: No", 'true or false is needed: "no"'),
    (Y90, "    when: procedure", "    when: §later", 'unknown word: "later"; allowed: order, procedure'),
    (Y90, "    missing: block", "    missing: §wait", "allowed: block, ask, warn, info, absent ok"),
    (Y90, "{found} is above {limit}.\n    ask: Record", "{found} > {max}.\n    ask: Record", 'placeholder: "{max}"'),
    (Y90, "replaces: com-bilirubin-absolute", "replaces: §com-bili", "replaces an unknown criterion"),
    (Y90, "replaces: com-bilirubin-absolute", "replaces: §y90-bilirubin", "replace each other"),
    (Y90, "  - id: y90-flow", "  - §id: com-ecog", 'first at modules/common.yaml:28:5: "com-ecog"'),
    (Y90, "    any of:", "    §fact: inr\n    any of:", "stands inside `any of`, not beside it"),
    (Y90, "    fact: inr\n    at most: 1.5", "    fact: inr", "exactly one comparison is needed"),
    (Y90, "    title: Fasting\n", "", "criterion without title"),
    (Y90, "short: Y-90 resin\n", "", "file without short"),
    (Y90, "    title: Fasting\n", "    title:§\n", "is empty"),
    (Y90, "    title: Fasting\n", "    title: §&t Fasting\n", 'anchors are not allowed: "&t"'),
    (Y90, "    title: Fasting\n", "    title: §!!str Fasting\n", "tags are not allowed"),
    (Y90, "    title: Fasting\n", "    title: §*t\n", "alias"),
    (Y90, "    title: Fasting\n", "    title: §[Fasting]\n", "one word or sentence is needed here"),
    (Y90, "    title: Fasting\n", "    title: Fasting\n   §oops\n", "not readable as YAML"),
    (COMMON, "    default: absolute", "    default: §required", "default is not one of the choices"),
    (COMMON, "choices: [absolute, relative]", "choices: §[absolute]", "at least two different choices"),
    (COMMON, "    is not: refractory", "    is not: §refractary", '(did you mean "refractory"?)'),
    (COMMON, "    fact: ecog\n", "    fact: bilirubin\n", "unit of bilirubin is mg/dL"),
    (COMMON, "    default: 2\n", "    default: 1.5\n", "ecog is a whole number"),
    (COMMON, "title: Shared by all therapies", "title: Shared\n§short: x", 'unknown key: "short"'),
    (TAE, "above: common.max_bilirubin", "above: §bridging.max_b", 'not defined: "bridging.max_b"'),
    (TAE, "above: common.max_bilirubin", "above: §y90-resin.max_lung_dose", "a module that is not included"),
    ("references.yaml", "year: 2020", "§yaer: 2020", 'unknown key: "yaer" (did you mean "year"?)'),
    ("freshness.yaml", "mapping: {judge: 28", "mapping: {judge: §x28", "a number is needed here"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), SPOILT, ids=[row[2] or row[1] for row in SPOILT])
def test_it_names_place_and_word_of_an_error(folder: Path, file: str, old: str, new: str, message: str) -> None:
    place = _spoil(folder, file, old, new)

    with pytest.raises(KnowledgeError) as caught:
        load_from(folder)

    lines = str(caught.value).splitlines()
    assert [line for line in lines if message in line and (line.startswith(f"{place}: ") or "§" not in new)], lines


def test_it_collects_every_error_of_every_file(folder: Path) -> None:
    _spoil(folder, Y90, "    fresh: mapping", "    fresh: maping")
    _spoil(folder, Y90, "    when: procedure", "    when: later")
    _spoil(folder, COMMON, "    is not: refractory", "    is not: refractary")

    with pytest.raises(KnowledgeError) as caught:
        load_from(folder)

    assert [problem.word for problem in caught.value.problems] == ["refractary", "maping", "later"]


def test_it_says_which_file_is_missing_or_empty(folder: Path) -> None:
    (folder / "references.yaml").unlink()
    (folder / "tae.yaml").write_text("# nothing\n", encoding="utf-8")

    with pytest.raises(KnowledgeError) as caught:
        load_from(folder)

    assert "references.yaml: cannot be read: FileNotFoundError" in str(caught.value)
    assert "tae.yaml: the file is empty" in str(caught.value)


def test_it_refuses_a_file_that_is_not_utf8(folder: Path) -> None:
    (folder / "tae.yaml").write_bytes(b"id: tae\ntitle: \xff\n")

    with pytest.raises(KnowledgeError, match=re.escape("tae.yaml: cannot be read: UnicodeDecodeError")):
        load_from(folder)


def test_it_reads_a_criterion_whole(knowledge: Knowledge) -> None:
    own = knowledge.therapies["y90-resin"].inclusions[-1]
    lung = own.criteria[0]

    assert (lung.id, lung.module, lung.kind, lung.missing, lung.when) == (
        "y90-lung-dose", "y90-resin", Kind.ABSOLUTE, Missing.BLOCK, When.ORDER,
    )  # fmt: skip
    assert lung.tests == (Comparison("planned_lung_dose", Op.AT_MOST, None, "y90-resin.max_lung_dose"),)
    assert lung.only_if == (Comparison("order_phase", Op.IS, "therapy"),)
    assert lung.fresh == "mapping"
    assert lung.cite == ("SIRTEX", "THERA")
    assert own.criteria[1].tests == (Comparison("bilirubin", Op.AT_MOST, Decimal("2.5")),)
    assert [test.fact for test in own.criteria[2].tests] == ["portal_flow", "tumour_board_age"]
    assert own.criteria[2].tests[0].limit == ("hepatopetal", "severely_reduced")
    assert own.notes[0].text == "A mapping angiogram comes first."


def test_it_reads_several_bounds_of_one_fact(knowledge: Knowledge) -> None:
    row = knowledge.therapies["tae"].inclusions[-1].criteria[0]

    assert row.only_if == (
        Comparison("bilirubin", Op.ABOVE, None, "common.max_bilirubin"),
        Comparison("ecog", Op.AT_LEAST, Decimal(1)),
        Comparison("ecog", Op.BELOW, Decimal(3)),
    )


def test_it_keeps_a_decimal_as_it_is_written(knowledge: Knowledge) -> None:
    assert str(knowledge.thresholds["common.max_bilirubin"].default) == "2.0"


def test_a_redeclared_threshold_is_the_therapys_own(knowledge: Knowledge) -> None:
    rows = {row.id: row for row in knowledge.therapies["tae"].inclusions[0].criteria}
    shared = {row.id: row for row in knowledge.therapies["y90-resin"].inclusions[0].criteria}

    assert rows["com-bilirubin"].tests[0].threshold == "tae.max_bilirubin"
    assert shared["com-bilirubin"].tests[0].threshold == "common.max_bilirubin"
    assert rows["com-ascites"].kind_threshold == "tae.ascites_kind"
    assert rows["com-ascites"].kind is Kind.RELATIVE
    assert shared["com-ascites"].kind is Kind.ABSOLUTE


def test_a_therapy_holds_just_the_thresholds_that_its_criteria_use(knowledge: Knowledge) -> None:
    assert set(knowledge.therapies["y90-resin"].thresholds) == {
        "common.max_ecog", "common.max_bilirubin", "common.max_bilirubin_absolute", "common.ascites_kind",
        "bridging.min_board_age", "y90-resin.max_lung_dose",
    }  # fmt: skip


def test_the_version_changes_with_any_file(knowledge: Knowledge, folder: Path) -> None:
    assert load_from(folder).version == knowledge.version

    _spoil(folder, "references.yaml", "year: 2020", "year: 2021")

    assert load_from(folder).version != knowledge.version


def test_reading_twice_as_many_modules_takes_about_twice_as_long(folder: Path) -> None:
    """Absolute time is measured by `make bench`. The best of several, so that a busy machine matters little."""
    _add_modules(folder, range(20))
    few = min(_seconds(folder) for _ in range(5))
    _add_modules(folder, range(20, 40))
    many = min(_seconds(folder) for _ in range(5))

    assert many < 3.5 * few


def _add_modules(folder: Path, numbers: range) -> None:
    text = (folder / "modules/bridging.yaml").read_text(encoding="utf-8")
    head, _, rows = text.partition("criteria:\n")
    for number in numbers:
        body = "".join(rows.replace("id: lt-", f"id: m{number}-{copy}-") for copy in range(7))
        module = f"{head}criteria:\n{body}".replace("id: bridging", f"id: m{number}")
        (folder / f"modules/m{number}.yaml").write_text(module, encoding="utf-8")


def _seconds(folder: Path) -> float:
    started = time.process_time()
    load_from(folder)
    return time.process_time() - started


WORST = "    title: Worst ascites\n    default: refractory\n    choices: [moderate_severe, refractory]\n"


def test_a_choice_may_be_the_word_that_a_fact_is_compared_with(folder: Path) -> None:
    _spoil(folder, COMMON, "  ascites_kind:\n", f"  worst_ascites:\n{WORST}  ascites_kind:\n")
    _spoil(folder, COMMON, "    is not: refractory\n", "    is not: worst_ascites\n")
    knowledge = load_from(folder)

    rows = {row.id: row for row in knowledge.therapies["y90-resin"].inclusions[0].criteria}
    assert rows["com-ascites"].tests[0] == Comparison("ascites", Op.IS_NOT, None, "common.worst_ascites")
    assert knowledge.thresholds["common.worst_ascites"].default == "refractory"


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ("[refractory, severe]", 'is not common.worst_ascites: not values of ascites: "severe"'),
        ("[refractory, none, 3]", 'not values of ascites: "3"'),
    ],
)
def test_a_choice_must_be_values_of_its_fact(folder: Path, choices: str, message: str) -> None:
    worst = WORST.replace("[moderate_severe, refractory]", choices)
    _spoil(folder, COMMON, "  ascites_kind:\n", f"  worst_ascites:\n{worst}  ascites_kind:\n")
    _spoil(folder, COMMON, "    is not: refractory\n", "    is not: worst_ascites\n")

    with pytest.raises(KnowledgeError, match=re.escape(message)):
        load_from(folder)


def test_choices_of_a_kind_are_kinds(folder: Path) -> None:
    _spoil(folder, COMMON, "choices: [absolute, relative]", "choices: [absolute, mild]")

    with pytest.raises(KnowledgeError, match=r'common\.yaml:56:11: choices of ascites_kind are not kinds: "mild"'):
        load_from(folder)


def test_kinds_to_choose_from_stand_strictest_first(folder: Path) -> None:
    _spoil(folder, COMMON, "choices: [absolute, relative]", "choices: [relative, absolute]")

    with pytest.raises(KnowledgeError, match=r"common\.yaml:56:11: choices of ascites_kind stand strictest first"):
        load_from(folder)


def test_a_module_and_a_therapy_have_different_ids(folder: Path) -> None:
    text = (folder / "modules/bridging.yaml").read_text(encoding="utf-8")
    module = text.replace("id: bridging", "id: tae").replace("lt-", "x-")
    (folder / "modules/tae.yaml").write_text(module, encoding="utf-8")

    with pytest.raises(KnowledgeError, match=r'tae\.yaml:1:1: a therapy and a module have the same id: "tae"'):
        load_from(folder)
