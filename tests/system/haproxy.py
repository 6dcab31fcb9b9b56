"""The HAProxy that `deploy/haproxy.cfg` configures, in front of services of one's own."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from service.cli.server import free_port
from tests.fhir.fetching.certificates import Authority
from tests.system.missing import missing
from tests.system.serving import wait_for

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "haproxy.cfg"


class HAProxy:
    """`url` is the proxy's; `log` is what it wrote."""

    def __init__(self, program: str, folder: Path, *services: int) -> None:
        self._program = program
        folder.mkdir()
        authority = Authority(folder)
        authority.server("localhost")
        self.port = free_port(0)
        self.url = f"https://localhost:{self.port}"
        self.ca_bundle = str(authority.ca_bundle)
        self.log = folder / "log"
        self._environment = {
            "CDS_PROXY_BIND": f"127.0.0.1:{self.port}",
            "CDS_PROXY_CERTIFICATE": str(folder / "localhost30.pem"),
            "CDS_PROXY_SERVICE_1": f"127.0.0.1:{services[0]}",
            "CDS_PROXY_SERVICE_2": f"127.0.0.1:{services[-1]}",
        }
        with self.log.open("wb") as log:
            self.process = self._run("-db", output=log)
        wait_for(self._listens, 30)

    def check(self) -> int:
        """Whether the configuration is taken without a warning."""
        return self._run("-c", "-dW").wait(30)

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        """A connection with TLS that speaks HTTP/1.1, from any address of this machine."""
        context = ssl.create_default_context(cafile=self.ca_bundle)
        context.set_alpn_protocols(["http/1.1"])
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30, source_address=(source, 0))
        try:
            return context.wrap_socket(plain, server_hostname="localhost")
        except OSError:
            plain.close()
            raise

    def get(self, path: str, method: str = "GET", **headers: str) -> requests.Response:
        """As the path stands, not as a client would tidy it up."""
        request = requests.Request(method, self.url, headers=headers).prepare()
        request.url = self.url + path
        with requests.Session() as session:
            return session.send(request, timeout=30, verify=self.ca_bundle)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)

    def _run(self, *words: str, output: Any = None) -> subprocess.Popen[bytes]:
        command = [self._program, *words, "-f", str(CONFIGURATION)]
        environment = os.environ | self._environment
        return subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)

    def _listens(self) -> bool:
        try:
            self.connect().close()
        except OSError:
            return False
        return True


@contextmanager
def running_haproxy(folder: Path, *services: int) -> Iterator[HAProxy]:
    """A proxy before services on these ports of this machine; without HAProxy the test is skipped, on CI it fails."""
    program = shutil.which("haproxy") or "/usr/sbin/haproxy"
    if not Path(program).exists():
        missing("HAProxy is not installed (apt-get install haproxy)")
    proxy = HAProxy(program, folder, *services)
    try:
        yield proxy
    finally:
        proxy.stop()
