"""How the text of a setting becomes its value; each raises ValueError saying what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from service.records.key_file import SHORTEST


def choice(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"is not one of {', '.join(allowed)}")
        return text

    return parse


def number(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not lowest <= int(text) <= highest:
            raise ValueError(f"is not a whole number from {lowest} to {highest}")
        return int(text)

    return parse


def flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError("is neither yes nor no")
    return text == "yes"


def words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def file_path(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text)
    if not path.is_file():
        raise ValueError("names no file")
    return path


def key_file(text: str) -> Path | None:
    path = file_path(text)
    if path is not None and len(path.read_bytes().strip()) < SHORTEST:
        raise ValueError(f"names a file with fewer than {SHORTEST} characters")
    return path


def database(text: str) -> str:
    if not text:
        return text
    try:
        kind = make_url(text).get_backend_name()
    except ArgumentError:
        raise ValueError("is not a database address") from None
    if kind not in {"sqlite", "postgresql"}:
        raise ValueError("is not an address that begins with postgresql:// or sqlite:///")
    if kind == "postgresql" and find_spec("psycopg") is None:
        raise ValueError("needs the extra: pip install 'liver-cds[postgres]'")
    return text


def address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise ValueError("is not an http(s) address")
    return text.rstrip("/")


def collector(text: str) -> str:
    if text and find_spec("opentelemetry.sdk" if find_spec("opentelemetry") else "opentelemetry") is None:
        raise ValueError("needs the extra: pip install 'liver-cds[otel]'")
    return address(text)
