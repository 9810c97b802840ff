"""Wat in de vergadering is besloten blijft staan, en twee mensen tegelijk schrijven elkaar niet over."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from commissies.actions import benoem_commissielid, maak_commissie_van_werkgroep, stel_commissie_in
from commissies.enums import CommissieRol
from kern.fouten import InvoerFout, OvergangGeweigerd
from kern.tijd import AMSTERDAM, vandaag
from raad.actions import registreer_persoon
from tests.vergaderingen.conftest import Wereld, maak_commissie, tekst
from toegang.models import Gebruiker
from vergaderingen import actions, agenda
from vergaderingen.concept import conceptverslag
from vergaderingen.enums import Orgaan, Puntsoort, Rondesoort, Verslagstatus
from vergaderingen.models import Besluit, Verslag

pytestmark = pytest.mark.django_db


def test_twee_die_tegelijk_aan_een_nieuw_verslag_beginnen_houden_allebei_hun_tekst(
    werk: Client, wereld: Wereld
) -> None:
    """Wie de opzet opende toen er nog geen verslag was, schrijft niet over wat een ander intussen bewaarde."""
    adres = reverse("vergaderingen:verslag", args=[wereld.gesloten().pk])
    werk.post(adres, {"tekst": "Van de eerste.", "versie": ""})
    tweede = tekst(werk.post(adres, {"tekst": "Van de tweede.", "versie": ""}))
    assert "Iemand anders" in tweede
    assert "Van de tweede." in tweede
    assert Verslag.objects.get().html == "<p>Van de eerste.</p>"


def test_een_punt_waarover_is_besloten_of_gestemd_gaat_niet_meer_van_de_agenda(werk: Client, wereld: Wereld) -> None:
    """Anders staat het besluit op geen lijst meer, en in geen verslag."""
    rij = wereld.geopend()
    besloten, gestemd, gepeild = (rij.agendapunten.get(), wereld.punt(rij, "Stemming"), wereld.punt(rij, "Peiling"))
    actions.leg_besluit_vast(agendapunt=besloten, tekst="Akkoord.", door=wereld.door)
    ronde = actions.open_stemronde(
        agendapunt=gestemd, soort=Rondesoort.HOOFDELIJK, vraag="Voorstel", door=wereld.door
    )  # fmt: skip
    peiling = actions.open_stemronde(
        agendapunt=gepeild, soort=Rondesoort.PEILING, vraag="Wat vindt u?", door=wereld.door
    )
    for punt in (besloten, gestemd, gepeild):
        with pytest.raises(OvergangGeweigerd):
            actions.haal_van_agenda(agendapunt=punt, reden="Toch niet", door=wereld.door)
        bladzijde = tekst(werk.get(reverse("vergaderingen:agendapunt", args=[rij.pk, punt.pk])))
        assert "Haal dit punt van de agenda" not in bladzijde
    actions.sluit_stemronde(ronde=peiling, door=wereld.door)
    actions.trek_stemronde_in(ronde=ronde, reden="Ingetrokken", door=wereld.door)
    for punt in (gestemd, gepeild):
        assert actions.haal_van_agenda(agendapunt=punt, reden="Toch niet", door=wereld.door).vervallen


def test_over_een_vervallen_punt_wordt_niet_besloten_of_gestemd(werk: Client, wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    actions.haal_van_agenda(agendapunt=punt, reden="Toch niet", door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="van de agenda"):
        actions.leg_besluit_vast(agendapunt=punt, tekst="Akkoord.", door=wereld.door)
    with pytest.raises(OvergangGeweigerd, match="van de agenda"):
        actions.open_stemronde(agendapunt=punt, soort=Rondesoort.HOOFDELIJK, vraag="Voorstel", door=wereld.door)
    assert not Besluit.objects.exists()
    bladzijde = tekst(werk.get(reverse("vergaderingen:agendapunt", args=[punt.vergadering_id, punt.pk])))
    assert "Leg een besluit vast" not in bladzijde
    assert "Open een stemming" not in bladzijde


def test_wie_later_vastlegt_zegt_hoe_laat_er_geopend_werd(wereld: Wereld) -> None:
    """Leeg is nu; op een latere dag zou een vergadering van gisteren vandaag zijn geopend."""
    rij = wereld.opgeroepen(vandaag() - timedelta(days=1))
    wereld.teken(rij, "O1", "O2", "W1", "W2", "K1", "DNB")
    with pytest.raises(InvoerFout, match="op de vergaderdag") as fout:
        actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    assert fout.value.veld == "geopend_op"
    moment = datetime.combine(rij.datum, time(10, 15), AMSTERDAM)
    assert actions.open_vergadering(vergadering=rij, versie=None, geopend_op=moment, door=wereld.door).geopend_op


def test_wie_als_afwezig_genoteerd_staat_leest_het_concept_niet(wereld_met_accounts: Wereld) -> None:
    """Regel 46: wie er waren. Een afmelding geeft niet wat zwijgen niet geeft."""
    wereld = wereld_met_accounts
    rij = wereld.geopend()
    for sleutel in ("O1", "W1"):
        actions.teken_presentie(vergadering=rij, persoon=wereld.leden[sleutel], aanwezig=False, door=wereld.door)
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["W1"], door=wereld.door)
    actions.schrijf_verslag(vergadering=rij, html="<p>K</p>", openbaar_html="<p>O</p>", door=wereld.door)

    def ziet(gebruiker: Gebruiker | None) -> bool:
        return Verslag.objects.zichtbaar_voor(gebruiker).exists()

    assert ziet(wereld.leden["O2"].gebruiker)
    assert ziet(wereld.leden["W1"].gebruiker), "was vervangen: de vervanger sprak voor hem"
    assert not ziet(wereld.leden["O1"].gebruiker)


def test_een_werkgroep_die_commissie_werd_stelt_haar_laatste_verslag_vast(werk: Client, wereld: Wereld) -> None:
    """Leden, stukken en adres blijven: ook de lijn van vergadering naar vergadering (regel 46)."""
    groep = stel_commissie_in(
        naam="Werkgroep Z", soort="werkgroep", ingesteld_op=vandaag() - timedelta(days=90), door=None
    )  # fmt: skip
    eerder = wereld.gesloten(vandaag() - timedelta(days=30), orgaan=Orgaan.WERKGROEP, commissie=groep)
    verslag = actions.schrijf_verslag(vergadering=eerder, html="<p>Zo.</p>", openbaar_html="", door=wereld.door)
    groep = maak_commissie_van_werkgroep(
        commissie=groep, soort="vast", naam="Commissie Z", reden="Er komt een aanvraag", door=None
    )  # fmt: skip
    later = wereld.geopend(orgaan=Orgaan.COMMISSIE, commissie=groep)
    bron = next(b for b in agenda.bronnen() if b.naam == "vergaderingen")
    assert f"verslag:{verslag.pk}" in {a.sleutel for a in bron.aanbod(later, wereld.door)}
    velden = {"vastgesteld_in": later.pk, "versie": verslag.rijversie}
    assert werk.post(reverse("vergaderingen:vaststellen", args=[eerder.pk]), velden).status_code == 302
    assert Verslag.objects.get().status == Verslagstatus.VASTGESTELD


def test_het_conceptverslag_noemt_ook_wie_er_zonder_stem_was(wereld: Wereld) -> None:
    commissie = maak_commissie(wereld)
    for naam, rol in (("Adviseur", CommissieRol.ADVISEREND_LID), ("Waarnemer", CommissieRol.WAARNEMER)):
        persoon = registreer_persoon(naam=naam, door=None)
        benoem_commissielid(
            commissie=commissie, persoon=persoon, rol=rol, van=vandaag() - timedelta(days=9), door=None
        )  # fmt: skip
    rij = wereld.geopend(orgaan=Orgaan.COMMISSIE, commissie=commissie)
    actions.teken_geleding(vergadering=rij, geleding="", door=wereld.door)
    html = conceptverslag(rij)[0]
    assert "Adviseur (adviserend lid)" in html
    assert "Waarnemer (waarnemer)" in html
    raad = wereld.geopend()
    actions.teken_presentie(vergadering=raad, persoon=wereld.plv["K1"], door=wereld.door)
    assert "Lid K1, Plv K1 (plaatsvervanger)" in conceptverslag(raad)[0]


def test_een_verordening_is_niet_bekendgemaakt_voor_de_raad_haar_vaststelde(wereld: Wereld) -> None:
    punt = wereld.punt(wereld.geopend(), "Verordening", soort=Puntsoort.VERORDENING)
    actions.leg_besluit_vast(agendapunt=punt, tekst="Vastgesteld.", soort="verordening", door=wereld.door)
    velden = {"agendapunt": punt, "soort": "verordening", "vindplaats": "Stcrt. 1", "door": wereld.door}
    with pytest.raises(InvoerFout, match="stelde de verordening pas vast") as fout:
        actions.leg_bekendmaking_vast(op=vandaag() - timedelta(days=1), **velden)
    assert fout.value.veld == "op"
    assert actions.leg_bekendmaking_vast(op=vandaag(), **velden).pk


def test_een_is_enkelvoud(werk: Client, wereld: Wereld) -> None:
    rij = wereld.opgeroepen()
    wereld.teken(rij, "O1")
    assert "1 lid heeft getekend; 6 zijn nodig." in tekst(werk.get(reverse("vergaderingen:open", args=[rij.pk])))
    wereld.gesloten(vandaag() - timedelta(days=30))
    commissie = maak_commissie(wereld, K1=CommissieRol.VOORZITTER)
    for n in range(12):
        benoem_commissielid(
            commissie=commissie, persoon=registreer_persoon(naam=f"Lid {n:02}", door=None), rol=CommissieRol.WAARNEMER,
            van=vandaag() - timedelta(days=9), door=None,
        )  # fmt: skip
    benoem_commissielid(
        commissie=commissie, persoon=wereld.leden["O1"], rol=CommissieRol.LID, van=vandaag() - timedelta(days=9),
        door=None,
    )  # fmt: skip
    bron = next(b for b in agenda.bronnen() if b.naam == "vergaderingen")
    mededeling = next(a for a in bron.aanbod(rij, wereld.door) if a.sleutel.startswith("commissieleden"))
    assert mededeling.toelichting.endswith(" en 1 ander")


def test_twee_die_tegelijk_een_besluit_verbeteren_schrijven_elkaar_niet_over(werk: Client, wereld: Wereld) -> None:
    rij = wereld.geopend()
    punt = rij.agendapunten.get()
    besluit = actions.leg_besluit_vast(agendapunt=punt, tekst="Akord.", door=wereld.door)
    adres = reverse("vergaderingen:corrigeer", args=[rij.pk, punt.pk, besluit.pk])
    versie = werk.get(adres).context["versie"]
    invoer = {"uitkomst": besluit.uitkomst, "reden": "Tikfout.", "versie": versie}
    assert werk.post(adres, invoer | {"tekst": "Akkoord."}).status_code == 302
    tweede = tekst(werk.post(adres, invoer | {"tekst": "Akkoord, met dank."}))
    assert "Iemand anders" in tweede
    assert "Akkoord, met dank." in tweede
    assert Besluit.objects.get(pk=besluit.pk).tekst == "Akkoord."


def test_de_eerste_reden_waarom_een_punt_van_de_agenda_ging_blijft_staan(wereld: Wereld) -> None:
    punt = wereld.geopend().agendapunten.get()
    for reden in ("Niet rijp", "Een ander was net later"):
        vervallen = actions.haal_van_agenda(agendapunt=punt, reden=reden, door=wereld.door)
    assert vervallen.vervallen_reden == "Niet rijp"
