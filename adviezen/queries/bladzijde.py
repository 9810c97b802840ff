"""Wat de lijst en de pagina van een traject tonen, klaar voor de bouwstenen van het gezicht."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from adviezen.enums import EINDSTANDEN, Stap, ToewijzingBesluit
from adviezen.models import Advies, Adviestraject, Stapgang
from adviezen.policies.beraad import open_beraad
from adviezen.queries.beurt import VOORUIT, Beurt, beurt, beurten
from adviezen.queries.keuzes import keuzes
from adviezen.queries.verloop import verhaal
from adviezen.queries.voortgang import voortgang
from kern import componenten
from kern.tijd import dag_van, vandaag
from overgangen import Keuze, overgangen_van
from termijnen.queries import termijnen_van
from toegang.enums import Rol
from toegang.rollen import heeft

if TYPE_CHECKING:
    from toegang.models import Gebruiker

STATUS = {"gedaan": "klaar", "bezig": "nu", "komt": "komt", "overgeslagen": "overgeslagen", "vervallen": "overgeslagen"}
ZONDER_COMMISSIE = "-"  # in het adres van de lijst: wat nog niet is toegewezen
ROL_AAN_ZET = {Stap.NAAR_RAAD: Rol.RAADSSECRETARIS, Stap.AANBIEDING: Rol.ALGEMEEN_SECRETARIS}
SLOT = {
    Stap.AANGEBODEN: "Aangeboden",
    Stap.NIET_IN_BEHANDELING: "Niet in behandeling genomen",
    Stap.INGETROKKEN: "Ingetrokken",
    Stap.BEEINDIGD: "Beëindigd zonder advies",
}


def lijst(gebruiker: "Gebruiker") -> Any:
    """Geef de zichtbare trajecten met wat een rij nodig heeft, laatst gewijzigde stap eerst."""
    return (
        Adviestraject.objects.zichtbaar_voor(gebruiker)
        .select_related("commissie", "secretaris", "waarnemer")
        .order_by("-stap_sinds", "-pk")
    )


def met_beurt(trajecten: list[Adviestraject]) -> list[tuple[Adviestraject, Beurt]]:
    """Geef elk traject met zijn beurt, met een vast aantal zoekvragen."""
    wie = beurten(trajecten)
    return [(t, wie[t.pk]) for t in trajecten]


def op_volgorde(trajecten: list[Adviestraject], gebruiker: "Gebruiker") -> list[tuple[Adviestraject, Beurt]]:
    """Geef elk traject met zijn beurt: eerst wat te laat is, dan waar deze persoon aan zet is, dan op dag en kenmerk.

    Aan zet zijn de behandelend secretaris en zijn waarnemer in hun eigen trajecten, en wie de rol heeft die een stap
    afsluit.
    """

    def plaats(rij: tuple[Adviestraject, Beurt]) -> tuple[bool, bool, bool, date, str]:
        traject, nu = rij
        rol = ROL_AAN_ZET.get(traject.stap)
        eigen = nu.bij_secretaris and gebruiker.pk in (traject.secretaris_id, traject.waarnemer_id)
        zelf = eigen or (rol is not None and heeft(gebruiker, rol))
        return not nu.te_laat, not zelf, nu.tot is None, nu.tot or date.max, traject.kenmerk

    return sorted(met_beurt(trajecten), key=plaats)


def met_woorden(trajecten: Any, gezocht: str) -> Any:
    """Beperk tot de trajecten met elk van deze woorden (of delen ervan) in de titel of het kenmerk."""
    for woord in gezocht.replace("\x00", "").split():
        in_titel = Q(titel__icontains=woord) | Q(werktitel_openbaar__icontains=woord)
        trajecten = trajecten.filter(in_titel | Q(kenmerk__icontains=woord))
    return trajecten


def acht_stappen(traject: Adviestraject, gangen: list[Stapgang]) -> componenten.AchtStappen:
    """Geef de acht stappen voor het scherm van het secretariaat, met elke stap terug en haar reden."""
    rijen = voortgang(traject, gangen)
    volgnummer = {r.stap: r.nummer for r in rijen}
    terug = [
        componenten.Teruggang(volgnummer[Stap(g.van)], volgnummer[Stap(g.naar)], dag_van(g.op), g.reden)
        for g in gangen
        if g.van in volgnummer and g.naar in volgnummer and volgnummer[Stap(g.naar)] < volgnummer[Stap(g.van)]
    ]
    nu = beurt(traject).wie if traject.loopt else ""
    return componenten.AchtStappen(
        stappen=[
            componenten.Stap(
                nummer=r.nummer,
                naam=r.naam,
                status=STATUS[r.status],
                datum=_datum(r),
                eigenaar=nu if r.status == "bezig" else "",
            )
            for r in rijen
        ],
        teruggangen=terug,
        slot=SLOT.get(Stap(traject.stap), ""),
    )


def _datum(rij: Any) -> Any:
    if rij.status == "gedaan" and rij.tot is not None:
        return dag_van(rij.tot)
    if rij.status == "bezig" and rij.vanaf is not None:
        return dag_van(rij.vanaf)
    return None


def knop(traject: Adviestraject, keuze: Keuze, soort: str = "gewoon") -> componenten.Knop:
    """Geef de knop van een handeling; zij leidt naar het bevestigscherm."""
    return componenten.Knop(
        keuze.label, reverse("adviezen:handeling", kwargs={"slug": traject.slug, "naam": keuze.naam}), soort=soort
    )


# Naast de handeling die de stap afsluit: wat in die stap ook een gewone uitkomst is. Al het andere staat onder "Meer".
GEWONE_UITKOMSTEN = frozenset(
    {
        "neem_niet_in_behandeling",
        "sluit_achterbanberaad_na_termijn",
        "open_nieuw_achterbanberaad",
        "adviseer_rechtstreeks",
        "verwijs_terug",
        "stel_uit",
    }
)
# Hier is niet de secretaris van het traject aan zet, maar een ander.
BIJ_EEN_ANDER = frozenset({Stap.TOEWIJZING, Stap.NAAR_RAAD, Stap.VASTSTELLING, Stap.AANBIEDING})


def beurt_op_scherm(traject: Adviestraject, gebruiker: "Gebruiker", mogelijk: list[Keuze]) -> componenten.Beurt | None:
    """Geef wie aan zet is, met de knop als deze persoon het mag en met wat nog ontbreekt; None in een eindstand."""
    if not traject.loopt:
        return None
    nu = beurt(traject)
    eigen = next((k for k in mogelijk if k.naam == nu.overgang), None)
    ook = [k for k in mogelijk if k.naam in GEWONE_UITKOMSTEN and k.kan]
    is_behandelaar = gebruiker.pk in (traject.secretaris_id, traject.waarnemer_id)
    wacht_op_anderen = traject.stap == Stap.ACHTERBANBERAAD and not (eigen and eigen.kan)
    return componenten.Beurt(
        wie=nu.wie,
        wat=_wat(nu.overgang),
        sinds=dag_van(nu.sinds),
        knop=knop(traject, eigen, "hoofd") if eigen is not None and eigen.kan else None,
        tekorten=() if eigen is not None and eigen.kan else nu.tekorten,
        ook=[knop(traject, k) for k in ook],
        bent_u=eigen is not None and not wacht_op_anderen and (is_behandelaar or traject.stap in BIJ_EEN_ANDER),
    )


def _wat(overgang: str) -> str:
    namen = {o.name: (o.custom or {}).get("label", o.name) for o in overgangen_van(Adviestraject)}
    return str(namen.get(overgang, ""))


def _is_zijpad(traject: Adviestraject, keuze: Keuze) -> bool:
    """Geef of een handeling onder "Meer" hoort: zij kan, en is niet de weg vooruit of een gewone uitkomst."""
    vooruit = VOORUIT[traject.stap][0] if traject.stap in VOORUIT else ""
    gewoon = keuze.naam == vooruit or keuze.naam in GEWONE_UITKOMSTEN or keuze.naam.startswith("herroep_")
    return keuze.kan and not gewoon


# Naam, adres, en vanaf welke stap de pagina iets te doen of te lezen geeft.
WERKPAGINAS: tuple[tuple[str, str, Stap], ...] = (
    ("Criteria", "criteria", Stap.TOEWIJZING),
    ("Besluit dagelijks bestuur", "toewijzing", Stap.TOEWIJZING),
    ("Versies", "versies", Stap.CONCEPT),
    ("Wie is gehoord", "inspraak", Stap.CONCEPT),
    ("Kroonleden", "kroonleden", Stap.CONCEPT),
    ("Achterbanberaad voorbereiden", "beraad", Stap.CONCEPT),
    ("Reacties", "reacties", Stap.ACHTERBANBERAAD),
    ("Verwerkingstabel", "verwerking", Stap.VERWERKING),
    ("Uitvoeringstoets", "toets", Stap.VERWERKING),
    ("Agendering", "agendering", Stap.CONCEPT),  # voor stap 6: een tussenbespreking
    ("Standpunten", "standpunten", Stap.VASTSTELLING),
    ("Aanbieding", "aanbieding", Stap.AANBIEDING),
    ("Doelen", "doelen", Stap.TOEWIJZING),
    ("Correcties", "correctie", Stap.CONCEPT),
    ("Intrekken", "intrekken", Stap.AANGEBODEN),
)


def werkpaginas(traject: Adviestraject, gangen: list[Stapgang]) -> list[tuple[str, str]]:
    """Geef de werkpagina's die bij de gezette stappen horen, als (opschrift, adres)."""
    from adviezen.adressen import adres

    geweest = {g.naar for g in gangen} | {traject.stap}
    uit = []
    if hasattr(traject, "aanvraag"):
        uit.append(("Aanvraag", adres("aanvraag", traject)))
    if traject.eigen_initiatief:
        uit.append(("Startbesluit", adres("startbesluit", traject)))
    uit.append(("Beoogde impact", adres("impact", traject)))
    uit += [(tekst, adres(naam, traject)) for tekst, naam, stap in WERKPAGINAS if stap in geweest]
    return [(tekst, pad) for tekst, pad in uit if pad]


