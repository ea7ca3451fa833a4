"""The drafts of messages: text in fields, ticks and choices in menus, as people entered them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from localslack import inputs
from localslack.inputs import State, Values
from localslack.objects import PostedMessage


class Drafts:
    """The entered values, by message and person, as that person's client keeps them: nobody else sees them."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, dict[str, State]] = defaultdict(dict)

    def enter(self, user_id: str, message: PostedMessage, values: Values) -> State:
        """Enter values into elements of a message; return its state. Values of elements that are gone are skipped.

        Raises:
            ValueError: an element doesn't offer that.
        """
        state = self.state(user_id, message)
        for block_id, entries in values.items():
            for action_id, raw in entries.items():
                found = inputs.find(message.blocks, block_id, action_id)
                if found and found[1]["type"] in inputs.FIELD:
                    state[block_id][action_id] = inputs.entered(found[1], raw)
        self._kept[message.ts][user_id] = state
        return state

    def tapped(self, user_id: str, message: PostedMessage, action: dict[str, Any]) -> State:
        """Enter what an action carries, which tests may forge; return the message's state."""
        state = self.state(user_id, message)
        found = inputs.find(message.blocks, action.get("block_id", ""), action.get("action_id", ""))
        if found and found[1]["type"] in inputs.FIELD:
            field = inputs.FIELD[found[1]["type"]][0]
            state[action["block_id"]][action["action_id"]] = {"type": action["type"], field: action.get(field)}
        if state:
            self._kept[message.ts][user_id] = state
        return state

    def state(self, user_id: str, message: PostedMessage) -> State:
        """Return the state of a message's inputs for one person."""
        return inputs.begin(message.blocks, self._kept[message.ts].get(user_id))

    def redrawn(self, message: PostedMessage) -> None:
        """Drop what was entered where block or action changed its id: it doesn't return with the id."""
        kept = self._kept[message.ts]
        standing = {(block["block_id"], element["action_id"]) for block, element in inputs.elements(message.blocks)}
        for user_id, state in kept.items():
            kept[user_id] = {
                block_id: {
                    action_id: value for action_id, value in entries.items() if (block_id, action_id) in standing
                }
                for block_id, entries in state.items()
            }
