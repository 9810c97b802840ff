"""De randen van de acht stappen: wat elke handeling bijhoudt, de dag zelf, en niets is een lege lijst en geen None."""

from datetime import datetime, timedelta
from typing import Any

from adviezen import policies
from adviezen.enums import Raadsoordeel, Reactieoordeel, Stap
from adviezen.models import (
    Adviestraject,
    Medeondertekening,
    Minderheidsnota,
    OpvattingRij,
    Stapgang,
    Steun,
)
from kern.tijd import WACHTTIJD, nu, vandaag
from overgangen import overgangen_van
from tests.adviezen import bouw
from tests.adviezen.bouw import Cast, Wereld
from tests.adviezen.hulp import MORGEN, alleen, zet
from vergaderingen.models import Vergadering

# Ontwerp §4, met de hand overgeschreven: na deze handelingen wachten de berichten tien minuten.
HERROEPBAAR = {
    "wijs_toe", "neem_niet_in_behandeling", "start_achterbanberaad", "open_nieuw_achterbanberaad",
    "sluit_achterbanberaad", "sluit_achterbanberaad_na_termijn", "stuur_naar_raad", "bied_aan", "trek_in", "beeindig",
}  # fmt: skip


def test_elke_handeling_begint_een_stap_en_elke_herroeping_gaat_terug(casts: dict[str, Cast]) -> None:
    """Elke overgang zet zelf haar naam, haar begin, het begin ervoor en tot wanneer zij te herroepen is."""
    bouw.bereid_toewijzing_voor(casts[Stap.TOEWIJZING])
    bouw.bereid_beraad_voor(casts[Stap.CONCEPT])
    bouw.bereid_beraad_voor(casts[Stap.VERWERKING])
    bouw.bereid_verzending_voor(casts[Stap.VERWERKING])
    einde = {"datum": vandaag(), "motivering": "Niet meer nodig (voorbeeld)."}
    for overgang in overgangen_van(Adviestraject):
        traject = Adviestraject.objects.get(pk=casts[overgang.source].traject.pk)
        begin, ervoor, voor = traject.stap_sinds, traject.vorige_stap_sinds, nu()
        getattr(traject, overgang.name)(**(einde if overgang.name in ("trek_in", "beeindig") else {}))
        assert traject.laatste_overgang == overgang.name
        if overgang.name.startswith("herroep_"):
            assert traject.stap_sinds == ervoor or (ervoor is None and traject.stap_sinds >= voor), overgang.name
            assert (traject.vorige_stap_sinds, traject.herroepbaar_tot) == (None, None), overgang.name
            continue
        assert traject.vorige_stap_sinds == begin < voor <= traject.stap_sinds, overgang.name
        wacht = traject.stap_sinds + WACHTTIJD if overgang.name in HERROEPBAAR else None
        assert traject.herroepbaar_tot == wacht, overgang.name


def test_het_verloop_leest_als_een_zin(casts: dict[str, Cast]) -> None:
    traject = casts[Stap.TOEWIJZING].traject
    assert [str(gang) for gang in traject.stapgangen.all()] == [" → aanvraag", "aanvraag → toewijzing"]
    gang = Stapgang.begin(traject, door_naam="Wie begon (voorbeeld)")
    assert (gang.traject, gang.van, gang.naar, gang.door_naam) == (traject, "", "toewijzing", "Wie begon (voorbeeld)")


