"""Wie wat mag en ziet waar het orakel niet kijkt: de staf in één tabel, niemand niets, en de randen van het zicht."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from adviezen import permissions
from adviezen.enums import Impactmoment, Kring, Stap
from adviezen.models import Aanbieding, Adviestraject, BeoogdeImpact, Deelname, Meelezer, Opmerking, Versie
from adviezen.models.blik import blik
from adviezen.models.zicht import Zichtbaar
from dialoog.permissions import mag_nieuwsupdate
from kern.tijd import nu, vandaag
from opvolging.permissions import mag_vastleggen, mag_vrijgeven
from publicatie.permissions import mag_scan
from raad.models import MinisterieVertegenwoordiger, Persoon
from termijnen import permissions as termijnen
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from vergaderingen import permissions as vergaderingen
from vergaderingen.enums import Orgaan
from vergaderingen.models import Agendapunt, Vergadering
from vernietiging.permissions import mag_beslissen

STAF = ["secretaris", "tweede", "raadssecretaris", "algemeen_secretaris", "communicatie"]
MENSEN = [*STAF, "beheerder", "buitenstaander"]
RAAD = ["raadssecretaris", "algemeen_secretaris"]


@pytest.mark.parametrize(
    ("mag", "wie"),
    [
        (permissions.mag_registreren, STAF),
        (lambda g: permissions.mag_voortraject(None, g), STAF),
        (permissions.mag_bureau_overdragen, RAAD),
        (lambda g: permissions.mag_parafen(Aanbieding(), g), [w for w in STAF if w != "algemeen_secretaris"]),
        (permissions.is_bestuurslid, []),
        (mag_scan, STAF),
        (mag_nieuwsupdate, ["algemeen_secretaris", "communicatie"]),
        (mag_vastleggen, STAF),
        (mag_vrijgeven, ["algemeen_secretaris"]),
        (lambda g: mag_beslissen(None, g), RAAD),
        (lambda g: termijnen.mag_wijzigen(None, g), STAF),
        (termijnen.mag_ladder, ["beheerder"]),
        (lambda g: termijnen.mag_afsluiten(None, g), MENSEN),
        (lambda g: vergaderingen.mag_voor_orgaan(Orgaan.RAAD, g), RAAD),
        (lambda g: vergaderingen.mag_voor_orgaan(Orgaan.WERKGROEP, g), ["secretaris", "tweede", *RAAD]),
    ],
)
def test_wie_van_de_staf_wat_mag(mag: Any, wie: list[str], wereld: Wereld, casts: dict[str, Cast]) -> None:
    antwoorden = {naam: mag(getattr(wereld, naam)) for naam in MENSEN}
    assert antwoorden == {naam: naam in wie for naam in MENSEN}  # ja of nee, en nooit None
    assert mag(AnonymousUser()) is False


def test_wie_geen_account_heeft_mag_en_ziet_niets(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Ook als er helemaal niemand is; alleen het portaal zelf sluit een termijn af zonder dat iemand dat doet."""
    deelname = casts[Stap.ACHTERBANBERAAD].deelname("FNV")
    assert permissions.mag_voor_organisatie(deelname, None) is False
    assert blik(None) is blik(AnonymousUser()) is None
    assert termijnen.mag_afsluiten(None, None) is True
    assert permissions.is_bestuurslid(wereld.account("FNV 1")) is True
    with pytest.raises(NotImplementedError):  # een model zonder eigen regel laat niets zien, maar faalt
        Zichtbaar(Adviestraject).zichtbaar_voor(wereld.secretaris)


HERROEPT = {
    "start_achterbanberaad": permissions.mag_beraad_herroepen,
    "open_nieuw_achterbanberaad": permissions.mag_nieuw_beraad_herroepen,
    "wijs_toe": permissions.mag_toewijzing_herroepen,
    "neem_niet_in_behandeling": permissions.mag_weigering_herroepen,
    "sluit_achterbanberaad": permissions.mag_sluiting_herroepen,
    "sluit_achterbanberaad_na_termijn": permissions.mag_sluiting_herroepen,
    "stuur_naar_raad": permissions.mag_verzending_herroepen,
    "bied_aan": permissions.mag_aanbieding_herroepen,
    "trek_in": permissions.mag_einde_herroepen,
    "beeindig": permissions.mag_einde_herroepen,
}


