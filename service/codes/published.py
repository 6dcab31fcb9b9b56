"""What the project publishes about its own codes, by FHIR type and id: the resources behind /fhir/CodeSystem/…"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from service.codes.code_systems import CODE_SYSTEMS, code_system
from service.codes.own import QUESTIONNAIRE
from service.codes.questionnaire import questionnaire
from service.codes.resource import Resource

__all__ = ["PUBLISHED", "code_system", "questionnaire"]

PUBLISHED: Mapping[tuple[str, str], Callable[[], Resource]] = {
    **{("CodeSystem", name): partial(code_system, name) for name in CODE_SYSTEMS},
    ("Questionnaire", QUESTIONNAIRE.rpartition("/")[2]): questionnaire,
}
"""(type, id) -> makes the resource."""
