"""The Vietnamese lunar calendar, computed for UTC+7; needs no database.

Method: months begin on the day of the new moon in Hanoi; the month of the winter solstice is the eleventh; of the thirteen
months between two eleventh months the first one in which the sun reaches no principal term (a multiple of 30°) is leap. New
moons after Jean Meeus, Astronomical Algorithms (2nd edition), chapter 49; the sun's apparent longitude by the largest terms of
VSOP87 (chapters 25 and 32). Both are right to about a minute. The zone is Vietnam's, so Tết of 1985, 2007 and 2030 differs
from China's (Quyết định 121-CP of 1967 set UTC+7 from 1968 on; hence the first year here).
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import cos, floor, pi, radians, sin
from typing import Final

FIRST_YEAR: Final = 1968
LAST_YEAR: Final = 2100
_ZONE: Final = 7 / 24
_J2000: Final = 2451545.0
_MONTH: Final = 29.530588861
_CENTURY: Final = 36525
_MONTHS_OF_CENTURY: Final = 1236.85
_ORDINAL_OF_JULIAN: Final = 1721424.5  # Julian date of midnight (UT) of day 0 of date.toordinal()
_SOLSTICE_TERM: Final = 9  # 270° / 30°
_MOST_MONTHS: Final = 13
# Seconds that clocks of the planets run ahead of ours; forecast after 2026, where a few seconds change nothing.
_AHEAD: Final = ((1960, 33.1), (1980, 50.5), (2000, 63.8), (2010, 66.1), (2026, 69.2), (2050, 77.0), (2110, 105.0))

# Chapter 49, new moon: size in days; power of the eccentricity; multiples of M, M', F.
_MOON_TERMS: Final = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0), (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0), (0.00003, 0, 1, 1, -2), (0.00003, 0, 0, 2, 2), (-0.00003, 0, 1, 1, 2),
    (0.00003, 0, -1, 1, 2), (-0.00002, 0, -1, 1, -2), (-0.00002, 0, 1, 3, 0), (0.00002, 0, 0, 4, 0),
)  # fmt: skip
# The same chapter, the planets' part: size in days, angle at k = 0, degrees a month.
_PLANET_TERMS: Final = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip
# The earth's longitude by VSOP87: size in 10⁻⁸ radians, phase, turns in radians a thousand years.
_EARTH_TERMS: Final = (
    (
        (175347046, 0, 0), (3341656, 4.6692568, 6283.07585), (34894, 4.62610, 12566.1517), (3497, 2.7441, 5753.3849),
        (3418, 2.8289, 3.5231), (3136, 3.6277, 77713.7715), (2676, 4.4181, 7860.4194), (2343, 6.1352, 3930.2097),
        (1324, 0.7425, 11506.7698), (1273, 2.0371, 529.6910), (1199, 1.1096, 1577.3435), (990, 5.233, 5884.927),
        (902, 2.045, 26.298), (857, 3.508, 398.149), (780, 1.179, 5223.694), (753, 2.533, 5507.553),
        (505, 4.583, 18849.228), (492, 4.205, 775.523), (357, 2.920, 0.067), (317, 5.849, 11790.629),
        (284, 1.899, 796.298), (271, 0.315, 10977.079), (243, 0.345, 5486.778), (206, 4.806, 2544.314),
        (205, 1.869, 5573.143), (202, 2.458, 6069.777), (156, 0.833, 213.299), (132, 3.411, 2942.463),
        (126, 1.083, 20.775), (115, 0.645, 0.980), (103, 0.636, 4694.003), (102, 0.976, 15720.839), (102, 4.267, 7.114),
    ),
    (
        (628331966747, 0, 0), (206059, 2.678235, 6283.07585), (4303, 2.6351, 12566.1517), (425, 1.590, 3.523),
        (119, 5.796, 26.298), (109, 2.966, 1577.344), (93, 2.59, 18849.23), (72, 1.14, 529.69), (68, 1.87, 398.15),
    ),
    ((52919, 0, 0), (8720, 1.0721, 6283.0758), (309, 0.867, 12566.152)),
    ((289, 5.844, 6283.076),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LunarDate:
    """One day of the lunar calendar; ``year`` is the solar year in which its Tết lies."""

    day: int
    month: int
    year: int
    is_leap: bool = False


def _seconds_ahead(julian: float) -> float:
    """How far the uniform time of astronomy runs ahead of the time of day (ΔT), between the years of the table."""
    year = 2000 + (julian - _J2000) / 365.25
    for (begin, low), (end, high) in pairwise(_AHEAD):
        if year <= end:
            return low + (high - low) * (year - begin) / (end - begin)
    return _AHEAD[-1][1]


def new_moon(count: int) -> float:
    """Julian date (UT) of the new moon number ``count`` after that of 6 January 2000."""
    t = count / _MONTHS_OF_CENTURY
    mean = 2451550.09766 + _MONTH * count + 0.00015437 * t**2 - 0.00000015 * t**3
    eccentric = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = 2.5534 + 29.10535670 * count - 0.0000014 * t**2
    moon = 201.5643 + 385.81693528 * count + 0.0107582 * t**2 + 0.00001238 * t**3
    node_distance = 160.7108 + 390.67050284 * count - 0.0016118 * t**2 - 0.00000227 * t**3
    node = 124.7746 - 1.56375588 * count + 0.0020672 * t**2
    found = mean - 0.00017 * sin(radians(node))
    for size, power, of_sun, of_moon, of_node in _MOON_TERMS:
        angle = of_sun * sun + of_moon * moon + of_node * node_distance
        found += size * eccentric**power * sin(radians(angle))
    for size, angle, step in _PLANET_TERMS:
        found += size * sin(radians(angle + step * count))
    return found - _seconds_ahead(found) / 86400


def sun_longitude(julian: float) -> float:
    """The sun's apparent longitude in degrees, 0 to 360, at a Julian date (UT)."""
    days = julian + _seconds_ahead(julian) / 86400 - _J2000
    t = days / _CENTURY
    earth = 0.0
    for power, terms in enumerate(_EARTH_TERMS):
        earth += (t / 10) ** power * sum(size * cos(phase + turn * t / 10) for size, phase, turn in terms) / 1e8
    node, mean = radians(125.04 - 1934.136 * t), radians(280.47 + 36000.77 * t)
    nutation = (-17.20 * sin(node) - 1.32 * sin(2 * mean)) / 3600
    aberration = -20.49 / 3600
    return (earth * 180 / pi + 180 + nutation + aberration - 0.09033 / 3600) % 360


