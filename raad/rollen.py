"""Wat een account in de raad is op een dag. Drie zoekvragen per persoon per dag."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from raad.enums import Geleding, SoortBenoeming
from raad.models import Benoeming, DagelijksBestuurslid, MinisterieVertegenwoordiger, OrganisatieContact, Persoon
from raad.models.tijdvak import geldt_op
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import Hoedanigheid


def hoedanigheden(gebruiker: Gebruiker, dag: date) -> set[Hoedanigheid]:
    """Raadslid, kroonlid, plaatsvervanger, DB-lid, ministerie, coördinator, of oud-lid vanaf de dag na het einde."""
    uit: set[Hoedanigheid] = set()
    zat_eerder = False
    for benoeming in Benoeming.objects.filter(persoon__gebruiker=gebruiker).select_related("zetel"):
        if benoeming.geldt(dag):
            uit |= _uit_benoeming(benoeming)
        elif benoeming.tot is not None and benoeming.tot <= dag:
            zat_eerder = True
    if zat_eerder and not uit:
        uit.add(Hoedanigheid(Rol.OUD_LID))
    buiten_de_zetel = Persoon.objects.filter(gebruiker=gebruiker).annotate(
        bestuur=Exists(DagelijksBestuurslid.objects.filter(geldt_op(dag), persoon=OuterRef("pk"))),
        ministerie=Exists(MinisterieVertegenwoordiger.objects.filter(geldt_op(dag), persoon=OuterRef("pk"))),
    )
    for bestuur, ministerie in buiten_de_zetel.values_list("bestuur", "ministerie"):
        uit |= {Hoedanigheid(Rol.DB_LID)} if bestuur else set()
        uit |= {Hoedanigheid(Rol.MINISTERIEEL_VERTEGENWOORDIGER, "raad")} if ministerie else set()
    organisaties = OrganisatieContact.objects.filter(geldt_op(dag), gebruiker=gebruiker)
    for pk in organisaties.values_list("organisatie_id", flat=True):
        uit.add(Hoedanigheid(Rol.ORGANISATIECOORDINATOR, f"organisatie:{pk}"))
    return uit


def _uit_benoeming(benoeming: Benoeming) -> set[Hoedanigheid]:
    zetel = benoeming.zetel
    organen = [f"geleding:{zetel.geleding}"]
    if zetel.organisatie_id:
        organen.append(f"organisatie:{zetel.organisatie_id}")
    if benoeming.soort == SoortBenoeming.PLAATSVERVANGER:
        return {Hoedanigheid(Rol.PLAATSVERVANGER, orgaan) for orgaan in organen}
    if benoeming.soort != SoortBenoeming.LID:
        return set()
    uit = {Hoedanigheid(Rol.RAADSLID, orgaan) for orgaan in organen}
    if zetel.geleding == Geleding.KROONLEDEN:
        uit.add(Hoedanigheid(Rol.KROONLID, "geleding:kroonleden"))
    return uit
