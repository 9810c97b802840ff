"""zichtbaar_voor tegen het orakel, over willekeurige mensen; elk antwoord is één zoekvraag."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adviezen.enums import Deling, Kring, SoortVersie, Stap
from adviezen.models import (
    Achterbanberaad,
    Adviesaanvraag,
    Adviestraject,
    CriteriumOordeel,
    Deelname,
    Gehoorde,
    Indiening,
    Inspraak,
    InterneNotitie,
    Knelpunt,
    Knelpuntbericht,
    Kroonledenopmerking,
    Medeondertekening,
    Meelezer,
    Minderheidsnota,
    Opmerking,
    Reactie,
    ReactieItem,
    Toewijzing,
    Versie,
    Verwerking,
    VoorlopigStandpunt,
    Voortgangsrapportage,
)
from adviezen.models.blik import NIETS, allebei, bij, een_van
from adviezen.queries import kringen
from commissies.models import Commissielid
from kern.tijd import nu, vandaag
from raad.models import OrganisatieContact, Persoon
from tests.adviezen import bouw, orakel
from tests.adviezen.bouw import Cast, Wereld
from tests.hulp import voer_uitgesteld_uit
from toegang.enums import STAFROLLEN, Rol
from toegang.models import Gebruiker
from toegang.rollen import hoedanigheden

REGELS: list[tuple[Any, Callable[..., bool]]] = [
    (Adviestraject, orakel.ziet_traject),
    (Adviesaanvraag, orakel.ziet_aanvraag),
    (CriteriumOordeel, orakel.ziet_bestuursstuk),
    (Toewijzing, orakel.ziet_bestuursstuk),
    (Versie, orakel.ziet_versie),
    (Opmerking, orakel.ziet_opmerking),
    (VoorlopigStandpunt, orakel.ziet_voorlopig),
    (Achterbanberaad, orakel.ziet_beraad),
    (Deelname, orakel.ziet_deelname),
    (Reactie, orakel.ziet_reactie),
    (ReactieItem, orakel.ziet_item),
    (Verwerking, orakel.ziet_verwerking),
    (InterneNotitie, orakel.ziet_notitie),
    (Knelpunt, orakel.ziet_knelpunt),
    (Knelpuntbericht, orakel.ziet_knelpuntbericht),
    (Indiening, orakel.ziet_indiening),
    (Medeondertekening, orakel.ziet_mede),
    (Meelezer, orakel.ziet_meelezer),
    (Minderheidsnota, orakel.ziet_nota),
    (Inspraak, orakel.ziet_inspraak),
    (Gehoorde, orakel.ziet_gehoorde),
    (Voortgangsrapportage, orakel.ziet_kroonledenstuk),
    (Kroonledenopmerking, orakel.ziet_kroonledenstuk),
]


def opmerkingen(cast: Cast, auteurs: list[Gebruiker]) -> None:
    """Bij elke versie een opmerking in elke kring, elke organisatie en elke geleding."""
    organisaties = cast.wereld.raad.organisaties
    for plaats, versie in enumerate(cast.traject.versies.all()):
        auteur = auteurs[plaats % len(auteurs)]
        rijen = [{"kring": k} for k in (Kring.PRIVE, Kring.COMMISSIE, Kring.SECRETARIAAT)]
        rijen += [{"kring": Kring.ORGANISATIE, "organisatie": organisaties[o]} for o in ("FNV", "VNO-NCW", "LTO")]
        rijen += [{"kring": Kring.GELEDING, "geleding": g} for g in ("ondernemers", "werknemers", "kroonleden")]
        for rij in rijen:
            Opmerking.objects.create(versie=versie, tekst="x", auteur=auteur, auteur_naam=auteur.naam, **rij)
        for gedeeld in (Deling.COMMISSIE, Deling.SECRETARIAAT, Deling.NIEMAND)[plaats % 3 :]:
            VoorlopigStandpunt.objects.create(
                versie=versie, gebruiker=auteur, gebruiker_naam=auteur.naam, keuze="eens", gedeeld_met=gedeeld
            )
            VoorlopigStandpunt.objects.create(
                versie=versie, gebruiker=auteurs[0], gebruiker_naam="x", keuze="blanco", gedeeld_met=gedeeld
            )


@pytest.fixture(scope="module")
def _toneel(_casts: dict[str, Cast], _wereld: Wereld, django_db_blocker: Any) -> Wereld:
    """Trajecten in elke stand, met alles wat gezien kan worden: concepten, wit, groen, reacties, notities, nota's."""
    wereld = _wereld
    with django_db_blocker.unblock():
        voorbereid = bouw.traject_op(Stap.CONCEPT, wereld, commissie="leren")
        bouw.bereid_beraad_voor(voorbereid)
        open_ = _casts[Stap.ACHTERBANBERAAD]
        bouw.begin_reactie(open_.deelname("FNV"), oordeel="akkoord")
        bouw.dien_in(open_.deelname("VNO-NCW"))
        bouw.dien_in(open_.deelname("CNV"), punten=0)
        half = bouw.traject_op(Stap.VERWERKING, wereld, commissie="leren")
        bouw.verwerk_punten(half, None)
        opengesteld = bouw.traject_op(Stap.VERWERKING, wereld, commissie="digitalisering")
        ronde = opengesteld.beraad
        ronde.reacties_opengesteld_op, ronde.reacties_opengesteld_reden = nu(), "Op verzoek (voorbeeld)."
        ronde.save()
        mandaat = bouw.traject_op(Stap.AANBIEDING, wereld, commissie="consumenten", mandaat=True)
        af = bouw.traject_op(Stap.AANGEBODEN, wereld, commissie="consumenten", mandaat=True)
        verdeeld = bouw.traject_op(Stap.AANBIEDING, wereld, verdeeld=True)
        besloten = bouw.traject_op(Stap.VASTSTELLING, wereld, verdeeld=True, commissie="digitalisering")
        for cast in (verdeeld, besloten):
            nota = Minderheidsnota.objects.create(
                agendering=cast.traject.agenderingen.get(), titel="Anders (voorbeeld)", html="<p>x</p>"
            )
            nota.leden.add(wereld.raad.leden["VNO-NCW 1"])
        # Een groene versie op een agenda die nog niet openbaar is.
        wacht = bouw.traject_op(Stap.NAAR_RAAD, wereld, commissie="leren")
        agendering = bouw.bereid_behandeling_voor(wacht)
        zitting = agendering.agendapunt.vergadering
        type(zitting).objects.filter(pk=zitting.pk).update(agenda_vanaf=nu() + timedelta(minutes=10))
        for cast in (open_, half, opengesteld):
            for sleutel in ("FNV", "VNO-NCW"):
                deelname = cast.deelname(sleutel)
                InterneNotitie.objects.create(
                    deelname=deelname, auteur=deelname.contact, auteur_naam="x", tekst="Intern (voorbeeld)"
                )
                knelpunt = Knelpunt.objects.create(
                    deelname=deelname, tekst="Knelt (voorbeeld)", gemeld_door=deelname.contact
                )
                Knelpuntbericht.objects.create(
                    knelpunt=knelpunt, tekst="x", van_organisatie=False, auteur=cast.secretaris, auteur_naam="x"
                )
        # FNV (in concept) vraagt LTO en VCP, VNO-NCW (ingediend) vraagt MKB: gevraagd, afgewezen, bevestigd.
        for wie, wien, status in (
            ("FNV", "LTO", "gevraagd"), ("FNV", "VCP", "afgewezen"), ("VNO-NCW", "MKB", "bevestigd")
        ):  # fmt: skip
            ander = open_.deelname(wien)
            Medeondertekening.objects.create(
                reactie=open_.reactie(wie), deelname=ander, status=status, gevraagd_door=open_.deelname(wie).contact,
                beantwoord_door=ander.contact, beantwoord_op=nu(),
            )  # fmt: skip
        Indiening.objects.create(
            reactie=open_.reactie("FNV"), soort="ingediend", door=open_.deelname("FNV").contact, door_naam="x"
        )
        for cast in (open_, half):  # in een open en in een gesloten ronde, met en zonder belofte
            deelname = cast.deelname("FNV")
            for nummer, belofte in enumerate((nu(), None)):
                Meelezer.objects.create(
                    gebruiker=bouw.maak_gebruiker(f"Meelezer {nummer}"), organisatie=deelname.organisatie,
                    traject=cast.traject, beraad=cast.beraad, van=vandaag(), toegelaten_door=deelname.contact,
                    geheimhouding_op=belofte,
                )  # fmt: skip
            inspraak = Inspraak.objects.create(traject=cast.traject, vorm="panel", van=vandaag(), door=cast.secretaris)
            Gehoorde.objects.create(inspraak=inspraak, naam="x", soort="organisatie")
            wie = {"traject": cast.traject, "tekst": "x", "auteur": cast.secretaris, "auteur_naam": "x"}
            Voortgangsrapportage.objects.create(nummer=1, **wie)
            Kroonledenopmerking.objects.create(**wie)
        auteurs = [wereld.secretaris, wereld.account("FNV 2"), wereld.account("Kroonlid 2")]
        for cast in (voorbereid, open_, half, mandaat, af, wacht, _casts[Stap.AANGEBODEN]):
            opmerkingen(cast, auteurs)
        Adviesaanvraag.objects.filter(traject=open_.traject).update(niet_openbaar_grond="Geheim (voorbeeld)")
        voer_uitgesteld_uit()
    return wereld


