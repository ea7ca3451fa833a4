"""Riders as they are stored: the kind, and what it is about, `|` between them."""

from __future__ import annotations

from datetime import date

from bot.domain.rider import ChangedFact, Comfort, GroupPage, Moment, PrivacyNotice, Rider, UnknownRider, Worth

_SAID = {None: "", True: "yes", False: "no"}
_MEANT = {said: meant for meant, said in _SAID.items()}


def format_rider(rider: Rider) -> str:
    """Return the text that is stored for a rider."""
    match rider:
        case PrivacyNotice(number):
            return f"privacy|{number}"
        case ChangedFact(item_id, day):
            return f"changed|{item_id}|{day.isoformat()}"
        case Comfort(track_id, moment, comfort):
            return f"comfort|{track_id}|{moment}|{comfort or ''}"
        case GroupPage(track_id, said):
            return f"group|{track_id}|{_SAID[said]}"
        case Worth(said):
            return f"worth|{_SAID[said]}"
        case UnknownRider(stored):
            return stored


def parse_rider(stored: str) -> Rider:
    """Return the rider that a stored text means, an `UnknownRider` for the text of another release."""
    kind, *about = stored.split("|")
    try:
        match kind, *about:
            case "privacy", number:
                return PrivacyNotice(int(number))
            case "changed", item_id, day:
                return ChangedFact(item_id, date.fromisoformat(day))
            case "comfort", track_id, moment, comfort:
                return Comfort(track_id, Moment(moment), int(comfort) if comfort else None)
            case "group", track_id, said:
                return GroupPage(track_id, _MEANT[said])
            case "worth", said:
                return Worth(_MEANT[said])
    except (ValueError, KeyError):
        pass
    return UnknownRider(stored)
