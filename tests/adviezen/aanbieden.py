"""Handen van stap 8: gegevens vastleggen, PDF maken, klaarzetten en aanbieden."""

from adviezen.actions import aanbieding as acties
from adviezen.actions import adviesgegevens, brieven
from adviezen.actions.adviesgegevens import Punt
from adviezen.actions.handelen import handel
from stukken.models import PdfOpdracht
from tests.hulp import zonder_bewaking

PDF = b"%PDF-1.7\n%%EOF\n"


def gegevens(cast, **anders):
    invoer = {
        "nummer": "V26/31",
        "titel": "Thuiswerken over de grens (voorbeeld)",
        "samenvatting": "Maak het eenvoudiger (voorbeeld).",
        "aanbevelingen": [Punt("Doe dit."), Punt("  "), Punt("Doe dat.", "het kabinet")],
        "door": cast.secretaris,
        "versie": None,
    }
    return adviesgegevens.leg_adviesgegevens_vast(traject=cast.traject, **(invoer | anders))


def maak_pdf(cast):
    """Vraag de PDF en doe het werk van de werker."""
    opdracht = adviesgegevens.vraag_adviespdf(traject=cast.vers(), door=cast.secretaris)
    bezig = PdfOpdracht.objects.claim(opdracht.pk)
    if bezig is not None:
        bezig.rond_af(PDF)
    return opdracht


def zet_klaar(cast, **kw):
    return acties.zet_klaar(traject=cast.traject, versie=None, **({"door": cast.secretaris} | kw))


def alles_klaar(cast, nummer="V26/31", **kw):
    """Tot en met de bevestiging door de tweede persoon."""
    gegevens(cast, nummer=nummer)
    brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)
    maak_pdf(cast)
    zet_klaar(cast, **kw)
    cast.vers()
    for brief in cast.traject.aanbieding.brieven.all():
        brieven.teken_brief_af(brief=brief, versie=None, door=cast.algemeen_secretaris)
    acties.bevestig(traject=cast.traject, versie=None, door=cast.tweede)
    return cast.vers()


def bied_aan(cast, **kw):
    return handel(traject=cast.traject, versie=None, overgang="bied_aan", door=cast.algemeen_secretaris, **kw)


def later(minuten=20):
    """Doe alsof er zoveel minuten voorbij zijn: de klok van de database is niet te verzetten, de momenten wel."""
    tijd = f"interval '{minuten} minutes'"
    velden = {
        "adviezen_aanbieding": ("embargo_tot",),
        "publicatie_publicatie": ("vanaf", "tot"),
        "publicatie_zoekrij": ("vanaf", "tot"),
        "publicatie_intrekking": ("vanaf",),
        "adviezen_stapgang": ("op",),
        "adviezen_adviestraject": ("herroepbaar_tot",),
        "adviezen_adviesintrekking": ("voorgesteld_op", "bevestigd_op", "gaat_in_op"),
    }
    with zonder_bewaking() as cursor:
        for tabel, kolommen in velden.items():
            zet = f"UPDATE {tabel} SET {', '.join(f'{k} = {k} - {tijd}' for k in kolommen)}"  # noqa: S608
            if tabel != "publicatie_publicatie":
                cursor.execute(zet)
                continue
            # Van één sleutel mogen er nooit twee tegelijk gelden, ook niet even: dus een voor een, de oudste eerst.
            cursor.execute("SELECT id FROM publicatie_publicatie ORDER BY vanaf, id")
            for (pk,) in cursor.fetchall():
                cursor.execute(f"{zet} WHERE id = {pk}")
