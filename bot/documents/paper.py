"""The paper that a country prints on."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """The sizes of paper."""

    A4 = "A4"
    LETTER = "Letter"


LETTER_COUNTRIES = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Countries that print on Letter: CLDR's measurementData, paperSize US-Letter (looked up 2026-11-29)."""


def paper_of(country: str) -> Paper:
    """Return the paper of a country, by its ISO code."""
    return Paper.LETTER if country in LETTER_COUNTRIES else Paper.A4