@pytest.fixture
def toneel(_toneel: Wereld, wereld: Wereld) -> Wereld:
    return _toneel


def vergelijk(gebruiker: Gebruiker) -> None:
    """Dezelfde rijen volgens de zoekvraag en volgens het orakel, elk in één zoekvraag en zonder dubbelen."""
    gebruiker = Gebruiker.objects.get(pk=gebruiker.pk)
    hoedanigheden(gebruiker)
    mens = orakel.Mens.lees(gebruiker, vandaag())
    for model, ziet in REGELS:
        with CaptureQueriesContext(connection) as vragen:
            gezien = sorted(model.objects.zichtbaar_voor(gebruiker).values_list("pk", flat=True))
        assert len(vragen) <= 1, model
        # Wie hier meelezer werd, ziet zijn eigen rij ook: die kwam er na lees_alles bij.
        rijen = MEELEZERS.all() if model is Meelezer else ALLES[model]
        verwacht = sorted(o.pk for o in rijen if gebruiker.is_active and ziet(mens, o))
        assert gezien == verwacht, f"{model.__name__} voor {sorted(hoedanigheden(gebruiker), key=str)}"


ALLES: dict[Any, list[Any]] = {}
MEELEZERS = Meelezer.objects.select_related("beraad").prefetch_related("beraad__deelnames__beraad__traject")


