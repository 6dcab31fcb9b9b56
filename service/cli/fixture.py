"""`liver-cds fixture`: writes a synthetic patient with requests for both hooks, from facts or from a Bundle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from service.cli.options import EXISTING_FILE
from service.cli.problems import usable
from service.cli.request_file import Setup, judge_file
from service.fixture_building.build import Answers, Built
from service.fixture_building.cook import content, cook
from service.fixture_building.folder import write, write_sheet
from service.fixture_building.foreign_bundle import read_bundle
from service.fixture_building.given import refusal
from service.fixture_building.judged import statuses
from service.fixture_building.orders import OrderCode
from service.fixture_building.recipes import Recipe
from service.order_check import OrderCheck
from service.rules.problems import KnowledgeError, Place, Problem

_OUT = click.Path(file_okay=False, path_type=Path)
_NOT_CHECKED = "The expected status was filled in from judging it: read the criteria and confirm or correct it."


@click.group()
def fixture() -> None:
    """Make fixtures: synthetic patients with hook requests."""


@fixture.command()
@click.option("--therapy", required=True, help="Therapy that is ordered, e.g. y90-resin.")
@click.option("--set", "facts", metavar="FACT=VALUE", multiple=True, help="Change one fact; repeat for more.")
@click.option("--without", metavar="FACT", multiple=True, help="Leave one fact out of the record; repeat for more.")
@click.option(
    "--answers",
    type=click.Choice([each.value for each in Answers]),
    default=Answers.MIXED.value,
    show_default=True,
    help="Where facts without a standard code stand.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the order; today if not given.")
@click.option("--title", default="", help="Title of the fixture.")
@click.option("--out", required=True, type=_OUT, help="Folder to write; its name is the fixture's.")
def new(
    *,
    therapy: str,
    facts: tuple[str, ...],
    without: tuple[str, ...],
    answers: str,
    as_of: datetime | None,
    title: str,
    out: Path,
) -> None:
    """Write a patient on whom nothing speaks against THERAPY, with the facts that you set.

    VALUE is a number with its unit ("bilirubin=41 umol/L"; the fact's own unit if none is named), a word of the fact
    ("ascites=refractory"), true or false; "@2026-09-12" after it says on which day it was recorded. The expected
    status in fixture.yaml is what judging the request gives: confirm it before you rely on it.
    """
    with usable():
        check = Setup().check()
        recipe = Recipe(
            name=out.name, title=title or f"Order for {therapy}", why=_NOT_CHECKED, as_of=_day(as_of),
            therapy=_known(therapy, check), patient="", usual=False, given=_given(facts), without=without,
            answers=Answers(answers), orders=(OrderCode(therapy),), edits={}, expect={},
        )  # fmt: skip
        made = cook(recipe, check.knowledge)
        write(made, out)
        _expect(recipe, out, check)


@fixture.command("from-bundle")
@click.argument("bundle", metavar="FILE", type=EXISTING_FILE)
@click.option("--therapy", required=True, help="Therapy to order if the Bundle holds no draft ServiceRequest.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the order; today if not given.")
@click.option("--title", default="", help="Title of the fixture.")
@click.option("--out", required=True, type=_OUT, help="Folder to write; its name is the fixture's.")
def from_bundle(*, bundle: Path, therapy: str, as_of: datetime | None, title: str, out: Path) -> None:
    """Write a fixture from one patient's resources in FILE, taken as they are: use no real patient's data.

    The prefetch holds what the published templates would find in it. The expected status in fixture.yaml is what
    judging the request gives: confirm it before you rely on it.
    """
    with usable():
        check = Setup().check()
        day = _day(as_of)
        built = read_bundle(bundle, _known(therapy, check), day)
        recipe = _of_bundle(out.name, title or f"From {bundle.name}", day, built)
        write(content(recipe, built), out)
        _expect(recipe, out, check)


def _of_bundle(name: str, title: str, day: date, built: Built) -> Recipe:
    return Recipe(
        name=name, title=title, why=_NOT_CHECKED, as_of=day, therapy="", patient=built.patient, usual=False, given={},
        without=(), answers=Answers.MIXED, orders=(), edits={}, expect={},
    )  # fmt: skip


def _expect(recipe: Recipe, out: Path, check: OrderCheck) -> None:
    """Judge what was written and put the result into its fixture.yaml."""
    found = statuses(judge_file(out / "order-sign.json", check, recipe.as_of))
    write_sheet(replace(recipe, expect=found), out)
    for order, status in found.items():
        click.echo(f"{out}: {order}: {status}")


def _known(therapy: str, check: OrderCheck) -> str:
    if therapy not in check.knowledge.therapies:
        raise KnowledgeError(
            [Problem(Place("--therapy"), "unknown therapy", therapy, tuple(check.knowledge.therapies))]
        )
    return therapy


def _given(settings: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise refusal(name, 'a value is needed, as in --set "bilirubin=41 umol/L"')
        found[name.strip()] = text.strip()
    return found


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else datetime.now(UTC).date()
