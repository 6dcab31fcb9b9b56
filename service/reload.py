"""Files that may be changed while the service runs: checked before they count, and the last good ones kept.

At SIGHUP gunicorn calls `on_reload`, then starts new workers. Workers read the kept copies, so a file that is bad, half
written or away stops neither a reload nor a worker that starts by itself. The copy of the thresholds is signed: it also
stands in for a file that cannot be read at the start (see standing_in.py).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from service.clients import ClientsError, load_clients
from service.records.storage import StorageUnavailableError
from service.rules.loader import load
from service.rules.problems import KnowledgeError
from service.settings import Settings, SettingsError, read_settings
from service.standing_in import kept_copy, seal
from service.thresholds.in_force import in_force
from service.web.logs import configure_logging

FILES = ("clients", "thresholds")
_log = logging.getLogger("service.reload")


def keep(settings: Settings, now: datetime) -> None:
    """Checks the files that `settings` name and keeps copies for the workers.

    Raises ClientsError or KnowledgeError naming what has to be mended, OSError or StorageUnavailableError when the data
    folder takes no file. Nothing is kept unless everything is good; what is checked is what is kept.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="reload-", dir=settings.data_dir) as folder:
        # each in a folder of its own, so that messages name a file as its owner does
        copies = {name: Path(folder, name, path.name) for name, path in _named(settings)}
        for name, path in _named(settings):
            copies[name].parent.mkdir()
            copies[name].write_bytes(path.read_bytes())
        _check(replace(settings, clients=copies.get("clients"), thresholds=copies.get("thresholds")))
        if "thresholds" in copies:
            seal(copies["thresholds"], settings, now)
        for name, copy in copies.items():
            copy.replace(kept_copy(settings.data_dir, name))


def kept_files(environment: Mapping[str, str]) -> dict[str, str]:
    """The copies that stand for the files that `environment` names, as overrides for `read_settings`."""
    data_dir = Path(environment.get("LIVER_CDS_DATA_DIR", "var"))
    named = [name for name in FILES if environment.get(f"LIVER_CDS_{name.upper()}")]
    return {name: str(copy) for name in named if (copy := kept_copy(data_dir, name)).is_file()}


def on_reload(_server: object) -> None:
    """Called by gunicorn's main process. Never fails: what cannot be used is logged, the old files stay in force."""
    try:
        settings = read_settings(os.environ)
        configure_logging(settings.log_level)
        keep(settings, datetime.now(UTC))
    except (SettingsError, ClientsError, KnowledgeError, OSError, StorageUnavailableError) as error:
        _log.log(logging.ERROR, "reload: the old files stay in force: %s", error)
    else:
        _log.info("reload: %s read anew", " and ".join(name for name, _ in _named(settings)) or "nothing")


def _named(settings: Settings) -> Iterator[tuple[str, Path]]:
    """What the administrators named, not the copy that stands in for it."""
    for name in FILES:
        path: Path | None = getattr(settings, name)
        if path is not None and path != kept_copy(settings.data_dir, name):
            yield name, path


def _check(settings: Settings) -> None:
    knowledge = load()
    if settings.clients:
        load_clients(settings.clients, frozenset(knowledge.therapies), production=settings.tokens_required)
    in_force(knowledge, settings.thresholds)
