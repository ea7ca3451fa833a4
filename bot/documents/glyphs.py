"""Text for a font that hasn't every sign: what it lacks is named in words, so that nothing disappears."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

JOINERS = frozenset({0x200D, 0xFE0E, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)})
"""Signs that only shape the emoji beside them: joiners, variations, skin tones, tags."""
FLAG_A = 0x1F1E6
FLAGS = range(FLAG_A, FLAG_A + 26)
BOX = "\N{WHITE SQUARE}"
PRINTED = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def spelled(text: str, has: Container[int]) -> str:
    """Return a text in which each sign that a font lacks is named: an emoji by its name, a letter by a box.

    `has`: the code points that the font has.
    """
    return "".join(_sign(sign, has) for sign in unicodedata.normalize("NFC", text))


def lacks(text: str, has: Container[int]) -> bool:
    """Return True for a text with letters that can't be printed, and aren't emoji that can be named."""
    return BOX in spelled(text, has) and BOX not in text


def _sign(sign: str, has: Container[int]) -> str:
    code = ord(sign)
    if code in JOINERS:
        return ""
    if code in has:
        return sign
    category = unicodedata.category(sign)
    if category in PRINTED:
        return "\n" if sign == "\n" else " "
    if code in FLAGS:
        return chr(ord("A") + code - FLAG_A)
    name = unicodedata.name(sign, "").lower()
    return f"[{name}]" if name and category in {"So", "Sk", "Sm", "Sc", "Po"} else BOX


def is_right_to_left(text: str) -> bool:
    """Return True for a text whose first letter with a direction runs from right to left (Unicode Annex 9, P2)."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((way != "L" for way in directions if way in {"L", "R", "AL"}), False)
