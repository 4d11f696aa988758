"""A paper's time zone: the offsets that it writes, against the zones of its country or its language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytz
from babel.core import get_global

from spiders.sampling import Offset

AGREEING = 0.9
"""The share of a paper's times that must have a zone's offset: some of its entries may be an agency's."""

LIKELY = 20.0
"""Percent of a country's people who speak a language that nobody there calls official."""

YEAR = tuple(timedelta(days=days) for days in range(0, 365, 15))


@dataclass(frozen=True, slots=True)
class ZoneGuess:
    """A time zone, and how it was come by."""

    zone: str | None
    """IANA."""
    because: str
    sure: bool = False
    """Whether no other zone would give other times: a person need not be asked."""
    others: tuple[str, ...] = ()


def guess_zone(offsets: Sequence[Offset], country: str | None, language: str | None, now: datetime) -> ZoneGuess:
    """The zone that fits best; without offsets of its own a paper has the zone of its country, if that has one."""
    told = [offset for offset in offsets if offset.minutes] and list(offsets)
    where = f"country {country}" if country else f"language {language}" if language else "nothing"
    if not (zones := zones_of(country, language)):
        return ZoneGuess(None, "neither its country nor its language is known")
    if country is None and not told:
        zones = zones_of(homes_of(language)[0], None) if language else []
        if len(alike(zones, now)) > 1:
            return ZoneGuess(None, f"{where} alone does not tell, and the times are in UTC or name no zone")
    fitting = [zone for zone in zones if fits(zone, told)]
    if not fitting:
        return ZoneGuess(None, f"no zone of {where} has the offsets of its times ({spelled(told)})")
    rooms = alike(fitting, now)
    best = max(rooms, key=len) if country else rooms[0]
    because = f"{where}, and the offsets of its times ({spelled(told)})" if told else where
    sure = country is not None and len(rooms) == 1
    return ZoneGuess(usual(best), because, sure, tuple(usual(room) for room in rooms if room is not best)[:5])


def zones_of(country: str | None, language: str | None) -> list[str]:
    """The zones of a country, or of the countries where a language is at home, the likeliest first."""
    if country:
        return list(pytz.country_timezones.get(country, ()))
    return [zone for home in homes_of(language) for zone in pytz.country_timezones.get(home, ())] if language else []


@cache
def homes_of(language: str) -> tuple[str, ...]:
    """The countries of a language: that where most speak it, then those where it is official or widely spoken."""
    likeliest = str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]
    spoken = {
        country: told[language]
        for country, told in get_global("territory_languages").items()
        if language in told and (told[language]["official_status"] or told[language]["population_percent"] > LIKELY)
    }
    ranked = sorted(spoken, key=lambda country: (country != likeliest, -spoken[country]["population_percent"], country))
    return tuple(ranked)


def usual(room: Sequence[str]) -> str:
    """The best known of zones that are alike: operating systems offer only some of them."""
    offered = set(get_global("windows_zone_mapping").values())
    return next((zone for zone in room if zone in offered), room[0])


def fits(zone: str, offsets: Sequence[Offset]) -> bool:
    """Whether nearly all times have the offset of a zone at their moment."""
    clock = ZoneInfo(zone)
    agreeing = sum(1 for o in offsets if o.at.astimezone(clock).utcoffset() == timedelta(minutes=o.minutes))
    return agreeing >= AGREEING * len(offsets)


def alike(zones: Iterable[str], now: datetime) -> list[list[str]]:
    """Zones in rooms of those whose clocks showed the same time all through the past year."""
    rooms: dict[tuple[timedelta | None, ...], list[str]] = {}
    for zone in zones:
        clock = ZoneInfo(zone)
        rooms.setdefault(tuple((now - ago).astimezone(clock).utcoffset() for ago in YEAR), []).append(zone)
    return list(rooms.values())


def spelled(offsets: Sequence[Offset]) -> str:
    """The offsets for a person: `+01:00, +02:00`."""
    return ", ".join(names(sorted({o.minutes for o in offsets}))) or "none"


def names(minutes: Iterable[int]) -> Iterator[str]:
    """Offsets as ISO 8601 writes them."""
    for one in minutes:
        yield f"{'-' if one < 0 else '+'}{abs(one) // 60:02d}:{abs(one) % 60:02d}"
