"""The comparison: the same learners under each policy, with intervals by bootstrap over learners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from random import Random

from tests.benchmarks.measure import Study
from tests.benchmarks.recall.course import Course, Outcome, Terms
from tests.benchmarks.recall.learners import SEED, SimulatedLearner, drawn
from tests.benchmarks.recall.memory import Activation
from tests.benchmarks.recall.policies import FSRS, NOTHING, OURS, POLICIES, Policy
from tests.figures import Row, row

TITLE = "recall"
LEARNERS, RESAMPLES = 1000, 1000
Outcomes = Mapping[str, Sequence[Outcome]]
"""Under each policy by its name, what came of each learner, always in the same order."""
Statistic = Callable[[Sequence[float], Sequence[float]], float]


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval of 95 %."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return it as it stands in a table."""
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def outcomes(terms: Terms, policies: Iterable[Policy] = POLICIES, learners: int = LEARNERS) -> Outcomes:
    """Return what becomes of the learners. Policies share them, and all the chances that were drawn for them."""
    people = [_learner(number, terms.days) for number in range(learners)]
    return {policy.name: [Course(one, policy, terms).play() for one in people] for policy in policies}


@cache
def _learner(number: int, days: int) -> SimulatedLearner:
    return drawn(number, days)


@cache
def _samples(learners: int) -> tuple[Callable[[Sequence[float]], tuple[float, ...]], ...]:
    """Return resamplings, each of as many learners as there are, the same for all figures."""
    chance = Random(SEED)
    return tuple(itemgetter(*chance.choices(range(learners), k=learners)) for _ in range(RESAMPLES))


def ratio(above: Sequence[float], below: Sequence[float]) -> Estimate:
    """Return the sum of one list over that of the other, resampled by learner."""
    drawn_again = sorted(
        sum(above_again) / sum(below_again)
        for take in _samples(len(above))
        if (above_again := take(above)) and (below_again := take(below))
    )
    edge = len(drawn_again) // 40
    return Estimate(sum(above) / sum(below), drawn_again[edge], drawn_again[-edge - 1])


def mean(values: Sequence[float]) -> Estimate:
    """Return the mean over learners."""
    return ratio(values, [1.0] * len(values))


def midway(found: Outcomes, name: str) -> Estimate:
    """Return the share recalled on day 90."""
    return mean([one.midway for one in found[name]])


def end(found: Outcomes, name: str) -> Estimate:
    """Return the share recalled on the last day."""
    return mean([one.end for one in found[name]])


def behind(found: Outcomes, name: str, other: str) -> Estimate:
    """Return by how much the share on the last day differs from another policy's, learner by learner."""
    return mean([one.end - best.end for one, best in zip(found[name], found[other], strict=True)])


def gained(found: Outcomes, name: str) -> Estimate:
    """Return how many items more than without reviews are recalled on the last day, for a minute of reviews."""
    more = [one.known - without.known for one, without in zip(found[name], found[NOTHING.name], strict=True)]
    return ratio(more, [one.review_minutes for one in found[name]])


def by_the_minute(found: Outcomes, name: str) -> Estimate:
    """Return how many items are recalled on the last day for each minute of lessons and reviews."""
    return ratio([one.known for one in found[name]], [one.minutes for one in found[name]])


def best(found: Outcomes, names: Iterable[str] | None = None) -> str:
    """Return the policy under which most is recalled on the last day."""
    return max(names or found, key=lambda name: sum(one.end for one in found[name]))


def rows(learners: int = LEARNERS) -> list[Row]:
    """Return the rows of bench.json. One has a target: ours isn't behind FSRS, or the choice is another one."""
    made = []
    for who, answers in (("every day", 1.0), ("60 % of days", 0.6)):
        found = outcomes(Terms(memory=Activation, answers=answers), learners=learners)
        leader = best(found)
        for policy in POLICIES:
            made += _of_policy(found, policy.name, leader, who)
        rival = best(found, [policy.name for policy in FSRS])
        made.append(
            row(
                f"recall at day 180, answering {who}: ours against {rival} ({_apart(behind(found, OURS.name, rival))})",
                end(found, OURS.name).value,
                "of items",
                end(found, rival).value,
                at_least=1,
            )
        )
    return made


def _of_policy(found: Outcomes, name: str, leader: str, who: str) -> list[Row]:
    """Return a policy's rows; the baseline is no review, and ours where there is nothing without one."""
    apart = "the best" if name == leader else f"{_apart(behind(found, name, leader))} against the best"
    made = []
    for day, share, note in ((90, midway, ""), (180, end, f"; {apart}")):
        one = share(found, name)
        title = f"recall at day {day}, answering {who}, {name} ({one.low:.3f} to {one.high:.3f}{note})"
        made.append(row(title, one.value, "of items", share(found, NOTHING.name).value))
    for title, figure in (("minute", by_the_minute), ("minute of reviews", gained)):
        if name != NOTHING.name or figure is by_the_minute:
            one = figure(found, name)
            full = f"recall for each {title}, answering {who}, {name} ({one.low:.3f} to {one.high:.3f})"
            made.append(row(full, one.value, "items", figure(found, OURS.name).value))
    return made


def _apart(difference: Estimate) -> str:
    return f"{difference.low:+.3f} to {difference.high:+.3f}"


BENCHES = (Study("recall", TITLE, rows),)
