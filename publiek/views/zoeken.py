"""Zoeken: in de adviezen met filters, in al het andere, en aanvullen tijdens het typen."""

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publiek import elders, zoeken, zoekvraag
from publiek.queries import dekking, namen_van_themas
from publiek.verbinding import ALIAS, leestransactie
from publiek.views import openbaar
from publiek.woorden import aanvullingen
from publiek.zoeken import Uitslag, vooruit_te_vragen, zoek
from toegang.routes import publiek

ZICHTBAAR = 6
RUIM_ZICHTBAAR = {"jaar", "decennium", "oordeel", "reactie", "soort"}
JAARTAL = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Een dossiernummer van de Kamer staat gedrukt als "33 009"; wie het overtypt of plakt, laat de spatie vaak weg.
DOSSIER = re.compile(r"(?<![\w/-])([23]\d)(\d{3})(?!\d)")


@publiek
@require_safe
def adviezen(request: HttpRequest) -> HttpResponse:
    """Alle adviezen sinds 1950, te zoeken en te filteren; de hele toestand staat in het adres.

    Alles wat zij leest leest `zoek`; de leestransactie is dicht voor het sjabloon begint.
    """
    vraag = zoekvraag.lees(request.GET)
    with leestransactie(vooruit_te_vragen(vraag)) as lezing:
        uitslag = zoek(vraag, lezing)
    meldingen = list(vraag.meldingen)
    if vraag.pagina > uitslag.paginas > 0:
        meldingen.append(f"Bladzijde {vraag.pagina} is er niet; u ziet de laatste.")
    namen = uitslag.kaart.namen
    meldingen += (onbekend := _onbekend(vraag, uitslag, namen))
    kern = vraag.kern()
    soorten = _soorten(vraag, "adviezen", uitslag.elders | {"adviezen": uitslag.totaal})
    verder = _verder(vraag, uitslag, soorten)
    if uitslag.bedoelde:
        bedoelde, bedoelde_adres = uitslag.bedoelde, vraag.adres(q=uitslag.bedoelde)
    elif bedoelde := "" if uitslag.totaal or verder else _met_spatie(vraag.q):
        bedoelde_adres = f"/zoeken/{zoekvraag.Zoekvraag(q=bedoelde).adres()}"
    else:
        bedoelde_adres = ""
    return render(
        request,
        "publiek/adviezen.html",
        {
            "verder": verder,
            "bedoelde": bedoelde,
            "vraag": vraag,
            "uitslag": uitslag,
            "ruim": zoeken.RUIM if vraag.volgorde == "relevantie" and uitslag.totaal > zoeken.RUIM else 0,
            "meldingen": meldingen,
            "onbekend": onbekend,
            "gezocht_op": " ".join(uitslag.anders.get(woord.lower(), woord) for woord in vraag.q.split()),
            "filters": _filters(vraag, uitslag, namen),
            "actief": _actief(vraag, namen),
            "soorten": soorten,
            "elders_zonder_filters": bool(vraag.q and (vraag.gefilterd or vraag.begrensd)),
            "sorteerwijzen": [
                (sleutel, naam, vraag.adres(sorteer=sleutel), sleutel == vraag.volgorde)
                for sleutel, naam in zoekvraag.SORTEERWIJZEN.items()
                if vraag.q or sleutel != "relevantie"
            ],
            "bladeren": Paginator(range(uitslag.totaal), zoekvraag.PER_PAGINA).get_page(uitslag.pagina),
            "dekking": dekking(uitslag.kaart),
            "verborgen": [(n, w) for n, w in vraag.delen() if n not in {"q", "van", "tot"}],
            "verborgen_q": [(n, w) for n, w in vraag.delen() if n != "q"],
            "bedoelde_adres": bedoelde_adres,
            "kern": f"?{kern}" if kern else "",
            "vraag_kern": kern,
            "omschrijving": zoekvraag.omschrijving(vraag, namen),
            "robots": "noindex" if vraag.q or vraag.begrensd or len(vraag.gefilterd) > 1 else "",
        },
    )


