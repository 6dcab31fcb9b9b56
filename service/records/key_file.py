"""The key of the patients' hashes: read from the administrator's file, or made once in the data folder."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from service.records.storage import StorageUnavailableError

SHORTEST = 32
"""characters of a key"""


def read_key(path: Path) -> bytes:
    """The key in a file that the administrator keeps. Raises ValueError when it is too short, or OSError."""
    key = path.read_bytes().strip()
    if len(key) < SHORTEST:
        raise ValueError(f"holds fewer than {SHORTEST} characters")
    return key


def own_key(path: Path) -> bytes:
    """The key of this data folder, made at first use and readable by its owner alone. StorageUnavailableError."""
    try:
        if not path.exists():
            _make(path)
        return read_key(path)
    except (OSError, ValueError) as error:
        raise StorageUnavailableError(f"patient key: {type(error).__name__}") from None


def _make(path: Path) -> None:
    """Written whole under another name first, so that of several processes one wins and none reads half a key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
