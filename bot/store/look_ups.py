"""Words that people looked up: by pseudonym for as long as a month lasts, then how many people it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select

from bot.domain.erasing import new_key
from bot.domain.look_ups import FEWEST, About, LookedUp, LookUpCount, pseudonym, rounded
from bot.store import tables
from bot.store.database import Session
from bot.store.rows import Rows


@dataclass(frozen=True)
class _MonthKey:
    workspace_id: str
    month: date
    key: str


@dataclass(frozen=True, kw_only=True)
class _Pseudonym:
    workspace_id: str
    month: date
    about: str
    word: str
    pseudonym: str


_key = Rows(tables.look_up_key, _MonthKey)
_row = Rows(tables.look_up, _Pseudonym)
_count = Rows(tables.look_up_count, LookUpCount, about=About)


def note(session: Session, workspace_id: str, month: date, by_word: Mapping[LookedUp, Collection[str]]) -> None:
    """Note who looked up which words in a month, each once."""
    key = _key_of(session, workspace_id, month)
    for word, people in sorted(by_word.items()):
        for learner_id in people:
            row = _Pseudonym(
                workspace_id=workspace_id,
                month=month,
                about=word.about.value,
                word=word.word,
                pseudonym=pseudonym(key, word, learner_id),
            )
            _row.insert_new(session, row)


def _key_of(session: Session, workspace_id: str, month: date) -> str:
    """Return the month's key, a new one if it has none. Another process may be first: the key that is stored counts."""
    known = _key.one(session, workspace_id=workspace_id, month=month)
    if known is None:
        _key.insert_new(session, _MonthKey(workspace_id, month, new_key()))
        known = _key.one(session, workspace_id=workspace_id, month=month)
    assert known is not None
    return known.key


def close(session: Session, workspace_id: str, month: date, known: int) -> None:
    """Count what was looked up before a month, and throw away the keys and everybody's pseudonyms.

    known: the number of people who may be counted. Of a word that all but a few of them looked up nothing is told: it
    would be known of nearly each of them.
    """
    of = tables.look_up.c
    before = of.workspace_id == workspace_id, of.month < month
    counted = (
        select(of.month, of.about, of.word, func.count())
        .where(*before)
        .group_by(of.month, of.about, of.word)
        .having(func.count() >= FEWEST, func.count() <= known - FEWEST)
    )
    for of_month, about, word, people in session.execute(counted).all():
        told = LookUpCount(
            workspace_id=workspace_id, month=of_month, about=About(about), word=word, people=rounded(people)
        )
        _count.insert_new(session, told)
    session.execute(delete(tables.look_up).where(*before))
    keys = tables.look_up_key.c
    session.execute(delete(tables.look_up_key).where(keys.workspace_id == workspace_id, keys.month < month))


def unclosed(session: Session, workspace_id: str, month: date) -> bool:
    """Return True while there is something of a month before this one."""
    keys = tables.look_up_key.c
    query = select(keys.month).where(keys.workspace_id == workspace_id, keys.month < month).limit(1)
    return session.execute(query).first() is not None


def counts(session: Session, workspace_id: str) -> list[LookUpCount]:
    """Return what is told of a workspace: the newest month first, in it the words that most people looked up."""
    of = _count.c
    query = select(*_count.columns).where(of.workspace_id == workspace_id)
    return _count.run(session, query.order_by(of.month.desc(), of.people.desc(), of.word))


def forget(session: Session, workspace_id: str, learner_id: str) -> None:
    """Delete a person's pseudonyms of months that aren't over. Nobody else can be found by them."""
    of = tables.look_up.c
    for known in _key.all(session, workspace_id=workspace_id):
        mine = of.workspace_id == workspace_id, of.month == known.month
        words = session.execute(select(of.about, of.word).where(*mine).distinct()).all()
        theirs = [pseudonym(known.key, LookedUp(About(about), word), learner_id) for about, word in words]
        for some in _parts(theirs):
            session.execute(delete(tables.look_up).where(*mine, of.pseudonym.in_(some)))


def _parts(found: list[str], most: int = 500) -> Iterable[list[str]]:
    return (found[start : start + most] for start in range(0, len(found), most))
