"""Van openbare rijen naar wat een bladzijde toont: klok, bronnen, verwijzing."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from kern.beeld import hoofdletter
from kern.componenten import Klok, Oordeel, Opvatting, Standpunten, Steun
from kern.tijd import dag_van, datum_met_precisie, datum_nl, vandaag
from publiek.models import Advies, Kabinetsreactie
from publiek.models import Klok as KlokRij
from termijnen.regels import vervaldatum

UITLEG_REACTIE = {
    "op_tijd": "De reactie van het kabinet kwam binnen de afgesproken drie maanden.",
    "later": "De reactie van het kabinet kwam later dan de afgesproken drie maanden.",
    "ontvangen": "Er kwam een reactie van het kabinet; of dat op tijd was is niet na te gaan.",
    "afgewacht": "De reactie van het kabinet wordt afgewacht.",
    "uitgebleven": "Nog geen reactie ontvangen; de afgesproken drie maanden zijn voorbij.",
    "deels_afgewacht": "Het kabinet reageerde op een deel van dit advies; de rest wordt afgewacht.",
    "deels_uitgebleven": "Het kabinet reageerde op een deel van dit advies; voor de rest zijn de drie maanden voorbij.",
    "wet": "De wet volgde dit advies. Dat is geen reactie binnen drie maanden.",
    "niet_bekend": "Er is bij ons geen reactie van het kabinet bekend. Dat betekent niet dat er geen was.",
    "geen": "Op deze soort publicatie wordt geen reactie van het kabinet verwacht.",
}
WOORD_REACTIE = {
    "op_tijd": "Reactie op tijd",
    "later": "Reactie later dan afgesproken",
    "ontvangen": "Reactie ontvangen",
    "afgewacht": "Reactie wordt afgewacht",
    "uitgebleven": "Nog geen reactie ontvangen",
    "deels_afgewacht": "Gedeeltelijke reactie ontvangen",
    "deels_uitgebleven": "Gedeeltelijke reactie ontvangen",
    "wet": "Gevolgd in wet",
    "niet_bekend": "Reactie niet bekend",
    "geen": "Geen reactie verwacht",
}
BEELD_REACTIE = {
    "op_tijd": "op_tijd",
    "later": "later",
    "ontvangen": "ontvangen",
    "afgewacht": "afgewacht",
    "uitgebleven": "later",
    "deels_afgewacht": "gedeeltelijk",
    "deels_uitgebleven": "gedeeltelijk",
    "wet": "wet",
    "niet_bekend": "niet_bekend",
    "geen": "niet_bekend",
}
ZONDER_DATUM = datum_met_precisie(None, "onbekend")
AFGESPROKEN = "Afgesproken: binnen drie maanden"
OORDEEL_UITLEG = {
    "unaniem": "Alle leden van de raad stonden achter dit advies.",
    "verdeeld": "De leden van de raad waren het niet over alles eens.",
    "": "De bronnen zeggen niet of de raad het eens was.",
}

# Wat een commissie zelf uitbracht, behandelde de raad niet (Wet op de SER, artikel 43 en 44).
RECHTSTREEKS = {
    "artikel43": ("Van de commissie", "De commissie bracht dit advies zelf uit. Het is geen advies van de raad."),
    "machtiging": ("Namens de raad", "De commissie bracht dit advies namens de raad uit; de raad stemde er niet over."),
}


def oordeel_merk(advies: Advies) -> Oordeel:
    """Geef het merkje unaniem, verdeeld of niet bekend; bij een advies van een commissie zelf van wie het is."""
    uitleg = str(advies.metadata.get("oordeel_toelichting") or "")
    if advies.oordeel:
        return Oordeel(advies.oordeel, uitleg or OORDEEL_UITLEG[advies.oordeel])
    if hoe := RECHTSTREEKS.get(str(advies.metadata.get("rechtstreeks") or "")):
        return Oordeel("niet_bekend", hoe[1], woord=hoe[0])
    return Oordeel("niet_bekend", uitleg or OORDEEL_UITLEG[""], woord="Oordeel niet bekend")


def reactie_merk(stand: str) -> Oordeel:
    """Geef het merkje bij de stand van de kabinetsreactie (zie publiek.reactiestand): overal hetzelfde woord."""
    return Oordeel(BEELD_REACTIE[stand], UITLEG_REACTIE[stand], woord=WOORD_REACTIE[stand])


def datum_tekst(advies: Advies) -> str:
    """Geef de datum zoals zij bekend is: "juni 2023 (dag onbekend)", "do 16 maart 2023 (afgeleid)"."""
    m = advies.metadata
    tekst = str(m.get("datum_tekst") or "") or datum_met_precisie(
        advies.datum, str(m.get("datum_precisie") or "dag"), afgeleid=bool(m.get("dag_afgeleid"))
    )
    return met_vermoeden(tekst, advies.jaar)


def met_vermoeden(tekst: str, jaar: int | None) -> str:
    """Geef de datum in woorden; is alleen het jaar af te leiden, dan staat dat erbij.

    Zo is te zien waarom een advies zonder datum toch bij een jaar staat.
    """
    tekst = tekst or ZONDER_DATUM
    return f"{tekst}, vermoedelijk {jaar}" if tekst == ZONDER_DATUM and jaar else tekst


def reactie_datum(reactie: Kabinetsreactie) -> str:
    """Geef de dag van de reactie zoals bekend: een dag, een maand, of "datum niet bekend"."""
    if reactie.datum:
        return datum_nl(reactie.datum)
    tekst = reactie.datum_tekst or ""
    if len(tekst) == 7:
        return datum_met_precisie(date.fromisoformat(f"{tekst}-01"), "maand")
    return f"{tekst} (dag onbekend)" if tekst else "datum niet bekend"


def _afspraak(rij: KlokRij) -> str:
    """Geef wat er afgesproken is; is de dag verlengd of heeft de termijn stilgestaan, dan klopt drie maanden niet."""
    eerst = vervaldatum("kabinetsreactie", rij.basis)
    if rij.vervalt_op <= vervaldatum("kabinetsreactie", rij.basis, weekend_verschuiven=True):
        return AFGESPROKEN
    return f"{AFGESPROKEN}, uiterlijk {datum_nl(eerst)}; de laatste dag is verzet"


def klok_van(advies: Advies, rij: KlokRij | None, reacties: list[Kabinetsreactie]) -> Klok | None:
    """Geef de reactieklok, of None als dit advies er geen heeft. Zonder termijn is er nooit iets te laat."""
    if rij is None:
        return None
    volledig = [r.datum for r in reacties if r.datum and r.beantwoordt]
    zonder_dag = any(r.beantwoordt and not r.datum for r in reacties)
    if zonder_dag and not (volledig and min(volledig) <= rij.vervalt_op):
        zin = f"er kwam een reactie, de dag is niet bekend; afgesproken uiterlijk {datum_nl(rij.vervalt_op)}"
        return Klok(naam=_afspraak(rij), vervalt_op=None, onbekend_zin=zin, waarom=[rij.uitleg])
    status = "voldaan" if volledig else ("gepauzeerd" if rij.status == "gepauzeerd" else "loopt")
    verstreken = rij.vervalt_op < vandaag()
    deels = any(r.beantwoordt_deels for r in reacties)
    if status == "loopt" and verstreken and not rij.vrijgegeven:
        wat = "de rest van de reactie" if deels else "de reactie"
        zin = f"{wat} wordt afgewacht; afgesproken uiterlijk {datum_nl(rij.vervalt_op)}"
        return Klok(naam=_afspraak(rij), vervalt_op=None, onbekend_zin=zin, waarom=[rij.uitleg])
    return Klok(
        naam=_afspraak(rij),
        vervalt_op=rij.vervalt_op,
        basis=rij.basis,
        basis_naam="gerekend vanaf",
        status=status,
        voldaan_op=min(volledig) if volledig else None,
        voldaan_woord="reactie gekomen op",
        stil_sinds=rij.stil_sinds if status == "gepauzeerd" else None,
        waarom=[rij.uitleg],
        verstreken_zin=f"nog geen {'volledige ' if deels else ''}reactie ontvangen; "
        f"afgesproken uiterlijk {datum_nl(rij.vervalt_op)}",
    )


def zonder_klok(advies: Advies, reacties: list[Kabinetsreactie]) -> str:
    """Zeg waarom er bij dit advies geen termijn te tonen is."""
    if advies.reactie == "wet":
        return "Een wet volgde dit advies; daarvoor geldt geen termijn."
    if advies.reactie == "ontvangen" and str(advies.metadata.get("datum_precisie") or "dag") != "dag":
        return (
            "Van dit advies is de dag niet bekend. Een uiterste dag is dus niet te berekenen, en er is niets te laat."
        )
    if advies.reactie == "ontvangen" and not any(r.datum for r in reacties):
        return "De dag van de reactie is niet bekend. Of zij binnen drie maanden kwam, is dus niet te zeggen."
    return "Of er een termijn liep, is niet bekend. Er is dus ook niets te laat."


def als_zin(tekst: str) -> str:
    """Geef een toelichting als zin: hoofdletter voorop, punt erachter."""
    kaal = tekst.strip()
    return hoofdletter(kaal) + ("" if not kaal or kaal.endswith((".", "!", "?")) else ".")


@dataclass(frozen=True)
class Bron:
    """Een vindplaats: leesbare naam, adres als het een volledig adres is, en een opmerking."""

    naam: str
    adres: str = ""
    opmerking: str = ""


def is_adres(tekst: str | None) -> bool:
    """Of dit een volledig webadres is (geen verkort adres, geen brondocument)."""
    return bool(tekst) and str(tekst).startswith(("http://", "https://")) and " " not in str(tekst)


def bron_naam(tekst: str | None) -> str:
    """Geef een leesbare naam: de site van een adres, of de omschrijving van een brondocument."""
    tekst = tekst or ""
    if is_adres(tekst):
        return urlsplit(tekst).netloc.removeprefix("www.")
    if tekst.startswith("seed:"):
        haakje = tekst.find("(")
        return hoofdletter(tekst[haakje + 1 : -1]) if haakje > 0 else tekst.removeprefix("seed:")
    return tekst


def bronnen_van(metadata: dict[str, Any]) -> list[Bron]:
    """Geef alle vindplaatsen van een record, met hun zekerheid."""
    uit = [Bron(bron_naam(b), b if is_adres(b) else "") for b in metadata.get("bron") or []]
    uit += [Bron(bron_naam(b), "", "adres niet volledig bewaard") for b in metadata.get("bron_verkort") or []]
    uit += [
        Bron(bron_naam(b), b if is_adres(b) else "", "adres afgeleid uit een kamerstuknummer")
        for b in metadata.get("bron_afgeleid") or []
    ]
    return uit


def absoluut(pad: str) -> str:
    """Geef het volledige adres van een pad; altijd uit de instelling, nooit uit de aanvraag."""
    return f"{settings.PORTAL_ADRES}{pad}"


def standpunten_van(metadata: dict[str, Any]) -> list[Standpunten]:
    """Geef de standpunten waarin de raad verdeeld was, zoals zij bij de publicatie vastlagen."""
    return [
        Standpunten(
            [
                Opvatting(
                    o["tekst"],
                    o["aanduiding"],
                    [Steun(s["geleding"], s.get("organisatie") or "") for s in o.get("steun") or []],
                    o.get("voetnoot") or "",
                )
                for o in passage["opvattingen"]
            ],
            passage=passage["passage"],
        )
        for passage in metadata.get("standpunten") or []
    ]


def json_ld(advies: Advies) -> dict[str, Any]:
    """Geef het advies als schema.org Report; alleen wat bekend is."""
    uit: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": advies.titel,
        "url": absoluut(advies.get_absolute_url()),
        "inLanguage": "nl",
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": "Sociaal-Economische Raad",
            "identifier": "https://identifier.overheid.nl/tooi/id/oorg/oorg10223",
        },
        "dateModified": dag_van(advies.vanaf).isoformat(),
    }
    if advies.nummer:
        uit["reportNumber"] = advies.nummer
    if advies.metadata.get("samenvatting"):
        uit["abstract"] = advies.metadata["samenvatting"]
    precisie = advies.metadata.get("datum_precisie")
    if advies.datum and precisie in {"dag", "maand", "jaar"}:
        uit["datePublished"] = advies.datum.isoformat()[: {"dag": 10, "maand": 7, "jaar": 4}[str(precisie)]]
    if themas := advies.metadata.get("themas"):
        uit["about"] = [thema["naam"] for thema in themas]
    if advies.voorbeeld:
        uit["creativeWorkStatus"] = "VOORBEELD"
    return uit