def _verder(
    vraag: zoekvraag.Zoekvraag, uitslag: Uitslag, soorten: list[dict[str, Any]]
) -> list[tuple[str, str, int | str]]:
    """Geef waar wie bij de adviezen niets vond wel iets vindt: naam, adres en hoeveel.

    Dat is wat er buiten de adviezen is, en elk jaar dat in de vraag staat: wie een oud advies bij zijn jaar zoekt, weet
    vaak niet meer dan dat.
    """
    if uitslag.totaal or uitslag.te_gewoon:
        return []
    uit: list[tuple[str, str, int | str]] = [
        (rij["naam"], rij["adres"], rij["aantal"])
        for rij in soorten
        if rij["naam"] in elders.SOORTEN.values() and rij["aantal"] != "0"
    ]
    per_jaar = uitslag.kaart.keuzes["jaar"]
    jaren = dict.fromkeys(jaar for jaar in JAARTAL.findall(vraag.q) if per_jaar.get(jaar))
    uit += [(f"Adviezen uit {j}", f"/adviezen/?jaar={j}", per_jaar[j].bit_count()) for j in jaren]
    return uit


def _met_spatie(q: str) -> str:
    """Geef de vraag met elk dossiernummer van de Kamer zoals het gedrukt staat, als daar wel iets mee te vinden is."""
    gezet = DOSSIER.sub(r"\1 \2", q)
    if gezet == q:
        return ""
    with leestransactie():
        return gezet if any(elders.tel_alles(gezet).values()) else ""


