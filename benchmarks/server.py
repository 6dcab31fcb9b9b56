"""Starts the production server for a benchmark, one worker, and stops it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

from service.cli.server import free_port, server_command, server_environment
from service.settings import read_settings


@contextmanager
def running(application: str) -> Iterator[int]:
    """The port on which gunicorn serves `application` ("service.app:create_app()")."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        settings = read_settings({}, mode="development", port=free_port(0), workers=1, data_dir=data)
        command = [*server_command(settings)[:-1], application]
        environment = server_environment(settings, os.environ) | {"PYTHONPATH": str(Path.cwd())}
        process = subprocess.Popen(command, env=environment)
        try:
            _await(settings.port, process)
            yield settings.port
        finally:
            process.terminate()
            process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = monotonic() + 30
    while monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            sleep(0.05)
    raise RuntimeError("the server did not start")
