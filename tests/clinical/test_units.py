from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clinical import units
from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.dictionary import FACTS
from service.clinical.units import (
    Family,
    UnitError,
    fold,
    from_quantity,
    in_family,
    plausible,
    to_canonical,
    unit_family,
)


@pytest.mark.parametrize(
    ("fact", "value", "unit", "expected"),
    [
        ("bilirubin", "2.0", "mg/dL", "2"),
        ("bilirubin", "34.2", "umol/L", "2"),
        ("bilirubin", "51.3", "µmol/L", "3"),
        ("bilirubin", "17.1", "μmol/l", "1"),
        ("bilirubin", "34.2", "mcmol/L", "2"),
        ("bilirubin", "20", "mg/L", "2"),
        ("bilirubin", "0.0342", "mmol/L", "2"),
        ("albumin", "35", "g/L", "3.5"),
        ("albumin", "3.5", "g/dl", "3.5"),
        ("albumin", "3500", "mg/dL", "3.5"),
        ("albumin", "601.6", "umol/L", "4"),
        ("creatinine", "88.4", "umol/L", "1"),
        ("creatinine", "0.1768", "mmol/L", "2"),
        ("creatinine", "12", "mg/L", "1.2"),
        ("inr", "1.2", "", "1.2"),
        ("inr", "1.2", "{INR}", "1.2"),
        ("inr", "1.2", "Ratio", "1.2"),
        ("platelets", "50", "K/uL", "50"),
        ("platelets", "50", "k/mcL", "50"),
        ("platelets", "50", "10*9/L", "50"),
        ("platelets", "50", "10^9/L", "50"),
        ("platelets", "50", "10e9/L", "50"),
        ("platelets", "50", "x10*9/L", "50"),
        ("platelets", "50", "x10E3/uL", "50"),
        ("platelets", "50", "x10(3)/mcL", "50"),
        ("platelets", "50", "thou/mcL", "50"),
        ("platelets", "50", "thousand/uL", "50"),
        ("platelets", "50", "G/L", "50"),
        ("platelets", "50000", "/uL", "50"),
        ("platelets", "50000", "/mm3", "50"),
        ("platelets", "50000", "{cells}/uL", "50"),
        ("platelets", "50000", "10*6/L", "50"),
        ("platelets", "5", "10*4/uL", "50"),
        ("haemoglobin", "120", "g/L", "12"),
        ("haemoglobin", "10", "mmol/L", "16.11"),
        ("sodium", "140", "mEq/L", "140"),
        ("ast", "40", "[iU]/L", "40"),
        ("ast", "2", "ukat/L", "120"),
        ("ast", "1667", "nkat/L", "100"),
        ("afp", "400", "ug/L", "400"),
        ("afp", "100", "kIU/L", "121"),
        ("fibrinogen", "2.5", "g/L", "250"),
        ("egfr", "60", "mL/min/1.73m2", "60"),
        ("largest_lesion", "35", "mm", "3.5"),
        ("largest_lesion", "3.5", "centimeters", "3.5"),
        ("largest_lesion", "2", "in", "5.08"),
        ("planned_margin", "1", "cm", "10"),
        ("lung_activity", "16.5", "mCi", "0.6105"),
        ("ecog", "1", "{score}", "1"),
        ("ecog", "1", "", "1"),
        ("kps", "30", "%", "30"),
        ("cea", "5000", "pg/mL", "5"),
        ("body_weight", "100", "[lb_av]", "45.359237"),
        ("body_height", "1.8", "m", "180"),
    ],
)
def test_it_converts_exactly(fact: str, value: str, unit: str, expected: str) -> None:
    assert to_canonical(fact, Decimal(value), unit) == Decimal(expected)


@pytest.mark.parametrize(
    ("fact", "unit"),
    [
        ("bilirubin", ""),
        ("bilirubin", "g/dL"),
        ("bilirubin", "%"),
        ("albumin", ""),
        ("platelets", "mmol/l"),
        ("platelets", ""),
        ("platelets", "K"),
        ("neutrophils", "%"),
        ("haemoglobin", "mg/dL"),
        ("inr", "s"),
        ("inr", "%"),
        ("ast", "xULN"),
        ("afp", "mIU/mL"),
        ("creatinine", "mL/min"),
        ("largest_lesion", ""),
        ("planned_lung_dose", "GBq"),
        ("life_expectancy", ""),
    ],
)
def test_it_does_not_guess_a_unit(fact: str, unit: str) -> None:
    assert to_canonical(fact, Decimal(1), unit) is None


@pytest.mark.parametrize("name", [*FACTS, *AUXILIARY])
def test_it_understands_every_number_in_its_own_unit(name: str) -> None:
    unit = FACTS[name].unit if name in FACTS else AUXILIARY[name].unit
    if unit:
        assert to_canonical(name, Decimal("1.5"), unit) == Decimal("1.5")


@pytest.mark.parametrize("name", [name for name, fact in FACTS.items() if not fact.is_number])
def test_it_understands_no_unit_of_what_is_not_a_number(name: str) -> None:
    assert to_canonical(name, Decimal(1), "mg/dL") is None


