"""Een traject of een heel bureau overdragen: wie het mag, wie het hoort, en wie dan bewaakt."""

import pytest

from adviezen.actions.bureau import draag_bureau_over, draag_over
from berichten.models import Bericht
from kern.fouten import GeenToegang, InvoerFout
from kern.tijd import nu
from logboek.models import Gebeurtenis
from termijnen.actions import draag_termijn_over
from termijnen.models import Termijn
from tests.adviezen.aanvragen import registreer, wijzig
from tests.adviezen.bouw import Wereld
from toegang.models import Gebruiker


def hoort(wie: Gebruiker) -> list[str]:
    """Geef de onderwerpen van wat er voor iemand klaarstaat."""
    return list(
        Bericht.objects.filter(ontvanger=wie, feit__contains="draag_", status="wacht").values_list(
            "onderwerp", flat=True
        )
    )


def test_een_collega_neemt_een_traject_niet_zelf_over(wereld: Wereld) -> None:
    """Iedereen van het secretariaat vult de aanvraag aan, maar overdragen doet wie het traject heeft."""
    traject = registreer(wereld)
    assert wijzig(traject, door=wereld.tweede, titel="Aangevuld (voorbeeld)").titel == "Aangevuld (voorbeeld)"
    with pytest.raises(GeenToegang):
        draag_over(traject=traject, versie=None, secretaris=wereld.tweede, waarnemer=None, door=wereld.tweede)
    with pytest.raises(InvoerFout, match="wie het traject heeft") as fout:
        wijzig(traject, door=wereld.tweede, secretaris=wereld.tweede, titel="Half (voorbeeld)")
    assert fout.value.veld == "secretaris"
    traject.refresh_from_db()
    assert (traject.secretaris, traject.titel) == (wereld.secretaris, "Aangevuld (voorbeeld)")


def test_wie_waarnam_en_het_traject_krijgt_neemt_niet_meer_waar(wereld: Wereld) -> None:
    """Anders is er niemand die waarneemt, en staat er toch een naam; het logboek noemt van wie het kwam."""
    traject = registreer(wereld)
    draag_over(
        traject=traject, versie=None, secretaris=wereld.secretaris, waarnemer=wereld.tweede, door=wereld.secretaris
    )
    traject = wijzig(traject, secretaris=wereld.tweede)
    assert (traject.secretaris, traject.waarnemer) == (wereld.tweede, None)
    spoor = Gebeurtenis.objects.filter(soort="adviezen.wijzig_aanvraag", object_id=str(traject.pk)).latest("pk")
    assert spoor.gegevens["was"]["secretaris"] == wereld.secretaris.naam


def test_wie_een_traject_krijgt_waarneemt_of_kwijt_is_hoort_het_en_wie_het_deed_niet(wereld: Wereld) -> None:
    een, twee, derde = wereld.secretaris, wereld.tweede, wereld.raadssecretaris
    traject = registreer(wereld)
    assert hoort(een) == [], "hij registreerde het zelf"
    registreer(wereld, titel="Voor een collega (voorbeeld)", secretaris=twee)
    assert hoort(twee) == ["U behandelt nu een adviestraject"]
    Bericht.objects.filter(ontvanger=twee).update(status="verstuurd", verstuurd_op=nu())
    draag_over(traject=traject, versie=None, secretaris=een, waarnemer=twee, door=een)
    assert (hoort(een), hoort(twee)) == ([], ["U neemt een adviestraject waar"])
    draag_over(traject=traject, versie=None, secretaris=twee, waarnemer=None, door=derde)
    assert hoort(een) == ["Een ander behandelt nu een adviestraject van u"]
    assert hoort(twee) == ["U behandelt nu een adviestraject"], "het laatste geldt"
    wijzig(traject, door=twee, secretaris=een)
    assert (hoort(een), hoort(twee)) == (["U behandelt nu een adviestraject"], [])


def test_over_een_heel_bureau_gaat_een_bericht(wereld: Wereld) -> None:
    een, twee = wereld.secretaris, wereld.tweede
    for nummer in range(3):
        registreer(wereld, titel=f"Traject {nummer} (voorbeeld)")
    draag_bureau_over(van=een, naar=twee, hoe="waarnemen", reden="Verlof.", door=een)
    assert (hoort(een), hoort(twee)) == ([], ["U neemt een bureau waar"])
    draag_bureau_over(van=een, naar=twee, hoe="overdragen", reden="Ander werk.", door=wereld.raadssecretaris)
    assert (hoort(een), sorted(hoort(twee))) == (
        ["Uw bureau is overgedragen"],
        ["Een bureau is aan u overgedragen", "U neemt een bureau waar"],
    )


def test_wie_niet_meer_waarneemt_hoort_dat_ook_bij_een_heel_bureau(wereld: Wereld) -> None:
    een, twee, derde = wereld.secretaris, wereld.tweede, wereld.raadssecretaris
    for nummer in range(2):
        registreer(wereld, titel=f"Traject {nummer} (voorbeeld)")
    draag_bureau_over(van=een, naar=twee, hoe="waarnemen", reden="Verlof.", door=een)
    draag_bureau_over(van=een, naar=derde, hoe="waarnemen", reden="Twee is ziek.", door=een)
    assert sorted(hoort(twee)) == ["U neemt een bureau niet langer waar", "U neemt een bureau waar"]
    assert hoort(derde) == ["U neemt een bureau waar"]


@pytest.mark.parametrize("via", ["overdragen", "wijzigen"])
def test_wie_een_traject_krijgt_bewaakt_ook_zijn_termijnen(wereld: Wereld, via: str) -> None:
    traject, ander = registreer(wereld), registreer(wereld, titel="Ander (voorbeeld)")
    van_een_derde = Termijn.objects.van(traject).lopend().get(soort="adviestermijn")
    draag_termijn_over(termijn=van_een_derde, naar=wereld.raadssecretaris, door=wereld.secretaris, reden="Zijn dossier")
    if via == "overdragen":
        draag_over(traject=traject, versie=None, secretaris=wereld.tweede, waarnemer=None, door=wereld.secretaris)
    else:
        wijzig(traject, secretaris=wereld.tweede)
    bewaakt = {t.soort: t.eigenaar for t in Termijn.objects.van(traject).lopend()}
    assert bewaakt == {"ontvangstbevestiging": wereld.tweede, "adviestermijn": wereld.raadssecretaris}
    assert {t.eigenaar for t in Termijn.objects.van(ander).lopend()} == {wereld.secretaris}
