"""One application for all tests that only read: what they ask for changes nothing in it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import read_settings
from tests.conftest import NOW


@pytest.fixture(scope="session")
def read_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data = tmp_path_factory.mktemp("read")
    return create_app(read_settings({}, mode="development", data_dir=str(data)), clock=lambda: NOW)


@pytest.fixture(scope="session")
def reader(read_app: Flask) -> FlaskClient:
    return read_app.test_client()
