"""Facts about the patient that follow from others: childbearing, performance."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.derived.answers import Answer, Marked, all_true, any_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import Precedence, computed
from service.clinical.scores.performance import ecog_from_karnofsky
from service.clinical.scores.possible import samples
from service.clinical.values import Value

CHILDBEARING_FROM, CHILDBEARING_TO = 12, 55
GRADES = tuple(map(Decimal, range(6)))


@computed("childbearing_possible", "sex", "age", also=("sterilised_or_menopausal",))
def childbearing_possible(given: Given) -> Answer:
    """Female, 12 to 55 years, no code of sterilisation or menopause; never for a man, unknown for any other sex."""
    if given.among("sex", "male"):
        return False
    if not given.among("sex", "female"):
        return None
    outside = any_true(given.below("age", CHILDBEARING_FROM), given.above("age", CHILDBEARING_TO))
    if given.yes("sterilised_or_menopausal"):
        return False
    return None if outside is None else not outside


@computed("pregnant", "childbearing_possible")
def pregnant(given: Given) -> Answer:
    """Surely not where no pregnancy is possible; a test or a record says the rest."""
    return False if given.no("childbearing_possible") else None


@computed("ecog", "kps", precedence=Precedence.BOTH)
def ecog(given: Given) -> Answer:
    """The worse of the recorded ECOG and the one that Karnofsky stands for."""
    karnofsky = given.number("kps")
    if karnofsky is None:
        return None
    converted = ecog_from_karnofsky(karnofsky)
    recorded = given.number("ecog")
    if recorded is None:
        return Marked(frozenset[Value](converted), ("derived from Karnofsky",))
    worse = {max(one, other) for one in converted for other in samples(recorded, GRADES)}
    return Marked(frozenset[Value](worse), ("the worse of ECOG and Karnofsky",))


@computed("first_line_setting", "prior_systemic_lines", "systemic_therapy_planned")
def first_line_setting(given: Given) -> Answer:
    """No line so far, and systemic therapy planned."""
    return all_true(given.at_most("prior_systemic_lines", 0), given.yes("systemic_therapy_planned"))
