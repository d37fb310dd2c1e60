"""Rules of the units room that need no database."""

import re
from datetime import date
from typing import Final

from portal.core.text import slugify_vi
from units.enums import Role, UnitKind

HOST_LABEL: Final = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")
HOST: Final = re.compile(
    r"^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$"
)

# The official words of the General Statistics Office's list, and what they are to us.
KIND_OF_TYPE: Final[dict[str, UnitKind]] = {
    "tỉnh": UnitKind.PROVINCE,
    "thành phố trung ương": UnitKind.PROVINCE,
    "thành phố trực thuộc trung ương": UnitKind.PROVINCE,
    "quận": UnitKind.DISTRICT,
    "huyện": UnitKind.DISTRICT,
    "thị xã": UnitKind.DISTRICT,
    "thành phố": UnitKind.DISTRICT,
    "phường": UnitKind.COMMUNE,
    "xã": UnitKind.COMMUNE,
    "thị trấn": UnitKind.COMMUNE,
    "đặc khu": UnitKind.COMMUNE,
    "sở": UnitKind.DEPARTMENT,
    "ban": UnitKind.DEPARTMENT,
    "sở, ban, ngành": UnitKind.DEPARTMENT,
    "cơ quan": UnitKind.DEPARTMENT,
    "văn phòng": UnitKind.DEPARTMENT,
    "thanh tra": UnitKind.DEPARTMENT,
    "trung tâm": UnitKind.DEPARTMENT,
}
# Order of the type words inside names: the longer first, so that "Thành phố" does not cut "Thành phố Trung ương".
TYPE_WORDS: Final = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Thị trấn", "Phường", "Xã", "Đặc khu")
UNIT_SCREENS: Final = frozenset({"units.use_admin"})
ALERTS: Final = frozenset({"units.view_alert", "units.add_alert", "units.change_alert"})
_MODELS: Final = ("person", "post", "appointment", "division", "hotline", "spokesperson")
# A department's writer proposes for the week's table; the office takes in and changes; its chief approves and publishes.
_PROPOSE: Final = frozenset(
    {
        *("units.view_scheduleentry", "units.add_scheduleentry", "units.change_scheduleentry"),
        *("units.view_scheduleweek", "units.view_room", "units.view_receptionsession"),
        *("units.view_scheduleimport", "units.add_scheduleimport", "units.change_scheduleimport"),
        *(f"units.view_{name}" for name in _MODELS),
    }
)
_OFFICE: Final = _PROPOSE | {
    *("units.consolidate_schedule", "units.delete_scheduleentry", "units.change_scheduleweek"),
    *("units.view_scheduleseries", "units.add_scheduleseries", "units.change_scheduleseries"),
    *("units.add_room", "units.change_room"),
    *("units.view_calendaraddress", "units.add_calendaraddress", "units.change_calendaraddress"),
    *("units.add_receptionsession", "units.change_receptionsession", "units.keep_reception_desk"),
    *("units.view_receptionseries", "units.add_receptionseries", "units.change_receptionseries"),
    *("units.view_receptionbooking", "units.change_receptionbooking"),
    *(f"units.{verb}_{name}" for verb in ("add", "change") for name in _MODELS),
}
_CHIEF: Final = _OFFICE | ALERTS | {"units.publish_schedule", "units.publish_spokesperson"}

ROLE_PERMISSIONS: Final[dict[Role, frozenset[str]]] = {
    Role.AUTHOR: UNIT_SCREENS | _PROPOSE,
    Role.EDITOR: UNIT_SCREENS | _OFFICE,
    Role.APPROVER: UNIT_SCREENS | _CHIEF,
    Role.UNIT_ADMIN: UNIT_SCREENS
    | _CHIEF
    | {
        *("units.delete_room", "units.delete_scheduleseries", "units.delete_receptionseries"),
        *("units.delete_receptionsession", *(f"units.delete_{name}" for name in _MODELS)),
        "units.view_site",
        "units.change_site",
        "units.view_sitelink",
        "units.add_sitelink",
        "units.change_sitelink",
        "units.delete_sitelink",
        *("units.view_redirect", "units.add_redirect", "units.change_redirect", "units.delete_redirect"),
        "units.view_membership",
        "units.add_membership",
        "units.change_membership",
        "units.delete_membership",
        "core.view_auditentry",
    },
}


def kind_of(type_name: str) -> UnitKind | None:
    """The kind an official type word stands for; None for a word that is not known."""
    return KIND_OF_TYPE.get(type_name.strip().lower())


def bare_name(name: str) -> str:
    """The name without its type word, once: “Phường Phường Đúc” → “Phường Đúc”."""
    for word in TYPE_WORDS:
        if name.startswith(f"{word} "):
            return name[len(word) + 1 :]
    return name


def slug_candidates(name: str, type_name: str, valid_from: date) -> list[str]:
    """Host labels to try in order: bare name, with type, with type and year (homonyms: Xã Phú Vinh 20074 and 19945)."""
    bare = slugify_vi(bare_name(name), 50)
    full = slugify_vi(f"{type_name} {bare_name(name)}", 55)
    return [bare, full, f"{full}-{valid_from.year}"]
