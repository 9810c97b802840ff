"""Wie ziet wat, nog eens, traag en in gewoon Python: de tabel van ontwerp §5 regel voor regel nagelopen.

Staat los van `adviezen.models.zicht` en van `toegang.rollen`: het leest zelf benoemingen, commissieleden, contacten,
meelezers en groepen. De toets vergelijkt beide over willekeurige mensen.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from adviezen.models import Meelezer
from commissies.models import Commissielid
from kern.tijd import nu
from raad.models import Benoeming, DagelijksBestuurslid, MinisterieVertegenwoordiger, OrganisatieContact

LEDEN = {"voorzitter", "lid", "plaatsvervanger"}
MEEDENKERS = {"adviserend_lid", "waarnemer"}
MINISTERIE = {"ministerieel_vertegenwoordiger"}


def loopt(rij: Any, dag: date) -> bool:
    return rij.van <= dag and (rij.tot is None or dag < rij.tot)


@dataclass
class Mens:
    """De feiten over één persoon op één dag."""

    gebruiker: Any
    dag: date
    groepen: set[str] = field(default_factory=set)
    zetels: list[Any] = field(default_factory=list)
    lidmaatschappen: list[Any] = field(default_factory=list)
    contacten: set[int] = field(default_factory=set)
    meelezingen: set[tuple[int, int]] = field(default_factory=set)  # (traject, organisatie)
    meelees_ronden: set[tuple[int, int]] = field(default_factory=set)  # (beraad, organisatie)
    bestuurslid: bool = False
    voor_ministerie_in_raad: bool = False
    in_een_commissie: bool = False

    @classmethod
    def lees(cls, gebruiker: Any, dag: date) -> "Mens":
        mens = cls(gebruiker, dag)
        mens.groepen = set(gebruiker.groups.values_list("name", flat=True))
        for rij in Benoeming.objects.filter(persoon__gebruiker=gebruiker).select_related("zetel"):
            if loopt(rij, dag) and rij.soort in ("lid", "plaatsvervanger"):
                mens.zetels.append(rij)
        for rij in Commissielid.objects.filter(persoon__gebruiker=gebruiker):
            if loopt(rij, dag):
                mens.in_een_commissie = True
                if rij.rol != "secretaris":
                    mens.lidmaatschappen.append(rij)
        for rij in OrganisatieContact.objects.filter(gebruiker=gebruiker):
            if loopt(rij, dag):
                mens.contacten.add(rij.organisatie_id)
        for rij in Meelezer.objects.filter(gebruiker=gebruiker).select_related("beraad"):
            if loopt(rij, dag) and rij.geheimhouding_op is not None and rij.beraad.gesloten_op is None:
                mens.meelezingen.add((rij.traject_id, rij.organisatie_id))
                mens.meelees_ronden.add((rij.beraad_id, rij.organisatie_id))
        bestuur = DagelijksBestuurslid.objects.filter(persoon__gebruiker=gebruiker)
        mens.bestuurslid = any(loopt(rij, dag) for rij in bestuur)
        ministerie = MinisterieVertegenwoordiger.objects.filter(persoon__gebruiker=gebruiker)
        mens.voor_ministerie_in_raad = any(loopt(rij, dag) for rij in ministerie)
        return mens

    @property
    def staf(self) -> bool:
        return bool(self.groepen - {"beheerder"})

    @property
    def kroonlid(self) -> bool:
        return any(b.soort == "lid" and b.zetel.geleding == "kroonleden" for b in self.zetels)

    @property
    def plaatsvervangend_kroonlid(self) -> bool:
        return any(b.soort == "plaatsvervanger" and b.zetel.geleding == "kroonleden" for b in self.zetels)

    @property
    def raad_of_waarnemer(self) -> bool:
        """Raadsleden, plaatsvervangers en waarnemers (ook die van een ministerie)."""
        return bool(self.zetels) or any(r.rol in {"waarnemer"} | MINISTERIE for r in self.lidmaatschappen)

    def in_commissie(self, traject: Any, rollen: set[str]) -> bool:
        return any(r.commissie_id == traject.commissie_id and r.rol in rollen for r in self.lidmaatschappen)

    def van_organisatie(self, organisatie: int, traject: Any, beraad: Any = None) -> bool:
        """Bij een ronde telt alleen wie in die ronde meeleest."""
        leest = (
            (traject.pk, organisatie) in self.meelezingen
            if beraad is None
            else (beraad.pk, organisatie) in self.meelees_ronden
        )
        if organisatie in self.contacten or leest:
            return True
        if any(b.zetel.organisatie_id == organisatie for b in self.zetels):
            return True
        return any(
            r.commissie_id == traject.commissie_id and r.rol in LEDEN and r.organisatie_id == organisatie
            for r in self.lidmaatschappen
        )

    def van_geleding(self, geleding: str, traject: Any) -> bool:
        if any(b.zetel.geleding == geleding for b in self.zetels):
            return True
        return any(
            r.commissie_id == traject.commissie_id and r.rol in LEDEN and r.geleding == geleding
            for r in self.lidmaatschappen
        )


def ziet_aanvraag(mens: Mens, aanvraag: Any) -> bool:
    """Iedereen met een account; wie niets (meer) is alleen wat openbaar is."""
    functies = mens.groepen or mens.zetels or mens.contacten or mens.meelezingen or mens.bestuurslid
    if functies or mens.voor_ministerie_in_raad or mens.in_een_commissie:
        return True
    return aanvraag.niet_openbaar_grond == ""


def ziet_bestuursstuk(mens: Mens, stuk: Any) -> bool:
    return mens.staf or mens.bestuurslid


def ziet_versie(mens: Mens, versie: Any) -> bool:
    traject = versie.traject
    if mens.staf or mens.in_commissie(traject, LEDEN | MEEDENKERS | MINISTERIE):
        return True
    if versie.soort == "wit":
        if mens.kroonlid or mens.plaatsvervangend_kroonlid:
            return True
        for beraad in versie.beraden.all():
            if beraad.geopend_op is None:
                continue
            for deelname in beraad.deelnames.all():
                raadslid = any(
                    b.soort == "lid" and b.zetel.organisatie_id == deelname.organisatie_id for b in mens.zetels
                )
                if raadslid or deelname.organisatie_id in mens.contacten:
                    return True
                if deelname.contact_id == mens.gebruiker.pk and any(
                    b.zetel.organisatie_id == deelname.organisatie_id for b in mens.zetels
                ):
                    return True  # ook als plaatsvervanger; wie er niet meer werkt niet
                if (beraad.pk, deelname.organisatie_id) in mens.meelees_ronden:
                    return True
    if versie.soort == "groen":
        if mens.kroonlid:
            return True
        for agendering in versie.agenderingen.all():
            punt, zitting = agendering.agendapunt, agendering.agendapunt.vergadering
            verzonden = zitting.agenda_vanaf is not None and zitting.agenda_vanaf <= nu()
            if verzonden and zitting.orgaan == "raad" and zitting.status != "gepland" and not punt.vervallen_reden:
                op_openbare_agenda = zitting.openbaar and not punt.vertrouwelijk
                if mens.raad_of_waarnemer or (mens.voor_ministerie_in_raad and op_openbare_agenda):
                    return True
    if versie.soort == "vastgesteld" and mens.raad_of_waarnemer:
        return versie.vastgesteld_in.orgaan == "raad" or traject.stap == "aangeboden"
    return False


def ziet_opmerking(mens: Mens, opmerking: Any) -> bool:
    if opmerking.auteur_id == mens.gebruiker.pk:
        return True
    if opmerking.kring == "prive" or not ziet_versie(mens, opmerking.versie):
        return False
    traject = opmerking.versie.traject
    if opmerking.antwoord_op is not None and opmerking.antwoord_op.auteur_id == mens.gebruiker.pk:
        return True  # wie iets vraagt, leest het antwoord
    if opmerking.kring == "secretariaat":
        return mens.staf
    if opmerking.kring == "commissie":
        return mens.staf or mens.in_commissie(traject, LEDEN | MEEDENKERS)
    if opmerking.kring == "organisatie":
        return mens.van_organisatie(opmerking.organisatie_id, traject)
    return mens.van_geleding(opmerking.geleding, traject)


def ziet_voorlopig(mens: Mens, standpunt: Any) -> bool:
    """Het eigen altijd; van een ander alleen het laatste bij die versie, als het gedeeld is."""
    if standpunt.gebruiker_id == mens.gebruiker.pk:
        return True
    alle = [s for s in standpunt.versie.voorlopige_standpunten.all() if s.gebruiker_id == standpunt.gebruiker_id]
    if standpunt.pk != max(s.pk for s in alle) or not ziet_versie(mens, standpunt.versie):
        return False
    if standpunt.gedeeld_met == "commissie":
        return mens.staf or mens.in_commissie(standpunt.versie.traject, LEDEN | MEEDENKERS)
    return bool(standpunt.gedeeld_met == "secretariaat" and mens.staf)


def eigen_deelname(mens: Mens, deelname: Any) -> bool:
    if deelname.beraad.geopend_op is None:
        return False
    return mens.van_organisatie(deelname.organisatie_id, deelname.beraad.traject, deelname.beraad)


def ziet_deelname(mens: Mens, deelname: Any) -> bool:
    return mens.staf or mens.in_commissie(deelname.beraad.traject, LEDEN) or eigen_deelname(mens, deelname)


def ziet_beraad(mens: Mens, beraad: Any) -> bool:
    if mens.staf or mens.in_commissie(beraad.traject, LEDEN | MEEDENKERS | MINISTERIE):
        return True
    return any(eigen_deelname(mens, d) for d in beraad.deelnames.all())


def ziet_reactie(mens: Mens, reactie: Any) -> bool:
    if eigen_deelname(mens, reactie.deelname):
        return True
    if any(m.status != "afgewezen" and eigen_deelname(mens, m.deelname) for m in reactie.mede.all()):
        return True  # gevraagd om mee te tekenen
    if reactie.status == "concept":
        return False
    beraad = reactie.deelname.beraad
    if mens.staf or mens.in_commissie(beraad.traject, LEDEN):
        return True
    if beraad.reacties_opengesteld_op is not None:
        return mens.in_commissie(beraad.traject, MEEDENKERS | MINISTERIE)
    return False


def ziet_item(mens: Mens, item: Any) -> bool:
    return ziet_reactie(mens, item.reactie) or (mens.kroonlid and item.reactie.status == "ingediend")


def ziet_verwerking(mens: Mens, verwerking: Any) -> bool:
    deelname = verwerking.item.reactie.deelname
    if mens.staf or mens.kroonlid or mens.in_commissie(deelname.beraad.traject, LEDEN):
        return True
    return verwerking.vastgesteld_in_id is not None and eigen_deelname(mens, deelname)


def ziet_notitie(mens: Mens, notitie: Any) -> bool:
    return eigen_deelname(mens, notitie.deelname)


def ziet_knelpunt(mens: Mens, knelpunt: Any) -> bool:
    return mens.staf or eigen_deelname(mens, knelpunt.deelname)


def ziet_knelpuntbericht(mens: Mens, bericht: Any) -> bool:
    return ziet_knelpunt(mens, bericht.knelpunt)


def ziet_indiening(mens: Mens, indiening: Any) -> bool:
    return eigen_deelname(mens, indiening.reactie.deelname)


def ziet_mede(mens: Mens, mede: Any) -> bool:
    if eigen_deelname(mens, mede.deelname) or eigen_deelname(mens, mede.reactie.deelname):
        return True
    traject = mede.reactie.deelname.beraad.traject
    return mede.reactie.status == "ingediend" and (mens.staf or mens.in_commissie(traject, LEDEN))


def ziet_meelezer(mens: Mens, meelezer: Any) -> bool:
    if meelezer.gebruiker_id == mens.gebruiker.pk:
        return True
    deelnames = meelezer.beraad.deelnames.all()
    return any(eigen_deelname(mens, d) for d in deelnames if d.organisatie_id == meelezer.organisatie_id)


def ziet_inspraak(mens: Mens, inspraak: Any) -> bool:
    if mens.staf or mens.kroonlid or mens.plaatsvervangend_kroonlid:
        return True
    return mens.in_commissie(inspraak.traject, LEDEN | MEEDENKERS)


def ziet_gehoorde(mens: Mens, gehoorde: Any) -> bool:
    return ziet_inspraak(mens, gehoorde.inspraak)


def ziet_kroonledenstuk(mens: Mens, stuk: Any) -> bool:
    return mens.staf or mens.kroonlid or mens.plaatsvervangend_kroonlid


def ziet_nota(mens: Mens, nota: Any) -> bool:
    if mens.staf or any(lid.gebruiker_id == mens.gebruiker.pk for lid in nota.leden.all()):
        return True
    traject = nota.agendering.traject
    if traject.stap not in ("aanbieding", "aangeboden"):
        return False
    return mens.raad_of_waarnemer or mens.in_commissie(traject, LEDEN | MEEDENKERS | MINISTERIE)


def ziet_traject(mens: Mens, traject: Any) -> bool:
    if mens.staf or mens.in_commissie(traject, LEDEN | MEEDENKERS | MINISTERIE):
        return True
    if mens.bestuurslid and traject.stap != "aanvraag":
        return True
    met_commissie = {
        "concept",
        "achterbanberaad",
        "verwerking",
        "naar_raad",
        "vaststelling",
        "aanbieding",
        "aangeboden",
    }
    if (mens.kroonlid or mens.plaatsvervangend_kroonlid) and traject.stap in met_commissie:
        return True
    if any(ziet_versie(mens, v) for v in traject.versies.all()):
        return True
    return any(eigen_deelname(mens, d) for b in traject.beraden.all() for d in b.deelnames.all())
