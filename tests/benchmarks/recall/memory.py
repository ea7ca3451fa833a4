"""Two published models of memory, neither of them FSRS. One object is one learner's memory of one item.

They disagree on purpose: Lindsey, Mozer, Cepeda and Pashler ("Optimizing Memory Retention with Cognitive Models", 2009)
showed that the first one is for contracting intervals and the second for equal or expanding ones. Where a rule of
spacing is ahead in both, the choice doesn't hang on the model.
"""

from __future__ import annotations

import math
from typing import Protocol

DAY = 86_400.0
"""Seconds."""


class Memory(Protocol):
    """A memory of one item."""

    def practise(self, day: int, *, recalled: bool, second: float = 0.0) -> None:
        """Lay down a practice: the item was read, or asked and its answer shown. `second`: within the day's message."""

    def recall(self, day: int) -> float:
        """Return the probability of recall, without guessing."""


class Activation:
    """The activation model of the spacing effect in ACT-R: Pavlik and Anderson, Cognitive Science 29 (2005) 559-586.

    Each practice leaves a trace that decays by a power of its age, the faster the more active the memory was when the
    trace was laid down: `m = boost + ln(sum of age ** -d)`, `d = c * e ** m + a`, `p = 1 / (1 + e ** ((tau - m) / s))`.
    Days between sessions count as `h` of their seconds.

    The equations and the worked example of the paper (in tests/benchmarks/test_recall.py) were verified in ACT-R's own
    module, spacing-effect.lisp, which has a = 0.177 and c = 0.217 with it. The other values are as srs-benchmark (open
    spaced repetition, models/act_r.py) took them from the paper. That the boost counts for the decay too, as in their
    paper of 2008 (Journal of Experimental Psychology: Applied 14, 101-117), was seen in that Lisp module, as its
    permanent noise, and in an excerpt of a thesis. The papers themselves weren't at hand.
    """

    DECAY_INTERCEPT = 0.177
    """a"""
    DECAY_SCALE = 0.217
    """c"""
    THRESHOLD = -0.704
    """tau"""
    NOISE = 0.255
    """s"""
    BETWEEN_SESSIONS = 0.025
    """h"""

    AVERAGE = 1.0
    """The boost of an average learner and item: chosen so that 22 % is recalled half a year after a lesson without a
    review. In the physicians' trial 43.2 % of answers were right after six quarters without one, which is 24 % if a
    quarter of the rest was guessed.
    """

    def __init__(self, talent: float) -> None:
        """Begin without a trace. `talent`: by how much this learner keeps this item better than average."""
        self.factor = math.exp(self.AVERAGE + talent)
        self.traces: list[tuple[float, float]] = []

    def strength(self, second: float) -> float:
        """Return e ** m at an instant of the model's clock."""
        return self.factor * math.fsum((second - laid) ** -decay for laid, decay in self.traces)

    def lay_down(self, second: float) -> None:
        """Add a trace at an instant of the model's clock."""
        self.traces.append((second, self.DECAY_SCALE * self.strength(second) + self.DECAY_INTERCEPT))

    def practise(self, day: int, *, recalled: bool, second: float = 0.0) -> None:
        """Lay down a practice. To this model one with feedback is worth the same, recalled or not."""
        self.lay_down(day * DAY * self.BETWEEN_SESSIONS + second)

    def recall(self, day: int) -> float:
        """Return the probability of recall."""
        strength = self.strength(day * DAY * self.BETWEEN_SESSIONS)
        return 1 / (1 + math.exp((self.THRESHOLD - math.log(strength)) / self.NOISE)) if strength else 0.0


POOLS = 20
FASTEST, SLOWEST = 0.3, 1000.0
"""Time constants of the pools in days, in equal ratios between these, and all pools of equal weight (xi = 1)."""
TIMES = tuple(FASTEST * (SLOWEST / FASTEST) ** (pool / (POOLS - 1)) for pool in range(POOLS))
DAYS_BEFORE = 1000
"""A day before any practice. Empty pools don't leak."""
WHEN_RECALLED = 9.0
"""How much more a practice fills a pool when the item was recalled."""


class Multiscale:
    """The multiscale context model (MCM): Mozer, Pashler, Cepeda, Lindsey and Vul, NIPS 2009, 1321-1329.

    Pools leak, each by its own time constant; a practice fills a pool by what it and all faster ones lack, and does so
    nine times as much where the item was recalled. Recall is the weighted sum of the pools.

    The equations and the nine are as remembered, and agree with a public reimplementation, except that here not the
    pools are held at 1 but their sum. The paper has 100 pools, and fits its constants to the forgetting after a single
    study; so were these: 76, 55, 38, 26 and 19 % after 1, 7, 30, 90 and 180 days, where `Activation` has 77, 54, 38, 28
    and 22 % for the same people.
    """

    PACE = 2.1
    """How much a talent slows the clock: fitted with the constants, so that people differ about as much."""

    def __init__(self, talent: float) -> None:
        """Begin empty. A talent of t makes e ** (PACE * t) days pass as one."""
        self.pace = math.exp(-self.PACE * talent)
        self.pools = [0.0] * POOLS
        self.day = -DAYS_BEFORE

    def leak(self, day: int) -> list[float]:
        """Return the pools as they are on a day."""
        passed = (day - self.day) * self.pace
        return [held * math.exp(-passed / time) for held, time in zip(self.pools, TIMES, strict=True)]

    def practise(self, day: int, *, recalled: bool, second: float = 0.0) -> None:
        """Fill the pools. Within a message nothing leaks."""
        pools, filling = self.leak(day), WHEN_RECALLED if recalled else 1.0
        held = 0.0
        for pool in range(POOLS):
            held += pools[pool]
            pools[pool] += filling * max(0.0, 1 - held / (pool + 1))
        self.pools, self.day = pools, day

    def recall(self, day: int) -> float:
        """Return the probability of recall."""
        return min(1.0, sum(self.leak(day)) / POOLS)
