"""How the text of a setting becomes its value; each raises ValueError saying what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


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


def words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def file_path(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text)
    if not path.is_file():
        raise ValueError("names no file")
    return path


def address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise ValueError("is not an http(s) address")
    return text.rstrip("/")
