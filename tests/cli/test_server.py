"""What the production server is started with."""

from __future__ import annotations

from service.cli.server import server_environment
from service.settings import read_settings

SETTINGS = read_settings({}, mode="development")


def test_it_lets_large_blocks_of_memory_go_at_once_unless_told_otherwise() -> None:
    assert server_environment(SETTINGS, {})["MALLOC_MMAP_THRESHOLD_"] == "131072"
    assert server_environment(SETTINGS, {"MALLOC_MMAP_THRESHOLD_": "1"})["MALLOC_MMAP_THRESHOLD_"] == "1"


def test_it_heeds_no_options_of_the_server_from_elsewhere() -> None:
    assert "GUNICORN_CMD_ARGS" not in server_environment(SETTINGS, {"GUNICORN_CMD_ARGS": "--reload"})
