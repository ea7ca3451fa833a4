"""The view of the message that closes a track, as it is now."""

from __future__ import annotations

from bot.domain import agenda
from bot.domain.content import meeting_line
from bot.domain.delivery import Delivery
from bot.domain.delivery_subject import Closing
from bot.planning.learner_facts import LearnerFacts
from bot.queries.rider_view import rider_in
from bot.queries.talk_contacts import who_is_told
from bot.store import responses, talks
from bot.view_models import ClosingView, TitleLine


def closing_view(state: LearnerFacts, delivery: Delivery, about: Closing) -> ClosingView:
    """Return the view of the message that closes a track."""
    track_id = about.track_id
    track = state.catalogue.tracks.get(track_id)
    items = track.items if track else ()
    known = (state.catalogue.items.get(item_id) for item_id in items if item_id in state.done)
    learned = [item for item in known if item is not None]
    answered, right = responses.tally(state.session, delivery.workspace_id, delivery.learner_id, items)
    ahead = {e.track_id: t.title for e, t in agenda.active(state.situation, state.catalogue)}
    again = ahead.pop(track_id, None) is not None
    had = {e.track_id for e in state.situation.enrolments}
    offers = [state.catalogue.tracks[t] for t in (track.next if track else ()) if t in state.catalogue.tracks]
    wish = talks.open_of(state.session, delivery.workspace_id, delivery.learner_id)
    return ClosingView(
        delivery_id=delivery.delivery_id,
        track=track.title if track else track_id,
        learned=tuple(TitleLine(item.id, item.title) for item in learned),
        meeting_lines=tuple(filter(None, map(meeting_line, learned))),
        answered=answered,
        right=right,
        next_tracks=tuple((t.id, t.title) for t in offers if t.open and t.id not in had),
        running=tuple(ahead.values()),
        again=again,
        reviews_follow=state.situation.reviews_from is not None,
        # the hour went with the track, and came back with it
        new_hour=None if again else about.new_hour,
        talk_asked=wish is not None or about.talk_asked,
        rider=rider_in(state, delivery),
        talk_to=wish.admins if wish else who_is_told(state, track_id),
    )
