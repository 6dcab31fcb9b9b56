"""Computed facts, one module per topic; importing this package registers them all and puts them in order."""

from service.clinical.derived import liver
from service.clinical.derived.registry import in_order, registered

TOPICS = (liver,)
RULES = in_order(registered())
