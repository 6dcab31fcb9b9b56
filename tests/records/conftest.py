"""Lets the tests of records read the log, whatever an application that was made before did to it."""

from __future__ import annotations

import logging

import pytest


@pytest.fixture(autouse=True)
def _readable_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("service"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("service"), "level", logging.DEBUG)