def lees_alles() -> None:
    """Laad alles wat er te zien is één keer, met wat het orakel nodig heeft."""
    ronde = "deelname__beraad__traject"
    erbij: dict[Any, tuple[list[str], list[str]]] = {
        Adviestraject: ([], ["versies__beraden__deelnames", "versies__agenderingen__agendapunt__vergadering",
                             "versies__traject", "versies__vastgesteld_in", "beraden__deelnames__beraad__traject"]),
        Versie: (["traject", "vastgesteld_in"], ["beraden__deelnames", "agenderingen__agendapunt__vergadering"]),
        Opmerking: (["versie__traject", "versie__vastgesteld_in", "antwoord_op"],
                    ["versie__beraden__deelnames", "versie__agenderingen__agendapunt__vergadering"]),
        VoorlopigStandpunt: (["versie__traject", "versie__vastgesteld_in"],
                             ["versie__beraden__deelnames", "versie__agenderingen__agendapunt__vergadering",
                              "versie__voorlopige_standpunten"]),
        Achterbanberaad: (["traject"], ["deelnames__beraad__traject"]),
        Deelname: (["beraad__traject"], []),
        Reactie: ([ronde], ["mede__deelname__beraad__traject"]),
        ReactieItem: ([f"reactie__{ronde}"], ["reactie__mede__deelname__beraad__traject"]),
        Verwerking: ([f"item__reactie__{ronde}"], []),
        InterneNotitie: ([ronde], []),
        Knelpunt: ([ronde], []),
        Knelpuntbericht: ([f"knelpunt__{ronde}"], []),
        Indiening: ([f"reactie__{ronde}"], []),
        Medeondertekening: ([ronde, f"reactie__{ronde}"], []),
        Inspraak: (["traject"], []),
        Gehoorde: (["inspraak__traject"], []),
        Minderheidsnota: (["agendering__traject"], ["leden"]),
    }  # fmt: skip
    for model, _ in REGELS:
        direct, apart = erbij.get(model, ([], []))
        ALLES[model] = list(model.objects.select_related(*direct).prefetch_related(*apart))


