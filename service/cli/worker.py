"""What gunicorn runs beside the application (see server.py): in a worker that has loaded it, and at SIGHUP."""

from __future__ import annotations

import gc

from service.reload import on_reload

__all__ = ["on_reload", "post_worker_init"]


def post_worker_init(_worker: object) -> None:
    """Leave what was loaded at the start out of garbage collections: a full one would stop a call for 50 ms."""
    gc.collect()
    gc.freeze()
