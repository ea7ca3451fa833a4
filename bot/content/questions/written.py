"""Rules that questions with a field share."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.questions.written import ANYTHING_ELSE, LONGEST, WrittenQuestion

REASON = f'Add, as the last one, "- [ ] {ANYTHING_ELSE}" with the reason that fits any other answer'


def faults(question: WrittenQuestion) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the foreseen answers."""
    *foreseen, last = question.choices or (None,)
    if last is None or last.text.casefold() != ANYTHING_ELSE or last.right:
        yield f'the last answer isn\'t "{ANYTHING_ELSE}"', REASON
        return
    for choice in foreseen:
        spelled = question.spellings(choice)
        if not spelled or any(len(each) > LONGEST for each in spelled):
            yield f'the answer "{choice.text}" can\'t be written into the field', f"Keep it under {LONGEST} characters"


def meant_twice(question: WrittenQuestion, why: str) -> Iterator[tuple[str, str]]:
    """Yield the spellings that could mean the right answer and a wrong one."""
    for spelled in dict.fromkeys(question.both_meant()):
        yield (
            f'"{spelled}" could mean the right answer and a wrong one: {why}',
            "Take the wrong one out, or ask otherwise",
        )
