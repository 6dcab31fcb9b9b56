"""One draft order as it was understood. Knows no criteria."""

from __future__ import annotations

from dataclasses import dataclass

from service.fhir.scan import Item


@dataclass(frozen=True, slots=True)
class Order:
    """One draft order. No candidate in `therapies`: none of its codes is known.

    phase          "mapping", "therapy", or "" where its codes do not agree
    confirm_liver  its code serves other organs too
    problems       what could not be read of it, naming elements and rules
    """

    reference: str
    item: Item
    therapies: tuple[str, ...] = ()
    phase: str = ""
    confirm_liver: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    looks_liver_directed: bool = False
    text_present: bool = False
    siblings: tuple[Item, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_mapped(self) -> bool:
        return bool(self.therapies)
