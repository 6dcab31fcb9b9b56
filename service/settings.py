"""Every setting once: name, default, kind, help. Reads the environment; an unknown name or value stops the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.setting_kinds import address, choice, database, file_path, flag, key_file, number, words

PREFIX = "LIVER_CDS_"
MODES = ("production", "development", "demo")


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it, its value's place and what is allowed."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable `LIVER_CDS_<NAME>`; `parse` makes its value of the text, or raises ValueError saying what may be."""

    name: str
    default: str
    parse: Callable[[str], object]
    help: str
    secret: bool = False
    """may also come from the file that LIVER_CDS_<NAME>_FILE names, and is never printed"""


SETTINGS = (
    Setting("MODE", "production", choice(*MODES), "production; development and demo also allow calls without a token"),
    Setting("HOST", "127.0.0.1", str, "address to listen on; development and demo listen on loopback only"),
    Setting("PORT", "8080", number(0, 65535), "port to listen on"),
    Setting("WORKERS", "2", number(1, 64), "worker processes"),
    Setting("THREADS", "4", number(1, 64), "calls that each worker judges at the same time"),
    Setting("QUEUE", "64", number(0, 512), "calls that may wait for their turn in each worker; more get 503"),
    Setting(
        "BASE_URL",
        "",
        address,
        "public address, as clients write it into their tokens; in production cards link to pages there",
    ),
    Setting("DATA_DIR", "var", Path, "folder for all that the service writes (feedback, counters)"),
    Setting(
        "DATABASE_URL",
        "",
        database,
        "where decisions and feedback rest: postgresql://…, or sqlite:///…; a file in the data folder if empty. "
        "With a password in it, name a file that holds it in `LIVER_CDS_DATABASE_URL_FILE` instead",
        secret=True,
    ),
    Setting(
        "PATIENT_KEY_FILE",
        "",
        key_file,
        "file with the key of the hashes that stand for patients, 32 characters or more; one is made in the data "
        "folder if empty. Several machines on one database need the same",
    ),
    Setting(
        "RETENTION_DAYS", "2192", number(0, 36525), "days that decisions and feedback are kept; 0 keeps them for ever"
    ),
    Setting("CLIENTS", "", file_path, "file that says who may call (docs/clients.md)"),
    Setting(
        "THRESHOLDS", "", file_path, "file with the thresholds that differ from their defaults (docs/thresholds.md)"
    ),
    Setting("PROTECT_DISCOVERY", "no", flag, "yes: discovery needs a token too"),
    Setting(
        "TRUSTED_HOSTS", "", words, "host names that are answered for, besides loopback; that of the base URL if empty"
    ),
    Setting("CORS_ORIGINS", "", words, "browser origins that may call, separated by spaces; none if empty"),
    Setting("MAX_BODY_BYTES", "16777216", number(1024, 268435456), "largest request body, in bytes"),
    Setting("DEADLINE_MS", "1500", number(500, 8000), "time for one hook call, fetching included, in milliseconds"),
    Setting("LOG_LEVEL", "info", choice("debug", "info", "warning", "error"), "least severe level that is logged"),
)

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Settings:
    mode: str
    host: str
    port: int
    workers: int
    threads: int
    queue: int
    base_url: str
    data_dir: Path
    database_url: str = field(repr=False)
    patient_key_file: Path | None
    retention_days: int
    clients: Path | None
    thresholds: Path | None
    protect_discovery: bool
    trusted_hosts: tuple[str, ...]
    cors_origins: tuple[str, ...]
    max_body_bytes: int
    deadline_ms: int
    log_level: str

    @property
    def tokens_required(self) -> bool:
        return self.mode == "production"


def read_settings(environment: Mapping[str, str], **overrides: str | int | None) -> Settings:
    """Settings from variables `LIVER_CDS_…`; `overrides` (of the command line) win over them.

    Raises SettingsError naming every bad or unknown variable.
    """
    known = {PREFIX + setting.name for setting in SETTINGS}
    known |= {f"{PREFIX}{setting.name}_FILE" for setting in SETTINGS if setting.secret}
    # The tests' own variable: it names a folder of foreign FHIR data and configures nothing.
    known.add(PREFIX + "TEST_DATA")
    problems = [f"{name}: no such setting" for name in environment if name.startswith(PREFIX) and name not in known]
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        given = overrides.get(setting.name.lower())
        text = ""
        try:
            text = str(given) if given is not None else _text(setting, environment)
            values[setting.name.lower()] = setting.parse(text)
        except ValueError as error:
            shown = "its value" if setting.secret else repr(text)
            problems.append(f"{PREFIX}{setting.name}: {shown} {error}")
    if problems:
        raise SettingsError("\n".join(problems))
    settings = Settings(**values)
    _check(settings)
    return settings


def _text(setting: Setting, environment: Mapping[str, str]) -> str:
    """What the variable says, or the file that stands for it. Raises ValueError."""
    name = PREFIX + setting.name
    file = environment.get(f"{name}_FILE", "") if setting.secret else ""
    if not file:
        return environment.get(name, setting.default)
    if environment.get(name):
        raise ValueError(f"and {name}_FILE are both given")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"cannot be read from the file that {name}_FILE names") from None


def _check(settings: Settings) -> None:
    if not settings.tokens_required and settings.host not in _LOOPBACK:
        raise SettingsError(
            f"{PREFIX}HOST: {settings.mode} mode answers without a token, so only on 127.0.0.1, ::1 or localhost"
        )
    if settings.tokens_required and not settings.clients:
        raise SettingsError(f"{PREFIX}CLIENTS: production needs a file of clients; try `liver-cds demo` without one")
    if settings.tokens_required and not settings.base_url:
        raise SettingsError(
            f"{PREFIX}BASE_URL: production needs the public address that clients write into their tokens"
        )
