"""JSON in and out: numbers stay exact, absurd input is refused cheaply, and nothing of it is repeated."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_hooks.json import BadJsonError, decode, encode


class Lab(msgspec.Struct, rename="camel"):
    a_count: int
    rest: msgspec.Raw = msgspec.Raw(b"null")


class Coded(msgspec.Struct):
    word: str
    kind: Any = None


NUMBERS = st.integers(-(10**40) + 1, 10**40 - 1) | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25, places=4
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_it_gives_back_what_it_wrote(value: Any) -> None:
    assert decode(encode(value)) == value


@given(st.binary(max_size=60))
def test_it_never_fails_in_another_way(text: bytes) -> None:
    for shape in (Any, Lab, Coded, list[str]):
        try:
            decode(text, shape)
        except BadJsonError:
            continue


@pytest.mark.parametrize("digits", ["1.10", "0.00", "1E+5", "-0.000000000000000000000000001", "1E+30"])
def test_it_keeps_every_digit(digits: str) -> None:
    number = decode(digits.encode())
    assert isinstance(number, Decimal)
    assert str(number) == str(Decimal(digits))
    assert encode(number) == str(number).encode()


def test_it_keeps_the_order_of_members() -> None:
    assert encode({"z": 1, "a": Decimal("1.50")}) == b'{"z":1,"a":1.50}'


@pytest.mark.reliability(48)
@pytest.mark.parametrize(
    "digits",
    [
        "1e3000000",
        "-1e3000000",
        "0e3000000",
        "1e31",
        "1e-31",
        "1e999999999999999999999",
        "1" * 41,
        "1" * 5000,
        "0." + "1" * 41,
    ],
    ids=lambda digits: digits[:12],
)
@pytest.mark.parametrize("frame", ["{}", "[{}]", '{{"a":{{"b":[{}]}}}}'])
def test_it_refuses_absurd_numbers(digits: str, frame: str) -> None:
    with pytest.raises(BadJsonError, match="number is"):
        decode(frame.format(digits).encode())


def test_it_refuses_an_absurd_whole_number_in_a_typed_member() -> None:
    with pytest.raises(BadJsonError):
        decode(b'{"aCount":' + b"1" * 50 + b"}", Lab)


def test_it_takes_long_digits_in_text_and_in_what_it_does_not_look_into() -> None:
    assert decode(b'"' + b"1" * 50 + b'"') == "1" * 50
    assert decode(b'{"aCount":1,"rest":' + b"1" * 50 + b"}", Lab).a_count == 1


def test_it_refuses_a_shape_that_would_escape_the_guard_on_numbers() -> None:
    class Loose(msgspec.Struct):
        value: Decimal

    with pytest.raises(TypeError, match="Decimal"):
        decode(b'{"value": 1e3000000}', Loose)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'{"a": "\xff"}', "not UTF-8 (byte 7)"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b"{]", "not JSON, or cut short (byte 1)"),
        (b"", "not JSON, or cut short"),
        (b"[1e400]", "a number is out of range ($[0])"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_it_says_what_is_wrong_and_where(text: bytes, message: str) -> None:
    with pytest.raises(BadJsonError) as caught:
        decode(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"[]", "Expected object, got array"),
        (b"{}", "Object missing required field aCount"),
        (b'{"aCount": "SECRET"}', "Expected int, got str ($.aCount)"),
        (b'{"aCount": 1e400}', "a number is out of range ($.aCount)"),
    ],
)
def test_it_names_the_member_of_the_wrong_shape(text: bytes, message: str) -> None:
    with pytest.raises(BadJsonError) as caught:
        decode(text, Lab)
    assert str(caught.value) == message


def test_it_never_repeats_the_content() -> None:
    for text in (b'{"word": {"SECRET": 1}}', b'{"SECRET": ', b'"SECRET\x01"', b'{"word": 1, "SECRET": "\xff"}'):
        with pytest.raises(BadJsonError) as caught:
            decode(text, Coded)
        assert "SECRET" not in repr(caught.value) + str(caught.value)
        assert caught.value.__suppress_context__


# Names and contents as in the JSON test suite: n must be refused, y accepted, i may be either but is never an accident.
REFUSED = {
    "n_array_1_true_without_comma": b"[1 true]",
    "n_array_a_invalid_utf8": b"[a\xe5]",
    "n_array_extra_comma": b'["",]',
    "n_array_unclosed_with_new_lines": b"[1,\n1\n,1",
    "n_incomplete_true": b"[tru]",
    "n_multidigit_number_then_00": b"123\x00",
    "n_number_+1": b"[+1]",
    "n_number_-01": b"[-01]",
    "n_number_.2e-3": b"[.2e-3]",
    "n_number_0x42": b"[0x42]",
    "n_number_Inf": b"[Inf]",
    "n_number_NaN": b"[NaN]",
    "n_number_U+FF11_fullwidth_digit_one": "[１]".encode(),
    "n_object_bad_value": b'["x", truth]',
    "n_object_lone_continuation_byte_in_key_and_trailing_comma": b'{"\xb9":"0",}',
    "n_object_single_quote": b"{'a':0}",
    "n_object_trailing_comment": b'{"a":"b"}/**/',
    "n_object_unquoted_key": b'{a: "b"}',
    "n_object_with_trailing_garbage": b'{"a":"b"} "c"',
    "n_single_space": b" ",
    "n_string_1_surrogate_then_escape": b'["\\uD800\\"]',
    "n_string_escape_x": b'["\\x00"]',
    "n_string_unescaped_newline": b'["new\nline"]',
    "n_structure_angle_bracket_null": b"[<null>]",
    "n_structure_BOM_no_data": b"\xef\xbb\xbf",
    "n_structure_double_array": b"[][]",
    "n_structure_null-byte-outside-string": b"[\x00]",
    "n_structure_open_array_object": b'[{"":' * 50_000,
    "n_structure_U+2060_word_joined": "[\u2060]".encode(),
    "n_structure_whitespace_formfeed": b"[\x0c]",
}
ACCEPTED = {
    "y_array_arraysWithSpaces": (b"[[]   ]", [[]]),
    "y_array_with_trailing_space": (b"[2] ", [2]),
    "y_number_minus_zero": (b"[-0]", [0]),
    "y_number_real_capital_e_neg_exp": (b"[1E-2]", [Decimal("0.01")]),
    "y_object_duplicated_key": (b'{"a":"b","a":"c"}', {"a": "c"}),
    "y_object_duplicated_key_and_value": (b'{"a":"b","a":"b"}', {"a": "b"}),
    "y_object_empty_key": (b'{"":0}', {"": 0}),
    "y_object_escaped_null_in_key": (b'{"foo\\u0000bar": 42}', {"foo\0bar": 42}),
    "y_string_accepted_surrogate_pair": (b'["\\uD801\\udc37"]', ["\U00010437"]),
    "y_string_nonCharacterInUTF-8_U+FFFF": ('["\uffff"]'.encode(), ["\uffff"]),
    "y_string_u+2028_line_sep": ('["\u2028"]'.encode(), ["\u2028"]),
    "y_structure_lonely_null": (b"null", None),
    "y_structure_string_empty": (b'""', ""),
    "y_structure_whitespace_array": (b" [] ", []),
}
EITHER = {
    "i_number_huge_exp": b"[0.4e" + b"006699" * 20 + b"]",
    "i_number_very_big_negative_int": b"[-237462374673276894279832749832423479823246327846]",
    "i_object_key_lone_2nd_surrogate": b'{"\\uDFAA":0}',
    "i_string_iso_latin_1": b'["\xe9"]',
    "i_string_overlong_sequence_2_bytes": b'["\xc0\xaf"]',
    "i_string_utf16BE_no_BOM": b'\x00[\x00"\x00\xe9\x00"\x00]',
    "i_structure_500_nested_arrays": b"[" * 500 + b"]" * 500,
    "i_structure_UTF-8_BOM_empty_object": b"\xef\xbb\xbf{}",
}


@pytest.mark.reliability(46)
@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_it_refuses_what_is_not_json(text: bytes) -> None:
    with pytest.raises(BadJsonError):
        decode(text)


@pytest.mark.reliability(46)
@pytest.mark.parametrize(("text", "value"), ACCEPTED.values(), ids=ACCEPTED)
def test_it_reads_what_is_json(text: bytes, value: Any) -> None:
    assert decode(text) == value


@pytest.mark.reliability(46)
@pytest.mark.parametrize("text", EITHER.values(), ids=EITHER)
def test_it_has_no_accident_with_what_may_be_either(text: bytes) -> None:
    with contextlib.suppress(BadJsonError):
        assert encode(decode(text))


@pytest.mark.reliability(48)
@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("-Infinity"), float("inf"), float("nan"), {"a": [Decimal("sNaN")]}]
)
def test_it_does_not_write_what_is_no_number(value: Any) -> None:
    with pytest.raises(ValueError, match="not finite"):
        encode(value)


@pytest.mark.reliability(50)
def test_it_does_not_write_half_a_surrogate_pair() -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        encode({"a": "\ud800"})
