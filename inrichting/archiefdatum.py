"""Datums in het archief: 2013-05-01, 1956-06 of 2015. Wat niet bekend is, blijft onbekend."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kern.models import Precisie


def lees_datum(tekst: str) -> tuple[date, str]:
    """Geef (eerste dag die bij de tekst past, precisie). Werpt ValueError als het geen datum is."""
    delen = tekst.strip().split("-")
    if not all(deel.isdigit() for deel in delen) or [len(deel) for deel in delen] not in ([4], [4, 2], [4, 2, 2]):
        raise ValueError(f"{tekst!r} is geen datum")
    getallen = [int(deel) for deel in delen] + [1, 1]
    precisie = (Precisie.JAAR, Precisie.MAAND, Precisie.DAG)[len(delen) - 1]
    try:
        return date(getallen[0], getallen[1], getallen[2]), precisie
    except ValueError:
        raise ValueError(f"{tekst!r} is geen datum") from None


def lees_tot_en_met(tekst: str) -> tuple[date, str]:
    """Geef (eerste dag erna, precisie) voor een 'tot en met' uit de bron: "2020-04" wordt 1 mei 2020."""
    dag, precisie = lees_datum(tekst)
    if precisie == Precisie.DAG:
        return dag + timedelta(days=1), precisie
    return dag + (relativedelta(months=1) if precisie == Precisie.MAAND else relativedelta(years=1)), precisie