def test_ieder_bestaand_account(toneel: Wereld) -> None:
    """Stafrollen, beheerder, coördinatoren, waarnemer, ministerie, oud-lid, en leden en plaatsvervangers verspreid."""
    lees_alles()
    assert all(ALLES.values())
    raad = toneel.raad
    leden = [*list(raad.leden.values())[::3], *list(raad.plaatsvervangers.values())[::4]]
    overig = Gebruiker.objects.exclude(persoon__in=[*raad.leden.values(), *raad.plaatsvervangers.values()])
    for gebruiker in [*overig, *(lid.gebruiker for lid in leden)]:
        vergelijk(gebruiker)


DATA = st.sampled_from(["nu", "voorbij", "komt", "laatste dag"])
EXTRA = st.one_of(
    st.tuples(st.just("staf"), st.sampled_from(sorted(STAFROLLEN))),
    st.tuples(
        st.just("commissie"),
        st.sampled_from(["grensarbeid", "leren", "digitalisering", "consumenten"]),
        st.sampled_from(["lid", "adviserend_lid", "ministerieel_vertegenwoordiger", "waarnemer", "secretaris"]),
        st.sampled_from([None, "FNV", "VNO-NCW", "LTO"]),
        DATA,
    ),
    st.tuples(st.just("contact"), st.sampled_from(["FNV", "VNO-NCW", "LTO", "CNV"]), DATA),
    st.tuples(st.just("meelezer"), st.sampled_from(["FNV", "VNO-NCW", "LTO"]), st.integers(0, 15), DATA),
)
BASIS = st.sampled_from(["nieuw", "FNV 2", "plv FNV 2", "VNO-NCW 1", "Kroonlid 5", "plv Kroonlid 5", "LTO 1", "CPB"])


def tijdvak(wanneer: str) -> dict[str, date | None]:
    dag = vandaag()
    return {
        "nu": {"van": dag, "tot": None},
        "laatste dag": {"van": dag - timedelta(days=1), "tot": dag + timedelta(days=1)},
        "voorbij": {"van": dag - timedelta(days=9), "tot": dag},
        "komt": {"van": dag + timedelta(days=1), "tot": None},
    }[wanneer]


def voeg_toe(toneel: Wereld, gebruiker: Gebruiker, persoon: Persoon, extra: tuple[Any, ...]) -> None:
    soort, *rest = extra
    if soort == "staf":
        gebruiker.groups.add(Group.objects.get_or_create(name=str(rest[0]))[0])
    elif soort == "commissie":
        commissie, rol, organisatie, wanneer = rest
        eigen = toneel.raad.organisaties.get(organisatie)
        Commissielid.objects.create(
            commissie=toneel.raad.commissies[commissie],
            persoon=persoon,
            rol=rol,
            organisatie=eigen,
            geleding=eigen.geleding if eigen else None,
            **tijdvak(wanneer),
        )
    elif soort == "contact":
        OrganisatieContact.objects.create(
            gebruiker=gebruiker, organisatie=toneel.raad.organisaties[rest[0]], **tijdvak(rest[1])
        )
    else:
        ronden = list(Achterbanberaad.objects.order_by("gesloten_op", "pk"))
        ronde = ronden[-1 - rest[1] % len(ronden)]  # open ronden (gesloten_op leeg) het eerst
        Meelezer.objects.create(
            gebruiker=gebruiker,
            organisatie=toneel.raad.organisaties[rest[0]],
            traject=ronde.traject,
            beraad=ronde,
            toegelaten_door=toneel.raad.coordinatoren[rest[0]],
            geheimhouding_op=None if rest[1] % 4 == 3 else nu(),
            **tijdvak(rest[2]),
        )


