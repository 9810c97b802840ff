"""Wat een organisatie van haar eigen achterbanberaden ziet: reactie, punten, meelezers, notities, meetekenen."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from adviezen import permissions
from adviezen.enums import Medestatus, Reactiestatus, SoortIndiening
from adviezen.models import (
    Achterbanberaad,
    Deelname,
    Indiening,
    Medeondertekening,
    Meelezer,
    Reactie,
    ReactieItem,
    Verwerking,
)
from adviezen.models.blik import blik
from adviezen.policies.bewaren import notities_tot
from adviezen.queries.antwoorden import hang_antwoorden, leesbare_versies
from adviezen.queries.reacties import klok
from adviezen.queries.tekst import Passage, inhoud, kort, passages
from adviezen.standpunten import opsomming
from kern.blokken import blokken
from kern.tijd import vandaag
from logboek.queries import geschiedenis
from overgangen import Keuze, beschikbaar
from raad.models.tijdvak import geldt_op
from stukken.queries import laatste_opdracht
from stukken.voortgang import PdfGegevens, gegevens
from termijnen.enums import Status as Termijnstatus
from termijnen.queries import laatste

if TYPE_CHECKING:
    from toegang.models import Gebruiker


MELDING_TERUG = "Neem de melding terug"
MELDING_TERUG_UITLEG = (
    "De commissie ziet de melding niet meer en u kunt alsnog reageren. Doet u dat niet voordat de ronde sluit, dan "
    "telt uw organisatie als niet gereageerd."
)


def laad_deelname(gebruiker: "Gebruiker") -> Any:
    """Geef de deelnames van de eigen organisatie, met wat een bladzijde nodig heeft."""
    return Deelname.objects.eigen(gebruiker).select_related(
        "beraad__traject__commissie",
        "beraad__traject__secretaris",
        "beraad__versie",
        "organisatie",
        "contact",
        "reactie",
    )


def eigen_reactie(deelname: Deelname) -> Reactie | None:
    """Geef de reactie van een deelname, of None als zij nog niet begonnen is."""
    return getattr(deelname, "reactie", None)


def punten(reactie: Reactie | None, gebruiker: "Gebruiker | None" = None) -> list[Any]:
    """Geef de punten op volgorde, met de verwerking als de commissie daarover besloot.

    Met `gebruiker` ook wat er in de tekst veranderde, voor zover hij de versie met het antwoord mag lezen.
    """
    if reactie is None:
        return []
    # De reactie hangt er al aan, met haar ronde: zo komt de witte versie niet bij elk punt nog eens mee.
    rijen: list[Any] = list(reactie.items.select_related("verwerking__vastgesteld_in"))
    for rij in rijen:
        rij.besluit = besluit(rij)
    if gebruiker is not None and any(rij.besluit is not None for rij in rijen):
        hang_antwoorden(rijen, leesbare_versies(reactie.deelname.beraad.traject, gebruiker))
    return rijen


def besluit(punt: ReactieItem) -> Verwerking | None:
    """Geef de verwerking van een eigen punt, maar pas als de commissie besloot: het voorstel is nog van haar."""
    rij: Verwerking | None = getattr(punt, "verwerking", None)
    return rij if rij is not None and rij.vastgesteld_in_id is not None else None


def meelezers(deelname: Deelname) -> list[Meelezer]:
    """Geef wie in deze ronde meeleest of uitgenodigd is, en daarna wie gestopt is (het spoor)."""
    rijen = Meelezer.objects.filter(organisatie=deelname.organisatie_id, beraad=deelname.beraad_id).select_related(
        "gebruiker", "gestopt_door", "toegelaten_door", "beraad"
    )
    return sorted(rijen, key=lambda m: (m.gestopt_op is not None, m.pk))


def te_vragen(deelname: Deelname, reactie: Reactie | None) -> list[Deelname]:
    """Geef de organisaties in deze ronde die nog gevraagd kunnen worden mee te tekenen."""
    if reactie is None:
        return []
    gevraagd = reactie.mede.exclude(status=Medestatus.AFGEWEZEN).values("deelname")
    rest = Deelname.objects.filter(beraad=deelname.beraad_id).exclude(pk=deelname.pk).exclude(pk__in=gevraagd)
    return list(
        rest.exclude(reactie__status__in=[Reactiestatus.INGEDIEND, Reactiestatus.GEEN_REACTIE])
        .select_related("organisatie")
        .order_by("organisatie__naam")
    )


def mede_namen(reactie: Reactie | None) -> dict[str, list[str]]:
    """Geef welke organisaties bij deze reactie al bevestigden ("bevestigd") en welke nog niet ("gevraagd")."""
    uit: dict[str, list[str]] = {Medestatus.BEVESTIGD: [], Medestatus.GEVRAAGD: []}
    if reactie is not None:
        rijen = reactie.mede.exclude(status=Medestatus.AFGEWEZEN).select_related("deelname__organisatie")
        for rij in rijen.order_by("deelname__organisatie__naam"):
            uit[rij.status].append(rij.deelname.organisatie.naam)
    return uit


def leest_concept_mee(deelname: Deelname) -> str:
    """Geef wie van een andere organisatie het concept ook leest, en of zij nog moet bevestigen; "" als niemand."""
    namen = mede_namen(Reactie.objects.filter(deelname=deelname).first())
    uit = []
    if bevestigd := namen[Medestatus.BEVESTIGD]:
        uit.append(f"{opsomming(bevestigd)} {'leest' if len(bevestigd) == 1 else 'lezen'} dit mee.")
    if gevraagd := namen[Medestatus.GEVRAAGD]:
        doet, moet, tekent = ("leest", "moet", "tekent") if len(gevraagd) == 1 else ("lezen", "moeten", "tekenen")
        wie = opsomming(gevraagd)
        uit.append(f"{wie} {doet} dit mee en {moet} nog (of opnieuw) bevestigen dat zij mee{tekent}.")
    return " ".join(uit)


def daden(reactie: Reactie, gebruiker: "Gebruiker") -> list[Keuze]:
    """Geef wat iemand met deze reactie kan doen; is er gemeld dat zij niet komt, dan heet terugnemen ook zo."""
    uit = list(beschikbaar(reactie, gebruiker))
    if reactie.status != Reactiestatus.GEEN_REACTIE:
        return uit
    return [
        replace(k, label=MELDING_TERUG, bevestig=MELDING_TERUG_UITLEG) if k.naam == "neem_terug" else k for k in uit
    ]


def tekende_eerder(mede: Medeondertekening) -> bool:
    """Of deze organisatie al meetekende, en opnieuw gevraagd is omdat de reactie daarna veranderde of terugging."""
    if mede.status != Medestatus.GEVRAAGD:
        return False
    naam = str(mede.deelname.organisatie)
    antwoord = geschiedenis(mede.reactie).filter(
        Q(soort="adviezen.beantwoord_mede", gegevens__organisatie=naam)
        | Q(soort="adviezen.trek_mede_terug", gegevens__van=naam)
    )
    laatste = antwoord.last()
    return laatste is not None and laatste.gegevens.get("akkoord") is True


def mede_verzoeken(deelname: Deelname) -> list[Any]:
    """Geef de verzoeken van andere organisaties om mee te tekenen, met hun reactie en `eerder` (zie tekende_eerder)."""
    rijen: list[Any] = list(
        deelname.mede_verzoeken.exclude(status=Medestatus.AFGEWEZEN)
        .select_related("reactie__deelname__organisatie", "deelname__organisatie")
        .prefetch_related("reactie__items")
    )
    for rij in rijen:
        rij.eerder = tekende_eerder(rij)
    return rijen


def eerdere_indieningen(reactie: Reactie | None) -> list[Indiening]:
    """Geef wat eerder is ingediend of gemeld, jongste eerst, zonder wat nu geldt."""
    if reactie is None:
        return []
    rijen = [i for i in reactie.indieningen.order_by("-pk") if i.soort != SoortIndiening.TERUGGENOMEN]
    return rijen if reactie.status == Reactiestatus.CONCEPT else rijen[1:]


def is_gestopt(beraad: Achterbanberaad) -> bool:
    """Of de secretaris de ronde afbrak en de tekst terughaalde, en haar niet gewoon sloot: haar termijn verviel dan."""
    if beraad.gesloten_op is None:
        return False
    termijn = laatste(beraad, "achterbanberaad")
    return termijn is not None and termijn.status == Termijnstatus.VERVALLEN


def bladzijde(deelname: Deelname, gebruiker: "Gebruiker") -> dict[str, Any]:
    """Geef de bladzijde van één beraad voor de organisatie."""
    reactie, beraad = eigen_reactie(deelname), deelname.beraad
    mag = permissions.mag_voor_organisatie(deelname, gebruiker)
    verzoeken, eigen_punten = mede_verzoeken(deelname), punten(reactie, gebruiker)
    meegetekend = next((v for v in verzoeken if v.status == Medestatus.BEVESTIGD), None)
    in_concept = reactie is None or reactie.status == Reactiestatus.CONCEPT
    # Wie meetekent, geeft geen eigen reactie (regel 23): eerst niet meer meetekenen.
    te_wijzigen = mag and beraad.is_open and in_concept and meegetekend is None
    b, tot = blik(gebruiker), notities_tot(beraad)
    return {
        "deelname": deelname,
        "beraad": beraad,
        "traject": beraad.traject,
        "reactie": reactie,
        "punten": eigen_punten,
        # Na het sluiten zegt de klok iets over de ronde, niet over u.
        "klok": klok(beraad, deelname.laatste_dag) if beraad.gesloten_op is None else None,
        "mag": mag,
        "te_wijzigen": te_wijzigen,
        "gestopt": is_gestopt(beraad),
        "daden": daden(reactie, gebruiker) if reactie is not None and beraad.is_open and meegetekend is None else [],
        "notities": list(deelname.notities.zichtbaar_voor(gebruiker)),
        "knelpunten": list(deelname.knelpunten.prefetch_related("berichten")),
        "meelezers": meelezers(deelname),
        "mag_meelezers": permissions.mag_meelezers_toelaten(deelname, gebruiker),
        "ook_lid": b is not None and beraad.traject.commissie_id in b.lid_van,
        "mede": list(reactie.mede.select_related("deelname__organisatie")) if reactie is not None else [],
        "te_vragen": te_vragen(deelname, reactie) if te_wijzigen else [],
        "verzoeken": verzoeken,
        "meegetekend": meegetekend,
        "eigen_leeg": not eigen_punten and not (reactie and (reactie.oordeel or reactie.toelichting)),
        "mede_punten": punten(meegetekend.reactie, gebruiker) if meegetekend is not None else [],
        "notities_dagen": settings.INTERNE_NOTITIES_DAGEN,
        "eerder": eerdere_indieningen(reactie),
        "beantwoord": any(p.besluit is not None for p in eigen_punten),
        "andere_ronden": list(
            Deelname.objects.eigen(gebruiker)
            .filter(beraad__traject=beraad.traject_id, organisatie=deelname.organisatie_id)
            .exclude(pk=deelname.pk)
            .select_related("beraad")
            .order_by("beraad__ronde")
        ),
        "pdf": antwoorden_pdf(deelname, gebruiker),
        "vernietigd_op": tot,
        "notities_voorbij": tot is not None and tot <= vandaag(),
    }


def tekst(deelname: Deelname) -> tuple[list[Passage], list[Passage]]:
    """Geef de passages van de witte versie met de eigen punten erbij, en de koppen voor de inhoudsopgave."""
    versie = deelname.beraad.versie
    delen = passages(versie.html) if versie is not None else []
    plek = {blok: deel for deel in delen for blok in deel.blokken}
    for punt in punten(eigen_reactie(deelname)):
        if punt.blok in plek:
            plek[punt.blok].punten.append(punt)
    teksten = {b.id: kort(b.tekst, 70) for b in blokken(versie.html)} if versie is not None else {}
    for deel in delen:
        if len(deel.blokken) > 1:
            deel.onderdelen = [(blok, teksten[blok]) for blok in deel.blokken if teksten.get(blok)]
    return delen, inhoud(delen)


def geldt(meelezer: Meelezer) -> bool:
    """Of een uitnodiging nog aan te nemen is: niet gestopt, niet voorbij, en de ronde open."""
    voorbij = meelezer.tot is not None and meelezer.tot <= vandaag()
    return not voorbij and meelezer.beraad.gesloten_op is None


def leest_al(meelezer: Meelezer) -> bool:
    """Of deze meelezer nu leest."""
    return meelezer.geheimhouding_op is not None and geldt(meelezer)


def deelname_van(meelezer: Meelezer) -> int:
    """Geef de pk van de deelname waarvoor iemand meeleest."""
    deelname: int = Deelname.objects.values_list("pk", flat=True).get(
        beraad=meelezer.beraad_id, organisatie=meelezer.organisatie_id
    )
    return deelname


def uitnodigingen(gebruiker: "Gebruiker") -> list[Meelezer]:
    """Geef de uitnodigingen om mee te lezen die nog een antwoord vragen."""
    rijen = Meelezer.objects.filter(
        geldt_op(vandaag()), gebruiker=gebruiker, geheimhouding_op__isnull=True, beraad__gesloten_op__isnull=True
    )
    return list(rijen.select_related("traject", "organisatie", "beraad", "toegelaten_door").order_by("pk"))


def onderwerp(deelname: Deelname, gebruiker: "Gebruiker") -> str:
    """Geef het onderwerp van de PDF met antwoorden: per organisatie en per lezer, want zijn naam staat erop."""
    return f"antwoorden:{deelname.pk}:{gebruiker.pk}"


def antwoorden_pdf(deelname: Deelname, gebruiker: "Gebruiker") -> PdfGegevens:
    """Geef hoe ver de PDF met antwoorden is."""
    pad = {"pk": deelname.pk}
    eigen = reverse("organisatie:antwoorden", kwargs=pad)
    return gegevens(
        laatste_opdracht(onderwerp(deelname, gebruiker)),
        stand=eigen,
        download=reverse("organisatie:antwoorden_bestand", kwargs=pad),
        opnieuw=eigen,
        terug=reverse("organisatie:beraad", kwargs=pad),
    )
