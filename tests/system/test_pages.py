"""The documentation in a browser: on a telephone and on a desk, nothing stands beyond the edge of the screen."""

from __future__ import annotations

import re
import subprocess
from html import escape
from pathlib import Path
from shutil import which

import pytest
from flask.testing import FlaskClient

from service.documents import documents
from service.web.dsi import PAGE
from service.web.pages.addresses import address
from service.web.pages.layout import STYLE
from tests.system.missing import missing

pytestmark = pytest.mark.system
ADDRESSES = [PAGE, *map(address, documents())]
BROWSER = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), "")


def _measured(client: FlaskClient, at: str) -> str:
    """The page with its style in it, telling the frame around it how wide it is. The page itself allows no script."""
    page = re.sub(r'<link rel="stylesheet"[^>]*>', f"<style>{client.get(STYLE).text}</style>", client.get(at).text)
    script = f"parent.postMessage('{at} ' + document.documentElement.scrollWidth, '*')"
    return page.replace("</body>", f"<script>{script}</script></body>")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_fits_the_screen(client: FlaskClient, tmp_path: Path, width: int) -> None:
    if not BROWSER:
        missing("needs Chromium (apt install chromium)")
    frames = [
        f'<iframe width="{width}" height="600" style="border: 0" srcdoc="{escape(_measured(client, at))}"></iframe>'
        for at in ADDRESSES
    ]
    listen = "onmessage = told => document.title += told.data + ';'"
    whole = tmp_path / "frames.html"
    whole.write_text(f"<title></title><script>{listen}</script>{''.join(frames)}", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1600,900", "--virtual-time-budget=60000"]
    shown = subprocess.run(
        [BROWSER, *options, f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom", whole.as_uri()],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    told = re.search(r"<title>(.*?);?</title>", shown.stdout)
    assert told
    widths = dict(each.split(" ") for each in told[1].split(";"))
    assert set(widths) == set(ADDRESSES)
    assert {at: wide for at, wide in widths.items() if int(wide) > width} == {}
