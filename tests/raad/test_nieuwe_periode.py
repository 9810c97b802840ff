"""De wisseling op 1 april: voorstellen, nagaan, alles in één keer of niets; bekendmaken en nevenfuncties."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kern.fouten import InvoerFout
from raad import actions, queries
from raad.enums import Ambt, Geleding, SoortBenoeming, Voorzittersfunctie
from raad.indeling import Keuze, Plek, Zetels, Zittend, controleer, plekken, voorstel
from raad.models import Benoeming, Nevenfunctie, Zittingsperiode
from raad.termijn import EINDE_PERIODE
from tests.gezicht.hulp import zonder_plek
from tests.raad.conftest import TOT, VAN, Raad
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft

pytestmark = pytest.mark.usefixtures("op_een_vaste_dag")

LID, PLV = SoortBenoeming.LID, SoortBenoeming.PLAATSVERVANGER
OND, KROON, WERK = Geleding.ONDERNEMERS, Geleding.KROONLEDEN, Geleding.WERKNEMERS


def zittend(persoon: int, plek: Plek, soort: SoortBenoeming = LID) -> Zittend:
    return Zittend(persoon, f"Lid {persoon}", soort, plek.groep, plek.geleding)


def test_het_voorstel_herbenoemt_op_zetelnummer_en_laat_over_wat_overschiet() -> None:
    oud = plekken([Zetels(OND, 3), Zetels(KROON, 1), Zetels(KROON, 1, bijzonder="dnb"), Zetels(WERK, 3)])
    nu = [zittend(10 + p.nummer, p) for p in oud] + [zittend(50, oud[0], PLV)]
    nieuw = plekken([Zetels(OND, 2), Zetels(KROON, 2), Zetels(KROON, 1, bijzonder="dnb"), Zetels(WERK, 4)])
    assert voorstel(nieuw, nu) == [
        *(Keuze(n, LID, p) for n, p in ((1, 11), (2, 12), (3, 14), (5, 15), (6, 16), (7, 17), (8, 18))),
        Keuze(1, PLV, 50),
    ]  # fmt: skip


def test_de_controle_noemt_fouten_eerst_en_wat_aandacht_vraagt() -> None:
    nieuw = plekken([Zetels(OND, 2), Zetels(KROON, 2), Zetels(WERK, 1)])
    keuzen = [
        Keuze(1, LID, 1),
        Keuze(2, LID, 1),
        Keuze(3, LID, 2),
        Keuze(5, LID, 3),
        Keuze(5, PLV, 9),
        Keuze(8, LID, 4),
    ]
    nu = [zittend(1, nieuw[0]), zittend(2, nieuw[4]), zittend(7, nieuw[3])]
    gevonden = controleer(
        nieuw, keuzen, van=date(2027, 4, 1), vandaag=date(2027, 3, 10), namen={n: f"Lid {n}" for n in range(10)},
        zittend=nu, onverenigbaar={3}, voorzitters=[7, 2], zonder_coordinator=["FNV (voorbeeld)"],
    )  # fmt: skip
    fouten = [b.tekst for b in gevonden if b.fout]
    assert [b.fout for b in gevonden] == sorted((b.fout for b in gevonden), reverse=True)
    assert fouten == [
        "Ondernemers hebben 2 zetels en werknemers 1; dat moet gelijk zijn.",
        "Zetel 8 bestaat in deze periode niet.",
        "Lid 1 staat twee keer: in zetel 1 en 2.",
        "Lid 3 heeft op do 1 april 2027 een ambt dat niet met een zetel samengaat.",
    ]
    rest = " ".join(b.tekst for b in gevonden if not b.fout)
    for deel in (
        "De raad telt 5 zetels; de wet noemt 30 tot 45.", "minder dan twee derde", "1 vacature: zetel 4.",
        "4 zetels zonder plaatsvervanger: 1, 2, 3, 4.", "Niet herbenoemd: Lid 7.", "Nieuw: Lid 3, Lid 9, Lid 4.",
        "Lid 2 zat voor werknemers en zit nu in zetel 3 voor de Kroon.", "FNV (voorbeeld) heeft nog geen coördinator",
        "uiterlijk do 4 maart 2027", "Tot de Kroon een voorzitter benoemt, zit Lid 2 voor.",
    ):  # fmt: skip
        assert deel in rest, deel


def velden(raad: Raad, **extra: Any) -> dict[str, Any]:
    return {
        "naam": "2028-2030", "van": TOT.isoformat(), "laatste_dag": "", "per_zijde": 3, "kroonleden": 3,
        "db_per_geleding": 1, "bron": "", f"organisatie_{raad.vno.pk}": 3, f"organisatie_{raad.fnv.pk}": 3, **extra,
    }  # fmt: skip


def test_van_zetels_naar_indeling_en_pas_dan_vastgelegd(client: Client, secretaris: Gebruiker, raad: Raad) -> None:
    client.force_login(secretaris)
    leden = [raad.lid(OND), raad.lid(OND, 1), raad.lid(KROON), raad.lid(WERK)]
    begin = client.get(reverse("raad:volgende-periode")).content.decode()
    assert 'value="2028-04-01"' in begin
    assert 'value="2028-2030"' in begin
    adres = reverse("raad:indeling")
    scherm = client.get(adres, velden(raad)).content.decode()
    for lid in leden:
        assert f'<option value="{lid.persoon_id}" selected>' in scherm
    assert "4 van 9 zetels met een lid" in scherm
    keuze = {"lid_1": leden[0].persoon_id, "lid_2": leden[0].persoon_id, "plaatsvervanger_7": leden[3].persoon_id}
    fout = client.post(adres, velden(raad, daad="leg-vast", **keuze))
    assert fout.status_code == 422
    assert "staat twee keer: in zetel 1 en 2" in fout.content.decode()
    vreemd = client.post(adres, velden(raad, daad="leg-vast", lid_1=999_999)).content.decode()
    assert "veld-foutregel" in vreemd
    assert not zonder_plek(vreemd)
    goed = velden(raad, **(keuze | {"lid_2": leden[1].persoon_id, "meegedeeld_op": "2026-11-20"}))
    assert client.post(adres, goed | {"daad": "controleer"}).status_code == 200
    assert Zittingsperiode.objects.count() == 1, "controleren verandert niets"
    assert client.post(adres, goed | {"daad": "leg-vast"}).status_code == 302
    nieuw = Zittingsperiode.objects.get(van=TOT)
    assert nieuw.zetels.count() == 9
    rijen = Benoeming.objects.filter(zetel__periode=nieuw).order_by("zetel__nummer")
    assert [(b.zetel.nummer, b.soort, b.persoon_id, b.van, b.tot) for b in rijen] == [
        (1, LID, leden[0].persoon_id, TOT, date(2030, 4, 1)),
        (2, LID, leden[1].persoon_id, TOT, date(2030, 4, 1)),
        (7, PLV, leden[3].persoon_id, TOT, date(2030, 4, 1)),
    ]
    assert client.post(adres, goed | {"daad": "leg-vast"}).status_code == 422, "dubbel verzonden is één periode"


def test_lukt_een_benoeming_niet_dan_komt_er_ook_geen_periode(raad: Raad) -> None:
    een, ander = raad.persoon("Een"), raad.persoon("Ander")
    actions.registreer_nevenfunctie(
        persoon=ander, functie="Minister", van=date(2028, 6, 1), onverenigbaar=Ambt.MINISTER, door=None
    )
    zetels = [Zetels(OND, 1, raad.vno), Zetels(WERK, 1, raad.fnv), Zetels(KROON, 1)]
    with pytest.raises(InvoerFout, match="Ander: Ander is vanaf do 1 juni 2028 minister") as fout:
        actions.richt_periode_in_met_benoemingen(
            naam="Straks", van=TOT, zetels=zetels, aantallen=dict.fromkeys(Geleding, 1), door=None,
            keuzen=[Keuze(1, LID, een.pk), Keuze(3, LID, ander.pk)],
        )  # fmt: skip
    assert fout.value.veld == "lid_3"
    assert Zittingsperiode.objects.count() == 1
    assert not een.benoemingen.exists()


def test_regel_03_voor_31_maart_wordt_gewaarschuwd_tot_de_volgende_periode_er_is(
    richt_in: Callable[..., Zittingsperiode],
) -> None:
    from termijnen.queries import laatste

    eerste = richt_in()
    termijn = laatste(eerste, EINDE_PERIODE)
    assert termijn is not None
    assert (termijn.vervalt_op, termijn.loopt) == (date(2028, 3, 31), True)
    richt_in(van=TOT, tot=date(2030, 4, 1))
    assert laatste(eerste, EINDE_PERIODE).loopt is False  # type: ignore[union-attr]


def test_regel_04_aanvaarden_met_verklaring_en_dan_bekendmaken(
    client: Client, secretaris: Gebruiker, raad: Raad
) -> None:
    client.force_login(secretaris)
    benoeming = actions.benoem(
        persoon=raad.persoon(), zetel=raad.zetel(OND), soort=LID, van=date(2026, 11, 1), door=None,
        meegedeeld_op=date(2026, 11, 2),
    )  # fmt: skip
    aanvaard = reverse("raad:aanvaard", args=[benoeming.pk])
    zonder = client.post(aanvaard, {"op": "2026-11-10"})
    assert zonder.status_code == 422
    assert "ondertekende verklaring" in zonder.content.decode()
    with pytest.raises(InvoerFout, match="heeft niet aanvaard"):
        actions.maak_bekend(benoemingen=[benoeming], op=date(2026, 11, 19), vindplaats="Stcrt. 1", door=None)
    assert client.post(aanvaard, {"op": "2026-11-10", "verklaring": "on"}).status_code == 302
    assert "nog niet <a" in client.get(reverse("raad:overzicht")).content.decode()
    scherm = reverse("raad:bekendmaking")
    gegevens = {"benoemingen": [benoeming.pk], "op": "2026-11-09", "vindplaats": "Staatscourant 2026, 1 (voorbeeld)"}
    assert "aanvaardde pas op di 10 november 2026" in client.post(scherm, gegevens).content.decode()
    assert client.post(scherm, gegevens | {"op": "2026-11-12"}).status_code == 302
    benoeming.refresh_from_db()
    assert (benoeming.bekendgemaakt_op, benoeming.bekendmaking) == (date(2026, 11, 12), gegevens["vindplaats"])
    assert queries.openstaand(date(2026, 11, 20)).niet_bekend == []


def test_regel_05_een_onverenigbaar_ambt_eindigt_de_zetel_en_alles_wat_erbij_hoort(
    client: Client, secretaris: Gebruiker, raad: Raad
) -> None:
    client.force_login(secretaris)
    lid = raad.lid(KROON)
    actions.kies_voorzitter(persoon=lid.persoon, functie=Voorzittersfunctie.VOORZITTER, van=VAN, door=None)
    adres = reverse("raad:nevenfunctie", args=[lid.persoon_id])
    gegevens = {"functie": "Staatssecretaris", "van": "2026-12-01", "onverenigbaar": Ambt.STAATSSECRETARIS}
    assert client.post(adres, gegevens).status_code == 302
    lid.refresh_from_db()
    assert lid.tot == date(2026, 12, 1)
    assert lid.persoon.voorzitterschappen.get().tot == date(2026, 12, 1)
    with pytest.raises(InvoerFout, match="gaat niet samen met"):
        actions.benoem(persoon=lid.persoon, zetel=raad.zetel(KROON, 1), soort=LID, van=date(2027, 1, 1), door=None)


def test_regel_05_een_ambt_raakt_alleen_de_zetels_van_zijn_eigen_tijd(raad: Raad) -> None:
    lid = raad.lid(KROON, van=date(2027, 6, 1))
    ambt: dict[str, Any] = {"persoon": lid.persoon, "onverenigbaar": Ambt.MINISTER, "door": None}
    for leeg, veld in (({"functie": " "}, "functie"), ({"functie": "Minister"}, "van")):
        with pytest.raises(InvoerFout) as fout:
            actions.registreer_nevenfunctie(van=date(2027, 1, 1), **ambt, **leeg)
        assert fout.value.veld == veld
    assert "begint tijdens dit ambt. Trek die eerst in." in fout.value.tekst
    assert not Nevenfunctie.objects.exists()
    # Wie voor zijn benoeming minister was, houdt zijn zetel.
    actions.registreer_nevenfunctie(van=date(2027, 1, 1), tot=date(2027, 6, 1), functie="Minister", **ambt)
    lid.refresh_from_db()
    assert (lid.tot, Nevenfunctie.objects.get().tot) == (TOT, date(2027, 6, 1))


def test_een_functie_die_na_het_ambt_begint_staat_als_reden_op_het_scherm(
    client: Client, secretaris: Gebruiker, raad: Raad
) -> None:
    client.force_login(secretaris)
    lid = raad.lid(KROON)
    actions.benoem_db_lid(persoon=lid.persoon, van=date(2027, 6, 1), door=None)
    gegevens = {"functie": "Staatssecretaris", "van": "2026-12-01", "onverenigbaar": Ambt.STAATSSECRETARIS}
    fout = client.post(reverse("raad:nevenfunctie", args=[lid.persoon_id]), gegevens)
    assert fout.status_code == 422
    assert "Beëindig eerst de functie die na deze datum begint." in fout.content.decode()
    assert 'value="Staatssecretaris"' in fout.content.decode()
    assert not Nevenfunctie.objects.exists()


def test_een_ministerie_heeft_een_naam_en_een_vervanger_heeft_geen_vervanger(raad: Raad) -> None:
    with pytest.raises(InvoerFout) as fout:
        actions.leg_vertegenwoordiger_vast(persoon=raad.persoon(), ministerie=" ", van=VAN, door=None)
    assert fout.value.veld == "ministerie"
    hoofd = actions.leg_vertegenwoordiger_vast(persoon=raad.persoon("Hoofd"), ministerie="SZW", van=VAN, door=None)
    tweede = actions.leg_vertegenwoordiger_vast(
        persoon=raad.persoon("Tweede"), ministerie="", van=VAN, vervangt=hoofd, door=None
    )
    assert tweede.ministerie == "SZW"
    with pytest.raises(InvoerFout, match="Tweede is zelf vervanger"):
        actions.leg_vertegenwoordiger_vast(
            persoon=raad.persoon("Derde"), ministerie="", van=VAN, vervangt=tweede, door=None
        )


@pytest.mark.parametrize(
    ("anders", "veld"),
    [({"benoemingen": []}, "benoemingen"), ({"vindplaats": " "}, "vindplaats"), ({"op": date(2099, 1, 1)}, "op")],
)
def test_een_bekendmaking_zonder_wie_waar_of_met_een_dag_die_nog_komt(
    raad: Raad, anders: dict[str, Any], veld: str
) -> None:
    lid = raad.lid(OND)
    goed: dict[str, Any] = {"benoemingen": [lid], "vindplaats": "Stcrt. 2026, 1", "op": VAN, "door": None}
    with pytest.raises(InvoerFout) as fout:
        actions.maak_bekend(**(goed | anders))
    assert fout.value.veld == veld
    lid.refresh_from_db()
    assert lid.bekendgemaakt_op is None


def test_de_openbare_lijst_van_nevenfuncties(client: Client, raad: Raad) -> None:
    lid, stil, buiten = raad.lid(OND).persoon, raad.lid(WERK).persoon, raad.persoon("Nooit lid")
    for wie, functie in ((lid, "Commissaris"), (lid, "Oud baantje"), (buiten, "Verborgen functie")):
        actions.registreer_nevenfunctie(persoon=wie, functie=functie, waar="Bedrijf", van=VAN, betaald=True, door=None)
    oud = Nevenfunctie.objects.get(functie="Oud baantje")
    actions.beeindig_nevenfunctie(nevenfunctie=oud, per=date(2026, 6, 1), reden="Gestopt", door=None)
    lijst = client.get("/raad/nevenfuncties/").content.decode()
    assert "Commissaris, Bedrijf" in lijst
    assert stil.naam in lijst
    assert "geen opgave" in lijst
    for weg in ("Oud baantje", "Verborgen functie", "Nooit lid"):
        assert weg not in lijst
    assert "Commissaris, Bedrijf" in client.get(f"/raad/personen/{lid.pk}/").content.decode()


def test_wie_nog_moet_beginnen_zit_nog_niet_in_de_raad(client: Client, raad: Raad) -> None:
    wie = raad.persoon("Komt straks")
    actions.benoem(persoon=wie, zetel=raad.zetel(KROON, 1), soort=LID, van=date(2027, 1, 1), door=None)
    blad = client.get(f"/raad/personen/{wie.pk}/").content.decode()
    assert "Komt in de raad" in blad
    assert "vanaf vr 1 januari 2027" in blad
    assert "sinds" not in blad
    with time_machine.travel("2027-01-02 12:00 +0100", tick=False):
        # Een andere vraag: de bewaarde bladzijde volgt de dag van de database, en die reist niet mee.
        blad = client.get(f"/raad/personen/{wie.pk}/?dag=later").content.decode()
    assert "In de raad" in blad
    assert "sinds vr 1 januari 2027" in blad


def test_een_ministerie_heeft_een_vertegenwoordiger_en_een_vervanger(
    client: Client, secretaris: Gebruiker, raad: Raad, maak_gebruiker: Callable[..., Gebruiker]
) -> None:
    client.force_login(secretaris)
    account = maak_gebruiker("Waarnemer ministerie")
    vast = actions.registreer_persoon(naam="Ministerie een", gebruiker=account, door=None)
    adres = reverse("raad:vertegenwoordiger")
    gegevens: dict[str, Any] = {"persoon": vast.pk, "ministerie": "", "van": "2026-05-01"}
    assert "Noem het ministerie." in client.post(adres, gegevens).content.decode()
    assert client.post(adres, gegevens | {"ministerie": "Ministerie (voorbeeld)"}).status_code == 302
    rij = queries.vertegenwoordigers_op(date(2026, 11, 20)).get()
    ander = raad.persoon("Ministerie twee")
    assert client.post(adres, {"persoon": ander.pk, "vervangt": rij.pk, "van": "2026-05-01"}).status_code == 302
    assert [m.ministerie for m in queries.vertegenwoordigers_op(date(2026, 11, 20))] == ["Ministerie (voorbeeld)"] * 2
    assert heeft(account, Rol.MINISTERIEEL_VERTEGENWOORDIGER, orgaan="raad")
    overzicht = client.get(reverse("raad:overzicht")).content.decode()
    assert "vervangt Ministerie een" in overzicht
    actions.beeindig_vertegenwoordiger(vertegenwoordiger=rij, per=date(2026, 11, 1), reden="Andere baan", door=None)
    assert not queries.vertegenwoordigers_op(date(2026, 11, 20)).exists()


def test_dezelfde_nevenfunctie_nog_eens_staat_een_keer_in_de_openbare_lijst(client: Client, raad: Raad) -> None:
    lid = raad.lid(OND).persoon
    velden: dict[str, Any] = {"persoon": lid, "functie": "Commissaris", "waar": "Bedrijf", "van": VAN, "door": None}
    een, zelfde, anders = (
        actions.registreer_nevenfunctie(**velden, betaald=betaald) for betaald in (True, True, False)
    )
    assert een == zelfde
    assert een != anders
    assert client.get("/raad/nevenfuncties/").content.decode().count("Commissaris, Bedrijf") == 2
