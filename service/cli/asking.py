"""Sends the probes of `liver-cds conformance` over HTTP, each on a connection of its own."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import requests

from cds_hooks.probing import Ask, Reply
from cds_hooks.probing.exchange import Credential
from service.cli.signing import Signer

_TIMEOUT_SECONDS = 15
_LONGEST_BODY = 16 * 1024 * 1024


@dataclass(frozen=True)
class Asking:
    """`token` is sent as it is with every call; `signer` makes a new one for each; neither: calls carry none."""

    base: str
    token: str = ""
    signer: Signer | None = None

    def __call__(self, ask: Ask) -> Reply:
        started = perf_counter()
        try:
            with requests.Session() as session:
                session.trust_env = False
                status, media_type, body = self._sent(session, ask)
        except requests.RequestException:
            return Reply(0, "", b"", perf_counter() - started)
        return Reply(status, media_type, body, perf_counter() - started)

    def _sent(self, session: requests.Session, ask: Ask) -> tuple[int, str, bytes]:
        headers = {"Accept": "application/json", **self._authorization(ask)}
        if ask.method == "POST":
            headers["Content-Type"] = ask.media_type
        with session.request(
            ask.method, self.base + ask.path, data=ask.body, headers=headers, timeout=_TIMEOUT_SECONDS,
            allow_redirects=False, stream=True,
        ) as response:  # fmt: skip
            body = b""
            for part in response.iter_content(65_536):
                body += part
                if len(body) > _LONGEST_BODY:
                    raise requests.exceptions.ContentDecodingError("far too long")
            return response.status_code, response.headers.get("Content-Type", "").partition(";")[0].strip(), body

    def _authorization(self, ask: Ask) -> dict[str, str]:
        if ask.credential is Credential.NONE:
            return {}
        token = self.signer.token(self.base + ask.path, ask.credential) if self.signer else self.token
        return {"Authorization": f"Bearer {token}"} if token else {}
