"""What the therapy files mean once loaded: therapies, criteria, comparisons, thresholds. Written by the loader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from service.clinical.compare import Limit, Op
from service.clinical.freshness import Window


class Kind(StrEnum):
    """What a criterion that is not met means, worst first."""

    ABSOLUTE = "absolute"
    REQUIRED = "required"
    RELATIVE = "relative"
    CAUTION = "caution"
    PREFERRED = "preferred"


class Missing(StrEnum):
    """What an unknown criterion means: `block` and `ask` reach the status, the others never do."""

    BLOCK = "block"
    ASK = "ask"
    WARN = "warn"
    INFO = "info"
    ABSENT_OK = "absent ok"


class When(StrEnum):
    ORDER = "order"
    PROCEDURE = "procedure"


STANDINGS = ("label", "guideline", "trial", "observational", "seed", "convention")
"""What a reference is. Guidelines include consensus and recorded practice; nobody states a convention."""

ThresholdValue = Decimal | str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named number (or choice) that an administrator may change within `range` (or `choices`). `id` is
    "<file id>.<name>", never reused. `label`: comes from a device or drug label, so may only become stricter."""

    id: str
    title: str
    default: ThresholdValue
    unit: str = ""
    range: tuple[Decimal, Decimal] | None = None
    choices: tuple[str, ...] = ()
    stricter: str = ""
    """lower | higher for numbers; empty for choices, whose `choices` stand strictest first"""
    label: bool = False
    reference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`fact op limit`; `threshold` is the id whose value in force takes the place of `limit`."""

    fact: str
    op: Op
    limit: Limit | None = None
    threshold: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One requirement, true when favourable. `tests` holds one comparison, or several for `any of`.

    `kind_threshold` names a choice threshold that decides the kind; `kind` is then its default.
    `module` is the id of the file it stands in. `strength` and `evidence` come from the source documents.
    """

    id: str
    module: str
    title: str
    kind: Kind
    tests: tuple[Comparison, ...]
    only_if: tuple[Comparison, ...] = ()
    fresh: str = ""
    """freshness class; empty: that of each fact"""
    missing: Missing = Missing.BLOCK
    when: When = When.ORDER
    say: str = ""
    ask: str = ""
    cite: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    kind_threshold: str | None = None
    conflict: str = ""
    strength: str = ""
    evidence: str = ""
    """read | knowledge | convention"""
    source_rows: tuple[str, ...] = ()
    """ids of the rows of the source documents: "hcc:gen-ecog", "mets:com-ecog" """


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    module: str
    text: str
    cite: tuple[str, ...] = ()
    only_if: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Criteria of one file as a therapy includes it: silent unless every one of `conditions` surely holds."""

    module: str
    conditions: tuple[Comparison, ...]
    criteria: tuple[Criterion, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Therapy:
    id: str
    title: str
    short: str
    """word for the summary line: "cTACE" """
    tumours: tuple[str, ...]
    inclusions: tuple[Inclusion, ...]
    """in order; the therapy's own criteria last"""
    thresholds: Mapping[str, Threshold]
    """every threshold its criteria use, by id"""
    windows: Mapping[str, Window]
    """freshness classes"""
    knowledge: str
    """version of the knowledge it was loaded from (hash of the files' content)"""

    def __hash__(self) -> int:
        return hash((self.id, self.knowledge))


@dataclass(frozen=True, slots=True)
class Reference:
    key: str
    title: str
    year: int | None = None
    url: str = ""
    """https://doi.org/…, a PubMed address, or empty"""
    standing: str = ""
    """one of STANDINGS"""
    read: bool = False
    second_hand: bool = False
    """read only where another page quotes it"""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that the therapy folder holds, loaded and checked once at start."""

    therapies: Mapping[str, Therapy]
    thresholds: Mapping[str, Threshold]
    references: Mapping[str, Reference]
    windows: Mapping[str, Window]
    version: str
    """hash of the files' content"""
