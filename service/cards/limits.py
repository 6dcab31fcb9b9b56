"""How the limit of a finding and a local setting read on a card. Knows no layout."""

from __future__ import annotations

from service.clinical.compare import NUMERIC, Op
from service.rules.decision import Finding
from service.rules.model import Kind


def limit_text(finding: Finding) -> str:
    """ "at most 2.0", "allowed none": the limit, without its unit where the value beside it shows the same one.

    Only an absolute criterion allows or forbids; of others the value is what is looked for, or what speaks against.
    """
    if not finding.limit:
        return ""
    if finding.op in NUMERIC:
        number, _, unit = finding.limit.partition(" ")
        return f"{finding.op} {number if unit and finding.found.endswith(f' {unit}') else finding.limit}"
    before = _ALLOWS if finding.kind is Kind.ABSOLUTE else _LOOKS_FOR
    return f"{before[finding.op in _FAVOURABLE]} {finding.limit}"


_FAVOURABLE = frozenset({Op.IS, Op.ONE_OF})
_ALLOWS = {True: "allowed", False: "not allowed:"}
_LOOKS_FOR = {True: "looked for:", False: "speaks against:"}


def is_repeated(finding: Finding) -> bool:
    """Whether the limit only says again what was found ("Vp4: not allowed: Vp4")."""
    return finding.op not in NUMERIC and finding.limit == finding.found


def default_text(finding: Finding) -> str:
    """ ", local setting, default 2.0 mg/dL" for a limit that differs from its default."""
    is_limit = finding.default_limit and finding.default_limit not in _KINDS
    return f", local setting, default {finding.default_limit}" if is_limit else ""


def local_kind_text(finding: Finding) -> str:
    """ " (local setting, default absolute)" for a kind that differs from its default."""
    return f" (local setting, default {finding.default_limit})" if finding.default_limit in _KINDS else ""


_KINDS = frozenset(kind.value for kind in Kind)
