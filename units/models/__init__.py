"""Units, the hosts they answer on, the face of their sites, and who works on them."""

from units.models.addresses import QueryShape, Redirect
from units.models.alerts import Alert
from units.models.areas import UnitArea
from units.models.people import Appointment, Division, Hotline, LegalTerm, Person, Post, Spokesperson
from units.models.reception import ReceptionBooking, ReceptionSeries, ReceptionSession
from units.models.registry import Domain, Unit, UnitSuccession
from units.models.schedule import (
    Room,
    ScheduleChange,
    ScheduleEntry,
    ScheduleSeries,
    ScheduleWeek,
)
from units.models.schedule_files import CalendarAddress, ScheduleImport
from units.models.sites import Membership, Site, SiteLink, all_modules

__all__ = [
    "Alert",
    "Appointment",
    "CalendarAddress",
    "Division",
    "Domain",
    "Hotline",
    "LegalTerm",
    "Membership",
    "Person",
    "Post",
    "QueryShape",
    "ReceptionBooking",
    "ReceptionSeries",
    "ReceptionSession",
    "Redirect",
    "Room",
    "ScheduleChange",
    "ScheduleEntry",
    "ScheduleImport",
    "ScheduleSeries",
    "ScheduleWeek",
    "Site",
    "SiteLink",
    "Spokesperson",
    "Unit",
    "UnitArea",
    "UnitSuccession",
    "all_modules",
]
