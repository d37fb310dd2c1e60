"""Where a WordPress site shows its lists, feeds and files: addresses that no item of the export names."""

from collections.abc import Iterator

from news.importing.wxr_parts import Lists

Entry = tuple[str, str, str]
FEEDS = ("/feed/", "/feed/rss2/", "/?feed=rss2", "/?feed=rss", "/comments/feed/")


def archives_of(lists: Lists, bases: tuple[str, str]) -> Iterator[Entry]:
    """(old address, kind, key); ``bases`` are the first parts of category and tag addresses."""
    yield from _categories(lists, bases[0])
    for slug, (_key, name) in lists.tags.items():
        yield from ((f"/{bases[1]}/{slug}/", "tag", name), (f"/?tag={slug}", "tag", name))
    yield from _people_and_formats(lists)
    yield from ((address, "feed", "") for address in FEEDS)
    yield from (("/feed/atom/", "atom", ""), ("/?feed=atom", "atom", ""), ("/page/", "list", ""))
    yield from _dates(lists)
    for medium in lists.media.values():
        yield f"/?attachment_id={medium.key}", "medium", medium.key
        if medium.link:
            yield medium.link, "medium", medium.key


def _categories(lists: Lists, base: str) -> Iterator[Entry]:
    for slug, (key, _name, _parent) in lists.categories.items():
        path = "/".join((base, *lists.above(slug), slug))
        for address in dict.fromkeys((f"/{path}/", f"/{base}/{slug}/")):
            yield from ((address, "category", slug), (f"{address}feed/", "category-feed", slug))
        yield f"/?cat={key}", "category", slug


def _people_and_formats(lists: Lists) -> Iterator[Entry]:
    for login in lists.authors:
        yield f"/author/{login}/", "list", ""
    for key in lists.author_ids:
        yield f"/?author={key}", "list", ""
    for kind in lists.formats:
        yield f"/type/{kind.removeprefix('post-format-')}/", "list", ""


def _dates(lists: Lists) -> Iterator[Entry]:
    kinds = {1: "list", 2: "month", 3: "day"}
    for parts in sorted(lists.dates):
        yield f"/{'/'.join(parts)}/", kinds[len(parts)], "-".join(parts)
        yield f"/?m={''.join(parts)}", kinds[len(parts)], "-".join(parts)
