"""The view of an item that an admin looks at before anybody gets it. Nothing is recorded."""

from __future__ import annotations

from bot.domain.content import Item, Track
from bot.domain.questions import Response
from bot.messages import ids
from bot.view_models import ItemView


def preview_view(track: Track, number: int, item: Item, response: Response | None = None) -> ItemView:
    """Return the view of a track's nth item, the first being 1, before or after a choice was tapped in it."""
    return ItemView(
        delivery_id=ids.preview(track.id, number),
        item=item,
        position=number,
        total=len(track.items),
        track=track.title,
        response=response,
        asks_first=item.ask_first,
    )
