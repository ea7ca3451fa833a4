"""A small app on the local Slack, over the real wire: a Home, a form with every input, a confirm step, a text."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient

from localslack import LocalSlack

View = dict[str, Any]
LONG = "Send me the next one tomorrow morning instead"
TRACKS = ("Speak the language", "How the platforms earn", "Your own voice")


def plain(text: str) -> View:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> View:
    """A text object with Slack's marks."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, **more: Any) -> View:
    """An option of a menu."""
    return {"text": plain(text), "value": value, **more}


def button(text: str, action_id: str, **more: Any) -> View:
    """A button."""
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": "v", **more}


def field(block_id: str, label: str, element: View, **more: Any) -> View:
    """An input block; its element's action is called as the block is."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": block_id, **element},
        **more,
    }


SURE = {"title": plain("Stop?"), "text": plain("Nothing comes any more."), "confirm": plain("Stop it"), "deny": plain("Keep it"), "style": "danger"}  # fmt: skip
HOURS = [option(f"{hour:02}:00", f"{hour:02}:00") for hour in range(7, 20)]
NAME = field(
    "name", "Name of the group", {"type": "plain_text_input", "max_length": 80}, hint=plain("As people will see it.")
)
FORM_BLOCKS = [
    {"type": "section", "block_id": "intro", "text": mrkdwn("Who learns *what*, and when.")},
    NAME,
    field("track", "Track", {"type": "external_select", "min_query_length": 0, "placeholder": plain("Type to search")}),
    field("people", "People", {"type": "multi_users_select", "initial_users": ["U0TOM"]}),
    field("coach", "Who answers questions", {"type": "users_select"}, optional=True),
    field("hour", "Hour", {"type": "static_select", "placeholder": plain("Choose an hour"), "options": HOURS}),
    field("from", "First day", {"type": "datepicker", "initial_date": "2026-03-09"}),
    field("call", "Time of the call", {"type": "timepicker"}, optional=True),
    field("pace", "Pace", {"type": "radio_buttons", "options": [option("Every working day", "all"), option("Twice a week", "two")],
                           "initial_option": option("Every working day", "all")}),
    field("extras", "Extras", {"type": "checkboxes", "options": [option("A reminder", "r"), option("A summary", "s")]}, optional=True),
    field("note", "A note to them", {"type": "plain_text_input", "multiline": True}, optional=True),
    {"type": "actions", "block_id": "more", "elements": [button(LONG, "refresh"), button("Say more", "push"), {"type": "overflow", "action_id": "rest", "options": [option("Nothing", "n")]}]},
]  # fmt: skip
FORM: View = {"type": "modal", "callback_id": "form", "title": plain("New group"), "submit": plain("Go on"), "close": plain("Not now"), "blocks": FORM_BLOCKS}  # fmt: skip
CONFIRM: View = {
    "type": "modal",
    "callback_id": "confirm",
    "title": plain("Shall we?"),
    "submit": plain("Begin"),
    "close": plain("Back"),
    "blocks": [
        {"type": "header", "text": plain("Two people begin on Monday")},
        {"type": "section", "fields": [mrkdwn("*Track*\nSpeak the language"), mrkdwn("*Hour*\n09:00")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Each is told in a message of their own.")]},
    ],
}
TEXT: View = {
    "type": "modal",
    "callback_id": "text",
    "title": plain("About this message"),
    "blocks": [
        {"type": "section", "text": mrkdwn(f"{n}. A minute on what *others* say.\n\n_It can wait._")}
        for n in range(1, 30)
    ],
}
HOME: View = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your minute a day")},
        {"type": "section", "block_id": "hour", "text": mrkdwn("*Your hour* is 09:00."),
         "accessory": {"type": "static_select", "action_id": "hour", "placeholder": plain("Another hour"), "options": HOURS}},
        {"type": "section", "block_id": "track", "text": mrkdwn("*Speak the language*\n3 of 12 read"),
         "accessory": {"type": "overflow", "action_id": "track", "options": [option("Pause this track", "pause"), option("What comes next", "next")]}},
        {"type": "divider"},
        {"type": "actions", "block_id": "do", "elements": [button(LONG, "later", style="primary"), button("A form", "open_form"), button("Stop", "stop", style="danger", confirm=SURE)]},
        {"type": "context", "block_id": "seen", "elements": [mrkdwn("Nobody else sees this.")]},
    ],
}  # fmt: skip


def invitation(text: str, essay: str = "essay", place: str = "place") -> list[View]:
    """A message's blocks: two fields and a button. The ids are those of the fields' blocks."""
    words = {"type": "plain_text_input", "action_id": "essay", "multiline": True, "min_length": 2, "max_length": 300}
    where = {"type": "plain_text_input", "action_id": "place", "placeholder": plain("A town"), "min_length": 3}
    return [
        {"type": "section", "block_id": "question", "text": mrkdwn(text)},
        field(essay, "In your own words", words, hint=plain("Two sentences are enough.")),
        field(place, "Where from", where, dispatch_action=True, optional=True),
        {"type": "actions", "block_id": "done", "elements": [button("Hand in", "hand_in")]},
    ]


class TinyApp:
    """Answers taps, submits and searches. `got` has every action, as (action_id, what was chosen)."""

    def __init__(self, slack: LocalSlack) -> None:
        features = slack.world.manifest["features"]
        features["app_home"]["home_tab_enabled"] = True
        features["shortcuts"] = [
            {"name": "Explain this", "type": "message", "callback_id": "explain", "description": "A word"}
        ]
        slack.world.manifest["settings"]["event_subscriptions"]["bot_events"] = ["app_home_opened", "message.im"]
        self.got: list[tuple[str, Any]] = []
        self.submitted: list[View] = []
        self.closed: list[str] = []
        self.client = WebClient(slack.world.bot_token, base_url=f"{slack.url}/api/")
        self.app = App(client=self.client, process_before_response=True)
        self._listen()
        web = WebClient(base_url=f"{slack.url}/api/")
        self.handler = SocketModeHandler(self.app, slack.world.app_token, web_client=web)
        self.handler.connect()  # type: ignore[no-untyped-call]

    def greet(self, channel: str) -> None:
        """A message with a way in."""
        elements = [button("A form", "open_form"), button("A text", "open_text")]
        blocks: list[View] = [
            {"type": "section", "text": mrkdwn("Hello. *What now?*")},
            {"type": "actions", "elements": elements},
        ]
        self.client.chat_postMessage(channel=channel, text="Hello. What now?", blocks=blocks)

    def ask(self, channel: str) -> None:
        """A message in which several things are ticked and then sent."""
        boxes = {
            "type": "checkboxes",
            "action_id": "tick",
            "options": [option(name, name) for name in ("Reel", "Story")],
        }
        blocks: list[View] = [{"type": "actions", "block_id": "boxes", "elements": [boxes, button("Send", "send")]}]
        self.client.chat_postMessage(channel=channel, text="Which?", blocks=blocks)

    def invite(self, channel: str) -> None:
        """A message with fields to write into; each tap and Enter is noted with what stands in them."""
        self.client.chat_postMessage(channel=channel, text="In your words?", blocks=invitation("In your words?"))

    def reword(self, channel: str, ts: str, text: str, **ids: str) -> None:
        """Update that message; a field whose block's id is given has another one afterwards."""
        self.client.chat_update(channel=channel, ts=ts, text=text, blocks=invitation(text, **ids))

    def close(self, slack: LocalSlack) -> None:
        """Hang up, Slack first; slack_sdk takes a second to end its threads, for which nobody waits."""
        self.handler.client.auto_reconnect_enabled = False
        slack.do(slack.sockets.close())
        Thread(target=self._end, daemon=True).start()

    def _end(self) -> None:
        # its own reader may have closed the socket at the same moment
        with suppress(AttributeError):
            self.handler.close()  # type: ignore[no-untyped-call]

    def _listen(self) -> None:
        for action, view in (("open_form", FORM), ("open_text", TEXT)):
            self.app.action(action)(self._opens(view))
        self.app.shortcut("explain")(self._opens(TEXT))
        self.app.action("push")(self._pushes)
        self.app.action("refresh")(self._refreshes)
        self.app.action({"action_id": "stop"})(self._stops)
        for action in ("tick", "send"):
            self.app.action(action)(self._ticked)
        for action in ("hand_in", "place"):
            self.app.action(action)(self._written)
        for action in ("hour", "track", "later"):
            self.app.action(action)(self._taken)
        self.app.options("track")(_suggested)
        self.app.view("form")(self._form)
        self.app.view("confirm")(self._confirmed)
        self.app.event("app_home_opened")(self._home)
        self.app.event("message")(_heard)
        self.app.view_closed("text")(self._closed)

    def _note(self, body: View) -> None:
        action = body.get("actions", [{}])[0]
        chosen = (action.get("selected_option") or {}).get("value")
        self.got.append((action.get("action_id") or body["callback_id"], chosen))

    def _opens(self, view: View) -> Any:
        def listener(ack: Ack, body: View) -> None:
            self._note(body)
            opened = (
                self.client.views_push if (body.get("view") or {}).get("type") == "modal" else self.client.views_open
            )
            opened(trigger_id=body["trigger_id"], view=view)
            ack()

        return listener

    def _ticked(self, ack: Ack, body: View) -> None:
        ticked = body["state"]["values"]["boxes"]["tick"]["selected_options"]
        self.got.append((body["actions"][0]["action_id"], [one["value"] for one in ticked]))
        ack()

    def _written(self, ack: Ack, body: View) -> None:
        values = body["state"]["values"].values()
        said = {name: state["value"] for entries in values for name, state in entries.items()}
        self.got.append((body["actions"][0]["action_id"], said))
        ack()

    def _pushes(self, ack: Ack, body: View) -> None:
        self._note(body)
        self.client.views_push(trigger_id=body["trigger_id"], view=CONFIRM)
        ack()

    def _refreshes(self, ack: Ack, body: View) -> None:
        self._note(body)
        intro = {"type": "section", "block_id": "intro", "text": mrkdwn("Refreshed.")}
        self.client.views_update(view_id=body["view"]["id"], view={**FORM, "blocks": [intro, *FORM_BLOCKS[1:]]})
        ack()

    def _taken(self, ack: Ack, body: View) -> None:
        self._note(body)
        said = {"type": "context", "block_id": "seen", "elements": [mrkdwn(f"Noted: {self.got[-1][1] or 'later'}.")]}
        self.client.views_publish(user_id=body["user"]["id"], view={**HOME, "blocks": [*HOME["blocks"][:-1], said]})
        ack()

    def _stops(self, ack: Ack, body: View) -> None:
        self._note(body)
        self.client.views_publish(user_id=body["user"]["id"], view={**HOME, "blocks": HOME["blocks"][:2]})
        ack()

    def _home(self, event: View, ack: Ack) -> None:
        if not event.get("view"):
            self.client.views_publish(user_id=event["user"], view=HOME)
        ack()

    def _form(self, ack: Ack, body: View) -> None:
        values = body["view"]["state"]["values"]
        self.submitted.append(values)
        if values["name"]["name"]["value"] == "board":
            ack(
                response_action="errors",
                errors={"name": "There is a group of this name.", "people": "Choose two at most."},
            )
        else:
            ack(response_action="push", view=CONFIRM)

    def _confirmed(self, ack: Ack) -> None:
        ack(response_action="clear")

    def _closed(self, ack: Ack, body: View) -> None:
        self.closed.append(body["view"]["callback_id"])
        ack()


def _suggested(ack: Ack, payload: View) -> None:
    typed = payload["value"].lower()
    ack(options=[option(name, name.split()[0].lower()) for name in TRACKS if typed in name.lower()])


def _heard(ack: Ack) -> None:
    ack()
