"""Benoemen, aanvaarden, bekendmaken en beëindigen; voorzitters en dagelijks bestuur."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from kern.fouten import InvoerFout
from kern.tijd import datum_nl, vandaag
from logboek.actions import leg_vast
from raad import regels
from raad.actions.hulp import controleer_einde, leg_tijdvak_vast, zet_einde
from raad.enums import SoortBenoeming
from raad.models import Benoeming, DagelijksBestuurslid, Persoon, Voorzitterschap, Zetel
from raad.termijn import ACCEPTATIE
from raad.weigering import eis_tijdvak, in_een_keer
from termijnen.actions import laat_vervallen, open_termijn, voldoe
from termijnen.enums import Status
from termijnen.models import Termijn
from termijnen.queries import laatste
from termijnen.regels import vervaldatum
from toegang.models import Gebruiker
from toegang.rollen import is_medewerker


def benoem(
    *,
    persoon: Persoon,
    zetel: Zetel,
    soort: str,
    van: date,
    door: Gebruiker | None,
    tot: date | None = None,
    meegedeeld_op: date | None = None,
    aanvaard_op: date | None = None,
    bekendgemaakt_op: date | None = None,
    bekendmaking: str = "",
    bron: str = "",
    opmerking: str = "",
) -> Benoeming:
    """Benoem iemand in een zetel en geef de benoeming terug.

    Zonder `tot` loopt zij tot het einde van de zetel: wie tussentijds komt, maakt de tijd van de voorganger vol
    (regel 3). Met `meegedeeld_op` en zonder `aanvaard_op` begint de termijn van drie weken om te aanvaarden (regel 4).
    Werpt InvoerFout bij een bezette zetel, een tweede zetel, data buiten de zetel, of een aanvaarding die nog komt of
    buiten de termijn viel.
    """
    tot = tot or zetel.tot
    eis_tijdvak(van, tot)
    if soort == SoortBenoeming.LID and zetel.bijzonder and not (bron or opmerking):
        opmerking = f"ambtshalve, {zetel.get_bijzonder_display()}"
    if aanvaard_op is not None:
        uiterlijk = _uiterlijk(meegedeeld_op) if meegedeeld_op is not None else None
        _eis_dag_van_aanvaarding("aanvaard_op", aanvaard_op, meegedeeld_op, uiterlijk)
    with in_een_keer(regels.BENOEMING, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        _eis_geen_onverenigbaar_ambt("persoon", persoon, van, tot)
        benoeming = Benoeming.objects.create(
            persoon=persoon,
            zetel=zetel,
            soort=soort,
            van=van,
            tot=tot,
            meegedeeld_op=meegedeeld_op,
            aanvaard_op=aanvaard_op,
            bekendgemaakt_op=bekendgemaakt_op,
            bekendmaking=bekendmaking,
            bron=bron,
            opmerking=opmerking,
        )
        leg_tijdvak_vast("raad.benoem", benoeming, door, persoon, zetel=zetel.pk, rol=soort)
        if meegedeeld_op is not None and aanvaard_op is None:
            open_termijn(soort=ACCEPTATIE, object=benoeming, basis=meegedeeld_op, door=door)
    return benoeming


def _eis_geen_onverenigbaar_ambt(veld: str, persoon: Persoon, van: date, tot: date | None) -> None:
    """Weiger wie in die tijd een onverenigbaar ambt heeft (regel 5), en wie met een stafrol bij de SER werkt."""
    if is_medewerker(persoon.gebruiker):
        raise InvoerFout(
            veld, f"{persoon.naam} werkt bij het secretariaat van de SER; dat gaat niet samen met een zetel in de raad."
        )
    ambten = persoon.nevenfuncties.exclude(onverenigbaar="").exclude(tot__lte=van)
    ambt = (ambten.filter(van__lt=tot) if tot else ambten).first()
    if ambt is not None:
        raise InvoerFout(
            veld,
            f"{persoon.naam} is vanaf {datum_nl(ambt.van)} {ambt.get_onverenigbaar_display()}; dat gaat niet samen met "
            "een zetel in de raad.",
        )


def _uiterlijk(meegedeeld_op: date) -> date:
    """Geef de laatste dag om te aanvaarden, zoals de termijn die zou bewaken."""
    return vervaldatum(ACCEPTATIE, meegedeeld_op, weekend_verschuiven=bool(settings.TERMIJN_WEEKEND_VERSCHUIVEN))


def _eis_dag_van_aanvaarding(veld: str, op: date, meegedeeld_op: date | None, uiterlijk: date | None) -> None:
    """Weiger een aanvaarding die nog komt, of buiten de termijn van drie weken viel (regel 4)."""
    if op > vandaag():
        raise InvoerFout(veld, "Deze datum moet nog komen.")
    if meegedeeld_op is not None and op < meegedeeld_op:
        raise InvoerFout(veld, "Aanvaarden kan pas nadat de benoeming is meegedeeld.")
    if uiterlijk is not None and op > uiterlijk:
        raise InvoerFout(
            veld, f"Aanvaarden kon tot en met {datum_nl(uiterlijk)}. De benoeming geldt als afgewezen."
        )  # fmt: skip


def leg_aanvaarding_vast(*, benoeming: Benoeming, op: date, verklaring: bool, door: Gebruiker | None) -> Benoeming:
    """Leg vast dat het lid schriftelijk heeft aanvaard; na de termijn geldt de benoeming als afgewezen (regel 4).

    Zonder ondertekende verklaring (benoembaar, geen onverenigbaar ambt) is er niet aanvaard: InvoerFout("verklaring").
    """
    if not verklaring:
        raise InvoerFout("verklaring", "Aanvaarden gaat met een ondertekende verklaring. Wacht tot die er is.")
    with in_een_keer({}, slot=regels.SLOT):
        benoeming = Benoeming.objects.select_for_update().get(pk=benoeming.pk)
        termijn = _open_acceptatie(benoeming)
        if benoeming.aanvaard_op is not None:
            raise InvoerFout("op", "Deze benoeming is al aanvaard.")
        if _is_afgesloten(benoeming):
            raise InvoerFout("op", "Deze benoeming is afgewezen of beëindigd voor zij was aanvaard.")
        _eis_dag_van_aanvaarding("op", op, benoeming.meegedeeld_op, termijn.vervalt_op if termijn else None)
        benoeming.aanvaard_op = op
        benoeming.save(update_fields=["aanvaard_op"])
        if termijn is not None:
            voldoe(termijn=termijn, door=door, op=op)
        _eis_geen_onverenigbaar_ambt("verklaring", benoeming.persoon, benoeming.van, benoeming.tot)
        leg_vast(soort="raad.leg_aanvaarding_vast", object=benoeming.persoon, door=door, gegevens={"op": str(op)})
    return benoeming


def maak_bekend(
    *, benoemingen: Sequence[Benoeming], op: date, vindplaats: str, door: Gebruiker | None
) -> list[Benoeming]:
    """Leg vast dat deze aanvaardingen zijn bekendgemaakt (Staatscourant) en geef ze terug; alle of geen.

    Werpt InvoerFout("op") bij een dag die nog komt of voor de aanvaarding ligt, InvoerFout("vindplaats" of
    "benoemingen") als die leeg zijn, of als een van hen niet heeft aanvaard.
    """
    if not benoemingen:
        raise InvoerFout("benoemingen", "Kies wie er in deze bekendmaking staan.")
    if not vindplaats.strip():
        raise InvoerFout("vindplaats", "Noem de vindplaats, bijvoorbeeld het nummer van de Staatscourant.")
    if op > vandaag():
        raise InvoerFout("op", "Deze datum moet nog komen.")
    with in_een_keer({}, slot=regels.SLOT):
        rijen = list(
            Benoeming.objects.select_for_update(of=("self",))
            .select_related("persoon")
            .filter(pk__in=[b.pk for b in benoemingen])
            .order_by("pk")
        )
        for rij in rijen:
            if rij.aanvaard_op is None or rij.bekendgemaakt_op is not None:
                raise InvoerFout(
                    "benoemingen", f"{rij.persoon.naam} heeft niet aanvaard, of staat al in een bekendmaking."
                )
            if op < rij.aanvaard_op:
                raise InvoerFout("op", f"{rij.persoon.naam} aanvaardde pas op {datum_nl(rij.aanvaard_op)}.")
            rij.bekendgemaakt_op, rij.bekendmaking = op, vindplaats.strip()[:200]
            rij.save(update_fields=["bekendgemaakt_op", "bekendmaking"])
            leg_vast(
                soort="raad.maak_bekend", object=rij.persoon, door=door,
                gegevens={"op": str(op), "vindplaats": rij.bekendmaking, "benoeming": rij.pk},
            )  # fmt: skip
    return rijen


def stel_afwijzing_vast(*, benoeming: Benoeming, reden: str, door: Gebruiker | None) -> None:
    """Leg vast dat iemand de benoeming niet aanvaardde.

    Ging zij nog niet in, dan is er nooit een lid geweest en verdwijnt de rij (het logboek houdt wat er stond);
    anders eindigt zij vandaag. Werpt InvoerFout als de benoeming al is aanvaard.
    """
    with in_een_keer(regels.BENOEMING | regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        benoeming = Benoeming.objects.select_for_update().get(pk=benoeming.pk)
        if benoeming.aanvaard_op is not None:
            raise InvoerFout("reden", "Deze benoeming is al aanvaard. Beëindig haar als het lid vertrekt.")
        if not reden.strip():
            raise InvoerFout("reden", "Geef een reden, bijvoorbeeld: niet binnen drie weken aanvaard.")
        termijn = _open_acceptatie(benoeming)
        if termijn is not None:
            laat_vervallen(termijn=termijn, reden=reden, door=door)
        if benoeming.van < vandaag():
            beeindig_benoeming(benoeming=benoeming, per=vandaag(), reden=reden, door=door)
            return
        zetel, rol = benoeming.zetel_id, benoeming.soort
        leg_tijdvak_vast("raad.stel_afwijzing_vast", benoeming, door, benoeming.persoon, reden, zetel=zetel, rol=rol)
        benoeming.delete()


def _open_acceptatie(benoeming: Benoeming) -> Termijn | None:
    termijn = laatste(benoeming, ACCEPTATIE)
    return termijn if termijn is not None and termijn.status in {Status.OPEN, Status.GEPAUZEERD} else None


def _is_afgesloten(benoeming: Benoeming) -> bool:
    """Geef of deze benoeming eindigde terwijl de termijn om te aanvaarden nog liep."""
    termijn = laatste(benoeming, ACCEPTATIE)
    voorbij = benoeming.tot is not None and benoeming.tot <= vandaag()
    return voorbij and termijn is not None and termijn.status == Status.VERVALLEN


def beeindig_benoeming(*, benoeming: Benoeming, per: date, reden: str, door: Gebruiker | None) -> Benoeming:
    """Beëindig een benoeming: `per` is de eerste dag dat iemand geen lid of plaatsvervanger meer is.

    Voorzitterschap en dagelijks bestuur eindigen mee; de plaatsvervanger van de zetel blijft (SER-Wijzer 8).
    Bij een onverenigbare functie is `per` de dag waarop die begint (regel 5).
    """
    with in_een_keer(regels.BENOEMING | regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        benoeming = Benoeming.objects.select_for_update().get(pk=benoeming.pk)
        controleer_einde(benoeming, per, reden)
        if (termijn := _open_acceptatie(benoeming)) is not None:
            laat_vervallen(termijn=termijn, reden=reden, door=door)
        if benoeming.soort == SoortBenoeming.LID:
            for model in (Voorzitterschap, DagelijksBestuurslid):
                for rij in model.objects.filter(persoon=benoeming.persoon, van__lt=benoeming.tot or date.max):
                    if rij.van >= per:
                        raise InvoerFout("per", "Beëindig eerst de functie die na deze datum begint.")
                    if rij.tot is None or rij.tot > per:
                        zet_einde(rij, per, reden, door)
        zet_einde(benoeming, per, reden, door)
    return benoeming


def kies_voorzitter(
    *, persoon: Persoon, functie: str, van: date, door: Gebruiker | None, tot: date | None = None
) -> Voorzitterschap:
    """Leg een (plaatsvervangend) voorzitter vast; zonder `tot` tot het einde van de benoeming als lid.

    Werpt InvoerFout als de persoon geen lid is, de voorzitter geen kroonlid, of twee uit dezelfde geleding komen
    (regels 6 en 7).
    """
    with in_een_keer(regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        tot = tot or _einde_als_lid(persoon, van)
        eis_tijdvak(van, tot)
        rij = Voorzitterschap.objects.create(persoon=persoon, functie=functie, van=van, tot=tot)
        leg_tijdvak_vast("raad.kies_voorzitter", rij, door, persoon, rol=functie)
    return rij


def benoem_db_lid(
    *, persoon: Persoon, van: date, door: Gebruiker | None, tot: date | None = None
) -> DagelijksBestuurslid:
    """Leg een lid van het dagelijks bestuur vast; ten hoogste het aantal per geleding van de periode (regel 8)."""
    with in_een_keer(regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        tot = tot or _einde_als_lid(persoon, van)
        eis_tijdvak(van, tot)
        rij = DagelijksBestuurslid.objects.create(persoon=persoon, van=van, tot=tot)
        leg_tijdvak_vast("raad.benoem_db_lid", rij, door, persoon)
    return rij


def beeindig_functie(
    *, rij: Voorzitterschap | DagelijksBestuurslid, per: date, reden: str, door: Gebruiker | None
) -> None:
    """Beëindig een voorzitterschap of een plaats in het dagelijks bestuur per een dag, met een reden."""
    with in_een_keer(regels.BESTUUR, regels.UITGESTELD_BESTUUR, slot=regels.SLOT):
        rij = type(rij).objects.select_for_update().get(pk=rij.pk)
        controleer_einde(rij, per, reden)
        zet_einde(rij, per, reden, door)


def _einde_als_lid(persoon: Persoon, van: date) -> date | None:
    lid = persoon.benoemingen.filter(soort=SoortBenoeming.LID, van__lte=van).order_by("-van").first()
    if lid is None or not lid.geldt(van):
        raise InvoerFout("persoon", "Deze persoon is op die dag geen lid van de raad.")
    return lid.tot
