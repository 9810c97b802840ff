"""Wat een lezer bij een versie ziet: de passages met hun opmerkingen, en waar hij gebleven was."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from adviezen import permissions
from adviezen.enums import Kring, SoortVersie, Stap
from adviezen.models import Leesstand, Opmerking, Versie
from adviezen.policies.beraad import open_beraad
from adviezen.queries.tekst import Passage, inhoud, passages
from adviezen.queries.verwerking import mag_tabel_lezen
from commissies.queries import leden_van
from kern import componenten
from kern.blokken import blokken
from kern.tijd import moment_nl, vandaag
from kern.verschil import verschil

if TYPE_CHECKING:
    from toegang.models import Gebruiker


def laad(gebruiker: "Gebruiker") -> Any:
    """Geef de versies die deze persoon mag lezen, met wat een bladzijde nodig heeft."""
    return Versie.objects.zichtbaar_voor(gebruiker).select_related(
        "traject__commissie", "traject__secretaris", "vastgesteld_in", "vorige"
    )


def _kring_naam(o: Opmerking) -> str:
    if o.kring == Kring.ORGANISATIE:
        return str(o.organisatie)
    if o.kring == Kring.GELEDING:
        return str(o.get_geleding_display())
    return str(o.get_kring_display())


def kaart(o: Opmerking, antwoorden: list[Opmerking], gebruiker: "Gebruiker", bewerker: bool) -> componenten.Opmerking:
    """Geef een opmerking voor in de kantlijn, met wat deze lezer ermee kan."""
    mag_af = o.auteur_id == gebruiker.pk or (bewerker and o.kring in (Kring.COMMISSIE, Kring.SECRETARIAAT))
    open_ = o.afgedaan_op is None
    af = componenten.Knop("Doe af", reverse("lezen:afdoen", kwargs={"pk": o.pk}), soort="licht")
    return componenten.Opmerking(
        id=str(o.pk),
        auteur=o.auteur_naam,
        tekst=o.tekst,
        kring=o.kring,
        kring_naam=_kring_naam(o),
        wanneer=moment_nl(o.aangemaakt_op),
        blokkerend=o.soort == "blokkerend",
        citaat="",
        voorstel=o.voorstel,
        antwoorden=[
            componenten.Opmerking(
                id=str(a.pk),
                auteur=a.auteur_naam,
                tekst=a.tekst,
                kring=a.kring,
                kring_naam="",
                wanneer=moment_nl(a.aangemaakt_op),
            )
            for a in antwoorden
        ],
        afdoening=o.afdoening,
        antwoord_url=reverse("lezen:antwoord", kwargs={"pk": o.pk}) if open_ else "",
        knoppen=[af] if open_ and mag_af else [],
    )


def met_opmerkingen(versie: Versie, gebruiker: "Gebruiker") -> tuple[list[Passage], list[componenten.Opmerking], int]:
    """Geef de passages met hun opmerkingen, de opmerkingen bij het geheel, en het aantal dat nog open staat."""
    rijen = list(
        Opmerking.objects.zichtbaar_voor(gebruiker).filter(versie=versie).select_related("organisatie").order_by("pk")
    )
    antwoorden: dict[int, list[Opmerking]] = defaultdict(list)
    for rij in rijen:
        if rij.antwoord_op_id:
            antwoorden[rij.antwoord_op_id].append(rij)
    bewerker = permissions.mag_bewerken(versie.traject, gebruiker)
    delen = passages(versie.html)
    plek = {blok: deel for deel in delen for blok in deel.blokken}
    geheel: list[componenten.Opmerking] = []
    hoofd = [r for r in rijen if not r.antwoord_op_id]
    for rij in hoofd:
        doel = plek[rij.blok].opmerkingen if rij.blok in plek else geheel
        doel.append(kaart(rij, antwoorden[rij.pk], gebruiker, bewerker))
    return delen, geheel, sum(r.afgedaan_op is None for r in hoofd)


def hoedanigheid(versie: Versie, gebruiker: "Gebruiker") -> str:
    """Geef in één zin als wat iemand deze versie leest."""
    if permissions.is_secretariaat(gebruiker):
        return "u leest als secretariaat"
    commissie = versie.traject.commissie
    if commissie is not None:
        for lid in leden_van(commissie, vandaag()):
            if lid.persoon.gebruiker_id == gebruiker.pk:
                return f"u leest als {lid.get_rol_display()} van de commissie"
    return "u leest mee namens uw organisatie of de raad"


def fase(versie: Versie) -> tuple[str, Any]:
    """Geef wat er nu met de tekst gebeurt, en tot wanneer (None: geen dag)."""
    traject = versie.traject
    if traject.stap == Stap.ACHTERBANBERAAD:
        beraad = open_beraad(traject)
        if beraad is not None:
            return "achterbanberaad", beraad.uiterlijk_op
    return str(traject.get_stap_display()), None


def vergelijkbaar(versie: Versie, gebruiker: "Gebruiker") -> Versie | None:
    """Geef de laatste versie die deze lezer eerder zag en die een andere tekst heeft; anders None."""
    eerder = Leesstand.objects.filter(gebruiker=gebruiker, versie__traject=versie.traject_id, versie__lt=versie.pk)
    gezien = eerder.exclude(versie__hash=versie.hash).order_by("-versie").values_list("versie", flat=True).first()
    if gezien is None:
        return None
    gevonden: Versie | None = Versie.objects.zichtbaar_voor(gebruiker).filter(pk=gezien).first()
    return gevonden


def wijziging(oud: Versie, nieuw: Versie) -> componenten.Wijziging:
    """Geef de verschillen per blok: wat hetzelfde heet staat naast elkaar, wat weg is staat op zijn oude plek."""
    vorig, vers = blokken(oud.html), blokken(nieuw.html)
    teksten, nu = {b.id: b.tekst for b in vorig}, {b.id for b in vers}
    na: dict[str, list[Any]] = defaultdict(list)
    anker = ""
    for blok in vorig:
        if blok.id in nu:
            anker = blok.id
        else:
            na[anker].append(blok)
    uit: list[componenten.Alinea] = []

    def weg(blokken_: list[Any]) -> None:
        uit.extend(componenten.Alinea([componenten.Deel(b.tekst, "eraf")], "", _soort(b.soort)) for b in blokken_)

    weg(na[""])
    for blok in vers:
        uit.append(componenten.Alinea(verschil(teksten.get(blok.id, ""), blok.tekst), blok.id, _soort(blok.soort)))
        weg(na[blok.id])
    return componenten.Wijziging(uit, van=str(oud), naar=str(nieuw))


def _soort(soort: str) -> str:
    return soort if soort in ("h2", "h3", "h4", "li") else "p"


def bladzijde(versie: Versie, gebruiker: "Gebruiker", sinds: str = "") -> dict[str, Any]:
    """Geef alles wat het leesscherm toont."""
    delen, geheel, open_ = met_opmerkingen(versie, gebruiker)
    stand = Leesstand.objects.filter(gebruiker=gebruiker, versie=versie).first()
    naam, tot = fase(versie)
    eerder = vergelijkbaar(versie, gebruiker)
    gewijzigd: set[str] = set()
    if eerder is not None:
        oud = {b.id: b.tekst for b in blokken(eerder.html)}
        gewijzigd = {b.id for b in blokken(versie.html) if oud.get(b.id) != b.tekst}
    koppen: list[tuple[Passage, int, int]] = []
    for deel in delen:
        if deel in inhoud([deel]):
            koppen.append((deel, 0, 0))
        if koppen:
            kop, anders, aantal = koppen[-1]
            anders += bool(gewijzigd & set(deel.blokken))
            koppen[-1] = (kop, anders, aantal + len(deel.opmerkingen))
    return {
        "versie": versie,
        "traject": versie.traject,
        "passages": delen,
        "geheel": geheel,
        "aantal_open": open_,
        "koppen": koppen,
        "stand": stand,
        "fase": naam,
        "tot": tot,
        "hoedanigheid": hoedanigheid(versie, gebruiker),
        "eerder": eerder,
        "wijziging": wijziging(eerder, versie) if eerder is not None and sinds else None,
        "is_staf": permissions.is_secretariaat(gebruiker),
        "vertrouwelijk": is_vertrouwelijk(versie),
        "tabel": versie.traject.verwerking_sinds is not None and mag_tabel_lezen(versie.traject, gebruiker),
    }


def is_vertrouwelijk(versie: Versie) -> bool:
    """Of het lezen van deze versie wordt vastgelegd: alles behalve een advies dat is uitgebracht."""
    return not (versie.soort == SoortVersie.VASTGESTELD and versie.traject.stap == Stap.AANGEBODEN)
