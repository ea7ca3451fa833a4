"""The items drawn of learners' tracks."""

from __future__ import annotations

from bot.domain.samples import Sample
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows

SAMPLES = Rows(tables.sample, Sample)


def later_put(session: Session, sample: Sample) -> Sample:
    """Store a drawn item, or its checks, at the end of the transaction."""
    SAMPLES.later_put(session, sample)
    return sample
