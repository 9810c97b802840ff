"""Wat het scherm zegt van de dag zelf tot het verslag: geen quorum, staken, sluiten, en wie niet tekende."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from kern.fouten import OvergangGeweigerd
from kern.tijd import AMSTERDAM, vandaag
from logboek.queries import geschiedenis
from tests.vergaderingen.conftest import Wereld, maak_commissie, pad, tekst
from vergaderingen import actions, bekendmaken, policies, stemlijst
from vergaderingen.concept import conceptverslag
from vergaderingen.enums import Besluitsoort, Puntsoort, Stemkeuze, Uitkomst
from vergaderingen.models import Agendapunt, Bekendmaking, Besluit, Vergadering, Verslag
from vergaderingen.queries import voorstel_datum
from werkplek.queries import komende_vergaderingen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("voorbeeldstand")]

OVER, GISTEREN = timedelta(days=30), vandaag() - timedelta(days=1)


def leesbaar(antwoord: Any) -> str:
    return " ".join(strip_tags(tekst(antwoord)).split())


def knop(antwoord: Any) -> str:
    """Het adres van de grote knop."""
    gevonden = antwoord.context["hoofdknop"]
    return str(gevonden[1]) if gevonden else ""


def test_regel_27_voor_het_aanvangsuur_staat_niet_vast_dat_er_geen_quorum_is(
    wereld: Wereld, werk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rij = wereld.opgeroepen(begin=time(20), eind=None)
    velden: dict[str, Any] = {"vergadering": rij, "versie": None, "door": wereld.door, "nieuwe_datum": vandaag() + OVER}

    def klok(uur: int) -> None:
        monkeypatch.setattr(policies, "nu", lambda: datetime.combine(vandaag(), time(uur), AMSTERDAM))

    klok(19)
    with pytest.raises(OvergangGeweigerd, match=r"begint om 20\.00 uur"):
        actions.stel_ontbreken_quorum_vast(**velden)
    wereld.teken(rij, "O1", "K1")
    assert "Aanwezig volgens de presentielijst: 2 van de 10 (Lid K1, Lid O1)" in leesbaar(
        werk.get(pad("geen-quorum", rij.pk))
    )
    nog_niet = leesbaar(werk.get(pad("geen-quorum", rij.pk)))
    assert nog_niet.index("Eerst nodig") < nog_niet.index("begint om 20.00 uur") < nog_niet.index("Wat er gebeurt")
    klok(20)
    blad = werk.get(pad("vergadering", rij.pk))
    assert knop(blad) == pad("presentie", rij.pk), "een verkeerde klik op de grote knop kost de vergadering niet"
    assert pad("geen-quorum", rij.pk) in tekst(blad)
    actions.stel_ontbreken_quorum_vast(**velden)
    terug = leesbaar(werk.get(pad("geen-quorum", rij.pk)))
    assert "Dit kan nu niet: de vergadering is niet doorgegaan" in terug


def test_na_geen_quorum_blijft_te_zien_welke_agenda_er_was_en_wie_er_was(wereld: Wereld, werk: Client) -> None:
    rij = wereld.opgeroepen(GISTEREN)
    actions.haal_van_agenda(agendapunt=wereld.punt(rij, "Weg"), reden="Niet rijp", door=wereld.door)
    wereld.teken(rij, "O1")
    volgende = wereld.plan(vandaag() + OVER)
    antwoord = werk.post(pad("geen-quorum", rij.pk), {"datum": str(volgende.datum), "begin": "09:00"}, follow=True)
    assert f"vergadert de raad ook op {volgende.datum_tekst}, 10.15 uur" in leesbaar(antwoord)
    blad = leesbaar(werk.get(pad("vergadering", rij.pk)))
    assert "De agenda is nog leeg" not in blad
    assert "– Advies– Weg (vervallen)" in blad
    assert "geen quorum 1 van 10 zittende leden aanwezig; 6 nodig." in blad
    assert "Lid O1" in tekst(werk.get(pad("presentie", rij.pk)))
    assert "De agenda gaat mee naar de nieuwe oproeping" in tekst(werk.get(f"/vergaderingen/{rij.slug}/"))


def test_de_openbare_bladzijde_zegt_niet_dat_zij_een_agenda_niet_kent_die_er_is(wereld: Wereld, werk: Client) -> None:
    rij = wereld.plan()
    wereld.punt(rij)
    rij = actions.roep_op(vergadering=rij, versie=None, door=wereld.door)
    for sleutel in wereld.leden:
        wereld.teken(rij, sleutel)
    actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    blad = tekst(werk.get(f"/vergaderingen/{rij.slug}/"))
    assert "kennen wij de agenda niet" not in blad
    assert "kort nadat de leden zijn opgeroepen" in blad
    af = actions.gelast_af(vergadering=wereld.plan(vandaag() + OVER), versie=None, reden="Ziek", door=wereld.door)
    assert "kennen wij de agenda niet" not in tekst(werk.get(f"/vergaderingen/{af.slug}/"))
    wereld.plan(GISTEREN)
    assert "geen agenda openbaar gemaakt" in tekst(werk.get(f"/vergaderingen/{GISTEREN}/"))


@pytest.mark.parametrize(
    ("soort", "uitkomst", "voor", "zin"),
    [
        (Besluitsoort.ZAAK, Uitkomst.AANGEHOUDEN, 4, "De stemmen staken. Het voorstel is aangehouden"),
        (Besluitsoort.PERSONEN, Uitkomst.AANGEHOUDEN, 4, "staken de stemmen dan weer, dan beslist het lot"),
        (Besluitsoort.ZAAK, Uitkomst.VERWORPEN, 4, "voor de tweede keer. Dan is het voorstel verworpen"),
        (Besluitsoort.PERSONEN, Uitkomst.DOOR_LOTING, 4, "Dan beslist het lot"),
        (Besluitsoort.ZAAK, Uitkomst.NIETIG, 1, "Niet meer dan de helft van de leden stemde mee"),
        (Besluitsoort.ZAAK, Uitkomst.VERWORPEN, 3, ""),
        (Besluitsoort.VERORDENING, Uitkomst.VERWORPEN, 4, ""),
        (Besluitsoort.ZAAK, Uitkomst.AANGEHOUDEN, None, ""),
    ],
)
def test_regel_31_bij_staken_zegt_het_scherm_wat_er_gebeurt(
    soort: str, uitkomst: str, voor: int | None, zin: str
) -> None:
    besluit = Besluit(soort=soort, uitkomst=uitkomst, voor=voor, tegen=None if voor is None else 4, blanco=0)
    assert (zin in stemlijst.gevolg(besluit)) if zin else stemlijst.gevolg(besluit) == ""


def test_wie_een_stemming_sluit_die_staakt_leest_dat(wereld: Wereld, werk: Client) -> None:
    punt = wereld.geopend().agendapunten.get()
    ronde = actions.open_stemronde(agendapunt=punt, soort="hoofdelijk", vraag="Het plan", door=wereld.door)
    for sleutels, keuze in ((("O1", "O2", "O3", "K1"), Stemkeuze.VOOR), (("W1", "W2", "W3", "K2"), Stemkeuze.TEGEN)):
        for sleutel in sleutels:
            zetel = wereld.zetels[sleutel].pk
            actions.leg_stem_vast(ronde=ronde, zetel=zetel, keuze=keuze, door=wereld.door)
    adres = pad("stemronde-sluit", punt.vergadering_id, ronde.pk)
    klaar = leesbaar(werk.post(adres, {"onvolledig": "on"}, follow=True))
    assert klaar.count("De stemmen staken. Het voorstel is aangehouden en komt terug") == 2, "melding en bladzijde"


def test_wie_sluit_leest_welke_punten_nog_geen_besluit_hebben(wereld: Wereld, werk: Client) -> None:
    rij = wereld.geopend()
    for soort in (Puntsoort.INGEKOMEN, Puntsoort.RONDVRAAG, Puntsoort.BENOEMING):
        wereld.punt(rij, f"Een {soort}", soort=soort)
    actions.haal_van_agenda(agendapunt=wereld.punt(rij, "Weg"), reden="Niet rijp", door=wereld.door)
    blad = leesbaar(werk.get(pad("sluit", rij.pk)))
    assert "2 punten hebben nog geen besluit: 1. Advies; 3. Een benoeming." in blad
    actions.leg_besluit_vast(agendapunt=rij.agendapunten.get(onderwerp="Advies"), tekst="Ja.", door=wereld.door)
    assert "1 punt heeft nog geen besluit" in leesbaar(werk.get(pad("sluit", rij.pk)))


def test_het_conceptverslag_noemt_wie_niet_tekende_wat_verviel_en_wat_zonder_stemming_werd_besloten(
    wereld: Wereld, werk: Client
) -> None:
    rij = wereld.opgeroepen()
    wereld.teken(rij, "O1", "O2", "W1", "W2", "K1")
    actions.teken_presentie(vergadering=rij, persoon=wereld.plv["O3"], door=wereld.door)
    actions.teken_presentie(vergadering=rij, persoon=wereld.leden["K2"], aanwezig=False, door=wereld.door)
    rij = actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    actions.haal_van_agenda(agendapunt=wereld.punt(rij, "Weg"), reden="Niet rijp", door=wereld.door)
    geheim = wereld.punt(rij, "Zwijg", vertrouwelijk=True)
    actions.haal_van_agenda(agendapunt=geheim, reden="Gevoelig", door=wereld.door)
    actions.leg_besluit_vast(agendapunt=rij.agendapunten.get(onderwerp="Advies"), tekst="Goed.", door=wereld.door)
    rij = actions.sluit_vergadering(vergadering=rij, versie=None, door=wereld.door)
    heel, openbaar = conceptverslag(rij)
    for html in (heel, openbaar):
        niet = html.partition("<strong>Niet getekend:</strong> ")[2].partition("</li>")[0]
        assert sorted(niet.split(", ")) == ["Lid CPB", "Lid DNB", "Lid W3"]
        assert "<strong>Afwezig:</strong> Lid K2</li>" in html
        assert "<p>Vervallen: Niet rijp</p>" in html
        assert "Goed. (aangenomen, zonder stemming)" in html
    assert "Gevoelig" in heel
    assert "Gevoelig" not in openbaar
    assert knop(werk.get(pad("vergadering", rij.pk))) == pad("verslag", rij.pk), "de volgende stap"


def test_een_nieuw_punt_komt_voor_de_rondvraag(wereld: Wereld) -> None:
    rij = wereld.plan(vandaag() + OVER)
    for onderwerp, soort in (
        ("Opening", "opening"),
        ("Rondvraag", "rondvraag"),
        ("Nieuw", "overig"),
        ("Nog", "advies"),
    ):
        wereld.punt(rij, onderwerp, soort=soort)
    assert list(rij.agendapunten.order_by("volgorde").values_list("onderwerp", flat=True)) == [
        "Opening", "Nieuw", "Nog", "Rondvraag",
    ]  # fmt: skip


def test_regel_46_het_agendapunt_leidt_naar_het_verslag_en_naar_het_vaststellen(wereld: Wereld, werk: Client) -> None:
    eerder = wereld.gesloten(GISTEREN)
    verslag = actions.schrijf_verslag(
        vergadering=eerder, html="<p>Ja.</p>", openbaar_html="<p>Ja.</p>", door=wereld.door
    )
    rij = wereld.opgeroepen()
    punt: Agendapunt = actions.plaats_aanbod(
        vergadering=rij, bron="vergaderingen", sleutel=f"verslag:{verslag.pk}", door=wereld.door
    )
    adres, stap = pad("agendapunt", rij.pk, punt.pk), f"{pad('vaststellen', eerder.pk)}?in={rij.pk}"
    assert pad("verslag", eerder.pk) in tekst(werk.get(adres))
    assert stap not in tekst(werk.get(adres)), "de vergadering is nog niet geopend"
    for sleutel in wereld.leden:
        wereld.teken(rij, sleutel)
    actions.open_vergadering(vergadering=rij, versie=None, door=wereld.door)
    besluit = {"besluit-tekst": "Vastgesteld.", "besluit-soort": "zaak", "besluit-uitkomst": "aangenomen"}
    antwoord = werk.post(pad("besluit", rij.pk, punt.pk), besluit)
    assert antwoord.url == f"{adres}#verslag"
    blad = tekst(werk.get(adres))
    assert "stelt het verslag zelf nog niet vast" in blad
    assert stap in blad
    assert f'<option value="{rij.pk}" selected>' in tekst(werk.get(stap))
    werk.post(pad("vaststellen", eerder.pk), {"vastgesteld_in": rij.pk, "versie": verslag.rijversie})
    assert Verslag.objects.get().vastgesteld_in_id == rij.pk
    assert stap not in tekst(werk.get(adres))


def test_een_jaarstuk_dat_met_de_hand_kwam_laat_kiezen_wat_bekend_is_gemaakt(wereld: Wereld, werk: Client) -> None:
    rij = wereld.plan(vandaag() + OVER)
    punt = wereld.punt(rij, "Jaarrekening 2025 en begroting 2027", soort=Puntsoort.JAARSTUK)
    blad = tekst(werk.get(pad("agendapunt", rij.pk, punt.pk)))
    assert "Kies wat bekend is gemaakt" in blad
    velden = {"bekend-op": str(vandaag() + OVER), "bekend-vindplaats": "Stcrt. 1"}
    geweigerd = tekst(werk.post(pad("bekend", rij.pk, punt.pk), velden | {"bekend-soort": "jaarrekening"}))
    assert "Deze dag is er nog niet." in geweigerd
    velden["bekend-op"] = str(vandaag())
    werk.post(pad("bekend", rij.pk, punt.pk), velden | {"bekend-soort": "jaarrekening"})
    werk.post(pad("bekend", rij.pk, punt.pk), velden | {"bekend-soort": "begroting"})
    assert sorted(punt.bekendmakingen.values_list("soort", flat=True)) == ["begroting", "jaarrekening"]


@pytest.mark.parametrize(
    ("onderwerp", "gedaan", "keuzes"),
    [
        ("Jaarverslag 2025 en begroting 2027", (), ["begroting"]),
        ("Jaarverslag 2025", (), []),
        ("De jaarstukken", (), ["begroting", "jaarrekening"]),
        ("De jaarstukken", ("begroting",), []),
        ("Jaarrekening en begroting", ("begroting",), ["jaarrekening"]),
    ],
)
def test_wat_bij_een_jaarstuk_bekend_kan_worden(onderwerp: str, gedaan: tuple[str, ...], keuzes: list[str]) -> None:
    punt = Agendapunt(soort=Puntsoort.JAARSTUK, onderwerp=onderwerp)
    al = {soort: Bekendmaking(soort=soort) for soort in gedaan}
    assert bekendmaken.mogelijk(punt, al, aangenomen=False) == keuzes


def test_wat_vandaag_gesloten_is_of_niet_doorging_staat_niet_bij_wat_komt(wereld: Wereld) -> None:
    dicht, komt = wereld.gesloten(), wereld.plan(vandaag() + OVER)
    weg = wereld.opgeroepen(begin=None, eind=None)
    volgende = actions.stel_ontbreken_quorum_vast(
        vergadering=weg, versie=None, door=wereld.door, nieuwe_datum=vandaag() + 2 * OVER
    )
    assert komende_vergaderingen(vandaag()) == [komt, volgende]
    assert Vergadering.objects.filter(pk__in=[dicht.pk, weg.pk]).count() == 2


def test_een_maand_met_een_raadsvergadering_wordt_niet_nog_eens_voorgesteld(wereld: Wereld, werk: Client) -> None:
    voorstel = voorstel_datum("raad", vandaag())
    wereld.plan(voorstel - timedelta(days=7))
    later = voorstel_datum("raad", vandaag())
    assert (later.year, later.month) != (voorstel.year, voorstel.month)
    bestuur = maak_commissie(wereld, "Dagelijks bestuur")
    assert bestuur not in werk.get(pad("plan")).context["formulier"].fields["commissie"].queryset
    antwoord = werk.post(pad("plan"), {"orgaan": "raad", "datum": str(voorstel), "openbaar": "ja"}, follow=True)
    assert "in die maand vergadert de raad ook op" in leesbaar(antwoord)


def test_het_logboek_van_geen_quorum_noemt_geen_vertrouwelijk_onderwerp(wereld: Wereld, werk: Client) -> None:
    rij = wereld.opgeroepen(GISTEREN)
    wereld.punt(rij, "Ontslag van een bestuurder", vertrouwelijk=True)
    actions.stel_ontbreken_quorum_vast(vergadering=rij, versie=None, nieuwe_datum=vandaag() + OVER, door=wereld.door)
    gelogd = geschiedenis(rij).get(soort="vergaderingen.ga_niet_door").gegevens["agenda"]
    assert gelogd == ["– Advies", "– vertrouwelijk punt"]
    assert "niet doorgegaan: geen quorum" in leesbaar(Client().get("/vergaderingen/"))
    assert "er was geen quorum" in leesbaar(Client().get(f"/vergaderingen/{rij.slug}/"))
