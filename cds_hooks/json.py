"""All JSON in and out: numbers stay exact, absurd ones are refused, every failure is one error. Knows no hooks.

Duplicate member names are accepted and the last wins, as RFC 8259 leaves open and the JSON test suite expects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, TypeVar, overload

import msgspec
from msgspec import inspect

T = TypeVar("T")

MAX_DIGITS = 40
MAX_EXPONENT = 30

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DIGITS_ALIKE = bytes(ord("0") if chr(byte).isdecimal() and byte < 128 else ord(" ") for byte in range(256))
_LONG_DIGITS = b"0" * (MAX_DIGITS + 1)
_TOO_LARGE = 10**MAX_DIGITS
_NUMERIC_KINDS = ("AnyType(", "IntType(", "FloatType(", "CustomType(")
_SHAPE_WORDS = re.compile(r"Expected `[a-z| ]+`(?:, got `[a-z]+`)?|Object missing required field `\w+`")
_PLACE = re.compile(r"\((?P<byte>byte \d+)\)| - at (?:the key of )?`(?P<path>\$[^`]*)`")


class BadJsonError(ValueError):
    """The text is not JSON, or not of the shape asked for. Says where and what; never repeats the content.

    place  "byte 13", "$.context.patientId", or "" when the place is not known
    """

    def __init__(self, words: str, place: str = "") -> None:
        super().__init__(f"{words} ({place})" if place else words)
        self.words = words
        self.place = place


@overload
def decode(text: bytes | msgspec.Raw, shape: type[T], /) -> T: ...
@overload
def decode(text: bytes | msgspec.Raw, /) -> Any: ...
def decode(text: bytes | msgspec.Raw, shape: Any = Any, /) -> Any:
    """The value that a JSON text holds; numbers with a point or exponent are Decimal, others int.

    shape  a type that msgspec understands. Members typed `msgspec.Raw` are not looked into: decode them in turn.
           A member typed Decimal would escape the guard on numbers and raises TypeError; type it Any.
    Raises BadJsonError, and nothing else, for whatever the text may hold.
    """
    decoder, holds_numbers = _decoder(shape)
    try:
        return _read(decoder, bytes(text).removeprefix(_BYTE_ORDER_MARK), holds_numbers=holds_numbers)
    except UnicodeDecodeError as error:
        raise BadJsonError("not UTF-8", f"byte {error.start}") from None
    except RecursionError:
        raise BadJsonError("nested too deeply") from None
    except InvalidOperation:
        raise BadJsonError("a number is out of range") from None
    except msgspec.DecodeError as error:
        raise _explained(error) from None


def encode(value: Any) -> bytes:
    """JSON with Decimals as numbers, members in the order given. ValueError if a number is not finite."""
    try:
        _refuse_not_finite(msgspec.to_builtins(value, builtin_types=(Decimal, msgspec.Raw)))
        return _ENCODER.encode(value)
    except (RecursionError, UnicodeEncodeError) as error:
        raise ValueError("the value cannot be written as JSON") from error


_ENCODER = msgspec.json.Encoder(decimal_format="number")


@lru_cache(maxsize=256)
def _decoder(shape: Any) -> tuple[msgspec.json.Decoder[Any], bool]:
    """The decoder, and whether a number can stand where the shape looks."""
    info = repr(inspect.type_info(shape))
    if "DecimalType(" in info:
        raise TypeError(f"{shape!r} has a Decimal member; type it Any, so that absurd numbers are refused")
    return msgspec.json.Decoder(shape, float_hook=_exact), any(kind in info for kind in _NUMERIC_KINDS)


def _read(decoder: msgspec.json.Decoder[Any], text: bytes, *, holds_numbers: bool) -> Any:
    text.decode()  # msgspec does not look into strings that the shape skips
    value = decoder.decode(text)
    if holds_numbers and _LONG_DIGITS in text.translate(_DIGITS_ALIKE):  # eight times as fast as a pattern
        _refuse_long_integers(value)
    return value


def _exact(digits: str) -> Decimal:
    if len(digits) > MAX_DIGITS + 6:
        raise BadJsonError("a number is too long")
    number = Decimal(digits)
    parts = number.as_tuple()
    if len(parts.digits) > MAX_DIGITS or abs(number.adjusted()) > MAX_EXPONENT:
        raise BadJsonError("a number is out of range")
    return number


def _refuse_long_integers(value: Any) -> None:
    if isinstance(value, int) and abs(value) >= _TOO_LARGE:
        raise BadJsonError("a number is too long")
    for part in _parts(value):
        _refuse_long_integers(part)


def _refuse_not_finite(value: Any) -> None:
    if (isinstance(value, Decimal) and not value.is_finite()) or (isinstance(value, float) and value - value != 0):
        raise ValueError("a number that is not finite cannot be written as JSON")
    for part in _parts(value):
        _refuse_not_finite(part)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, msgspec.Struct):
        return (getattr(value, name) for name in value.__struct_fields__)
    return ()


def _explained(error: msgspec.DecodeError) -> BadJsonError:
    """Our words for a message of msgspec, which may quote what it found."""
    message = str(error)
    place = _PLACE.search(message)
    where = (place["byte"] or place["path"]) if place else ""
    if not isinstance(error, msgspec.ValidationError):
        return BadJsonError("not JSON, or cut short", where)
    if isinstance(error.__cause__, BadJsonError):
        return BadJsonError(error.__cause__.words, where)
    if "out of range" in message.partition(" - at ")[0]:
        return BadJsonError("a number is out of range", where)
    words = _SHAPE_WORDS.match(message)
    return BadJsonError(words[0].replace("`", "") if words else "a value that is not allowed here", where)
