"""The synthetic person: nobody's name, and a birth date and sex that give the facts of age and childbearing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from service.clinical.derived.patient import CHILDBEARING_FROM, CHILDBEARING_TO
from service.fixture_building.given import Given, refusal
from service.fixture_building.parts import Resource

FACTS_OF_THE_PERSON = ("age", "sex", "childbearing_possible")
_AGE, _AGE_OF_CHILDBEARING = 62, 34
_SINCE_BIRTHDAY = timedelta(days=120)


def person(ident: str, facts: Mapping[str, Given], today: date) -> Resource:
    """Raises KnowledgeError where age or sex contradict that childbearing is possible."""
    childbearing = "childbearing_possible" in facts and facts["childbearing_possible"].value is True
    sex = str(facts["sex"].value) if "sex" in facts else "female" if childbearing else "male"
    usual = _AGE_OF_CHILDBEARING if childbearing else _AGE
    age = int(facts["age"].number) if "age" in facts else usual
    if childbearing and not (sex == "female" and CHILDBEARING_FROM <= age <= CHILDBEARING_TO):
        allowed = f"a woman of {CHILDBEARING_FROM} to {CHILDBEARING_TO} years"
        raise refusal("childbearing_possible", f"is computed from sex and age; true needs {allowed}", f"{sex}, {age} a")
    return {
        "resourceType": "Patient",
        "id": ident,
        "active": True,
        "name": [{"use": "official", "family": "Testpatient", "given": ["Synthetic"]}],
        "gender": sex,
        "birthDate": _birth(Decimal(age), today).isoformat(),
    }


def _birth(age: Decimal, today: date) -> date:
    day = today - _SINCE_BIRTHDAY
    return day.replace(year=day.year - int(age), day=min(day.day, 28))
