"""create_app: settings -> clients -> knowledge and thresholds -> store -> hooks -> blueprints."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic

from flask import Flask

from cds_hooks.blueprint import Authenticate, Options, make_blueprint
from cds_hooks.registry import Registry, Service
from service.clients import Client, load_clients
from service.codes.prefetch import templates
from service.fhir.validate import load_models
from service.fixtures import demo_clients
from service.records.ledger import Ledger
from service.records.records import Place, Records
from service.records.replays import Replays
from service.reload import kept_files
from service.rules.loader import load
from service.settings import PREFIX, Settings, read_settings
from service.standing_in import for_worker
from service.thresholds.in_force import in_force
from service.web.admission import admission, in_turn, leave
from service.web.authentication import authentication
from service.web.budgets import Budgets
from service.web.errors import register_errors
from service.web.explain.blueprint import explain_blueprint
from service.web.explain.links import ExplainLinks
from service.web.feedback import store_feedback
from service.web.health import health_blueprint
from service.web.hooks import Hooks
from service.web.logs import configure_logging
from service.web.measured import measured
from service.web.metrics import Metrics
from service.web.openapi.document import Contract
from service.web.read_only import add_read_only
from service.web.request_log import log_requests
from service.web.security import secure
from service.web.tracing.optional import tracing_to
from service.web.unmapped import Unmapped

Clock = Callable[[], datetime]
_HOOKS = ("select", "sign")
_log = logging.getLogger(__name__)

TITLE = "Liver-directed therapy: published criteria at order entry"
DESCRIPTION = (
    "Tests orders for liver-directed therapies (embolisation, radioembolisation, ablation and others) against published"
    " criteria and lists what is met, not met and unknown, with values and citations. A clinician decides."
)
USAGE = (
    "Needs the prefetched data; `liver-cds prefetch` says what each key is for. Orders are recognised by their codes."
)


def create_app(
    settings: Settings | None = None, *, clock: Clock | None = None, limits_of: datetime | None = None
) -> Flask:
    """The service, ready for a WSGI server. Without `settings` they are read from the environment.

    `limits_of`: when the thresholds were last read from their file, if a copy stands in for it.

    Raises SettingsError, ClientsError or KnowledgeError, each naming the place of what has to be mended.
    """
    settings, clock = settings or read_settings(os.environ), clock or _now
    configure_logging(settings.log_level)
    load_models()
    knowledge = load()
    clients = load_clients(
        settings.clients or demo_clients(), frozenset(knowledge.therapies), production=settings.tokens_required
    )
    _make_folder(settings)
    tracing = tracing_to(settings.otlp_endpoint)
    metrics = Metrics(tracing.phase) if tracing else Metrics()
    records = Records(record_place(settings), clock, metrics.lost.inc)
    thresholds = in_force(knowledge, settings.thresholds)
    links = ExplainLinks(settings.base_url, records.key, timedelta(hours=settings.explain_hours))
    hooks = Hooks(knowledge, thresholds, clients, templates(), Unmapped(records, metrics), records.given, metrics,
                  settings.deadline_ms / 1000, not settings.tokens_required, _pages(settings), limits_of,
                  links.links)  # fmt: skip
    budgets = Budgets(
        {name: client.budget for name, client in clients.items()}, settings.threads, settings.queue, monotonic
    )
    admit = admission(_authenticate(settings, clients, clock, metrics), budgets, metrics)
    metrics.expect(clients, [f"order-{word}" for word in _HOOKS])
    app = Flask("service", static_folder=None)
    services = _services(hooks, budgets, metrics)
    if tracing:
        tracing.trace(app)
    _guard(app, settings, services)
    take_feedback = store_feedback(records.outbox, metrics, anonymous=next(iter(clients)))
    registry = Registry(services, feedback=take_feedback)
    app.register_blueprint(make_blueprint(registry, _options(settings, hooks, admit, clock)))
    app.register_blueprint(health_blueprint(metrics.registry, records, limits_of))
    app.register_blueprint(explain_blueprint(links, lambda: Ledger(record_place(settings)), knowledge, clock))
    contract = Contract(tuple(services), settings.base_url, settings.tokens_required, settings.protect_discovery)
    add_read_only(app, knowledge, contract, clock().date())
    app.before_request(records.wake)
    app.extensions["liver_cds_records"] = records
    return app


def _options(settings: Settings, hooks: Hooks, admit: Authenticate, clock: Clock) -> Options:
    return Options(
        fallback=hooks.fallback,
        authenticate=admit,
        protect_discovery=settings.protect_discovery,
        allowed_origins=frozenset(settings.cors_origins),
        max_body=settings.max_body_bytes,
        clock=clock,
    )


def _pages(settings: Settings) -> str:
    """Where clinicians find the pages on the criteria; nowhere while the service has no address that they can reach."""
    is_reachable = settings.tokens_required and settings.base_url
    return f"{settings.base_url}/docs/knowledge" if is_reachable else ""


def _guard(app: Flask, settings: Settings, services: list[Service]) -> None:
    """What holds for every route: a line in the log, hosts and headers, errors, and giving back what was admitted."""
    log_requests(app, services)
    secure(app, settings.base_url, settings.trusted_hosts)
    register_errors(app)
    leave(app)


def record_place(settings: Settings) -> Place:
    """Where these settings keep decisions and feedback."""
    keep = timedelta(days=settings.retention_days) if settings.retention_days else None
    return Place(settings.data_dir, settings.database_url, settings.patient_key_file, keep)


def _make_folder(settings: Settings) -> None:
    """For the service alone. A disk that cannot be written costs no card: /readyz says that feedback has no place."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("%sDATA_DIR cannot be made: %s", PREFIX, type(error).__name__)


def _now() -> datetime:
    return datetime.now(UTC)


def create_kept_app() -> Flask:
    """For workers of `liver-cds serve`: with the files that were last found good, whatever stands there now."""
    configure_logging(os.environ.get(f"{PREFIX}LOG_LEVEL", "info"))
    settings, limits_of = for_worker(os.environ, kept_files(os.environ), _now())
    return create_app(settings, limits_of=limits_of)


def _authenticate(
    settings: Settings, clients: Mapping[str, Client], clock: Clock, metrics: Metrics
) -> Authenticate | None:
    """None in demonstrations, which are on loopback only. In development a token is not needed, but looked at."""
    if settings.mode == "demo":
        return None
    return authentication(
        clients,
        settings.base_url or f"http://{settings.host}:{settings.port}",
        Replays(settings.data_dir / "tokens.sqlite", clock),
        clock,
        metrics,
        development=not settings.tokens_required,
    )


def _services(hooks: Hooks, budgets: Budgets, metrics: Metrics) -> list[Service]:
    return [
        Service(
            id=f"liver-directed-therapy-{word}",
            hook=f"order-{word}",
            title=TITLE,
            description=DESCRIPTION,
            handler=in_turn(measured(hooks.answer, metrics, hooks.client_of), budgets, metrics),
            prefetch=hooks.prefetch,
            usage_requirements=USAGE,
            hook_version="1.0",
        )
        for word in _HOOKS
    ]
