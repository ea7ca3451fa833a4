"""Neutral words that begin the text of each message: all that a notification on a locked phone shows."""

from __future__ import annotations

WELCOME = (
    "A short hello, with what to expect and how to stop it. There is nothing you have to do right now; it can wait."
)
ITEM = (
    "Your minute for today is here, whenever it suits you. It takes one tap, and it can wait "
    "until tomorrow if today is full."
)
NOTED = (
    "Thank you, that is noted, and nobody else here is shown it. The whole message follows for those who listen to it."
)
SKIPPED = "There is nothing here that you need to do any more. The whole message follows, for those who listen to it."
PUT_OFF = (
    "That is noted: there is nothing here that you need to do now. The whole message follows, for those who listen."
)
MOVED = "This has moved to another message between us. The line below leads to it, and asks nothing of you right now."
EXPLAINED = (
    "Here is what you asked me about a moment ago. It is short, it is for you alone, "
    "and there is nothing to do about it."
)
REMINDER = (
    "A quiet reminder: something short is waiting for you here. It takes a minute whenever you have one, "
    "and it can wait."
)
DONE = (
    "This one is behind you, so there is nothing here that waits for you any more. The message follows for those who "
    "listen to it."
)
PAUSED = (
    "Nothing comes by itself for now, as you asked. This message stays as it is, and there is no hurry with any of it."
)
OVER = (
    "There is nothing here that you need to do or to wait for. The whole message follows, for those who listen to it."
)
CLOSING = (
    "A short note to mark the end of something you have been doing here. There is nothing you have to do "
    "about it right now."
)
REVIEWS = (
    "A question or two from before are back, whenever it suits you. It takes half a minute, "
    "and it can wait as long as you like."
)
DRAFT = (
    "A colleague has something here for you to look at, whenever it suits you. It can wait until you have a minute, or "
    "until tomorrow."
)
SHARED = (
    "A colleague has something here for you to read, whenever it suits you. It can wait, and nobody is told when you "
    "look at it."
)
REPLY = (
    "A short answer to what you typed is here. It is for you alone, and there is nothing in it that you need to do now."
)
