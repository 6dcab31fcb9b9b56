"""Each fact's group and short clinic word for the card, and its question for the Questionnaire."""

from __future__ import annotations

from service.codes.rows import read

_ROWS = {row["fact"]: row for row in read("groups.csv")}


def fact_word(name: str) -> str:
    """ "INR", "portal flow", "planned access"."""
    return _ROWS[name]["word"]


def fact_group(name: str) -> str:
    """laboratory | performance | clinical | score | imaging | mapping | board | plan | documentation | medication |
    history | anaesthesia | setting"""
    return _ROWS[name]["group"]


def fact_question(name: str) -> str:
    return _ROWS[name]["question"]
