"""Answers that change only with the release: may be kept, asked again by ETag, and are the same for everybody."""

from __future__ import annotations

from flask import Response, request

KEPT_SECONDS = 300


def kept(body: str | bytes, content_type: str) -> Response:
    """200 with the body, or 304 when the client has it already. For nothing that holds a patient's data."""
    response = Response(body, content_type=content_type)
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_SECONDS
    response.add_etag()
    response.make_conditional(request)
    return response
