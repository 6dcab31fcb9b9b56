"""Every computed fact in the order of computation. Importing the topics registers them; a cycle stops the import."""

from __future__ import annotations

from service.clinical.derived import (
    anthracycline,
    chemoembolisation,
    function_scores,
    liver,
    lung,
    metastases,
    order,
    patient,
    precautions,
    remnant,
    staging,
    tumour,
    windows,
)
from service.clinical.derived.registry import Rule, in_order, registered

TOPICS = (
    anthracycline,
    chemoembolisation,
    function_scores,
    liver,
    lung,
    metastases,
    order,
    patient,
    precautions,
    remnant,
    staging,
    tumour,
    windows,
)

RULES: tuple[Rule, ...] = in_order(registered())
