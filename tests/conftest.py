"""The three fixtures of the application: app, client and runner, on data made for the tests alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from service.app import create_app
from service.settings import read_settings

pytest_plugins = ("tests.answer_rules",)

# A property that is right is right on a busy machine too.
hypothesis_settings.register_profile("steady", deadline=None)
hypothesis_settings.load_profile("steady")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _logging_as_found() -> Iterator[None]:
    """An application sends its log lines past pytest; the next test may want to read them there."""
    yield
    for name in ("service", "cds_hooks"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    settings = read_settings({}, mode="development", data_dir=str(tmp_path / "data"))
    return create_app(settings, clock=lambda: NOW)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@pytest.fixture
def production(tmp_path: Path) -> Callable[[str], FlaskClient]:
    """Makes a client of the application in production mode from the text of a clients file."""

    def start(clients: str) -> FlaskClient:
        path = tmp_path / "clients.yaml"
        path.write_text(clients, encoding="utf-8")
        settings = read_settings(
            {}, mode="production", data_dir=str(tmp_path / "data"), clients=str(path), base_url="https://cds.example"
        )
        return create_app(settings, clock=lambda: NOW).test_client()

    return start


@pytest.fixture
def development(tmp_path: Path) -> Callable[[str], FlaskClient]:
    """The same in development mode, where key servers and record systems may be on this machine."""

    def start(clients: str) -> FlaskClient:
        path = tmp_path / "clients.yaml"
        path.write_text(clients, encoding="utf-8")
        settings = read_settings({}, mode="development", data_dir=str(tmp_path / "data"), clients=str(path))
        return create_app(settings, clock=lambda: NOW).test_client()

    return start
