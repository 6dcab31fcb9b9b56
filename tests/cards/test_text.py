import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.cards.text import TOO_LONG, clip, escaped, plain


def test_it_leaves_clinical_text_alone():
    text = "Bilirubin 2.4 mg/dL (1 Nov): at most 2.0; <0.2 µmol/L, 35%, ×10⁹/L, Child-Pugh 8–10"
    assert plain(text) == text


@given(st.text("aBeligbw.wW1) (-+%/·–", max_size=30))
@example("1) eligible www.a")
@example("a eligible")
@example("a www.b")
def test_it_treats_simple_texts_like_all_others(text):
    # A blank at the start is no part of the text, and no simple text begins with one.
    assert escaped(text) == escaped(f" {text}")
    assert plain(text) == plain(f" {text}")


def test_it_shows_a_comparator_in_markdown():
    assert escaped("<0.2 & >3") == "&lt;0.2 &amp; &gt;3"


@pytest.mark.reliability(59)
@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<img src=x onerror=alert(1)>", "&lt;img"),
        ("[x](javascript:alert(1))", r"\[x\](javascript :alert(1))"),
        ("**bold** `code` ~~gone~~", r"\*\*bold\*\* \`code\`"),
        ("a\n\n# title\r\n- item", "a # title - item"),
        ("see https://evil.example/x", "https: //evil.example"),
        ("www.evil.example", "www .evil.example"),
        ("me@evil.example", "me (at) evil.example"),
        ("left\u202eright\u2066\u200b\ufeff\x00\x1b", "leftright"),
        ("a\u2028b\u2029c", "a b c"),
        ("# title", r"\# title"),
        ("1. item", r"1\. item"),
        ("--- line", r"\--- line"),
        ("| a | b |", r"\| a \| b \|"),
    ],
)
def test_it_disarms(hostile, shown):
    text = escaped(hostile).replace("‹", "&lt;")
    assert shown in text
    assert "<" not in text
    assert "\n" not in text


@pytest.mark.reliability(59)
@pytest.mark.reliability(61)
@given(st.text())
def test_it_gives_one_visible_line_of_any_text(text):
    shown = plain(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert plain(shown) == shown
    assert "@" not in shown
    assert "://" not in shown


@given(st.text(), st.integers(30, 80))
def test_it_clips_at_words(text, limit):
    whole = plain(text)
    cut = clip(whole, limit)
    assert len(cut) <= limit
    kept = {word.rstrip(" ,;:") for word in cut.removesuffix(" …").split()}
    assert cut in {TOO_LONG, whole} or kept <= {word.rstrip(" ,;:") for word in whole.split()}


def test_it_never_cuts_into_a_number():
    assert clip("value 12345678901234567890", 12) == "value …"
    assert clip("12345678901234567890 and more text than fits", 18) == TOO_LONG