def eerder_over(traject: Adviestraject, aantal: int = 8) -> list[Advies]:
    """Geef eerdere adviezen over dezelfde thema's, jongste eerst: de meerwaarde is een van de criteria."""
    themas = list(traject.themas.values_list("pk", flat=True))
    if not themas:
        return []
    return list(
        Advies.objects.filter(Q(themas__in=themas))
        .exclude(traject=traject)
        .distinct()
        .order_by("-jaar", "-datum")[:aantal]
    )


def traject(traject: Adviestraject, gebruiker: "Gebruiker") -> dict[str, Any]:
    """Geef alles wat de pagina van een traject toont."""
    gangen = list(traject.stapgangen.all())
    mogelijk, ronde = keuzes(traject, gebruiker), open_beraad(traject)
    besluit = traject.toewijzingen.select_related("vergadering", "commissie").last()
    termijnen = [*(termijnen_van(ronde) if ronde is not None else []), *termijnen_van(traject)]
    return {
        "traject": traject,
        "weg": acht_stappen(traject, gangen),
        "beurt": beurt_op_scherm(traject, gebruiker, mogelijk),
        "zijpaden": [knop(traject, k) for k in mogelijk if _is_zijpad(traject, k)],
        "herroepen": [knop(traject, k, "gevaar") for k in mogelijk if k.naam.startswith("herroep_")],
        "termijnen": [t for t in termijnen if t.loopt],
        "afgesloten": [t for t in termijnen if not t.loopt],
        "werkpaginas": werkpaginas(traject, gangen),
        "verhaal": verhaal(traject, gangen),
        "besluit": besluit,
        "geweigerd": besluit is not None and besluit.besluit == ToewijzingBesluit.NIET_IN_BEHANDELING,
        "criteria": list(traject.criteriumoordelen.all()),
        "versies": list(traject.versies.select_related("vastgesteld_in").defer("html").order_by("-pk")[:6]),
        "dossier": traject.stap in EINDSTANDEN,
        "vandaag": vandaag(),
    }
