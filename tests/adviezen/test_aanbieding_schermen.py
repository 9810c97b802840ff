"""De schermen van stap 8: van vastgesteld tot aangeboden, en wie wat ziet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from adviezen.actions import brieven
from adviezen.enums import Stap
from adviezen.models import Aanbieding, Thema
from kern.tijd import moment_nl, nu, vandaag
from publicatie.models import Publicatie
from stukken.models import PdfOpdracht
from tests.adviezen import bouw
from tests.adviezen.aanbieden import PDF, alles_klaar, gegevens, maak_pdf
from toegang.models import Gebruiker

pytestmark = pytest.mark.django_db


@pytest.fixture
def als(client):
    def log_in(gebruiker):
        client.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def begin(wereld):
    return bouw.traject_op(Stap.AANBIEDING, wereld)


def test_een_pdf_van_een_eerdere_tekst_zegt_dat(als, cast):
    """Het secretariaat las de PDF na en bood iets anders aan: de bladzijde zei alleen dat hij klaar was."""
    gegevens(cast)
    brieven.stel_brieven_op(traject=cast.traject, versie=None, door=cast.secretaris)
    brief, client = cast.vers().aanbieding.brieven.get(), als(cast.secretaris)
    standen = [
        reverse("adviezen:adviespdf_stand", kwargs={"slug": cast.traject.slug}),
        reverse("adviezen:briefpdf_stand", kwargs={"slug": cast.traject.slug, "pk": brief.pk}),
    ]

    def maak():
        maak_pdf(cast)
        opdracht = brieven.vraag_briefpdf(brief=cast.vers().aanbieding.brieven.get(), door=cast.secretaris)
        PdfOpdracht.objects.claim(opdracht.pk).rond_af(PDF)

    def gemeld():
        bladen = [client.get(stand).text for stand in standen]
        assert ["De PDF is klaar" in blad for blad in bladen] == [True, True]
        return ["Deze PDF is van eerder" in blad for blad in bladen]

    maak()
    assert gemeld() == [False, False]
    gegevens(cast, titel="Thuiswerken, verbeterd (voorbeeld)")
    brieven.wijzig_brief(brief=brief, versie=None, aan="De minister", html="<p>Anders.</p>", door=cast.secretaris)
    assert gemeld() == [True, True]
    maak()
    assert gemeld() == [False, False]


def test_van_vastgesteld_tot_aangeboden_in_de_browser(als, cast):
    pad = {"slug": cast.traject.slug}

    def adres(pagina, **kw):
        return reverse(f"adviezen:{pagina}", kwargs=pad | kw)

    def versie():
        return {"versie": cast.vers().rijversie}

    client = als(cast.secretaris)
    assert "nog geen nummer" in client.get(adres("aanbieding")).content.decode()
    assert "eerst een adviesnummer" in client.post(adres("adviespdf_maak"), follow=True).content.decode()
    formulier = client.get(adres("adviesgegevens"))
    assert formulier.context["form"]["nummer"].value().startswith("V")
    invoer = {
        "nummer": "V26/44",
        "soort": "advies",
        "titel": "Thuiswerken (voorbeeld)",
        "samenvatting": "Kort (voorbeeld).",
        "punt_0": "Doe dit.",
        "aan_0": "het kabinet",
    }
    fout = client.post(adres("adviesgegevens"), invoer | versie() | {"nummer": "7"})
    assert fout.status_code == 422
    assert "Schrijf het adviesnummer als" in fout.content.decode()
    assert "Kort (voorbeeld)." in fout.content.decode()
    assert client.post(adres("adviesgegevens"), invoer | versie()).status_code == 302
    assert cast.vers().advies.aanbevelingen.get().geadresseerden == "het kabinet"
    assert client.post(adres("stel_brieven_op"), versie()).status_code == 302
    brief = cast.vers().aanbieding.brieven.get()
    assert "V26/44" in client.get(adres("brief", pk=brief.pk)).content.decode()
    leeg = client.post(adres("brief", pk=brief.pk), {"aan": "De minister", "html": "# "} | versie())
    assert leeg.status_code == 422
    nieuw = {"aan": "De minister", "html": "Geachte minister,\n\nHierbij <het> advies."} | versie()
    assert client.post(adres("brief", pk=brief.pk), nieuw).status_code == 302
    brief.refresh_from_db()
    assert "&lt;het&gt;" in brief.html
    assert client.post(adres("adviespdf_maak")).status_code == 302
    assert client.get(adres("adviespdf")).status_code == 404
    assert "in de rij" in client.get(adres("adviespdf_stand")).content.decode()
    assert client.post(adres("briefpdf_maak", pk=brief.pk)).status_code == 302
    assert client.get(adres("briefpdf_stand", pk=brief.pk)).status_code == 200
    assert client.get(adres("briefpdf", pk=brief.pk)).status_code == 404
    vroeg = client.post(adres("aanbieding"), {"klaarzetten": "1"} | versie())
    assert vroeg.status_code == 422
    assert "nog niet klaar" in vroeg.content.decode()
    for opdracht in PdfOpdracht.objects.filter(status="wacht"):
        PdfOpdracht.objects.claim(opdracht.pk).rond_af(PDF)
    for download in (adres("adviespdf"), adres("briefpdf", pk=brief.pk)):
        assert b"".join(client.get(download).streaming_content) == PDF
    assert client.post(adres("aanbieding"), {"klaarzetten": "1"} | versie()).status_code == 302
    zelf = client.post(adres("bevestig"), versie(), follow=True).content.decode()
    assert "een ander bevestigt" in zelf

    client = als(cast.tweede)
    scherm = client.get(adres("aanbieding")).content.decode()
    knop = scherm[: scherm.index(">Bevestig de aanbieding<")].rpartition("<")[2]
    assert "primary-action" in knop, "wat nu van deze lezer gevraagd wordt, is de grote knop"
    assert client.get(adres("adviesgegevens")).status_code == 404
    client.post(adres("bevestig"), versie())
    assert cast.vers().aanbieding.bevestigd_door == cast.tweede

    client = als(cast.algemeen_secretaris)
    assert "Teken af" in client.get(adres("aanbieding")).content.decode()
    client.post(adres("teken_af", pk=brief.pk), versie())
    assert "Bied het advies aan" in client.get(adres("aanbieding")).content.decode()
    doe = adres("handeling", naam="bied_aan")
    assert "krijgt het advies met de brief" in client.get(doe).content.decode()
    oud = versie()
    later = {"op": (vandaag() + timedelta(days=1)).isoformat()}
    weigering = client.post(doe, oud | later)
    assert weigering.status_code == 422
    assert "toekomst" in weigering.content.decode()
    assert client.post(doe, oud | {"op": vandaag().isoformat()}).status_code == 302
    assert cast.vers().stap == Stap.AANGEBODEN
    dubbel = client.post(doe, oud | {"op": vandaag().isoformat()}, follow=True)
    assert "al gedaan" in dubbel.content.decode()
    assert Publicatie.objects.filter(sleutel=f"advies:t-{cast.traject.pk}").count() == 1

    ontvangst = {"ontvangst": "1", "op": vandaag().isoformat()}
    assert client.post(adres("aanbieding"), ontvangst | versie() | later).status_code == 422
    assert client.post(adres("aanbieding"), ontvangst | versie()).status_code == 302
    bladzijde = client.get(adres("aanbieding")).content.decode()
    assert "Ontvangst bevestigd op" in bladzijde
    assert "Geachte minister" in client.get(adres("brief", pk=brief.pk)).content.decode()


def test_wie_opnieuw_klaarzet_houdt_het_embargo(als, cast):
    """Journalisten beloofden te zwijgen tot dat moment; een leeg vak maakte het advies na tien minuten openbaar."""
    straks = (nu() + timedelta(days=10)).replace(second=0, microsecond=0)
    alles_klaar(cast, embargo_tot=straks)
    adres = reverse("adviezen:aanbieding", kwargs={"slug": cast.traject.slug})
    client = als(cast.secretaris)
    assert f'value="{timezone.localtime(straks):%Y-%m-%dT%H:%M}"' in client.get(adres).text
    oud = {"klaarzetten": "1", "embargo_tot": "", "versie": cast.vers().rijversie - 1}
    later = client.post(adres, oud)
    assert later.context["form"].errors["embargo_tot"] == [f"Nu vastgelegd: {moment_nl(straks)}"]


def test_wie_later_is_leest_namen_en_geen_nummers(als, cast):
    alles_klaar(cast)
    thema = Thema.objects.create(naam="wonen (voorbeeld)", slug="wonen-voorbeeld")
    cast.vers().advies.themas.add(thema)
    invoer = {"nummer": "V26/44", "soort": "briefadvies", "titel": "T", "samenvatting": "K", "versie": 0}
    adres = reverse("adviezen:adviesgegevens", kwargs={"slug": cast.traject.slug})
    later = als(cast.secretaris).post(adres, invoer).context["form"].errors
    assert later["themas"] == ["Nu vastgelegd: wonen (voorbeeld)"]
    assert later["soort"] == ["Nu vastgelegd: advies"]


def test_wie_het_scherm_ziet(als, cast, wereld):
    adres = reverse("adviezen:aanbieding", kwargs={"slug": cast.traject.slug})
    assert als(cast.buitenstaander).get(adres).status_code == 404
    assert als(wereld.account("FNV 3")).get(adres).status_code == 404
    assert als(wereld.communicatie).get(adres).status_code == 200


def test_voor_de_vaststelling_zegt_het_scherm_wanneer(als, wereld):
    cast = bouw.traject_op(Stap.CONCEPT, wereld)
    client = als(cast.secretaris)
    pad = {"slug": cast.traject.slug}
    assert "Nog niet vastgesteld" in client.get(reverse("adviezen:aanbieding", kwargs=pad)).content.decode()
    assert client.get(reverse("adviezen:adviesgegevens", kwargs=pad)).status_code == 404
    assert client.get(reverse("adviezen:adviespdf_stand", kwargs=pad)).status_code == 404


def test_evenveel_zoekvragen_bij_meer_brieven(als, cast):
    alles_klaar(cast)
    client = als(cast.secretaris)
    adres = reverse("adviezen:aanbieding", kwargs={"slug": cast.traject.slug})

    def tel():
        with CaptureQueriesContext(connection) as gevraagd:
            assert client.get(adres).status_code == 200
        return len(gevraagd)

    tel()
    een = tel()
    aanbieding = Aanbieding.objects.get(traject=cast.traject)
    for n in range(5):
        aanbieding.brieven.create(aan=f"Ontvanger {n}", html="<p>x</p>")
    assert tel() == een


@pytest.mark.parametrize("naam", ["bevestig", "bied_aan"])
def test_openbaar_maken_vraagt_opnieuw_wie_u_bent(als, cast, settings, naam):
    bouw.bereid_aanbieding_voor(cast)
    settings.OPNIEUW_BEVESTIGEN = True
    wie = Gebruiker.objects.get(pk=cast.algemeen_secretaris.pk)  # een eigen: de cast is van alle toetsen hier
    wie.set_password("een-lang-wachtwoord-42")
    wie.save()
    client, slug = als(wie), cast.traject.slug
    adres = reverse("adviezen:bevestig", args=[slug])
    if naam == "bied_aan":
        adres = reverse("adviezen:handeling", kwargs={"slug": slug, "naam": naam})
        assert client.get(adres).status_code == 200
    antwoord = client.post(adres, {"versie": cast.vers().rijversie, "op": str(vandaag())})
    assert antwoord["Location"].startswith(reverse("account_reauthenticate"))
    assert cast.vers().stap == Stap.AANBIEDING
    klaar = client.post(antwoord["Location"], {"password": "een-lang-wachtwoord-42"})
    assert klaar.status_code == 302
    assert cast.vers().stap == (Stap.AANGEBODEN if naam == "bied_aan" else Stap.AANBIEDING)
