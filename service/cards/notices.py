"""Cards for orders that were not judged: what was not checked, and what to look at instead. Always `info`."""

from __future__ import annotations

from enum import Enum

from cds_hooks.models import Card
from service.cards.identity import source, stable_uuid
from service.cards.overrides import OVERRIDE_REASONS
from service.cards.style import CLOSING, EXTENSION, SUMMARY_LIMIT, CardStyle
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
    lines = (f"None of the criteria for {clip(escaped(title), 120)} was checked: {reason.because}.", LOOK_AT)
    return _notice(
        order, f"{_named(title)}: not checked, {reason.because}", lines, reason.word, style, hook_instance, therapies
    )


def unmapped_card(order: str, title: str, *, style: CardStyle, hook_instance: str) -> Card:
    """For an order that reads like a liver-directed therapy but whose code is mapped to none."""
    lines = (
        f"The code of the order {clip(escaped(title), 120)} is not mapped to a therapy, so nothing was checked.",
        "If it is a liver-directed therapy: choose an order that is mapped, or ask the administrator to map this one.",
        LOOK_AT,
    )
    return _notice(
        order, f"{_named(title)}: not mapped to a therapy, nothing was checked", lines, "unmapped", style, hook_instance
    )


def mismatch_card(
    order: str, title: str, *, style: CardStyle, hook_instance: str, therapies: tuple[str, ...] = ()
) -> Card:
    """For a record that holds data of another patient: no judgement is made from it."""
    lines = (
        f"None of the criteria for {clip(escaped(title), 120)} was checked: the data received belong to more than one patient.",
        "Check that the right chart is open, and tell the administrator.",
        LOOK_AT,
    )
    words = f"{_named(title)}: not checked, patient mismatch in the data received"
    return _notice(order, words, lines, "patient_mismatch", style, hook_instance, therapies)


def _named(title: str) -> str:
    return clip(plain(title), 60) or "Order"


def _notice(
    order: str,
    summary: str,
    lines: tuple[str, ...],
    reason: str,
    style: CardStyle,
    hook_instance: str,
    therapies: tuple[str, ...] = (),
) -> Card:
    uuid = stable_uuid(hook_instance, order, ",".join(sorted(therapies)), reason)
    named: str | list[str] | None = therapies[0] if len(therapies) == 1 else list(therapies) or None
    return Card(
        uuid=uuid,
        summary=clip(summary, SUMMARY_LIMIT),
        indicator="info",
        source=source(style, therapies or (reason,)),
        detail="\n\n".join((*lines, CLOSING)),
        override_reasons=OVERRIDE_REASONS,
        extension={
            EXTENSION: {"id": uuid, "order": order, "therapy": named, "status": "not_checked", "reason": reason}
        },
    )
