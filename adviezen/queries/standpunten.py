"""Wie bij een agendapunt stemt, en wat de vaste woorden zijn bij een verdeling; voor scherm en handeling gelijk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from adviezen import standpunten
from adviezen.enums import Uitkomst
from adviezen.models import Adviestraject, Agendering, OpvattingRij, Registratie
from kern import componenten
from raad.enums import Geleding
from vergaderingen.queries import Stem, stemmen_bij


@dataclass(frozen=True)
class Stemmer:
    """Eén stem bij dit punt: de zetel, wie haar uitbrengt, en waar zij bij hoort."""

    zetel_pk: int
    persoon_pk: int
    naam: str
    geleding: Geleding
    organisatie: str
    lid: standpunten.Lid

    @property
    def groep(self) -> str:
        """De organisatie, of de geleding voor wie er geen heeft."""
        return self.organisatie or self.geleding.label


def stemmers(agendering: Agendering) -> list[Stemmer]:
    """Geef wie bij dit agendapunt stemt, op geleding, organisatie en zetel: alleen zij kunnen een opvatting steunen."""
    punt = agendering.agendapunt
    lijst = [_stemmer(stem) for stem in stemmen_bij(punt.vergadering, punt) if stem.zetel is not None]
    volgorde = list(standpunten.VOLGORDE)
    return sorted(lijst, key=lambda s: (volgorde.index(s.geleding), s.organisatie == "", s.organisatie))


def _stemmer(stem: Stem) -> Stemmer:
    zetel = stem.zetel
    assert zetel is not None  # noqa: S101 - stemmers() laat stemmen zonder zetel weg
    organisatie = zetel.organisatie
    geleding = Geleding(zetel.geleding)
    lid = standpunten.Lid(
        naam=stem.persoon.naam,
        geleding=geleding,
        organisatie=organisatie.met_lidwoord if organisatie is not None else None,
        zetel=zetel.pk,
    )
    return Stemmer(zetel.pk, stem.persoon.pk, stem.persoon.naam, geleding, organisatie.naam if organisatie else "", lid)


@dataclass(frozen=True)
class Verdeling:
    """Een opvatting met de zetels die haar steunen."""

    tekst: str
    zetels: frozenset[int]


def bereken(
    aanwezig: Collection[Stemmer], verdeling: Sequence[Verdeling], *, marge: int = 4
) -> standpunten.Registratie:
    """Geef aanduiding en voetnoot per opvatting (adviezen.standpunten). Werpt ValueError met de naam."""
    per_zetel = {s.zetel_pk: s.lid for s in aanwezig}
    return standpunten.registreer(
        list(per_zetel.values()),
        [
            standpunten.Opvatting(str(plaats), frozenset(per_zetel[z] for z in deel.zetels))
            for plaats, deel in enumerate(verdeling)
        ],
        marge=marge,
    )


def op_scherm(registratie: Registratie, aanwezig: Collection[Stemmer]) -> componenten.Standpunten:
    """Geef een vastgelegde registratie voor de bouwsteen Standpunten."""
    per_zetel = {s.zetel_pk: s for s in aanwezig}
    return componenten.Standpunten(
        opvattingen=[_opvatting(rij, per_zetel) for rij in registratie.opvattingen.all()],
        passage=registratie.passage,
        aanwezig=len(per_zetel),
    )


def _opvatting(rij: OpvattingRij, per_zetel: dict[int, Stemmer]) -> componenten.Opvatting:
    steun = []
    for s in rij.steun.all():
        stemmer = per_zetel.get(s.zetel_id)
        if stemmer is not None:
            steun.append(componenten.Steun(stemmer.geleding.value, stemmer.organisatie, stemmer.naam))
        else:
            # Wie zich later van dit punt onthield: ook dan staat bij een organisatie haar naam, en niet de zijne.
            organisatie = s.zetel.organisatie
            naam = organisatie.naam if organisatie is not None else ""
            steun.append(componenten.Steun(s.zetel.geleding, naam, s.persoon.naam))
    return componenten.Opvatting(tekst=rij.tekst, zin=rij.aanduiding, steun=steun, voetnoot=rij.voetnoot)


def registraties(agendering: Agendering) -> list[Registratie]:
    """Geef de vastgelegde passages met opvattingen en steun, in een vast aantal zoekvragen."""
    return list(
        agendering.registraties.prefetch_related(
            "opvattingen__steun__persoon", "opvattingen__steun__zetel__organisatie"
        ).order_by("volgorde", "pk")
    )


def achterhaald(agendering: Agendering) -> list[str]:
    """Geef per verdeelde passage welke woorden er nu zouden staan, als de presentielijst sinds het vastleggen wijzigde.

    De drempel van "de raad" en een volledige geleding hangen af van wie er stemt (regels 34 en 36). Het is een
    waarschuwing: wie na de behandeling binnenkwam, hoort er niet bij. Eigen woorden van de secretaris blijven.
    """
    per_zetel = {s.zetel_pk: s for s in stemmers(agendering)}
    uit = []
    for registratie in registraties(agendering):
        rijen = list(registratie.opvattingen.all())
        deling = [Verdeling(o.tekst, frozenset(s.zetel_id for s in o.steun.all()) & per_zetel.keys()) for o in rijen]
        if len(rijen) < 2 or not all(deel.zetels for deel in deling):
            continue
        delen = bereken(per_zetel.values(), deling, marge=registratie.marge).delen
        vast = [(o.aanduiding, o.voetnoot) for o, deel in zip(rijen, delen, strict=True) if not _eigen(o, deel)]
        if vast != [(d.aanduiding, d.voetnoot) for o, d in zip(rijen, delen, strict=True) if not _eigen(o, d)]:
            nieuw = "; ".join(f"{deel.aanduiding} ({deel.voetnoot})" for deel in delen)
            uit.append(f"Sinds “{registratie}” is vastgelegd, wijzigde wie er stemt. Nu zou er staan: {nieuw}.")
    return uit


def _eigen(rij: OpvattingRij, deel: standpunten.Deel) -> bool:
    return rij.aangepast and deel.voorstel


def openbare_standpunten(traject: Adviestraject) -> list[dict[str, Any]]:
    """Geef per passage waarover de raad verdeeld was wie wat vond, als JSON bij de publicatie van het advies.

    Dit is wat in de tekst zelf staat (de opvattingen met hun voetnoten, SER-Wijzer 20), en niet meer: wie namens een
    organisatie zit wordt naar haar genoemd, alleen kroonleden met hun naam, en een passage
    waarover ieder hetzelfde dacht staat er niet bij. Zonder vaststelling door de raad is de lijst leeg.
    """
    agendering = traject.agenderingen.filter(uitkomst=Uitkomst.VASTGESTELD).order_by("-pk").first()
    if agendering is None:
        return []
    aanwezig = stemmers(agendering)
    getoond = [(r.blok, op_scherm(r, aanwezig)) for r in registraties(agendering)]
    return [
        {
            "passage": kaart.passage,
            "blok": blok,
            "opvattingen": [
                {
                    "aanduiding": o.zin,
                    "tekst": o.tekst,
                    "voetnoot": o.voetnoot,
                    "steun": [
                        {"geleding": s.geleding, "organisatie": s.organisatie, "naam": "" if s.organisatie else s.naam}
                        for s in o.steun
                    ],
                }
                for o in kaart.opvattingen
            ],
        }
        for blok, kaart in getoond
        if len(kaart.opvattingen) > 1
    ]
