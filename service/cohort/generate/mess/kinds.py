"""The kinds of mess by the name that mess.csv gives them."""

from __future__ import annotations

from collections.abc import Mapping

from service.cohort.generate.mess import broken, codings, copies, moments, quantities, statuses, studies
from service.cohort.generate.mess.shapes import Alteration

UNREADABLE = "unreadable"

KINDS: Mapping[str, Alteration] = {
    "unit_spelling": quantities.unit_spelling,
    "other_unit": quantities.other_unit,
    "unit_missing": quantities.unit_missing,
    "wrong_unit": quantities.wrong_unit,
    "thousandfold": quantities.thousandfold,
    "comparator": quantities.comparator,
    "value_as_text": quantities.value_as_text,
    "value_absent": statuses.value_absent,
    "preliminary": statuses.status("preliminary"),
    "entered_in_error": statuses.status("entered-in-error"),
    "cancelled": statuses.cancelled,
    "stale": moments.stale,
    "date_only": moments.date_only,
    "issued_only": moments.issued_only,
    "future_date": moments.future_date,
    "duplicate": copies.duplicate,
    "conflicting": copies.conflicting,
    "corrected": copies.corrected,
    "local_code": codings.local_code,
    "second_coding": codings.second_coding,
    "system_alias": codings.system_alias,
    "missing": copies.missing,
    UNREADABLE: broken.unreadable,
    "other_patient": copies.other_patient,
    "provisional": statuses.verification("provisional"),
    "refuted": statuses.verification("refuted"),
    "resolved": statuses.resolved,
    "not_done": statuses.status("not-done"),
    "study_only": studies.study_only,
    "local_order_code": codings.local_order_code,
}
