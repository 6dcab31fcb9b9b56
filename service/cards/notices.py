"""Cards for orders that were not judged: what was not checked, and what to look at instead. Always `info`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cds_hooks.models import Card
from service.cards.identity import source, stable_uuid
from service.cards.overrides import OVERRIDE_REASONS
from service.cards.style import CLOSING, EXTENSION, CardStyle
from service.cards.text import clip, escaped, plain

LOOK_AT = (
    "Look instead at: bilirubin, albumin, INR, platelets and creatinine; ascites and encephalopathy; ECOG; "
    "portal vein and portal flow on imaging; the tumour board's decision."
)


class CannotReason(Enum):
    """Why an order could not be judged: the word for machines and the words for a clinician."""

    DEADLINE = ("deadline", "the record could not be read in time")
    FHIR_FAILURE = ("fhir_failure", "the record system did not answer or reported an error")
    NO_ACCESS = ("no_access", "this service was given no access to the record")
    UNREADABLE = ("unreadable", "the order or the patient's record could not be understood")
    INTERNAL = ("internal", "the check itself failed")

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def because(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class _Notice:
    """`words` go on the summary after the title, `lines` into the detail; `reason` is for machines."""

    order: str
    title: str
    words: str
    lines: tuple[str, ...]
    reason: str
    therapies: tuple[str, ...] = ()


def cannot_check_card(
    order: str,
    title: str,
    reason: CannotReason,
    *,
    style: CardStyle,
    hook_instance: str,
    therapies: tuple[str, ...] = (),
) -> Card:
    """`title` names the therapy or order; the technical reason belongs into the log, not here."""
    lines = (f"None of the criteria for {_quoted(title)} was checked: {reason.because}.", LOOK_AT)
    notice = _Notice(order, title, f"not checked, {reason.because}", lines, reason.word, therapies)
    return _card(notice, style, hook_instance)


def unmapped_card(order: str, title: str, *, style: CardStyle, hook_instance: str) -> Card:
    """For an order that reads like a liver-directed therapy but whose code is mapped to none."""
    lines = (
        f"The code of {_quoted(title)} is not mapped to a therapy, so nothing was checked.",
        "If it is a liver-directed therapy: choose an order that is mapped, or ask the administrator to map this one.",
        LOOK_AT,
    )
    notice = _Notice(order, title, "not mapped to a therapy, nothing was checked", lines, "unmapped")
    return _card(notice, style, hook_instance)


def mismatch_card(
    order: str, title: str, *, style: CardStyle, hook_instance: str, therapies: tuple[str, ...] = ()
) -> Card:
    """For a record that holds data of another patient: no judgement is made from it."""
    lines = (
        f"None of the criteria for {_quoted(title)} was checked: the data received are of more than one patient.",
        "Check that the right chart is open, and tell the administrator.",
        LOOK_AT,
    )
    words = "not checked, patient mismatch in the data received"
    return _card(_Notice(order, title, words, lines, "patient_mismatch", therapies), style, hook_instance)


def _quoted(title: str) -> str:
    return clip(escaped(title), 120) or "this order"


def _card(notice: _Notice, style: CardStyle, hook_instance: str) -> Card:
    therapies = list(notice.therapies)
    uuid = stable_uuid(hook_instance, notice.order, ",".join(sorted(therapies)), notice.reason)
    key = {"id": uuid, "order": notice.order, "status": "not_checked", "reason": notice.reason}
    named = {"therapy": therapies[0] if len(therapies) == 1 else therapies} if therapies else {}
    return Card(
        uuid=uuid,
        summary=f"{clip(plain(notice.title), 50) or 'Order'}: {notice.words}",
        indicator="info",
        source=source(style, notice.therapies or (notice.reason,)),
        detail="\n\n".join((*notice.lines, CLOSING)),
        override_reasons=OVERRIDE_REASONS,
        extension={EXTENSION: key | named},
    )