def _actief(vraag: zoekvraag.Zoekvraag, namen: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Geef elke gekozen waarde als knopje dat zichzelf weghaalt."""
    uit = []
    if vraag.begrensd:
        tekst = f"{vraag.van or 'begin'}–{vraag.tot or 'nu'}"
        uit.append({"kop": "Van–tot", "naam": tekst, "weg": vraag.adres(van=None, tot=None)})
    for naam in vraag.gefilterd:
        uit += [
            {
                "kop": zoekvraag.KOPPEN[naam],
                "naam": zoekvraag.naam_van(naam, waarde, namen),
                "weg": vraag.wissel(naam, waarde),
            }
            for waarde in getattr(vraag, naam)
        ]
    return uit


def _filters(vraag: zoekvraag.Zoekvraag, uitslag: Uitslag, namen: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Geef per filter de keuzes met aantal en adres; een gekozen keuze zet zichzelf weer uit.

    Wat gekozen is staat er altijd bij, ook als er nu niets mee te vinden is.
    """
    uit = []
    for filternaam, kop in zoekvraag.KOPPEN.items():
        gekozen: tuple[str, ...] = getattr(vraag, filternaam)
        if filternaam == "jaar" and not (vraag.decennium or vraag.jaar):
            continue
        tellingen = uitslag.tellingen[filternaam]
        if gekozen:
            geteld = {waarde for waarde, _ in tellingen}
            tellingen = [*tellingen, *((w, 0) for w in gekozen if w not in geteld)]
        adressen = vraag.wissels(filternaam, [waarde for waarde, _ in tellingen])
        keuzes = [
            (zoekvraag.naam_van(filternaam, waarde, namen), aantal, waarde in gekozen, adres)
            for (waarde, aantal), adres in zip(tellingen, adressen, strict=True)
        ]
        if keuzes:
            zichtbaar = 20 if filternaam in RUIM_ZICHTBAAR else ZICHTBAAR
            voor, rest = keuzes[:zichtbaar], keuzes[zichtbaar:]
            uit.append(
                {
                    "naam": filternaam,
                    "kop": kop,
                    "keuzes": voor,
                    "rest": rest,
                    "rest_open": any(aan for _, _, aan, _ in rest),
                    "periode": filternaam == "decennium",
                }
            )
    return uit


def _onbekend(vraag: zoekvraag.Zoekvraag, uitslag: Uitslag, namen: dict[str, dict[str, str]]) -> list[str]:
    """Geef een zin bij elk filter met een waarde die bij geen enkel advies voorkomt en die wij ook niet kennen."""
    return [
        f"“{waarde}” kennen wij niet bij {zoekvraag.KOPPEN[naam].lower()}. Haal dat filter weg om iets te vinden."
        for naam in zoekvraag.VRIJ
        for waarde in getattr(vraag, naam)
        if waarde != zoekvraag.ONBEKEND
        and waarde not in uitslag.kaart.keuzes[naam]
        and waarde not in namen.get(naam, {})
    ]


def _soorten(vraag: zoekvraag.Zoekvraag, hier: str, aantallen: dict[str, int]) -> list[dict[str, Any]]:
    """Geef de wissel tussen soorten: naam, aantal (als tekst), adres. Leeg zonder zoekwoord: niets te wisselen.

    Filters gelden alleen bij de adviezen; daar gaan zij mee.
    """
    if not vraag.q:
        return []
    vraagdeel = zoekvraag.Zoekvraag(q=vraag.q).adres()
    uit: list[dict[str, Any]] = [
        {"naam": "Alles", "aantal": None, "adres": f"/zoeken/{vraagdeel}", "aan": hier == "alles"}
    ]
    uit.append(
        {
            "naam": "Adviezen",
            "aantal": str(aantallen.get("adviezen", 0)),
            "adres": f"/adviezen/{vraag.adres()}",
            "aan": hier == "adviezen",
        }
    )
    for soort, naam in elders.SOORTEN.items():
        adres = f"/zoeken/{vraagdeel}&in={soort}"
        uit.append({"naam": naam, "aantal": str(aantallen.get(soort, 0)), "adres": adres, "aan": hier == soort})
    return uit


@openbaar
def alles(request: HttpRequest) -> HttpResponse:
    """Eén zoekvraag over adviezen, vergaderingen, trajecten, kabinetsreacties en commissies."""
    vraag = zoekvraag.lees(request.GET)
    soort = request.GET.get("in", "")
    meldingen = list(vraag.meldingen)
    if soort and soort not in elders.SOORTEN:
        veilig = "".join(c for c in soort if c.isprintable())[:40]
        meldingen.append(f"“{veilig}” is geen bekende soort; u ziet alles.")
        soort = ""
    aantallen = elders.tel_alles(vraag.q) if vraag.q else {}
    pagina: Page[Any] | None = None
    nummer = 1
    if soort:
        pagina = Paginator(range(aantallen.get(soort, 0)), zoekvraag.PER_PAGINA).get_page(vraag.pagina)
        nummer = pagina.number
    adviezen_ = zoek(zoekvraag.Zoekvraag(q=vraag.q)) if vraag.q and not soort else None
    soorten = _soorten(zoekvraag.Zoekvraag(q=vraag.q), soort or "alles", aantallen)
    niets = bool(vraag.q) and not any(aantallen.values())
    bedoelde = adviezen_.bedoelde if adviezen_ else ""
    if niets and not bedoelde:
        bedoelde = _met_spatie(vraag.q)
    return render(
        request,
        "publiek/zoeken.html",
        {
            "verder": _verder(vraag, adviezen_, soorten) if niets and adviezen_ else [],
            "bedoelde": bedoelde,
            "vraag": vraag,
            "meldingen": meldingen,
            "soort": soort,
            "soorten": soorten,
            "adviezen": adviezen_,
            "eerste": adviezen_.treffers[: elders.PER_SOORT] if adviezen_ else [],
            "groepen": elders.zoek_elders(vraag.q, aantallen, soort, nummer) if vraag.q else [],
            "niets": niets,
            "bladeren": pagina,
            "bedoelde_adres": f"/zoeken/{zoekvraag.Zoekvraag(q=bedoelde).adres()}" if bedoelde else "",
        },
    )


@openbaar
def suggesties(request: HttpRequest) -> HttpResponse:
    """Woorden, titels en thema's die passen bij wat er tot nu toe getypt is; een stukje HTML voor onder het zoekvak."""
    q = zoekvraag.lees(request.GET).q
    woorden: list[str] = []
    titels: list[tuple[str, str, str, bool]] = []
    with connections[ALIAS].cursor() as cursor:
        woorden = aanvullingen(cursor, q)
        if len(q) >= 3:
            patroon = "%" + q.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
            cursor.execute(
                "SELECT titel, coalesce(jaar::text, 'zonder-jaar'), kenmerk, voorbeeld FROM publiek.advies "
                "WHERE lower(titel) LIKE %s ORDER BY datum DESC NULLS LAST, jaar DESC NULLS LAST, id DESC LIMIT 4",
                [patroon],
            )
            titels = cursor.fetchall()
    begin = q.rpartition(" ")[0]
    past = [
        (naam, slug) for slug, naam in namen_van_themas().items() if len(q) >= 3 and naam.lower().startswith(q.lower())
    ]
    return render(
        request,
        "publiek/_suggesties.html",
        {"woorden": [f"{begin} {w}".strip() for w in woorden], "titels": titels, "themas": past[:3]},
    )
