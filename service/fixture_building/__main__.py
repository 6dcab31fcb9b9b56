"""Writes the packaged fixtures anew from their recipes: python -m service.fixture_building. Golden answers stay."""

from __future__ import annotations

from service.fixture_building.cook import cook
from service.fixture_building.folder import write
from service.fixture_building.recipes import packaged_recipes
from service.fixtures import packaged_fixtures
from service.rules.loader import load

if __name__ == "__main__":
    knowledge = load()
    for name, recipe in packaged_recipes().items():
        write(cook(recipe, knowledge), packaged_fixtures() / name)
