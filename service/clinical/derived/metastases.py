"""Facts about metastases: the Fong score, and who is selected for local therapy of few lesions."""

from __future__ import annotations

from service.clinical.derived.answers import Answer, any_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.scores.metastases import fong
from service.clinical.values import Value

_FONG = ("primary_node_positive", "disease_free_interval", "lesion_count", "cea", "largest_lesion")


@computed("fong_score", *_FONG)
def fong_score(given: Given) -> Answer:
    """Every total that is still possible; nothing while no item is known."""
    points = fong(
        given.answer("primary_node_positive"),
        given.number("disease_free_interval"),
        given.number("lesion_count"),
        given.number("cea"),
        given.number("largest_lesion"),
    )
    return frozenset[Value](points.totals)


@computed("oligometastatic_selection", "disease_free_interval", "systemic_response")
def oligometastatic_selection(given: Given) -> Answer:
    """Disease-free for at least 12 months, or a response to systemic therapy."""
    return any_true(given.at_least("disease_free_interval", 12), given.among("systemic_response", "CR", "PR"))
