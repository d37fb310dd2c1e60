"""Texts as WordPress keeps them, as plain HTML: paragraphs, shortcodes, block comments, embedded things."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlsplit

from django.utils.html import escape
from django.utils.translation import gettext as _

from news.importing.items import Medium

MORE: Final = re.compile(r"<!--\s*more.*?-->", re.IGNORECASE)
_BLOCK_COMMENT: Final = re.compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
_NEXT_PAGE: Final = re.compile(r"<!--\s*(?:nextpage|noteaser)\s*-->", re.IGNORECASE)
_BLOCK_TAGS: Final = (
    "p|h[1-6]|ul|ol|li|table|thead|tbody|tfoot|tr|td|th|caption|figure|figcaption|blockquote|div|section|article|"
    "pre|hr|dl|dt|dd|form|address|aside|header|footer|iframe|video|audio"
)
_BLOCK_EDGE: Final = re.compile(rf"(<(?:{_BLOCK_TAGS})\b[^>]*>)|(</(?:{_BLOCK_TAGS})>)", re.IGNORECASE)
_STARTS_BLOCK: Final = re.compile(rf"^\s*</?(?:{_BLOCK_TAGS})\b", re.IGNORECASE)
_PRE: Final = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
_CAPTION: Final = re.compile(r"(?<!\[)\[(wp_)?caption\b([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_GALLERY: Final = re.compile(r"(?<!\[)\[gallery\b([^\]]*)\](?!\])")
_EMBED: Final = re.compile(r"(?<!\[)\[(embed|youtube|vimeo)\b[^\]]*\](.*?)\[/\1\]", re.DOTALL)
_PLAYER: Final = re.compile(r"(?<!\[)\[(video|audio)\b([^\]]*)\](?:\s*\[/\1\])?")
_SHORTCODE: Final = re.compile(r"(?<!\[)\[(/?)([a-z][a-z0-9_-]+)((?:\s[^\[\]<>]*)?)/?\](?!\])")
_ATTRIBUTE: Final = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_IFRAME: Final = re.compile(r"<iframe\b([^>]*)>.*?(?:</iframe>|$)", re.DOTALL | re.IGNORECASE)
_MEDIA_TAG: Final = re.compile(r"<(video|audio)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_SOURCE: Final = re.compile(r"<source\b([^>]*)>", re.IGNORECASE)
_EMBED_BLOCK: Final = re.compile(
    r"<figure\b[^>]*wp-block-embed[^>]*>\s*<div[^>]*>\s*(https?://[^\s<]+)\s*</div>(.*?)</figure>", re.DOTALL
)
_BARE_LINK: Final = re.compile(r"^\s*(https?://[^\s<>\"]+)\s*$")
_CAPTION_PICTURE: Final = re.compile(r"((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)
# Shortcodes without any attribute that are none the less known by everybody.
_KNOWN: Final = frozenset({"toc", "gallery", "playlist", "contact", "sitemap", "shortcode", "divider", "clear", "row"})


@dataclass(slots=True)
class Converted:
    """The text, what stood before “more”, and the shortcodes that were removed."""

    html: str
    teaser: str = ""
    shortcodes: Counter[str] = field(default_factory=Counter)


def attributes(text: str) -> dict[str, str]:
    """``ids="1,2" link=file`` → a dict; names in lower case."""
    return {
        match[1].lower(): next((value for value in match.groups()[1:] if value is not None), "")
        for match in _ATTRIBUTE.finditer(text)
    }


def figure(medium: Medium, caption: str = "") -> str:
    """A picture of the old site as a figure; its address is changed when the picture is taken over."""
    words = caption or escape(medium.caption)
    picture = f'<img src="{escape(medium.url)}" alt="{escape(medium.alt)}">'
    return f"<figure>{picture}{f'<figcaption>{words}</figcaption>' if words else ''}</figure>"


def link_to(url: str) -> str:
    """A paragraph with a link instead of a player: nothing of other sites runs on our pages."""
    address = watch_address(url)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return ""
    return f'<p><a href="{escape(address)}">{_("Xem ở %(host)s") % {"host": escape(parts.netloc)}}</a></p>'


def watch_address(url: str) -> str:
    """The page of a video instead of its player."""
    address = f"https:{url}" if url.startswith("//") else url
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = parts.netloc.removeprefix("www.")
    if host in ("youtube.com", "youtube-nocookie.com") and parts.path.startswith("/embed/"):
        return f"https://www.youtube.com/watch?v={parts.path.removeprefix('/embed/').strip('/')}"
    if host == "facebook.com" and parts.path.startswith("/plugins/"):
        return parse_qs(parts.query).get("href", [address])[0]
    return address


def convert(content: str, *, find: Callable[[str], Medium | None], attached: Callable[[], list[Medium]]) -> Converted:
    """WordPress' ``content`` as HTML. ``find`` gives a medium by id, ``attached`` those that belong to this text."""
    uses_blocks = "<!-- wp:" in content
    teaser = MORE.split(content, maxsplit=1)[0] if MORE.search(content) else ""
    done = Converted("")
    text = MORE.sub("", _NEXT_PAGE.sub("", content.replace("\r\n", "\n").replace("\r", "\n")))
    text = _EMBED_BLOCK.sub(lambda match: link_to(match[1]) + _caption_of(match[2]), text)
    text = _BLOCK_COMMENT.sub("", text)
    text = _galleries(text, find, attached)
    text = _CAPTION.sub(_captioned, text)
    text = _EMBED.sub(lambda match: "\n\n" + link_to(match[2].strip()) + "\n\n", text)
    text = _PLAYER.sub(lambda match: _player(attributes(match[2])), text)
    text = _IFRAME.sub(lambda match: link_to(attributes(match[1]).get("src", "")), text)
    text = _MEDIA_TAG.sub(_media_tag, text)
    text = _drop_shortcodes(text, done.shortcodes)
    done.html = text if uses_blocks else paragraphs(text)
    done.teaser = _SHORTCODE.sub("", _BLOCK_COMMENT.sub("", teaser))
    return done