def _moon_day(count: int) -> date:
    """The day in Vietnam on which that new moon falls."""
    return date.fromordinal(floor(new_moon(count) + _ZONE - _ORDINAL_OF_JULIAN))


def _term_before(day: date) -> int:
    """The principal term (0 to 11) that the sun is in when ``day`` begins in Vietnam."""
    return int(sun_longitude(day.toordinal() + _ORDINAL_OF_JULIAN - _ZONE) // 30)


def _solstice_month(year: int) -> int:
    """The number of the new moon that begins the eleventh month, the one with the winter solstice of ``year``."""
    count = floor((date(year, 12, 31).toordinal() + _ORDINAL_OF_JULIAN - 2451550.09766) / _MONTH) + 1
    while _moon_day(count) > date(year, 12, 31):
        count -= 1
    # The solstice has passed when its month begins: it belongs to the month before.
    return count - 1 if _term_before(_moon_day(count)) == _SOLSTICE_TERM else count


@lru_cache(maxsize=256)
def _months(year: int) -> tuple[tuple[date, int, int, bool], ...]:
    """First day, month, lunar year, whether leap: from the eleventh month of ``year - 1`` to the tenth of ``year``."""
    begin, end = _solstice_month(year - 1), _solstice_month(year)
    days = [_moon_day(count) for count in range(begin, end + 1)]
    leap = -1
    if end - begin == _MOST_MONTHS:
        terms = [_term_before(day) for day in days]
        leap = next(place for place in range(1, _MOST_MONTHS) if terms[place] == terms[place + 1])
    found: list[tuple[date, int, int, bool]] = []
    for place, day in enumerate(days[:-1]):
        steps = place - (0 <= leap <= place)
        month = (10 + steps) % 12 + 1
        found.append((day, month, year - 1 if steps <= 1 else year, place == leap))
    return tuple(found)


@lru_cache(maxsize=2048)
def lunar_date(day: date) -> LunarDate | None:
    """The lunar date of ``day``; None before FIRST_YEAR and after LAST_YEAR."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    months = _months(day.year if day < _months(day.year + 1)[0][0] else day.year + 1)
    first, month, year, is_leap = next(row for row in reversed(months) if row[0] <= day)
    return LunarDate((day - first).days + 1, month, year, is_leap)


def new_year(year: int) -> date:
    """The first day of Tết in a solar year from FIRST_YEAR to LAST_YEAR; raises ValueError for another."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no lunar calendar for {year}")
    return next(first for first, month, _year, is_leap in _months(year) if month == 1 and not is_leap)


def lunar_short(day: date) -> str:
    """“14/10”, “14/6 nhuận”; empty where the calendar is not known."""
    found = lunar_date(day)
    if found is None:
        return ""
    return f"{found.day}/{found.month}{' nhuận' if found.is_leap else ''}"


def lunar_words(day: date) -> str:
    """“14/10 âm lịch”, “14/6 nhuận âm lịch”; empty where the calendar is not known."""
    short = lunar_short(day)
    return f"{short} âm lịch" if short else ""
