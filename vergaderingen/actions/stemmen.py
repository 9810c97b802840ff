"""Stemmen vastleggen: onthouding, hoofdelijke stemming, briefjes en peiling (Wet op de SER art. 22-27)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from kern.fouten import GeenToegang, InvoerFout, VerouderdeVersie, eis
from kern.tekort import Tekort
from kern.tijd import nu
from logboek.actions import leg_vast
from raad.enums import Geleding
from raad.models import Zetel
from toegang.models import Gebruiker
from vergaderingen import policies, stemlijst
from vergaderingen.actions.agenda import vergrendel_punt
from vergaderingen.actions.besluiten import leg_besluit_vast
from vergaderingen.actions.hulp import vergrendel
from vergaderingen.enums import MET_QUORUM, AanwezigAls, Besluitsoort, Rondesoort, Stemkeuze, Uitkomst
from vergaderingen.models import Agendapunt, Onthouding, Stem, Stembriefje, Stemronde
from vergaderingen.queries import kring, stemmen_bij
from vergaderingen.stemming import Telling


@transaction.atomic
def leg_onthouding_vast(*, agendapunt: Agendapunt, zetel: Zetel, door: Gebruiker, reden: str = "") -> Onthouding:
    """Leg vast dat een lid zich bij dit punt van medestemmen onthoudt (art. 23, regel 33) en geef de rij terug.

    Het lid telt dan noch bij de stemmen noch bij de stemgerechtigden. Werpt InvoerFout("zetel") als op de zetel die
    dag niemand zit of er al een stem van is, OvergangGeweigerd, GeenToegang.
    """
    punt = vergrendel_punt(agendapunt, door=door)
    rij = punt.vergadering
    eis(policies.mag_tekenen(rij))
    if rij.orgaan not in MET_QUORUM:
        raise InvoerFout("zetel", "Dit leggen we alleen vast bij de raad en het dagelijks bestuur.")
    stem = next((s for s in stemmen_bij(rij, punt) if s.zetel and s.zetel.pk == zetel.pk), None)
    lid = next((g.persoon for g in kring(rij) if g.als == AanwezigAls.LID and g.zetel and g.zetel.pk == zetel.pk), None)
    bestaand = punt.onthoudingen.filter(zetel=zetel).first()
    if bestaand:
        return bestaand
    persoon = stem.persoon if stem else lid
    if persoon is None:
        raise InvoerFout("zetel", "Op deze zetel zit die dag niemand.")
    if _heeft_gestemd(punt, zetel):
        raise InvoerFout("zetel", f"Van {persoon.naam} is bij dit punt al een stem vastgelegd.")
    onthouding = Onthouding.objects.create(
        agendapunt=punt, zetel=zetel, persoon=persoon, reden=reden.strip()[:300], voorbeeld=rij.voorbeeld
    )
    leg_vast(
        soort="vergaderingen.leg_onthouding_vast", object=rij, door=door,
        gegevens={"agendapunt": punt.pk, "zetel": zetel.pk, "naam": persoon.naam},
    )  # fmt: skip
    return onthouding


def _heeft_gestemd(punt: Agendapunt, zetel: Zetel) -> bool:
    """Of deze zetel meedoet in de ronde die loopt, of in een stemming die telt."""
    return policies.ronden_die_tellen(punt).filter(Q(stemmen__zetel=zetel) | Q(briefjes__zetel=zetel)).exists()


@transaction.atomic
def neem_onthouding_terug(*, onthouding: Onthouding, door: Gebruiker) -> None:
    """Haal een onthouding weg die per vergissing is vastgelegd; het logboek weet het nog.

    Werpt OvergangGeweigerd als over het punt al gestemd is, GeenToegang.
    """
    punt = vergrendel_punt(onthouding.agendapunt, door=door)
    eis(policies.mag_onthouding_terugnemen(punt))
    aantal, _ = Onthouding.objects.filter(pk=onthouding.pk).delete()
    if aantal:
        leg_vast(
            soort="vergaderingen.neem_onthouding_terug", object=punt.vergadering, door=door,
            gegevens={"agendapunt": punt.pk, "zetel": onthouding.zetel_id, "naam": onthouding.persoon.naam},
        )  # fmt: skip


@transaction.atomic
def open_stemronde(
    *,
    agendapunt: Agendapunt,
    soort: str,
    vraag: str,
    door: Gebruiker,
    over: str = Besluitsoort.ZAAK,
    vorige: Stemronde | None = None,
) -> Stemronde:
    """Open een stemming of peiling bij een punt en geef haar terug; dezelfde nog eens openen geeft de lopende.

    Over personen gaat het altijd met briefjes, over zaken altijd hoofdelijk (art. 24). `vorige` is de nietige of
    aangehouden stemming uit een eerdere vergadering die nu wordt overgedaan, over hetzelfde voorstel. Werpt InvoerFout,
    OvergangGeweigerd (niet geopend, of geen quorum), GeenToegang.
    """
    punt = vergrendel_punt(agendapunt, door=door)
    rij = punt.vergadering
    eis(policies.mag_stemmen(rij, peiling=soort == Rondesoort.PEILING) or policies.is_niet_vervallen(punt))
    vraag = vraag.strip()
    if not vraag:
        raise InvoerFout("vraag", "Schrijf op waarover gestemd wordt.")
    if soort == Rondesoort.PEILING and over == Besluitsoort.PERSONEN:
        raise InvoerFout("over", "Over personen wordt niet gepeild: dat gaat met gesloten briefjes.")
    if soort != Rondesoort.PEILING:
        soort = Rondesoort.BRIEFJES if over == Besluitsoort.PERSONEN else Rondesoort.HOOFDELIJK
    lopend = punt.stemronden.filter(gesloten_op__isnull=True).first()
    if lopend and (lopend.soort, lopend.over, lopend.vraag) == (soort, over, vraag):
        return lopend
    if lopend:
        raise InvoerFout("vraag", f"Bij dit punt loopt al een {lopend.get_soort_display().lower()}. Sluit die eerst.")
    if vorige is not None and vorige.pk not in {r.pk for r in stemlijst.te_herstemmen(punt)}:
        raise InvoerFout("vorige", "Deze stemming kan hier niet worden overgedaan.")
    if vorige is not None and soort != Rondesoort.PEILING:
        _eis_hetzelfde(vorige, over, vraag)
    ronde = Stemronde.objects.create(
        agendapunt=punt, soort=soort, over=over, vraag=vraag, geopend_op=nu(), voorbeeld=rij.voorbeeld,
        vorige=None if soort == Rondesoort.PEILING else vorige,
    )  # fmt: skip
    leg_vast(
        soort="vergaderingen.open_stemronde", object=rij, door=door,
        gegevens={"agendapunt": punt.pk, "ronde": ronde.pk, "soort": soort, "over": over,
                  "vorige": vorige.pk if vorige else None},
    )  # fmt: skip
    return ronde


def _eis_hetzelfde(vorige: Stemronde, over: str, vraag: str) -> None:
    """Een herstemming gaat over hetzelfde voorstel: zij geldt met elk aantal deelnemers (art. 25)."""
    if over != vorige.over:
        raise InvoerFout("over", f"Een herstemming gaat over hetzelfde: {vorige.get_over_display().lower()}.")
    if vraag != vorige.vraag:
        raise InvoerFout("vraag", f"Een herstemming gaat over hetzelfde voorstel: “{vorige.vraag}”.")


def _vergrendel_ronde(ronde: Stemronde, *, door: Gebruiker) -> Stemronde:
    """Geef de open ronde vers, met haar vergadering vergrendeld. Werpt GeenToegang, OvergangGeweigerd."""
    vergadering = vergrendel(Agendapunt.objects.get(pk=ronde.agendapunt_id).vergadering_id, door=door)
    vers = Stemronde.objects.select_related("agendapunt").get(pk=ronde.pk)
    vers.agendapunt.vergadering = vergadering
    eis(_open(vers))
    return vers


def _open(ronde: Stemronde) -> list[Tekort]:
    return [] if ronde.is_open else [Tekort("Deze stemming is gesloten; er kan niets meer worden vastgelegd.")]


@transaction.atomic
def leg_stem_vast(*, ronde: Stemronde, zetel: int, keuze: str, door: Gebruiker, eerder: str = "") -> Stem:
    """Leg bij hoofdelijke oproeping de stem van één zetel vast en geef haar terug.

    `eerder` is wat het scherm toonde: legde iemand anders intussen iets anders vast, dan werpt dit VerouderdeVersie
    in plaats van diens werk te overschrijven. Werpt InvoerFout bij een zetel zonder stem (afwezig, onthouden) of een
    onbekende keuze, OvergangGeweigerd na sluiting.
    """
    rij = _vergrendel_ronde(ronde, door=door)
    if rij.soort != Rondesoort.HOOFDELIJK:
        raise InvoerFout("keuze", "Alleen bij een hoofdelijke stemming leggen wij vast wie wat stemt.")
    stemmer = next((s for s in stemlijst.stemmers(rij) if s.zetel and s.zetel.pk == zetel), None)
    if stemmer is None:
        raise InvoerFout("zetel", "Deze zetel heeft bij dit punt geen stem: afwezig of onthouden.")
    return _schrijf(rij, stemmer, keuze, eerder=eerder, door=door)


def _schrijf(ronde: Stemronde, stemmer: stemlijst.Stem, keuze: str, *, eerder: str | None, door: Gebruiker) -> Stem:
    if keuze not in Stemkeuze.values:
        raise InvoerFout("keuze", "Kies voor, tegen of blanco.")
    assert stemmer.zetel is not None  # noqa: S101 - stemmers() laat stemmen zonder zetel weg
    bestaand = Stem.objects.filter(ronde=ronde, zetel=stemmer.zetel).first()
    if bestaand and (bestaand.keuze, bestaand.persoon_id) == (keuze, stemmer.persoon.pk):
        return bestaand
    if eerder is not None and (bestaand.keuze if bestaand else "") != eerder:
        raise VerouderdeVersie
    if Stem.objects.filter(ronde=ronde, persoon=stemmer.persoon).exclude(zetel=stemmer.zetel).exists():
        naam = stemmer.persoon.naam
        raise InvoerFout(
            "zetel", f"{naam} stemde in deze stemming al voor een andere zetel. Leg eerst vast wie daar nu stemt."
        )
    stem = bestaand or Stem(ronde=ronde, zetel=stemmer.zetel, voorbeeld=ronde.voorbeeld)
    stem.persoon, stem.keuze, stem.vastgelegd_op = stemmer.persoon, keuze, nu()
    stem.save()
    gegevens: dict[str, object] = {"ronde": ronde.pk, "zetel": stemmer.zetel.pk, "naam": stemmer.persoon.naam}
    if ronde.soort == Rondesoort.HOOFDELIJK:  # een peiling bindt niet; wie wat antwoordde hoort niet in het logboek
        gegevens |= {"keuze": keuze, "eerder": bestaand is not None}
    leg_vast(soort="vergaderingen.leg_stem_vast", object=ronde.agendapunt.vergadering, door=door, gegevens=gegevens)
    return stem


@transaction.atomic
def leg_geleding_vast(*, ronde: Stemronde, geleding: str, keuze: str, door: Gebruiker) -> int:
    """Leg voor elke zetel van een geleding die nog niets heeft dezelfde stem vast; geef hoeveel dat er waren.

    Wat al is vastgelegd blijft staan, ook als een tweede secretaris intussen meeschreef.
    """
    rij = _vergrendel_ronde(ronde, door=door)
    if rij.soort != Rondesoort.HOOFDELIJK:
        raise InvoerFout("keuze", "Alleen bij een hoofdelijke stemming leggen wij vast wie wat stemt.")
    if geleding not in Geleding.values:
        raise InvoerFout("geleding", "Kies een geleding van de raad.")
    al = set(rij.stemmen.values_list("zetel_id", flat=True))
    nog = [s for s in stemlijst.stemmers(rij) if s.zetel and s.zetel.geleding == geleding and s.zetel.pk not in al]
    for stemmer in nog:
        _schrijf(rij, stemmer, keuze, eerder="", door=door)
    return len(nog)


@transaction.atomic
def antwoord_peiling(*, ronde: Stemronde, keuze: str, door: Gebruiker) -> Stem:
    """Leg het antwoord van een lid zelf op een peiling vast; tot de sluiting mag het lid zich bedenken.

    Wie de zetel bij dit punt heeft (lid of vervanger) antwoordt; per zetel is er één antwoord. Werpt GeenToegang voor
    wie bij dit punt geen stem heeft, InvoerFout, OvergangGeweigerd na sluiting.
    """
    rij = _peiling_slot(ronde)
    if rij.soort != Rondesoort.PEILING:
        raise GeenToegang
    eis(_open(rij))
    persoon = getattr(door, "persoon", None)
    stemmer = stemlijst.eigen_stem(rij, persoon)
    if stemmer is None:
        raise GeenToegang
    return _schrijf(rij, stemmer, keuze, eerder=None, door=door)


def _peiling_slot(ronde: Stemronde) -> Stemronde:
    """Geef de ronde vergrendeld: zo gaan 36 tablets een voor een, en kan sluiten er niet tussendoor."""
    rij: Stemronde = Stemronde.objects.select_for_update(of=("self",)).select_related("agendapunt__vergadering").get(
        pk=ronde.pk
    )  # fmt: skip
    return rij


@transaction.atomic
def sluit_stemronde(
    *,
    ronde: Stemronde,
    door: Gebruiker,
    besluit: str = "",
    onvolledig: bool = False,
) -> Stemronde:
    """Sluit een hoofdelijke stemming of peiling; een stemming wordt een besluit met de uitkomst die de wet eraan geeft.

    `besluit` is de tekst, anders de vraag. Zolang van iemand die aanwezig is geen stem is vastgelegd, mag dat alleen
    met `onvolledig`: die leden namen dan niet deel. Nog eens sluiten verandert niets. Werpt InvoerFout("onvolledig"),
    en OvergangGeweigerd als de stemming intussen is gestaakt.
    """
    vergadering = vergrendel(Agendapunt.objects.get(pk=ronde.agendapunt_id).vergadering_id, door=door)
    rij = _peiling_slot(ronde)
    rij.agendapunt.vergadering = vergadering
    if rij.ingetrokken:
        eis([Tekort("Deze stemming is gestaakt; er komt geen uitslag.")])
    if not rij.is_open:
        return rij
    if rij.soort == Rondesoort.BRIEFJES:
        raise InvoerFout("", "Tel de briefjes; de stemming sluit als de aantallen zijn vastgelegd.")
    nog = stemlijst.nog_niet(stemlijst.stemlijst(rij))
    if rij.soort == Rondesoort.HOOFDELIJK and nog and not onvolledig:
        raise InvoerFout(
            "onvolledig", f"Nog geen stem vastgelegd van: {', '.join(nog)}. Bevestig dat zij niet deelnamen."
        )
    return _rond_af(rij, stemlijst.telling(rij), besluit=besluit, door=door)


@transaction.atomic
def leg_briefjes_vast(
    *,
    ronde: Stemronde,
    zetels: Collection[int],
    telling: Telling,
    door: Gebruiker,
    besluit: str = "",
) -> Stemronde:
    """Leg de uitslag van een stemming met briefjes vast: wie er een inleverde, en alleen totalen (regel 32).

    Een onleesbaar of ingevuld-en-doorgestreept briefje telt als blanco. Werpt InvoerFout als er meer of minder stemmen
    zijn geteld dan briefjes ingeleverd, of als een zetel geen stem heeft.
    """
    rij = _vergrendel_ronde(ronde, door=door)
    if rij.soort != Rondesoort.BRIEFJES:
        raise InvoerFout("voor", "Bij deze stemming horen geen briefjes.")
    mag = {s.zetel.pk: s for s in stemlijst.stemmers(rij) if s.zetel}
    if set(zetels) - set(mag):
        raise InvoerFout("zetels", "Er is iemand gekozen die bij dit punt geen stem heeft.")
    geteld = telling.uitgebracht + telling.blanco
    if geteld != len(set(zetels)):
        stemmen = "Er is 1 stem" if geteld == 1 else f"Er zijn {geteld} stemmen"
        leden = "1 lid leverde" if len(set(zetels)) == 1 else f"{len(set(zetels))} leden leverden"
        raise InvoerFout("voor", f"{stemmen} geteld, maar {leden} een briefje in.")
    Stembriefje.objects.bulk_create(
        Stembriefje(ronde=rij, zetel_id=z, persoon=mag[z].persoon, voorbeeld=rij.voorbeeld) for z in sorted(set(zetels))
    )
    return _rond_af(rij, telling, besluit=besluit, door=door)


def _rond_af(ronde: Stemronde, telling: Telling, *, besluit: str, door: Gebruiker) -> Stemronde:
    vorige = ronde.vorige.besluit if ronde.vorige else None
    ronde.gesloten_op = nu()
    ronde.voor, ronde.tegen, ronde.blanco = telling.voor, telling.tegen, telling.blanco
    if ronde.soort != Rondesoort.PEILING:
        ronde.besluit = leg_besluit_vast(
            agendapunt=ronde.agendapunt, tekst=besluit.strip() or ronde.vraag, soort=ronde.over, telling=telling,
            herstemming=bool(vorige and vorige.uitkomst == Uitkomst.NIETIG),
            tweede_staking=bool(vorige and vorige.uitkomst == Uitkomst.AANGEHOUDEN), nieuw=True, door=door,
        )  # fmt: skip
    ronde.save()
    leg_vast(
        soort="vergaderingen.sluit_stemronde", object=ronde.agendapunt.vergadering, door=door,
        gegevens={"ronde": ronde.pk, "soort": ronde.soort, "voor": telling.voor, "tegen": telling.tegen,
                  "blanco": telling.blanco},
    )  # fmt: skip
    return ronde


@transaction.atomic
def trek_stemronde_in(*, ronde: Stemronde, reden: str, door: Gebruiker) -> Stemronde:
    """Staak een stemming zonder uitslag, met reden. Wat was vastgelegd blijft staan, maar er komt geen besluit."""
    if not reden.strip():
        raise InvoerFout("reden", "Geef de reden; die komt in het dossier te staan.")
    rij = _vergrendel_ronde(ronde, door=door)
    rij.gesloten_op, rij.ingetrokken_reden = nu(), reden.strip()[:300]
    rij.save()
    leg_vast(
        soort="vergaderingen.trek_stemronde_in", object=rij.agendapunt.vergadering, door=door, reden=reden.strip(),
        gegevens={"ronde": rij.pk, "soort": rij.soort},
    )  # fmt: skip
    return rij
