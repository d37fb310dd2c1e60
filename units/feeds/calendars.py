"""Events as an iCalendar file (RFC 5545, RFC 7986) that Google Calendar, Outlook, Apple's and Thunderbird's calendars take.

Written here and not by the icalendar library, which needs three times as long for the 2,500 events of five years
(`make bench`); the tests read what is written with that library and with vobject, and compare event by event.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Final

from django.conf import settings

from units.schedule.calendar_events import CalendarEvent

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
# How often a client should look again; a change is seen within the hour.
REFRESH: Final = "PT1H"
_LINE_OCTETS: Final = 75
_SPECIAL: Final = re.compile(r"[\\;,\n]")
_ESCAPES: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff]")
# Vietnam has had one offset since 1975 and no summer time, so one observance says all.
_TIMEZONE: Final = """BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:19750613T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0700
TZNAME:+07
END:STANDARD
END:VTIMEZONE"""


def text_value(text: str) -> str:
    """``text`` as a value: escaped, line ends written out, no control characters."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPECIAL.sub(lambda found: _ESCAPES[found.group()], plain)


def folded(line: str) -> str:
    """``line`` cut into pieces of at most 75 octets, never inside a letter."""
    if len(line) * 3 <= _LINE_OCTETS or len(line.encode()) <= _LINE_OCTETS:
        return line
    pieces, start, used = [], 0, 0
    for place, letter in enumerate(line):
        size = len(letter.encode())
        if used + size > _LINE_OCTETS:
            pieces.append(line[start:place])
            start, used = place, 1  # the blank that a continued line begins with
        used += size
    return "\r\n ".join([*pieces, line[start:]])


def _moment(name: str, at: date | datetime) -> str:
    if isinstance(at, datetime):
        return f"{name};TZID={settings.TIME_ZONE}:{at:%Y%m%dT%H%M%S}"
    return f"{name};VALUE=DATE:{at:%Y%m%d}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _event(event: CalendarEvent, base_url: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    yield f"LAST-MODIFIED:{_utc(event.stamp)}"
    yield _moment("DTSTART", event.start)
    yield _moment("DTEND", event.end)
    # Many clients show a cancelled event like any other, so its title says it too.
    yield f"SUMMARY:{text_value(f'HOÃN: {event.summary}' if event.is_cancelled else event.summary)}"
    if event.location:
        yield f"LOCATION:{text_value(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{text_value(event.description)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield f"CLASS:{'PRIVATE' if event.is_private else 'PUBLIC'}"
    yield f"TRANSP:{'TRANSPARENT' if event.is_cancelled else 'OPAQUE'}"
    if event.category:
        yield f"CATEGORIES:{text_value(event.category)}"
    if event.path:
        yield f"URL:{base_url}{event.path}"
    yield "END:VEVENT"


def calendar_file(name: str, events: Iterable[CalendarEvent], *, base_url: str) -> bytes:
    """A whole calendar called ``name``; paths of events are resolved against ``base_url`` (no slash at its end)."""
    title = text_value(name)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cong//Lich cong tac//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        f"X-WR-TIMEZONE:{settings.TIME_ZONE}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        *_TIMEZONE.format(zone=settings.TIME_ZONE).split("\n"),
    ]
    for event in events:
        lines.extend(_event(event, base_url))
    lines.append("END:VCALENDAR")
    return ("\r\n".join(folded(line) for line in lines) + "\r\n").encode()
