"""Makes any text safe to print on a card: plain for the summary, escaped for markdown. Knows no medicine.

Text from a record may hold markup, links, line breaks or invisible controls. None of it may reach a screen as anything
but the characters that a reader sees.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"\s+")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_BLOCK_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]{2,}))")
"""what makes a heading, list or line of a text that stands at the start of a line or list item"""
_MARKDOWN = re.compile(r"([\\`*_\[\]~|])")
# Markdown readers make links of bare addresses even after decoding entities: only a changed text helps.
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_SCHEME = re.compile(r"\b(javascript|data|vbscript|mailto|xmpp):(?=\S)", re.IGNORECASE)
_VERDICT = re.compile(r"\b(not[ _]|in|non-?)?eligible\b", re.IGNORECASE)
_HARMLESS = re.compile(r"(?!.*(?i:eligible|www))[A-Za-z][A-Za-z0-9(),;%/.+×·–−-]*(?: [A-Za-z0-9(),;%/.+×·–−-]+)*")
"""words, numbers and simple punctuation after a first letter: most texts, and nothing below changes them"""
TOO_LONG = "(long text, see record)"


def plain(text: str) -> str:
    """One line without control, format or bidirectional characters, bare addresses or anything that starts a tag.

    Coded values such as "not eligible" (for downstaging) are no verdict on the order and may not read like one.
    """
    return text if _HARMLESS.fullmatch(text) else _disarmed(text)


def _disarmed(text: str) -> str:
    spaced = _BREAKS.sub(" ", text.translate(_LINE_BREAKS))
    visible = spaced if spaced.isprintable() else "".join(filter(_is_visible, spaced))
    unlinked = _SCHEME.sub(r"\1 :", _ADDRESS.sub(" ", visible)).replace("@", " (at) ")
    worded = _VERDICT.sub(lambda found: "outside criteria" if found[1] else "within criteria", unlinked)
    return _BREAKS.sub(" ", _TAG_START.sub("‹", worded)).strip()


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE


def escaped(text: str) -> str:
    """`plain` text that GitHub-flavoured markdown and HTML both print as it stands."""
    if _HARMLESS.fullmatch(text):
        return text
    unmarked = _BLOCK_START.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", _disarmed(text)))
    return unmarked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """The whole words of `text` that fit into `limit` characters, with an ellipsis where some were left out.

    A number or a word is never cut; if not even the first fits, TOO_LONG stands in its place.
    """
    if len(text) <= limit:
        return text
    kept = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") if " " in text[: limit - 1] else ""
    return f"{kept} …" if kept and len(kept) <= limit - 2 else TOO_LONG


def capital(text: str) -> str:
    """The first letter as a capital, unless the second is one already (mALBI, sFLR)."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LINE_BREAKS = {0x2028: " ", 0x2029: " ", 0x85: " "}