def test_het_einde_valt_op_de_dag_van_de_vergadering(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Wie het besluit een dag later vastlegt, maakt het einde niet een dag later."""
    cast = casts[Stap.TOEWIJZING]
    bouw.bereid_weigering_voor(cast)
    gisteren = vandaag() - MORGEN
    Vergadering.objects.filter(toewijzingen__traject=cast.traject).update(datum=gisteren)
    assert cast.doe("neem_niet_in_behandeling").geeindigd_op == gisteren


def test_niets_is_een_lege_lijst(casts: dict[str, Cast]) -> None:
    """Een beleid dat niets mist geeft een lege lijst: wie er nog iets bij optelt, rekent daarop."""
    traject, af = casts[Stap.CONCEPT].traject, casts[Stap.INGETROKKEN].traject
    assert policies.einde.vrij(traject) == []
    for beleid in (policies.einde.mag_eindigen, policies.einde.mag_intrekken):
        assert beleid(traject) == beleid(traject, datum=None) == beleid(traject, datum=vandaag()) == []
    traject.herroepbaar_tot = nu() + MORGEN
    assert policies.einde.nog_te_herroepen(traject) == []
    af.herroepbaar_tot = None
    assert policies.einde.dossier_tekorten(af) == []
    af.herroepbaar_tot = nu() - MORGEN
    assert policies.einde.dossier_tekorten(af) == []


def test_herroepen_kan_tot_en_niet_op_het_moment_zelf(casts: dict[str, Cast], monkeypatch: Any) -> None:
    """Op dat moment gaan de berichten weg; dan is er niets meer te herroepen, en is het dossier af."""
    traject, tot = casts[Stap.INGETROKKEN].traject, nu() + timedelta(minutes=5)
    traject.herroepbaar_tot = tot
    monkeypatch.setattr(policies.einde, "nu", lambda: tot - timedelta(microseconds=1))
    assert policies.einde.nog_te_herroepen(traject) == []
    alleen(policies.einde.dossier_tekorten(traject), "kan nog herroepen worden")
    monkeypatch.setattr(policies.einde, "nu", lambda: tot)
    alleen(policies.einde.nog_te_herroepen(traject), "de berichten zijn verzonden sinds ")
    assert policies.einde.dossier_tekorten(traject) == []
    traject.herroepbaar_tot = None
    alleen(policies.einde.nog_te_herroepen(traject), "de berichten zijn verzonden.")


def test_een_bevestiging_op_het_begin_van_de_stap_telt(casts: dict[str, Cast]) -> None:
    cast = casts[Stap.AANBIEDING]
    aanbieding = bouw.bereid_aanbieding_voor(cast)
    begin: datetime = cast.traject.stapgangen.filter(naar=Stap.AANBIEDING).last().op
    zet(aanbieding, klaargezet_op=begin - MORGEN, bevestigd_op=begin)
    assert policies.aanbieding.mag_bied_aan(cast.vers()) == []
    zet(cast.traject.aanbieding, bevestigd_op=begin - timedelta(microseconds=1))
    alleen(policies.aanbieding.mag_bied_aan(cast.vers()), "Een tweede persoon moet")


def test_wie_meetekent_geeft_geen_eigen_reactie(casts: dict[str, Cast]) -> None:
    """Regel 23: één reactie per organisatie; een verzoek dat niet bevestigd is houdt niets tegen."""
    cast = casts[Stap.ACHTERBANBERAAD]
    eigen = bouw.begin_reactie(cast.deelname("CNV"), oordeel=Reactieoordeel.AKKOORD)
    van_fnv, contact = bouw.begin_reactie(cast.deelname("FNV")), cast.deelname("CNV").contact
    mede = Medeondertekening.objects.create(
        reactie=van_fnv, deelname=eigen.deelname, status="gevraagd", gevraagd_door=cast.deelname("FNV").contact
    )
    beleid = (policies.beraad.mag_indienen, policies.beraad.mag_geen_reactie_melden)
    assert [mag(eigen) for mag in beleid] == [[], []]
    zet(mede, status="bevestigd", beantwoord_door=contact, beantwoord_op=nu())
    for mag in beleid:
        alleen(mag(eigen), "reageert al mee met FNV (voorbeeld)")


def test_interne_notities_blijven_tot_de_termijn_na_het_sluiten(casts: dict[str, Cast], settings: Any) -> None:
    beraad = casts[Stap.ACHTERBANBERAAD].beraad
    assert policies.bewaren.notities_tot(beraad) is None
    settings.INTERNE_NOTITIES_DAGEN = 30
    beraad.gesloten_op = nu()
    assert policies.bewaren.notities_tot(beraad) == vandaag() + timedelta(days=30)


def test_een_gedeelde_opvatting_heeft_geen_aanduiding_nodig(wereld: Wereld, casts: dict[str, Cast]) -> None:
    """Regel 35: pas wie uiteenloopt, wordt aangeduid; en van wie afwezig is of niets vond komt geen nota (37)."""
    cast = casts[Stap.VASTSTELLING]
    bouw.geopend(wereld, policies.raad.lopende_agendering(cast.traject).agendapunt.vergadering)
    agendering = bouw.leg_standpunten_vast(cast, verdeeld=True)
    nota = Minderheidsnota.objects.create(agendering=agendering, titel="Anders (voorbeeld)", html="<p>Anders</p>")
    lid = wereld.raad.leden["VNO-NCW 1"]
    nota.leden.add(lid)
    Steun.objects.filter(opvatting__registratie__agendering=agendering, persoon=lid).delete()
    alleen(policies.raad.nota_tekorten(agendering), "verdedigde geen standpunt")  # aanwezig, maar zonder standpunt
    nota.leden.set([wereld.raad.leden["LTO 1"]])
    zet(agendering.agendapunt.vergadering.presenties.get(persoon=wereld.raad.leden["LTO 1"]), aanwezig=False)
    alleen(policies.raad.nota_tekorten(agendering), "verdedigde geen standpunt")  # een standpunt, maar afwezig
    nota.delete()
    minderheid = OpvattingRij.objects.get(sleutel="minderheid", registratie__agendering=agendering)
    minderheid.steun.all().delete()
    minderheid.delete()
    OpvattingRij.objects.filter(registratie__agendering=agendering).update(aanduiding="", voetnoot="")
    zet(agendering, oordeel=Raadsoordeel.UNANIEM)
    assert policies.raad.mag_stel_vast(cast.traject) == []
