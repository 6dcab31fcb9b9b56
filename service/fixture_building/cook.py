"""From a recipe, or from facts, to the content of a fixture's folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.fixture_building.build import Built, build
from service.fixture_building.favourable import favourable
from service.fixture_building.folder import Content, collection
from service.fixture_building.parts import Resource
from service.fixture_building.recipes import Recipe
from service.fixture_building.record import is_usual
from service.fixture_building.requests import hook_requests
from service.rules.model import Knowledge
from service.rules.problems import KnowledgeError, Place, Problem


def cook(recipe: Recipe, knowledge: Knowledge) -> Content:
    """Raises KnowledgeError."""
    facts = _facts(recipe, knowledge)
    built = build(recipe.orders, facts, recipe.as_of, patient=f"patient-{recipe.name}", answers=recipe.answers)
    return content(recipe, edited(built, recipe.edits))


def content(recipe: Recipe, built: Built) -> Content:
    requests = hook_requests(recipe.name, built.patient, built.orders, built.selected, built.resources)
    return Content(recipe, collection(built.resources), requests)


def edited(built: Built, edits: Mapping[str, Mapping[str, object]]) -> Built:
    """Raises KnowledgeError for an edit of a resource that is not there."""
    every = {_place(each) for each in (*built.resources, *built.orders)}
    strange = [
        Problem(Place("edits"), "no such resource", name, tuple(sorted(every))) for name in edits if name not in every
    ]
    if strange:
        raise KnowledgeError(strange)
    return Built(built.patient, _edited(built.resources, edits), _edited(built.orders, edits), built.selected)


def _edited(resources: Sequence[Resource], edits: Mapping[str, Mapping[str, object]]) -> list[Resource]:
    return [{**each, **edits.get(_place(each), {})} for each in resources]


def _place(resource: Resource) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _facts(recipe: Recipe, knowledge: Knowledge) -> dict[str, str]:
    base = favourable(knowledge.therapies[recipe.therapy], recipe.patient)
    if recipe.usual:
        base = {fact: text for fact, text in base.items() if is_usual(fact)}
    return {fact: text for fact, text in {**base, **recipe.given}.items() if fact not in recipe.without}