@pytest.mark.parametrize(
    ("fact", "value", "unit", "kept"),
    [
        ("bilirubin", "41", "umol/L", ("41", "umol/L")),
        ("bilirubin", "0.041", "mmol/L", ("41", "umol/L")),
        ("bilirubin", "2.4", "mg/dl", ("2.4", "mg/dL")),
        ("albumin", "28", "G/L", ("28", "g/L")),
        ("creatinine", "100", "µmol/L", ("100", "umol/L")),
    ],
)
def test_it_keeps_a_value_in_the_family_it_was_reported_in(
    fact: str, value: str, unit: str, kept: tuple[str, str]
) -> None:
    assert in_family(fact, Decimal(value), unit) == (Decimal(kept[0]), kept[1])


def test_it_knows_no_family_of_an_unknown_unit() -> None:
    assert in_family("bilirubin", Decimal(1), "furlong") is None
    assert unit_family("bilirubin", "furlong") is None


def test_it_says_which_factor_depends_on_the_assay() -> None:
    approximate, exact = unit_family("afp", "IU/mL"), unit_family("afp", "ng/mL")
    assert approximate is not None
    assert exact is not None
    assert (approximate.approximate, exact.approximate) == (True, False)


def test_it_lets_the_code_count_before_the_text() -> None:
    assert from_quantity("largest_lesion", Decimal("2.5"), code="cm", text="length") == Decimal("2.5")
    assert from_quantity("platelets", Decimal(50), code="10*3/uL", text="K/uL") == Decimal(50)


def test_it_reads_the_text_where_there_is_no_code() -> None:
    assert from_quantity("bilirubin", Decimal("34.2"), text="umol/L") == Decimal(2)
    assert from_quantity("inr", Decimal("1.1")) == Decimal("1.1")


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        ("mg/dL", "umol/L", "unit text and unit code disagree"),
        ("mmol/kg", "mg/dL", "unit not understood"),
        ("", "furlong", "unit not understood"),
        ("", "", "no unit"),
        (" ", " ", "no unit"),
    ],
)
def test_it_says_why_a_unit_cannot_be_used(code: str, text: str, reason: str) -> None:
    with pytest.raises(UnitError, match=reason):
        from_quantity("bilirubin", Decimal(2), code=code, text=text)


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("bilirubin", "0.05", True),
        ("bilirubin", "0.049", False),
        ("bilirubin", "60", True),
        ("bilirubin", "60.1", False),
        ("albumin", "35", False),
        ("inr", "35", False),
        ("creatinine", "88", False),
        ("platelets", "150000", False),
        ("age", "130", False),
    ],
)
def test_it_knows_what_is_plausible(fact: str, value: str, expected: bool) -> None:
    assert plausible(fact, Decimal(value)) is expected


def test_it_raises_for_a_name_that_is_no_fact() -> None:
    with pytest.raises(KeyError):
        to_canonical("blood_alcohol", Decimal(1), "g/L")


@given(st.sampled_from(["mg/dL", "umol/L", "10*9/L", "10*3/uL", "[IU]/L", "mL/min/{1.73_m2}", "mm[Hg]"]), st.data())
def test_it_does_not_depend_on_case_or_blanks(unit: str, data: st.DataObject) -> None:
    spelled = "".join(letter.upper() if data.draw(st.booleans()) else letter.lower() for letter in unit)
    assert fold(f" {spelled.replace('/', ' /')} ") == fold(unit)


@given(st.decimals(min_value="0.1", max_value="60", places=2))
def test_it_gives_the_same_bilirubin_whatever_the_unit(value: Decimal) -> None:
    moles = value * Decimal("17.1")
    assert to_canonical("bilirubin", moles, "umol/L") == value
    assert to_canonical("bilirubin", value * 10, "mg/L") == value


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        (" MG / dL ", "mg/dl"),
        ("µmol/L", "umol/l"),  # micro sign
        ("μmol/L", "umol/l"),  # Greek mu
        ("mcmol/L", "umol/l"),
        ("x10E3/mcL", "10*3/ul"),
        ("10^9/L", "10*9/l"),
        ("10**9/L", "10*9/l"),
        ("x10(9)/L", "10*9/l"),
        ("mL/min/1.73m²", "ml/min/1.73m2"),
    ],
)
def test_it_folds_the_spellings_of_one_unit_together(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_it_reads_every_row_of_its_tables_for_every_fact_that_the_row_names() -> None:
    families = {}
    for row in _lines("unit_families.csv"):
        for name in row["facts"].split(";"):
            multiply, divide = Decimal(row["multiply"]), Decimal(row["divide"])
            families[name, row["family"]] = Family(row["family"], multiply, divide, row["approximate"] == "true")
    tables = units._tables()
    for row in _lines("units.csv"):
        for name in row["facts"].split(";"):
            for unit in row["units"].split(";"):
                spelling = tables[name][unit]
                assert spelling.family == families.get((name, row["family"]), Family(row["family"]))
                assert (spelling.multiply, spelling.divide) == (Decimal(row["multiply"]), Decimal(row["divide"]))


def test_it_stays_in_the_family_with_a_unit_that_is_a_fraction_of_it() -> None:
    assert in_family("bilirubin", Decimal(20), "mg/L") == (Decimal(2), "mg/dL")


def test_it_names_a_fact_that_nobody_defines() -> None:
    with pytest.raises(KeyError, match="bilirubine"):
        to_canonical("bilirubine", Decimal(1), "mg/dL")


def _lines(name: str) -> list[dict[str, str]]:
    text = (Path(units.__file__).parent / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
