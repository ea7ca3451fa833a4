"""Actions of people in modals and in Home."""

from __future__ import annotations

import time
from typing import Any

from localslack import inputs, payloads, views
from localslack.arguments import MethodError
from localslack.inputs import Raw, Values
from localslack.objects import OpenView, User
from localslack.outbox import Outbox
from localslack.transport import DeliveryError
from localslack.world import World

GONE = "That isn't there any more."
TROUBLE = "We had some trouble connecting. Try again?"
MISSING = "Please complete this required field."
MOST_OPTIONS = 100


class Screens:
    """The people of the workspace, acting in views. Each action returns what its doer would notice: "" or a
    complaint.
    """

    def __init__(self, world: World, outbox: Outbox) -> None:
        self._world, self.outbox = world, outbox

    async def open_home(self, user_id: str) -> str:
        """Open the app's Home."""
        user = self._world.users[user_id]
        if not self._world.manifest["features"].get("app_home", {}).get("home_tab_enabled"):
            return "This app has no Home."
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": self._world.dm(user.id).id,
            "event_ts": self._world.new_ts(),
            "tab": "home",
        }
        if user.id in self._world.homes:
            event["view"] = _copy(self._world.homes[user.id])
        return await self.event("app_home_opened", event)

    async def tap_view(
        self, user_id: str, view_id: str, block_id: str, action_id: str, value: Raw = "", values: Values | None = None
    ) -> str:
        """Tap a button, or choose or enter `value`, in a modal or in Home. `values`: other input in the view."""
        user, view = self._world.users[user_id], self._view(user_id, view_id)
        found = inputs.find(view["blocks"], block_id, action_id) if view else None
        if view is None or found is None:
            return GONE
        self._enter(user, view, values or {})
        block, element = found
        action = {
            **inputs.tapped(element, value, self._offered(user, action_id)),
            "action_id": action_id,
            "block_id": block_id,
            "action_ts": f"{time.time():.6f}",
        }
        if element["type"] not in inputs.STATELESS:
            self._enter(user, view, {block_id: {action_id: value}})
        if not inputs.told(block, element, value):
            return ""
        payload = payloads.interaction(
            user, payloads.tap_in_view(_copy(view), action), trigger_id=self._world.new_trigger(user.id, view_id)
        )
        return await self.send_interaction(payload)

    async def submit(self, user_id: str, view_id: str, values: Values) -> str:
        """Fill in a modal's fields and submit it. Fields that aren't given keep their values."""
        user, opened = self._world.users[user_id], self._opened(user_id, view_id)
        if opened is None or opened.view["submit"] is None:
            return GONE
        self._enter(user, opened.view, values)
        opened.errors = _unfit(opened.view)
        self._world.changed()
        if opened.errors:
            return ""
        payload = payloads.interaction(
            user,
            payloads.submission(_copy(opened.view)),
            trigger_id=self._world.new_trigger(user_id, view_id, submitted=True),
        )
        try:
            answer = await self.outbox.send("interactive", payload, answers=True)
        except DeliveryError:
            return TROUBLE
        return TROUBLE if answer is None else self._obey(user_id, opened, answer)

    async def close(self, user_id: str, view_id: str, *, all_views: bool = False) -> str:
        """Close a modal's view: with its close button, or all of them with the cross."""
        user, opened = self._world.users[user_id], self._opened(user_id, view_id)
        if opened is None:
            return GONE
        stack = self._world.modals[user_id]
        cleared = all_views or opened.view["clear_on_close"]
        # the cross reports only the first view
        told = stack[0] if all_views else opened
        self._world.modals[user_id] = [] if cleared else [o for o in stack if o is not opened]
        self._world.changed()
        if not told.view["notify_on_close"]:
            return ""
        return await self.send_interaction(
            payloads.interaction(user, payloads.closed(_without_inputs(told.view), cleared=cleared))
        )

    async def suggest(
        self, user_id: str, view_id: str, block_id: str, action_id: str, typed: str
    ) -> list[dict[str, Any]]:
        """Type into a menu whose options the app provides; return them, or none if it doesn't answer in time."""
        user, view = self._world.users[user_id], self._view(user_id, view_id)
        found = inputs.find(view["blocks"], block_id, action_id) if view else None
        if view is None or found is None or len(typed) < found[1].get("min_query_length", 3):
            return []
        payload = payloads.interaction(user, payloads.suggestion(_copy(view), block_id, action_id, typed))
        try:
            answer = await self.outbox.send("interactive", payload, answers=True)
        except DeliveryError:
            answer = None
        offered = inputs.options(answer or {})
        if len(offered) > MOST_OPTIONS:
            self._refused("block_suggestion", "too_many_options")
            offered = []
        self._world.suggested[user_id, action_id] = offered
        return offered

    async def send_interaction(self, payload: dict[str, Any]) -> str:
        """Send an interaction's payload, which tests may forge."""
        try:
            answer = await self.outbox.send("interactive", payload)
        except DeliveryError as failed:
            return "The app isn't connected." if failed.reason != "http_error" else "The app did not respond."
        return "" if answer is not None else "The app did not respond in time."

    async def event(self, subscription: str, event: dict[str, Any]) -> str:
        """Send an event, if the manifest subscribes to it."""
        if subscription not in self._world.manifest["settings"]["event_subscriptions"]["bot_events"]:
            return ""
        try:
            answer = await self.outbox.send("events_api", payloads.event(self._world.new_id("Ev"), event))
        except DeliveryError as failed:
            return "The app isn't connected." if failed.reason != "http_error" else "The app did not respond."
        return "" if answer is not None else "The app did not respond in time."

    def _obey(self, user_id: str, opened: OpenView, answer: dict[str, Any]) -> str:
        """Apply the acknowledgement of a submitted modal."""
        stack = self._world.modals.get(user_id, [])
        if opened not in stack:
            return ""
        try:
            self._respond(stack, opened, answer)
        except MethodError as error:
            self._refused("view_submission", error.code, *error.messages)
            return TROUBLE
        self._world.changed()
        return ""

    def _respond(self, stack: list[OpenView], opened: OpenView, answer: dict[str, Any]) -> None:
        action = answer.get("response_action")
        if action is None and not answer:
            stack.remove(opened)
        elif action == "clear":
            stack.clear()
        elif action == "errors":
            opened.errors = _errors(opened.view, answer.get("errors"))
        elif action == "update":
            views.replace(self._world, opened.view, views.check(answer.get("view"), "modal"))
        elif action == "push":
            views.pushed(self._world, stack, views.check(answer.get("view"), "modal"))
        else:
            raise MethodError("invalid_response_action", str(action))

    def _enter(self, user: User, view: dict[str, Any], values: Values) -> None:
        for block_id, entries in values.items():
            for action_id, raw in entries.items():
                found = inputs.find(view["blocks"], block_id, action_id)
                if found is None:
                    raise ValueError(f"there is no {action_id} in {block_id}")
                # Slack's client offers names as one types, and keeps those that stand there
                names = found[1]["type"] == "rich_text_input" and isinstance(raw, str)
                given = inputs.with_mentions(str(raw), self._world.handed_on) if names else raw
                state = inputs.entered(found[1], given, self._offered(user, action_id))
                view["state"]["values"][block_id][action_id] = state

    def _offered(self, user: User, action_id: str) -> list[dict[str, Any]]:
        return self._world.suggested.get((user.id, action_id), [])

    def _view(self, user_id: str, view_id: str) -> dict[str, Any] | None:
        home = self._world.homes.get(user_id)
        if home is not None and home["id"] == view_id:
            return home
        opened = self._opened(user_id, view_id)
        return opened.view if opened else None

    def _opened(self, user_id: str, view_id: str) -> OpenView | None:
        """Return the view if it is the top one; no other can be used."""
        stack = self._world.modals.get(user_id)
        return stack[-1] if stack and stack[-1].view["id"] == view_id else None

    def _refused(self, what: str, code: str, *messages: str) -> None:
        self._world.refusals.append({"method": what, "error": code, "messages": list(messages)})


def _unfit(view: dict[str, Any]) -> dict[str, str]:
    """Return errors of fields that Slack's client itself refuses to submit."""
    found = {}
    for block, element in inputs.elements(view["blocks"]):
        if block["type"] != "input":
            continue
        state = view["state"]["values"][block["block_id"]][element["action_id"]]
        complaint = MISSING if inputs.empty(state) and not block.get("optional") else inputs.wrong(element, state)
        if complaint:
            found[block["block_id"]] = complaint
    return found


def _errors(view: dict[str, Any], errors: object) -> dict[str, str]:
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= fields:
        raise MethodError("invalid_errors", f"[ERROR] errors must be for input blocks: {sorted(fields)}")
    return {str(block_id): str(sentence) for block_id, sentence in errors.items()}


def _copy(view: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a view, so that later input doesn't change a payload that was sent."""
    values = {block: dict(entries) for block, entries in view["state"]["values"].items()}
    return {**view, "state": {"values": values}}


def _without_inputs(view: dict[str, Any]) -> dict[str, Any]:
    """Return a closed view, whose state has no input blocks."""
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    values = {block: entries for block, entries in view["state"]["values"].items() if block not in fields}
    return _copy({**view, "state": {"values": values}})
