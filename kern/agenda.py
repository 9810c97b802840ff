"""De tijden van een vergadering in een agenda (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Event

from kern.tijd import AMSTERDAM, vandaag


def zet_tijden(punt: Event, *, datum: date, begin: time | None, eind: time | None, duur: timedelta) -> None:
    """Zet begin, einde en DTSTAMP op een agendapunt; zonder beginuur duurt het de hele dag.

    Tijden in UTC: dan hoeft de agenda geen tijdzone te beschrijven (3.2.19). Zonder einduur duurt het `duur`. Gewijzigd
    heet het op de dag zelf, maar nooit in de toekomst: een latere wijziging zou dan ouder lijken (3.8.7.2).
    """
    if begin:
        van = datetime.combine(datum, begin, AMSTERDAM).astimezone(UTC)
        punt.add("dtstart", van)
        punt.add("dtend", datetime.combine(datum, eind, AMSTERDAM).astimezone(UTC) if eind else van + duur)
    else:
        punt.add("dtstart", datum)
        punt.add("dtend", datum + timedelta(days=1))
    punt.add("dtstamp", datetime.combine(min(datum, vandaag()), time(), AMSTERDAM))
