"""Sending a file or the part of it that a player asks for (HTTP Range)."""

import re
from typing import IO, Final

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_CHUNK: Final = 256 * 1024


def send_range(request: HttpRequest, stored: IO[bytes], size: int, kind: str) -> HttpResponseBase:
    """The open file as a response: whole (200), in part (206), or 416 where the part lies behind its end."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or asked.group() == "bytes=-":
        response: HttpResponseBase = FileResponse(stored, content_type=kind)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    first, last = _bounds(asked, size)
    if first > last:
        stored.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stored.seek(first)
    response = FileResponse(_Part(stored, last - first + 1), status=206, content_type=kind)
    response.headers["Content-Length"] = str(last - first + 1)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _bounds(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte of what is asked for; the first lies behind the last when there is nothing to send."""
    start, end = asked.groups()
    if not start:
        return max(0, size - int(end)), size - 1 if int(end) else -1
    return int(start), min(int(end), size - 1) if end else size - 1


class _Part:
    """The next ``left`` bytes of an open file: what a player asks for when somebody jumps into a video."""

    def __init__(self, stored: IO[bytes], left: int) -> None:
        self.stored, self.left = stored, left

    def read(self, number: int = _CHUNK) -> bytes:
        """At most ``number`` bytes; empty at the end of the part."""
        data = self.stored.read(min(number, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        """Close the file behind it."""
        self.stored.close()
