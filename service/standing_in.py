"""The signed copy of the thresholds file, and when it stands in for the file: never in place of one that is bad."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from service.records.key_file import own_key, read_key
from service.records.storage import StorageUnavailableError
from service.settings import Settings, SettingsError, read_settings
from service.thresholds.snapshot import Snapshot, SnapshotError, opened, sealed

_NAME = "LIVER_CDS_THRESHOLDS"
_log = logging.getLogger(__name__)


def kept_copy(data_dir: Path, name: str) -> Path:
    """Where the copy of the file that the setting `name` names is kept."""
    return data_dir / f"{name}.in-force.yaml"


def seal(path: Path, settings: Settings, now: datetime) -> None:
    """Signs the copy at `path`. Raises OSError or StorageUnavailableError when there is no key and none can be made."""
    snapshot = Snapshot(path.read_bytes(), now)
    path.write_bytes(sealed(snapshot, settings.base_url, _key(settings)))


def instead_of_unreadable(environment: Mapping[str, str], now: datetime) -> dict[str, str]:
    """For the start: the copy as an override for `read_settings` where the thresholds file cannot be read.

    Raises SettingsError when there is a copy and it is refused: nobody is judged by limits of unknown origin.
    """
    named = environment.get(_NAME)
    if not named or _content(Path(named)) is not None:
        return {}
    settings = read_settings(environment, thresholds="")
    copy = kept_copy(settings.data_dir, "thresholds")
    if not copy.is_file():
        return {}
    try:
        snapshot = _verified(settings, copy, now)
    except SnapshotError as error:
        raise SettingsError(f"{_NAME}: the file cannot be read, and its copy {copy.name} is refused: {error}") from None
    _log.error("%s cannot be read: its copy of %s stands in", _NAME, snapshot.read_at.isoformat(timespec="seconds"))
    return {"thresholds": str(copy)}


def for_worker(
    environment: Mapping[str, str], kept: Mapping[str, str], now: datetime
) -> tuple[Settings, datetime | None]:
    """Settings with the kept copies; and when its thresholds were read, if their file is now another or not readable.

    A copy that is refused is not used; the file itself is then, and must be good. Raises SettingsError.
    """
    settings = read_settings(environment, **kept)
    if settings.thresholds is None or "thresholds" not in kept:
        return settings, None
    try:
        snapshot = _verified(settings, settings.thresholds, now)
    except SnapshotError as error:
        _log.critical("the copy of the thresholds is refused, their file is read: %s", error)
        return read_settings(environment, **{name: path for name, path in kept.items() if name != "thresholds"}), None
    is_current = _content(Path(environment[_NAME])) == snapshot.content
    return settings, None if is_current else snapshot.read_at


def _verified(settings: Settings, copy: Path, now: datetime) -> Snapshot:
    try:
        kept, key = copy.read_bytes(), _key(settings)
    except (OSError, ValueError, StorageUnavailableError) as error:
        raise SnapshotError(f"it or its key cannot be read: {type(error).__name__}") from None
    return opened(kept, settings.base_url, now, key)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _key(settings: Settings) -> bytes:
    if settings.snapshot_key_file is not None:
        return read_key(settings.snapshot_key_file)
    return own_key(settings.data_dir / "snapshot.key")
