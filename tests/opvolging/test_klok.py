"""De klok na het aanbieden: toezeggingen, vrijgave, en de brieven aan het ministerie."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from berichten.actions import herroep, verstuur_gereed
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu, vandaag
from logboek.models import Gebeurtenis
from opvolging import brieftekst
from opvolging.actions import (
    geef_klok_vrij,
    laat_brief_vervallen,
    leg_toezegging_vast,
    teken_brief_af,
    verstuur_brief,
    vraag_briefpdf,
    wijzig_brief,
    zet_brief_klaar,
)
from opvolging.actions.brieven import aan_wie
from opvolging.models import Herinneringsbrief
from stukken.actions import bewaar_bytes
from stukken.models import PdfOpdracht
from stukken.pdf import Opmaak, bron
from termijnen.actions import pauzeer, verwerk
from tests.adviezen import bouw
from tests.opvolging.hulp import PDF, advies, klok_van, leg_vast, openbaar

pytestmark = pytest.mark.django_db


# --- toezeggingen en vrijgave -------------------------------------------------------------------------------------


def zeg_toe(wereld, rij, **anders):
    invoer = {
        "datum": vandaag() + timedelta(days=30),
        "door_wie": "minister (voorbeeld)",
        "gedaan_op": vandaag(),
        "door": wereld.secretaris,
    }
    return leg_toezegging_vast(advies=rij, **(invoer | anders))


def test_een_toezegging_verlegt_de_termijn_niet(wereld):
    rij = advies(wereld, 80)
    vervalt = klok_van(rij).vervalt_op
    toegezegd = zeg_toe(wereld, rij, datum_precisie="maand")
    assert klok_van(rij).vervalt_op == vervalt
    assert "dag onbekend" in toegezegd.datum_tekst
    assert "dag onbekend" not in toegezegd.datum_in_zin
    assert Gebeurtenis.objects.filter(soort="opvolging.leg_toezegging_vast").exists()


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"door_wie": " "}, "door_wie"),
        ({"gedaan_op": vandaag() + timedelta(days=1)}, "gedaan_op"),
        ({"gedaan_op": vandaag() - timedelta(days=90)}, "gedaan_op"),
        ({"datum": vandaag() - timedelta(days=1)}, "datum"),
    ],
)
def test_een_slechte_toezegging_noemt_het_veld(wereld, anders, veld):
    with pytest.raises(InvoerFout) as fout:
        zeg_toe(wereld, advies(wereld, 80), **anders)
    assert fout.value.veld == veld


def test_alleen_de_algemeen_secretaris_geeft_vrij_en_alleen_na_de_dag(wereld):
    rij, algemeen = advies(wereld, 200), wereld.algemeen_secretaris
    with pytest.raises(GeenToegang):
        geef_klok_vrij(advies=rij, vrij=True, door=wereld.secretaris)
    with pytest.raises(GeenToegang):
        zeg_toe(wereld, rij, door=wereld.buitenstaander)
    with pytest.raises(InvoerFout, match="niets vrij te geven"):
        geef_klok_vrij(advies=advies(wereld, 10), vrij=True, door=algemeen)
    geef_klok_vrij(advies=rij, vrij=True, door=algemeen)
    with pytest.raises(InvoerFout, match="stond al zo"):
        geef_klok_vrij(advies=rij, vrij=True, door=algemeen)
    with pytest.raises(InvoerFout, match="reden"):
        geef_klok_vrij(advies=rij, vrij=False, door=algemeen)
    geef_klok_vrij(advies=rij, vrij=False, reden="Toch nog wachten.", door=algemeen)
    assert [v.vrij for v in rij.klokvrijgaven.all()] == [True, False]
    stil = advies(wereld, 200)
    pauzeer(termijn=klok_van(stil), reden="Het kabinet viel.", door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="niets vrij te geven"):
        geef_klok_vrij(advies=stil, vrij=True, door=algemeen)


# --- brieven ------------------------------------------------------------------------------------------------------


def test_de_brief_zegt_neutraal_wat_er_is_afgesproken():
    def brief(dag, **anders):
        gegevens = {
            "titel": "T",
            "nummer": "2026/01",
            "uitgebracht_op": date(2026, 1, 5),
            "vervalt_op": date(2026, 4, 5),
        }
        return brieftekst.tekst("de minister", brieftekst.Herinnering(**gegevens, vandaag=dag, **anders))

    assert "dat is uiterlijk 5 april 2026" in brief(date(2026, 3, 1))
    assert "dat is uiterlijk 5 april 2026" in brief(date(2026, 4, 5))  # ook als hij pas morgen uitgaat
    assert brief(date(2026, 4, 5)).endswith("Hoogachtend,")
    assert "Wij ontvingen haar nog niet" in brief(date(2026, 5, 1))
    laat = brief(date(2026, 5, 1), gedeeltelijk=True, toegezegd="juni 2026")
    assert "reageerde u al" in laat
    assert "ontvingen haar nog niet" not in laat, "een deel kwam wel"
    assert "zei een reactie toe voor juni 2026." in laat
    assert "te laat" not in laat
    kaal = brieftekst.Herinnering("T", "", date(2026, 1, 5), date(2026, 4, 5), date(2026, 4, 5))
    assert brieftekst.onderwerp(kaal) == "Reactie op een SER-advies"


def test_de_ladder_zet_bij_elke_trede_een_brief_klaar(wereld):
    rij = advies(wereld, 10)
    klok = klok_van(rij)
    for dag in (klok.vervalt_op - timedelta(days=28), klok.vervalt_op, klok.vervalt_op):
        verwerk(nu() + (dag - vandaag()))
    eerste, tweede = Herinneringsbrief.objects.order_by("pk")
    assert (eerste.trede, eerste.is_concept) == ("vier_weken_ervoor", False)
    assert (tweede.trede, tweede.is_concept) == ("op_de_dag", True)
    assert "dat is uiterlijk" in tweede.tekst
    leg_vast(wereld, rij)
    tweede.refresh_from_db()
    assert tweede.vervallen_op is not None
    # Stond de klok van het portaal stil, dan zegt de brief van de trede hoe het nu is.
    later = advies(wereld, 200)
    brief = zet_brief_klaar(advies=later, door=None, trede="op_de_dag", gepland_op=klok_van(later).vervalt_op)
    assert "Wij ontvingen haar nog niet" in brief.tekst


def test_een_wet_is_geen_deel_van_een_reactie(wereld):
    """De brief zegt de minister niet dat hij op een deel al reageerde, als er alleen een wet is."""
    rij = advies(wereld, 200)
    leg_vast(wereld, rij, vorm="wet", kamerstuk="Stb. 1 (voorbeeld)")
    brief = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    assert "reageerde u al" not in brief.tekst
    assert "Wij ontvingen haar nog niet" in brief.tekst


def test_de_brief_gaat_naar_wie_erom_vroeg(wereld):
    cast = bouw.traject_op("aangeboden", wereld)
    assert aan_wie(cast.traject.advies).startswith("de ")
    assert aan_wie(advies(wereld)) == "het kabinet"


def klaar(wereld, **anders):
    rij = openbaar(wereld, dagen_geleden=200)
    brief = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    velden = {"aan": brief.aan, "onderwerp": brief.onderwerp, "tekst": brief.tekst} | anders
    brief = wijzig_brief(brief=brief, versie=brief.rijversie, door=wereld.secretaris, **velden)
    return teken_brief_af(brief=brief, versie=brief.rijversie, door=wereld.algemeen_secretaris)


def test_een_afgetekende_brief_gaat_met_de_pdf_van_precies_die_tekst(wereld):
    brief = klaar(wereld, email="minister@voorbeeld.test")
    with pytest.raises(InvoerFout, match="nog niet klaar"):
        verstuur_brief(brief=brief, versie=brief.rijversie, door=wereld.secretaris)
    opdracht = vraag_briefpdf(brief=brief, door=wereld.secretaris)
    PdfOpdracht.objects.claim(opdracht.pk).rond_af(PDF)
    brief = verstuur_brief(brief=brief, versie=brief.rijversie, door=wereld.secretaris)
    assert brief.verstuurd_op == vandaag()
    bericht = Bericht.objects.get(email="minister@voorbeeld.test")
    assert verstuur_gereed(nu=nu()) == 0
    assert verstuur_gereed(nu=nu() + timedelta(minutes=11)) == 1
    naam, inhoud, soort = mail.outbox[0].attachments[0]
    assert (inhoud, soort) == (PDF, "application/pdf")
    assert mail.outbox[0].extra_headers["Message-ID"] == bericht.message_id
    assert "/kabinetsreacties/" in mail.outbox[0].body
    assert brief.tekst not in mail.outbox[0].body
    with pytest.raises(InvoerFout, match="al verstuurd"):
        laat_brief_vervallen(brief=brief, versie=None, door=wereld.secretaris)


def test_een_brief_die_nog_wacht_gaat_niet_uit_als_de_reactie_er_is(wereld):
    """Binnen de tien minuten is hij nog tegen te houden; wie hem al kreeg of met de post stuurde, houdt hem."""
    eigen = bewaar_bytes(inhoud=PDF, naam="brief.pdf", soort="pdf", door=wereld.secretaris)
    wacht, weg, post = (klaar(wereld, email=email) for email in ("wacht@voorbeeld.test", "weg@voorbeeld.test", ""))
    for brief in (weg, post, wacht):
        verstuur_brief(brief=brief, versie=None, door=wereld.secretaris, pdf=eigen)
    Bericht.objects.filter(email="weg@voorbeeld.test").update(status="verstuurd", verstuurd_op=nu())
    for brief in (wacht, weg, post):
        leg_vast(wereld, brief.advies, kamerstuk=f"Kamerstuk {brief.pk} (voorbeeld)")
        brief.refresh_from_db()
    assert verstuur_gereed(nu=nu() + timedelta(minutes=11)) == 0
    assert (wacht.verstuurd_op, wacht.verstuurd_moment, wacht.is_concept) == (None, None, False)
    assert [brief.verstuurd_op for brief in (weg, post)] == [vandaag()] * 2


def test_een_brief_waarvan_de_mail_is_herroepen_is_niet_verstuurd(wereld):
    """De openbare klok noemde anders een brief die niemand kreeg."""
    brief = klaar(wereld, email="minister@voorbeeld.test")
    eigen = bewaar_bytes(inhoud=PDF, naam="brief.pdf", soort="pdf", door=wereld.secretaris)
    verstuur_brief(brief=brief, versie=None, door=wereld.secretaris, pdf=eigen)
    herroep(feit_begin=Bericht.objects.get(email="minister@voorbeeld.test").handeling, door=wereld.secretaris)
    brief.refresh_from_db()
    assert (brief.verstuurd_op, brief.verstuurd_moment, brief.is_concept) == (None, None, True)
    assert verstuur_brief(brief=brief, versie=None, door=wereld.secretaris, pdf=eigen).verstuurd_op == vandaag()
    assert Bericht.objects.filter(email="minister@voorbeeld.test", status="wacht").count() == 1


def test_een_lange_titel_uit_word_houdt_de_brief_niet_tegen(wereld):
    brief = klaar(wereld, email="minister@voorbeeld.test")
    brief.advies.titel = "Arbeids\u00admarkt\u00a0" + "x" * 480
    brief.advies.save()
    eigen = bewaar_bytes(inhoud=PDF, naam="brief.pdf", soort="pdf", door=wereld.secretaris)
    verstuur_brief(brief=brief, versie=None, door=wereld.secretaris, pdf=eigen)
    assert Bericht.objects.get(email="minister@voorbeeld.test").tekst.endswith("x…”.")


def test_de_brief_houdt_zijn_alineas_en_krijgt_dag_en_handtekening(wereld):
    """Een browser stuurt een witregel als CRLF; de PDF is één blad met briefhoofd, zonder voorblad."""
    brief = klaar(wereld, tekst="Aan de minister\r\n\r\nEerste regel\r\ntweede <regel>.\r\n\r\nHoogachtend,")
    invoer = vraag_briefpdf(brief=brief, door=wereld.secretaris).invoer
    assert invoer["html"] == "<p>Aan de minister</p><p>Eerste regel<br>tweede &lt;regel&gt;.</p><p>Hoogachtend,</p>"
    velden = {naam: waarde for naam, waarde in invoer.items() if naam in Opmaak.__dataclass_fields__}
    bron_ = bron(Opmaak(**velden | {"datum": date.fromisoformat(invoer["datum"])}))
    assert "briefhoofd" in bron_
    assert 'class="kaft"' not in bron_
    assert wereld.algemeen_secretaris.naam in bron_
    brief.afgetekend_op = brief.afgetekend_door = None
    concept = vraag_briefpdf(brief=brief, door=wereld.secretaris)
    assert (concept.invoer["datum"], concept.invoer["colofon"]) == (None, [])


def test_met_de_post_of_met_een_eigen_pdf(wereld):
    brief = klaar(wereld)
    brief = verstuur_brief(brief=brief, versie=None, door=wereld.secretaris)
    assert (brief.verstuurd_op, brief.pdf, Bericht.objects.filter(email__gt="").count()) == (vandaag(), None, 0)
    eigen = bewaar_bytes(inhoud=PDF, naam="brief.pdf", soort="pdf", door=wereld.secretaris)
    ander = klaar(wereld, email="x@voorbeeld.test")
    assert verstuur_brief(brief=ander, versie=None, door=wereld.secretaris, pdf=eigen).pdf == eigen


def test_wat_niet_kan_met_brieven(wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    brief = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="al een concept"):
        zet_brief_klaar(advies=rij, door=wereld.secretaris)
    with pytest.raises(InvoerFout, match="aftekenen"):
        verstuur_brief(brief=brief, versie=None, door=wereld.secretaris)
    with pytest.raises(GeenToegang):
        teken_brief_af(brief=brief, versie=None, door=wereld.secretaris)
    with pytest.raises(GeenToegang):
        zet_brief_klaar(advies=rij, door=wereld.buitenstaander)
    with pytest.raises(GeenToegang):
        laat_brief_vervallen(brief=brief, versie=None, door=wereld.buitenstaander)
    gewoon = {"aan": "x", "onderwerp": "y", "tekst": "z", "door": wereld.secretaris, "brief": brief}
    for anders, veld in (({"tekst": " "}, "tekst"), ({"onderwerp": "a\nb"}, "onderwerp")):
        with pytest.raises(InvoerFout) as fout:
            wijzig_brief(**gewoon | {"versie": None} | anders)
        assert fout.value.veld == veld
    with pytest.raises(InvoerFout, match="intussen"):
        wijzig_brief(**gewoon, versie=99)
    afgetekend = teken_brief_af(brief=brief, versie=None, door=wereld.algemeen_secretaris)
    assert teken_brief_af(brief=brief, versie=None, door=wereld.algemeen_secretaris).rijversie == afgetekend.rijversie
    zelfde = {"aan": brief.aan, "onderwerp": brief.onderwerp, "tekst": brief.tekst, "email": "a@b.test"}
    assert wijzig_brief(**gewoon | zelfde, versie=None).afgetekend_op is not None
    assert wijzig_brief(**gewoon, versie=None).afgetekend_op is None
    with pytest.raises(InvoerFout, match="loopt geen termijn"):
        zet_brief_klaar(advies=advies(wereld, klok=False), door=wereld.secretaris)
    teken_brief_af(brief=brief, versie=None, door=wereld.algemeen_secretaris)
    with pytest.raises(InvoerFout, match="eerdere dag"):
        verstuur_brief(brief=brief, versie=None, door=wereld.secretaris, op=vandaag() + timedelta(days=1))


# --- de schermen --------------------------------------------------------------------------------------------------


def test_brief_van_concept_tot_verstuurd_in_de_browser(als, wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    client = als(wereld.secretaris)
    dossier = reverse("opvolging:advies", args=[rij.kenmerk])
    assert "kan vrijgeven" in client.get(dossier).content.decode()
    assert "Zet een brief klaar" in client.get(dossier).content.decode()
    nieuw = reverse("opvolging:brief_nieuw", args=[rij.kenmerk])
    pagina = client.post(nieuw, follow=True)
    brief = Herinneringsbrief.objects.get()
    assert brief.tekst.splitlines()[0] in pagina.content.decode()
    assert "Zet een brief klaar" not in client.get(dossier).content.decode()
    assert "al een concept" in client.post(nieuw, follow=True).content.decode()
    pad = reverse("opvolging:brief", args=[brief.pk])
    invoer = {"aan": "de minister", "onderwerp": "Reactie", "tekst": "Geachte minister.", "email": "geen adres"}
    fout = client.post(pad, invoer | {"versie": brief.rijversie})
    assert fout.status_code == 422
    assert "Geachte minister." in fout.content.decode()
    assert client.post(pad, invoer | {"email": "", "versie": brief.rijversie}).status_code == 302
    brief.refresh_from_db()
    teken = reverse("opvolging:brief_teken_af", args=[brief.pk])
    verstuur = reverse("opvolging:brief_verstuur", args=[brief.pk])
    assert client.post(teken, {"versie": brief.rijversie}).status_code == 404
    assert (
        "moet de brief eerst aftekenen"
        in client.post(verstuur, {"versie": brief.rijversie}, follow=True).content.decode()
    )
    client.post(reverse("opvolging:briefpdf_maak", args=[brief.pk]))
    assert client.get(reverse("opvolging:briefpdf_stand", args=[brief.pk])).status_code == 200
    assert client.get(reverse("opvolging:briefpdf", args=[brief.pk])).status_code == 404
    PdfOpdracht.objects.claim(PdfOpdracht.objects.get().pk).rond_af(b"%PDF-1.7 van voor het aftekenen")
    assert "Deze PDF is van eerder" not in client.get(pad).text
    anders = invoer | {"email": "", "tekst": "Geachte heer.", "versie": brief.rijversie}
    assert "Deze PDF is van eerder" in client.post(pad, anders, follow=True).text
    brief.refresh_from_db()
    client = als(wereld.algemeen_secretaris)
    assert "Teken de brief af" in client.get(pad).content.decode()
    assert "is afgetekend" in client.post(teken, {"versie": brief.rijversie}, follow=True).content.decode()
    brief.refresh_from_db()
    client = als(wereld.secretaris)
    gedaan = client.post(verstuur, {"versie": brief.rijversie}, follow=True).content.decode()
    assert "als verstuurd vast" in gedaan
    assert "verstuurd op" in gedaan
    tweede = zet_brief_klaar(advies=rij, door=wereld.secretaris)
    weg = client.post(reverse("opvolging:brief_vervalt", args=[tweede.pk]), {"versie": tweede.rijversie}, follow=True)
    assert "is vervallen" in weg.content.decode()


@pytest.mark.parametrize("daad", ["brief_teken_af", "brief_verstuur", "brief_vervalt"])
@pytest.mark.parametrize("gezien", [{}, {"versie": "x"}])
def test_wie_niet_zegt_wat_hij_zag_verandert_niets_aan_een_brief(als, wereld, daad, gezien):
    if daad == "brief_verstuur":
        brief = klaar(wereld)
    else:
        brief = zet_brief_klaar(advies=openbaar(wereld, dagen_geleden=200), door=wereld.secretaris)
    voor = (brief.rijversie, brief.afgetekend_op, brief.is_concept)
    client = als(wereld.algemeen_secretaris if daad == "brief_teken_af" else wereld.secretaris)
    blad = client.post(reverse(f"opvolging:{daad}", args=[brief.pk]), gezien, follow=True).text
    assert "wijzigde deze brief intussen" in blad
    brief.refresh_from_db()
    assert (brief.rijversie, brief.afgetekend_op, brief.is_concept) == voor


def test_toezegging_en_vrijgave_in_de_browser(als, wereld):
    rij = openbaar(wereld, dagen_geleden=200)
    client = als(wereld.secretaris)
    pad = reverse("opvolging:toezegging", args=[rij.kenmerk])
    invoer = {"datum_precisie": "dag", "door_wie": "minister", "gedaan_op": vandaag().isoformat()}
    assert client.post(pad, invoer | {"datum": (vandaag() - timedelta(days=3)).isoformat()}).status_code == 422
    klaar_ = client.post(pad, invoer | {"datum": vandaag().isoformat()}, follow=True)
    assert "Reactie toegezegd voor" in klaar_.content.decode()
    vrij = reverse("opvolging:vrijgave", args=[rij.kenmerk])
    assert client.get(vrij).status_code == 404
    client = als(wereld.algemeen_secretaris)
    assert "Geef de openbare klok vrij" in client.get(vrij).content.decode()
    assert "Vrijgegeven" in client.post(vrij, {"reden": ""}, follow=True).content.decode()
    assert client.post(vrij, {"reden": ""}).status_code == 422
    assert "teruggenomen" in client.post(vrij, {"reden": "Nog even."}, follow=True).content.decode()
    # Wie twee keer klikt, doet niet het omgekeerde van wat er op zijn scherm stond.
    invoer = {"reden": "De minister zei er niets over.", "wat": client.get(vrij).context["form"]["wat"].value()}
    assert "Vrijgegeven" in client.post(vrij, invoer, follow=True).content.decode()
    assert client.post(vrij, invoer).status_code == 422
    assert rij.klokvrijgaven.order_by("pk").last().vrij