def _caption_of(rest: str) -> str:
    match = re.search(r"<figcaption[^>]*>(.*?)</figcaption>", rest, re.DOTALL)
    return f"<p>{match[1]}</p>" if match else ""


def _galleries(text: str, find: Callable[[str], Medium | None], attached: Callable[[], list[Medium]]) -> str:
    def gallery(match: re.Match[str]) -> str:
        given = attributes(match[1])
        ids = [part.strip() for part in (given.get("ids") or given.get("include") or "").split(",") if part.strip()]
        media = [find(key) for key in ids] if ids else attached()
        return "\n\n" + "\n\n".join(figure(medium) for medium in media if medium) + "\n\n"

    return _GALLERY.sub(gallery, text)


def _captioned(match: re.Match[str]) -> str:
    parts = _CAPTION_PICTURE.search(match[3])
    if not parts:
        return match[3]
    words = parts[2].strip() or attributes(match[2]).get("caption", "")
    return f"\n\n<figure>{parts[1]}{f'<figcaption>{words}</figcaption>' if words else ''}</figure>\n\n"


def _player(given: dict[str, str]) -> str:
    names = ("src", "mp4", "webm", "m4v", "ogv", "mp3", "m4a", "ogg", "wav")
    address = next((given[name] for name in names if given.get(name)), "")
    return f"\n\n{link_to(address)}\n\n"


def _media_tag(match: re.Match[str]) -> str:
    source = _SOURCE.search(match[3])
    return link_to(attributes(match[2]).get("src") or (attributes(source[1]).get("src", "") if source else ""))


def _drop_shortcodes(text: str, seen: Counter[str]) -> str:
    """Take unknown shortcodes out and keep what stands between them; words in brackets stay."""
    closed = {match[2] for match in _SHORTCODE.finditer(text) if match[1]}

    def drop(match: re.Match[str]) -> str:
        closing, name, rest = match[1], match[2], match[3]
        sure = name in closed or name in _KNOWN or "_" in name or "-" in name or "=" in rest
        if not sure:
            return match[0]
        if not closing:
            seen[name] += 1
        return ""

    return _SHORTCODE.sub(drop, text).replace("[[", "[").replace("]]", "]")


def paragraphs(text: str) -> str:
    """Blank lines as paragraphs and single ones as line breaks, as WordPress shows its older texts (wpautop)."""
    return "".join(part if part.lower().startswith("<pre") else _paragraphs(part) for part in _PRE.split(text))


def _paragraphs(text: str) -> str:
    apart = _BLOCK_EDGE.sub(lambda match: f"\n\n{match[1]}" if match[1] else f"{match[2]}\n\n", text)
    out = []
    for chunk in re.split(r"\n\s*\n", apart):
        piece = chunk.strip()
        if not piece:
            continue
        bare = _BARE_LINK.match(piece)
        if bare:
            out.append(link_to(bare[1]))
        elif _STARTS_BLOCK.match(piece):
            out.append(piece)
        else:
            out.append("<p>" + piece.replace("\n", "<br>\n") + "</p>")
    return "\n".join(out)
