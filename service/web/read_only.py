"""The routes that are only read and need no token: documentation, source attributes, FHIR, OpenAPI. No patient data."""

from __future__ import annotations

from datetime import date

from flask import Flask

from service.rules.model import Knowledge
from service.web.docs import docs_blueprint
from service.web.dsi import dsi_blueprint
from service.web.openapi.document import Contract
from service.web.openapi.route import openapi_blueprint
from service.web.published.fhir import fhir_blueprint


def add_read_only(app: Flask, knowledge: Knowledge, contract: Contract, since: date) -> None:
    """`since`: the day of the start, from which what is published holds."""
    app.register_blueprint(docs_blueprint())
    app.register_blueprint(dsi_blueprint(knowledge))
    app.register_blueprint(fhir_blueprint(contract.base_url, since))
    app.register_blueprint(openapi_blueprint(contract))
