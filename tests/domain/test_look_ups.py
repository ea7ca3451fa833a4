"""Look-ups that are counted without saying whose they are."""

from __future__ import annotations

import pytest

from bot.domain.erasing import new_key
from bot.domain.look_ups import About, LookedUp, pseudonym, rounded

REACH = LookedUp(About.TERM, "reach")


@pytest.mark.parametrize(("people", "told"), [(0, 0), (9, 0), (10, 10), (19, 10), (20, 20), (137, 130)])
def test_people_are_told_from_ten_up_and_in_steps_of_ten(people: int, told: int) -> None:
    assert rounded(people) == told


def test_a_pseudonym_is_one_persons_for_one_word_and_one_key() -> None:
    key = new_key()
    mine = pseudonym(key, REACH, "U1")
    assert mine == pseudonym(key, REACH, "U1")
    assert len(mine) == 32
    others = {
        pseudonym(key, REACH, "U2"),
        pseudonym(key, LookedUp(About.TERM, "cpm"), "U1"),
        pseudonym(key, LookedUp(About.LACKING, "reach"), "U1"),
        pseudonym(new_key(), REACH, "U1"),
    }
    assert len(others - {mine}) == 4
