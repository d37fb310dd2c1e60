"""Pictures in bodies as they are shown: size, renditions and caption are put in at display time, the stored text stays plain."""

import re
from typing import Final

from django.utils.html import escape

from news.models.media import Picture

# As nh3 writes them: one spelling of tags and quotes.
_TAG: Final = r'<img\b(?:[^>"]|"[^"]*")*>'
_IMAGE: Final = re.compile(_TAG)
_ALONE: Final = re.compile(rf"<p>\s*({_TAG})\s*</p>")
_ATTRIBUTE: Final = re.compile(r'\b([a-z]+)="([^"]*)"')
_MEDIA: Final = "/media/"
_IMAGES_LIMIT: Final = 200
BODY_SIZES: Final = "(max-width: 800px) calc(100vw - 32px), 760px"


def _name(tag: str) -> str:
    src = dict(_ATTRIBUTE.findall(tag)).get("src", "")
    return src.removeprefix(_MEDIA).replace("-nho.webp", ".webp") if src.startswith(_MEDIA) else ""


def _dressed(tag: str, picture: Picture) -> str:
    alt = dict(_ATTRIBUTE.findall(tag)).get("alt", "")  # escaped already, as nh3 wrote it
    avif = (
        f'<source type="image/avif" srcset="{picture.avif_srcset}" sizes="{BODY_SIZES}">' if picture.avif_srcset else ""
    )
    return (
        f'<picture>{avif}<img src="{picture.url}" srcset="{picture.webp_srcset}" sizes="{BODY_SIZES}" alt="{alt}" '
        f'width="{picture.width}" height="{picture.height}" loading="lazy" decoding="async"></picture>'
    )


def _words_below(picture: Picture) -> str:
    caption = picture.caption
    if caption and picture.credit and caption[-1] not in ".!?…":
        caption += "."
    return " ".join(words for words in (caption, picture.credit) if words)


def dress_pictures(cleaned: str) -> str:
    """Give every picture of ours in a cleaned body its size, renditions and lazy loading; one query, none without pictures.

    A picture that stands alone in a paragraph becomes a figure with its caption. What is not in the library stays as it is.
    """
    names = {name for tag in _IMAGE.findall(cleaned)[:_IMAGES_LIMIT] if (name := _name(tag))}
    if not names:
        return cleaned
    known = {str(picture.file.name): picture for picture in Picture.objects.with_files(names)}

    def figure(match: re.Match[str]) -> str:
        picture = known.get(_name(match.group(1)))
        words = _words_below(picture) if picture else ""
        return f"<figure>{match.group(1)}<figcaption>{escape(words)}</figcaption></figure>" if words else match.group()

    def image(match: re.Match[str]) -> str:
        picture = known.get(_name(match.group()))
        return _dressed(match.group(), picture) if picture else match.group()

    return _IMAGE.sub(image, _ALONE.sub(figure, cleaned))
