"""Forms of a question with one right choice: what an author may ask for, and what its choices must then be like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ARROW = "→"
"""The sign between the steps of an order."""
FEWEST_STEPS = 3


@dataclass(frozen=True, kw_only=True)
class QuestionForm:
    """A form, named in the question's heading."""

    name: str
    label: str = ""
    """The words below the question on the screen."""
    fewest: int = 2
    most: int | None = None
    fixed: tuple[str, ...] = ()
    """The choices themselves, in this order, where they are always the same."""
    ordered: bool = False
    """Each choice is an order of the same steps."""

    def fits(self, choices: Sequence[str]) -> bool:
        """Return True where these choices' texts are such as the form has."""
        if len(choices) < self.fewest or (self.most is not None and len(choices) > self.most):
            return False
        if self.fixed:
            return tuple(choices) == self.fixed
        return not self.ordered or _same_steps(choices)

    @property
    def remedy(self) -> str:
        """Return what its choices have to be, for an author."""
        if self.fixed:
            return "Write the choices " + " and ".join(f'"{text}"' for text in self.fixed) + ", in this order"
        if self.ordered:
            steps = f"ask {ARROW} post {ARROW} count"
            return f'Write {self.fewest} choices with the same steps in another order, such as "{steps}"'
        most = f" and at most {self.most}" if self.most not in {None, self.fewest} else ""
        return f"Write {'at least ' if self.most != self.fewest else ''}{self.fewest} choices{most}"


PLAIN = QuestionForm(name="")
FORMS = {
    form.name: form
    for form in (
        PLAIN,
        QuestionForm(name="what happened next", label="What happened next?"),
        QuestionForm(name="which of two", most=2),
        QuestionForm(name="true or false", label="True or false?", most=2, fixed=("True", "False")),
        QuestionForm(name="find the sentence", label="Find the sentence", fewest=3),
        QuestionForm(name="which order", label="Which order?", fewest=3, most=3, ordered=True),
    )
}
"""The forms, by their name in a heading."""


def _same_steps(choices: Sequence[str]) -> bool:
    steps = [tuple(step.strip() for step in text.split(ARROW)) for text in choices]
    first = sorted(steps[0])
    return len(first) >= FEWEST_STEPS and all(first) and all(sorted(each) == first for each in steps)
