"""How the production server is started: gunicorn's command line, every option from our settings."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from socket import SO_REUSEADDR, SOL_SOCKET, socket

from service.settings import PREFIX, Settings

_SPARE_THREADS = 4
METRICS_FOLDER = "metrics"
_SHARED_MEMORY = Path("/dev") / "shm"
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "131072"}
"""glibc keeps large freed blocks for itself after the first few, threads each their own: thirty answers of 200 MB, cut
off at their cap, left a worker 60 MiB larger; with this fixed limit large blocks go back at once, and it is 8"""


def server_command(settings: Settings, *, kept: bool = False) -> list[str]:
    """The argument list that runs the service with gunicorn, thread workers, on the address of `settings`.

    kept  whether workers read the copies that `reload.keep` made
    """
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    options = {
        "--bind": f"{host}:{settings.port}",
        "--workers": str(settings.workers),
        "--worker-class": "service.cli.thread_worker.Worker",
        # beside those that judge or wait, feedback has its own, and health is answered in a full house too
        "--threads": str(2 * settings.threads + settings.queue + _SPARE_THREADS),
        "--graceful-timeout": "30",
        "--keep-alive": "75",
        "--log-level": "warning",
        "--name": "liver-cds",
        "--config": "python:service.cli.worker",
    }
    if _SHARED_MEMORY.is_dir():
        # workers show there that they live; a full /tmp would let none start
        options["--worker-tmp-dir"] = str(_SHARED_MEMORY)
    application = "service.app:create_kept_app()" if kept else "service.app:create_app()"
    flags = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "gunicorn", *flags, "--no-control-socket", application]


def server_environment(settings: Settings, environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` for the workers: options of the command line win, gunicorn's own variable is not heeded."""
    changed = {
        PREFIX + "MODE": settings.mode,
        PREFIX + "HOST": settings.host,
        PREFIX + "PORT": str(settings.port),
        PREFIX + "DATA_DIR": str(settings.data_dir),
        PREFIX + "CLIENTS": str(settings.clients or ""),
    }
    metrics = settings.data_dir / METRICS_FOLDER
    if metrics.is_dir():
        changed["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
    heeded = {name: value for name, value in environment.items() if name != "GUNICORN_CMD_ARGS"}
    return _MEMORY | heeded | changed


def fresh_metrics_folder(settings: Settings) -> None:
    """Where the workers put their figures together, emptied: they count from the start of the service. Without a disk
    that takes it, each worker tells its own."""
    folder = settings.data_dir / METRICS_FOLDER
    with suppress(OSError):
        rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)


def free_port(wanted: int) -> int:
    """`wanted` if nothing listens there on loopback, else a port that the system chooses."""
    with socket() as probe:
        probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
