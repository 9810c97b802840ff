"""Van een Advies naar wat er openbaar wordt: de ene plaats die weet hoe een advies eruitziet voor het publiek."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from adviezen.models import Advies
from kern.models import Precisie
from kern.tijd import datum_met_precisie, datum_nl
from publicatie.actions import publiceer
from publicatie.models import Publicatie
from termijnen.regels import uitleg, vervaldatum

if TYPE_CHECKING:
    from toegang.models import Gebruiker

SOORT = "advies"
AANNAME_UITGEBRACHT = "De dag van uitbrengen is niet bekend; gerekend is vanaf de dag van vaststelling."
AANNAME_DAG = "De dag van vaststelling, {dag}, is zelf afgeleid."


def sleutel_van(advies: Advies) -> str:
    """Geef de vaste sleutel van dit advies in de publicaties."""
    return f"advies:{advies.kenmerk}"


def metadata_van(advies: Advies, *, volledig: bool) -> dict[str, Any]:
    """Geef wat bij de publicatie van `advies` hoort, als JSON.

    `volledig`: de publicatie bevat de hele tekst; anders is er alleen een samenvatting. Datums zijn ISO, met de
    leesbare vorm ernaast ("juni 2023 (dag onbekend)"). Wat niet bekend is blijft leeg, nooit geraden.
    """
    themas = list(advies.themas.all())
    return {
        "kenmerk": advies.kenmerk,
        "nummer": advies.nummer or "",
        "jaar": advies.jaar,
        "datum": _iso(advies.datum),
        "datum_precisie": advies.datum_precisie,
        "datum_tekst": datum_met_precisie(advies.datum, advies.datum_precisie, afgeleid=advies.dag_afgeleid),
        "datum_soort": advies.datum_soort,
        "dag_afgeleid": advies.dag_afgeleid,
        "uitgebracht_op": _iso(advies.uitgebracht_op),
        "uitgebracht_tekst": datum_nl(advies.uitgebracht_op) if advies.uitgebracht_op else "",
        "vorm": advies.soort,
        "ondertitel": advies.ondertitel,
        "orgaan": advies.commissie.slug if advies.commissie else "",
        "commissie": _commissienaam(advies),
        "adviesvragers": advies.adviesvragers_tekst,
        "adviesvrager_type": advies.adviesvrager_type,
        "geadresseerden": advies.traject.geadresseerden if advies.traject else "",
        "aanvraagdatum": _iso(advies.aanvraagdatum),
        "aanvraagdatum_tekst": (
            datum_met_precisie(advies.aanvraagdatum, advies.aanvraagdatum_precisie) if advies.aanvraagdatum else ""
        ),
        "uitkomst": advies.oordeel,
        "oordeel_toelichting": advies.oordeel_toelichting,
        "namens_raad": advies.namens_raad,
        "samenvatting": advies.samenvatting,
        "themas": [{"naam": thema.naam, "slug": thema.slug} for thema in themas],
        "onderwerpen": [thema.slug for thema in themas],
        "aanbevelingen": [
            {
                "nummer": a.nummer,
                "tekst": a.tekst,
                "blok": a.blok or f"aanbeveling-{a.nummer}",
                "geadresseerden": a.geadresseerden,
            }
            for a in advies.aanbevelingen.all()
        ],
        "trefwoorden": " ".join([*(thema.naam for thema in themas), _commissienaam(advies)]).strip(),
        "opmerking": advies.opmerking,
        "bron": advies.bron,
        "bron_verkort": advies.bron_verkort,
        "bron_afgeleid": advies.bron_afgeleid,
        "traject": advies.traject.slug if advies.traject else "",
        "archief": advies.traject is None,
        "volledig": volledig,
    }


def klok_van(advies: Advies) -> dict[str, Any] | None:
    """Geef de klok van drie maanden voor een advies zonder lopende Termijn, of None als de datums het niet toelaten.

    Gerekend wordt vanaf de dag van uitbrengen; is die niet bekend, vanaf de dag van vaststelling, en dan staan de
    aannames erbij (domein §13.12). Zonder dag, of bij een soort waarop geen reactie volgt: geen klok.
    """
    basis = advies.uitgebracht_op or (advies.datum if advies.datum_precisie == Precisie.DAG else None)
    if basis is None or not advies.heeft_klok:
        return None
    aannames = []
    if advies.uitgebracht_op is None:
        if advies.dag_afgeleid:
            aannames.append(AANNAME_DAG.format(dag=datum_nl(basis)))
        aannames.append(advies.uitgebracht_aanname or AANNAME_UITGEBRACHT)
    return {
        "basis": basis.isoformat(),
        "vervalt_op": vervaldatum("kabinetsreactie", basis).isoformat(),
        "uitleg": uitleg("kabinetsreactie", basis),
        "aannames": aannames,
    }


@transaction.atomic
def publiceer_advies(
    *,
    advies: Advies,
    html: str,
    vanaf: datetime,
    door: "Gebruiker | None",
    bestanden: list[dict[str, Any]] | None = None,
    volledig: bool = True,
    extra: dict[str, Any] | None = None,
) -> Publicatie:
    """Maak `advies` openbaar vanaf `vanaf` en geef de Publicatie. Tweemaal met gelijke inhoud geeft dezelfde rij.

    `html` is de schone tekst met `data-blok`; `extra` vult de metadata aan (het archief geeft zo de klok mee).
    """
    return publiceer(
        soort=SOORT,
        sleutel=sleutel_van(advies),
        titel=advies.titel,
        html=html,
        metadata=metadata_van(advies, volledig=volledig) | (extra or {}),
        bestanden=bestanden,
        vanaf=vanaf,
        door=door,
        voorbeeld=advies.voorbeeld,
    )


def _commissienaam(advies: Advies) -> str:
    return advies.commissie.naam if advies.commissie else advies.commissie_naam


def _iso(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None