def test_herroepen_mag_wie_de_handeling_mocht_en_alleen_als_zij_de_laatste_was(
    wereld: Wereld, casts: dict[str, Cast]
) -> None:
    traject = Adviestraject.objects.get(pk=casts[Stap.CONCEPT].traject.pk)
    mochten = {
        "wijs_toe": {"secretaris", *RAAD},
        "neem_niet_in_behandeling": {"secretaris", *RAAD},
        "bied_aan": {"algemeen_secretaris"},
        "trek_in": {"secretaris", "algemeen_secretaris"},
        "beeindig": set(RAAD),
    }
    for laatste in [*HERROEPT, "stel_uit"]:
        traject.laatste_overgang = laatste
        for handeling, mag in HERROEPT.items():
            mogen = {naam for naam in MENSEN if mag(traject, getattr(wereld, naam))}
            verwacht = mochten.get(laatste, {"secretaris"}) if HERROEPT.get(laatste) is mag else set()
            assert mogen == verwacht, (laatste, handeling)


def test_wie_ziet_wat_een_advies_wil_bereiken(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Het secretariaat, het dagelijks bestuur en de leden van de eigen commissie; een ander lid van de raad niet."""
    cast = casts[Stap.CONCEPT]
    rij = BeoogdeImpact.objects.create(
        traject=cast.traject, moment=Impactmoment.INTAKE, beoogd="Minder wachten (voorbeeld).", door=cast.secretaris
    )
    mensen = {naam: getattr(wereld, naam) for naam in MENSEN}
    mensen |= {"lid": wereld.account("FNV 2"), "bestuur": wereld.account("FNV 1"), "raadslid": wereld.account("FNV 8")}
    zien = {naam for naam, wie in mensen.items() if BeoogdeImpact.objects.zichtbaar_voor(wie).filter(pk=rij.pk)}
    assert zien == {*STAF, "lid", "bestuur"}


def test_een_ministerie_in_de_raad_leest_wat_op_de_openbare_agenda_staat(
    wereld: Wereld, casts: dict[str, Cast]
) -> None:
    """Wet op de SER, artikel 28; een raadslid leest elk verzonden stuk van de raad."""
    cast, lid = casts[Stap.NAAR_RAAD], wereld.account("FNV 8")
    ministerie = bouw.maak_gebruiker("Van een ministerie")
    persoon = Persoon.objects.create(naam="Van een ministerie", sorteernaam="Ministerie", gebruiker=ministerie)
    MinisterieVertegenwoordiger.objects.create(persoon=persoon, ministerie="Proef (voorbeeld)", van=vandaag())
    agendering = bouw.bereid_behandeling_voor(cast)
    punten = Agendapunt.objects.filter(pk=agendering.agendapunt_id)
    zittingen = Vergadering.objects.filter(agendapunten__in=punten)

    def lezen(**zitting: Any) -> tuple[bool, bool]:
        zittingen.update(**zitting)
        versies = [Versie.objects.zichtbaar_voor(wie).filter(pk=agendering.versie_id) for wie in (lid, ministerie)]
        return versies[0].exists(), versies[1].exists()

    assert lezen(agenda_vanaf=nu() + timedelta(minutes=10)) == (False, False)
    assert lezen(agenda_vanaf=nu()) == (True, True)
    assert lezen(openbaar=False, besloten_reden="Personen (voorbeeld)") == (True, False)
    punten.update(vertrouwelijk=True)
    assert lezen(openbaar=True, besloten_reden="") == (True, False)


def test_een_meelezer_leest_alleen_in_de_eigen_ronde_en_bij_het_eigen_traject(
    wereld: Wereld, casts: dict[str, Cast]
) -> None:
    """Ook als er van hetzelfde traject een eerdere ronde is, en als hij als kroonlid meer witte versies leest."""
    cast, ander, kroonlid = casts[Stap.VERWERKING], casts[Stap.ACHTERBANBERAAD], wereld.account("Kroonlid 10")
    eerste = cast.deelname("FNV")
    bouw.naar_achterbanberaad(cast, "open_nieuw_achterbanberaad", reden="Tweede ronde (voorbeeld).")
    fnv = wereld.raad.organisaties["FNV"]
    Meelezer.objects.create(
        gebruiker=kroonlid, organisatie=fnv, traject=cast.traject, beraad=cast.beraad, van=vandaag(),
        toegelaten_door=wereld.raad.coordinatoren["FNV"], geheimhouding_op=nu(),
    )  # fmt: skip
    for beraad in (cast.beraad, ander.beraad):
        Opmerking.objects.create(
            versie=beraad.versie, tekst="x", kring=Kring.ORGANISATIE, organisatie=fnv, auteur=cast.secretaris
        )
    assert list(Deelname.objects.eigen(kroonlid)) == [cast.deelname("FNV")] != [eerste]
    assert [o.versie.traject for o in Opmerking.objects.zichtbaar_voor(kroonlid)] == [cast.traject]
    # Bij het andere traject toegelaten zonder de zwijgplicht te aanvaarden, en later gestopt: hij leest daar niets.
    elders = Meelezer.objects.create(
        gebruiker=kroonlid, organisatie=fnv, traject=ander.traject, beraad=ander.beraad, van=vandaag(),
        toegelaten_door=wereld.raad.coordinatoren["FNV"],
    )  # fmt: skip
    for feiten in ({}, {"geheimhouding_op": nu(), "tot": vandaag()}):
        Meelezer.objects.filter(pk=elders.pk).update(**feiten)
        assert [o.versie.traject for o in Opmerking.objects.zichtbaar_voor(kroonlid)] == [cast.traject]
    Meelezer.objects.filter(pk=elders.pk).update(tot=None)
    assert Opmerking.objects.zichtbaar_voor(kroonlid).count() == 2


def test_de_secretaris_van_de_commissie_mag_wat_de_eigenaar_mag(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Ook als iemand anders het traject op naam heeft; zonder commissie blijft alleen wie het op naam heeft."""
    traject = Adviestraject.objects.get(pk=casts[Stap.CONCEPT].traject.pk)
    traject.secretaris_id, traject.waarnemer_id = wereld.raadssecretaris.pk, None

    def mogen() -> set[str]:
        return {naam for naam in MENSEN if permissions.is_trajectsecretaris(traject, getattr(wereld, naam))}

    assert mogen() == {"secretaris", "raadssecretaris"}
    traject.waarnemer_id = wereld.tweede.pk
    assert mogen() == {"secretaris", "raadssecretaris", "tweede"}
    traject.commissie_id = None
    assert mogen() == {"raadssecretaris", "tweede"}


def test_voor_een_organisatie_schrijft_de_coordinator_of_de_contactpersoon(
    wereld: Wereld, casts: dict[str, Cast]
) -> None:
    """Een van beide is genoeg, en alleen bij de eigen organisatie."""
    deelname = casts[Stap.ACHTERBANBERAAD].deelname("FNV")
    coordinator, contact = wereld.raad.coordinatoren["FNV"], wereld.account("FNV 8")
    deelname.contact_id = contact.pk
    for wie, mag in ((coordinator, True), (contact, True), (wereld.raad.coordinatoren["CNV"], False)):
        assert permissions.mag_voor_organisatie(deelname, wie) is mag


@pytest.mark.parametrize(
    ("sleutel", "geledingen"),
    [("FNV 8", {"werknemers"}), ("plv FNV 8", {"werknemers"}), ("Kroonlid 3", {"kroonleden"})],
)
def test_een_geleding_volgt_uit_de_zetel(wereld: Wereld, sleutel: str, geledingen: set[str]) -> None:
    """Niet uit een ander orgaan waarin iemand zit, en niet uit een zetel die hij niet meer heeft."""
    wie = blik(wereld.account(sleutel))
    assert wie is not None
    assert wie.geledingen == geledingen
