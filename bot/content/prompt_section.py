"""The section of a lesson that asks for a line on one's own company, filed under a part of the strategy page."""

from __future__ import annotations

import re

from bot.content.markdown import BLOCKS
from bot.content.problem import ProblemReporter, did_you_mean
from bot.content.question_section import headings_of
from bot.domain.strategy import MOST_INPUTS, Part, Prompt

EXAMPLE = "## Prompt: business-case"
LONGEST = 150
_BULLET = re.compile(r"\s*[-*+]\s+(.+)")


def has_prompt(text: str) -> bool:
    """Return True for a text that has a prompt, sound or not."""
    return any(words.lower().startswith("prompt") for _, words in headings_of(BLOCKS.parse(text)))


def take_prompt(text: str, first_line: int, reporter: ProblemReporter) -> tuple[str, Prompt | None]:
    """Return the text with its prompt left empty, so that its lines keep their numbers, and the prompt if it has one.

    What is wrong with the prompt is reported, and it is None then.
    """
    lines = text.split("\n")
    headings = list(headings_of(BLOCKS.parse(text)))
    starts = [(line, words) for line, words in headings if words.lower().startswith("prompt")]
    if not starts:
        return text, None
    if len(starts) > 1:
        reporter.problem(first_line + starts[1][0], "there is a second prompt", "Keep one prompt in a lesson")
    start, words = starts[0]
    end = min((line for line, _ in headings if line > start), default=len(lines))
    prompt = _prompt(words, lines[start + 1 : end], first_line + start, reporter)
    for line, _ in starts:
        stop = min((other for other, _ in headings if other > line), default=len(lines))
        lines[line:stop] = [""] * (stop - line)
    return "\n".join(lines), prompt if len(starts) == 1 else None


def _prompt(heading: str, lines: list[str], line: int, reporter: ProblemReporter) -> Prompt | None:
    named = heading.partition(":")[2].strip().casefold()
    part = next((part for part in Part if part == named), None)
    if part is None:
        names = [known.value for known in Part]
        remedy = did_you_mean(named, names, f"Write the heading as one of: {', '.join(names)}, such as {EXAMPLE}")
        reporter.problem(line, f'the strategy has no part "{named}"', remedy)
    inputs: list[str] = []
    sound = part is not None
    for number, said in enumerate(lines, line + 1):
        if not said.strip():
            continue
        found = _BULLET.fullmatch(said)
        if found is None:
            sound = False
            reporter.problem(number, "this is no question of the prompt", 'Begin each question with "- "')
        elif len(found[1].strip()) > LONGEST:
            sound = False
            reporter.problem(number, f"the question is longer than {LONGEST} characters", "Shorten it")
        else:
            inputs.append(found[1].strip())
    if not 1 <= len(inputs) <= MOST_INPUTS and sound:
        sound = False
        remedy = f'Write one to {MOST_INPUTS} lines below it, such as "- What would you stop doing to pay for this?"'
        reporter.problem(line, f"the prompt has {len(inputs)} questions", remedy)
    return Prompt(part, tuple(inputs)) if sound and part is not None else None
