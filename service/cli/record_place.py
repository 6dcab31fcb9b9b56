"""Where the commands on records look: the same settings as the service's, without those of listening."""

from __future__ import annotations

import os

from service.app import record_place
from service.records.records import Place
from service.settings import PREFIX, read_settings


def place_from_environment() -> Place:
    """Raises SettingsError."""
    listening = (PREFIX + "HOST", PREFIX + "CLIENTS", PREFIX + "BASE_URL")
    kept = {name: value for name, value in os.environ.items() if name not in listening}
    return record_place(read_settings({**kept, PREFIX + "MODE": "development"}))
