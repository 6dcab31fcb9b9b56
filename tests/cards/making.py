"""Decisions made by hand, so that a test of cards needs no therapy file."""

from datetime import date
from decimal import Decimal

from service.cards.card import card_for
from service.cards.style import CardStyle
from service.clinical.values import known, unknown
from service.rules.decision import Decision, Finding, Outcome, Status
from service.rules.model import Kind, Missing, When

AS_OF = date(2026, 11, 22)
SET = "7f3a91c2" * 8
REFERENCES = {}


def number(name, value, unit="", on=date(2026, 11, 1), source="Observation/o1"):
    return known(name, Decimal(value), unit=unit, on=on, source=source)


def finding(criterion, kind, outcome, fact, *, found="", limit="", op="at most", **more):
    given = {
        "module": "common", "title": criterion, "fact_names": (fact.name,), "missing": Missing.BLOCK,
        "when": When.ORDER,
        "say": "", "ask": "", "cite": (),
    }  # fmt: skip
    return Finding(
        criterion=criterion, kind=Kind(kind), outcome=Outcome(outcome), fact=fact, found=found, limit=limit, op=op,
        **(given | more),
    )  # fmt: skip


def bilirubin(kind="relative", outcome="not_met", value="2.4", limit="2.0 mg/dL", **more):
    fact = more.pop("fact", number("bilirubin", value, "mg/dL"))
    criterion = more.pop("criterion", f"bilirubin-{kind}")
    return finding(criterion, kind, outcome, fact, found=f"{value} mg/dL", limit=limit, cite=("SHZ",), **more)


def ascites(kind="absolute", outcome="not_met", value="refractory", **more):
    fact = known("ascites", value, on=date(2026, 10, 12), source="Condition/a1")
    return finding(f"ascites-{kind}", kind, outcome, fact, found=value, limit="none", op="is", cite=("CRA",), **more)


def missing(name, kind="required", **more):
    fact = more.pop("fact", unknown(name))
    return finding(f"{name}-{kind}", kind, "unknown", fact, **more)


def met(name="platelets", kind="relative", **more):
    return finding(
        f"{name}-{kind}", kind, "met", number(name, "120", "10*9/L"), found="120 ×10⁹/L", op="at least", **more
    )


_STATUS = {
    ("absolute", "not_met"): Status.CONTRAINDICATED, ("required", "not_met"): Status.NOT_MET,
    ("relative", "not_met"): Status.REVIEW,
}  # fmt: skip


def _share(each):
    if each.when is When.PROCEDURE or each.kind in {Kind.CAUTION, Kind.PREFERRED}:
        return Status.NONE_FOUND
    if each.outcome is Outcome.UNKNOWN:
        by_missing = {Missing.BLOCK: Status.NEEDS_DATA, Missing.ASK: Status.CONFIRM}
        return by_missing.get(each.missing, Status.NONE_FOUND)
    return _STATUS.get((each.kind.value, each.outcome.value), Status.NONE_FOUND)


def decision(*findings, therapy="ctace", short="cTACE", facts=None, **more):
    """A decision with the status that its findings give, as design.md section 2 defines it."""
    held = {each.fact.name: each.fact for each in findings} | (facts or {})
    status = min(map(_share, findings), default=Status.NONE_FOUND)
    given = {"order": "ServiceRequest/1", "title": short, "threshold_set": SET, "knowledge": "k", "as_of": AS_OF}
    return Decision(therapy=therapy, short=short, status=status, findings=findings, facts=held, **(given | more))


def card(*decisions, style=None, **more):
    given = {"style": style or CardStyle(), "references": REFERENCES, "hook_instance": "h1"}
    return card_for(decisions, **(given | more))


def card_of(*findings, **more):
    about = {name: more.pop(name) for name in ("facts", "notes", "unreadable", "incomplete") if name in more}
    return card(decision(*findings, **about), **more)


def lines(made):
    return [line.rstrip() for line in made.detail.split("\n")]