@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(basis=BASIS, extras=st.lists(EXTRA, max_size=4), actief=st.sampled_from([True] * 9 + [False]))
def test_willekeurige_mensen(toneel: Wereld, basis: str, extras: list[Any], actief: bool) -> None:
    if not ALLES:
        lees_alles()
    with transaction.atomic():
        if basis == "nieuw":
            gebruiker = bouw.maak_gebruiker("Nieuw")
            persoon = Persoon.objects.create(naam="Nieuw (voorbeeld)", sorteernaam="Nieuw", gebruiker=gebruiker)
        else:
            gebruiker = toneel.account(basis)
            persoon = gebruiker.persoon
        for extra in extras:
            try:
                with transaction.atomic():
                    voeg_toe(toneel, gebruiker, persoon, extra)
            except IntegrityError:  # de database weigert een dubbele of tegenstrijdige rol
                continue
        Gebruiker.objects.filter(pk=gebruiker.pk).update(is_active=actief)
        vergelijk(gebruiker)
        transaction.set_rollback(True)


def test_zonder_account_niets(toneel: Wereld) -> None:
    for model, _ in REGELS:
        assert not model.objects.zichtbaar_voor(AnonymousUser()).exists()


def test_niemand_buiten_de_organisatie_leest_interne_notities(toneel: Wereld) -> None:
    """Ook het secretariaat, de beheerder en een superuser niet."""
    super_ = Gebruiker.objects.create_superuser("super@voorbeeld.test", "Super (voorbeeld)", None)
    for wie in (toneel.secretaris, toneel.algemeen_secretaris, toneel.beheerder, super_):
        assert not InterneNotitie.objects.zichtbaar_voor(wie).exists()
        assert not Opmerking.objects.zichtbaar_voor(wie).filter(kring=Kring.PRIVE).exclude(auteur=wie).exists()
    for wie in (toneel.beheerder, super_):
        for model in (Versie, Reactie, Adviestraject, Verwerking, Knelpunt):
            assert not model.objects.zichtbaar_voor(wie).exists()
    assert InterneNotitie.objects.zichtbaar_voor(toneel.raad.coordinatoren["FNV"]).count() == 3


def test_kringen_om_in_te_schrijven(toneel: Wereld, casts: dict[str, Cast]) -> None:
    wit = casts[Stap.ACHTERBANBERAAD].traject.versies.get(soort=SoortVersie.WIT)

    def mag(sleutel: str) -> set[str]:
        return {str(k) for k in kringen(wit, toneel.account(sleutel))}

    assert mag("FNV 2") == {"prive", "organisatie", "geleding", "commissie", "secretariaat"}
    assert mag("FNV 8") == {"prive", "organisatie", "geleding", "secretariaat"}
    assert mag("Kroonlid 10") == {"prive", "geleding", "secretariaat"}
    assert mag("plv FNV 8") == set()
    ministerie = Gebruiker.objects.get(pk=toneel.raad.ministerieel.gebruiker_id)
    if Commissielid.objects.filter(persoon=toneel.raad.ministerieel, commissie=wit.traject.commissie).exists():
        assert {str(k) for k in kringen(wit, ministerie)} == {"prive", "secretariaat"}
    assert {str(k) for k in kringen(wit, toneel.secretaris)} == {"prive", "commissie", "secretariaat"}
    assert kringen(wit, toneel.buitenstaander) == []
    assert kringen(wit, AnonymousUser()) == []
    assert Rol.MEELEZER in Rol


def test_een_leeg_deel_laat_alles_toe_en_niets_niets() -> None:
    """De bouwstenen zelf: zij houden elke zoekvraag klein, en mogen daarbij nooit iets openzetten of dichtdoen."""
    een, ander = Q(pk=1), Q(pk=2)
    assert (een_van(Q(), een), een_van(een, Q(), NIETS)) == (Q(), Q())
    assert (een_van(), een_van(NIETS, NIETS)) == (NIETS, NIETS)
    assert (een_van(een, NIETS), een_van(NIETS, een, ander)) == (een, een | ander)
    assert (allebei(een, NIETS), allebei(NIETS, een), allebei(een, ander)) == (NIETS, NIETS, een & ander)
    assert (bij("x", []), bij("x", [1])) == (NIETS, Q(x__in=[1]))
