"""Wat de adviezen aan de agenda van de raad aanbieden (vergaderingen.agenda)."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse

from adviezen.actions import agendering as acties
from adviezen.actions.beraad import zet_ontwerp_terug
from adviezen.actions.hulp import vergrendel
from adviezen.adressen import adres
from adviezen.enums import Raadsoordeel, SoortAgendering, Stap, Uitkomst
from adviezen.models import Adviestraject, Agendering, Stapgang, Toewijzing, Versie
from adviezen.permissions import is_secretariaat
from kern.tijd import dag_van
from vergaderingen.agenda import Aanbod, Agendabron, Papier, Verwijzing
from vergaderingen.enums import Orgaan, Puntsoort, Status
from vergaderingen.models import Agendapunt

if TYPE_CHECKING:
    from toegang.models import Gebruiker
    from vergaderingen.models import Vergadering

# Zo begint de sleutel van een agendapunt over een aanvraag bij het dagelijks bestuur.
TOEWIJZING = f"{acties.BRON}:{acties.TOEWIJZING}:"
UITKOMST: Mapping[tuple[str, str], str] = {
    (Uitkomst.VASTGESTELD, Raadsoordeel.UNANIEM): "Het advies wordt unaniem vastgesteld en aangenomen.",
    (Uitkomst.VASTGESTELD, Raadsoordeel.VERDEELD): "Het advies wordt vastgesteld; de opvattingen staan erin.",
    (Uitkomst.TERUGVERWEZEN, ""): "Het advies gaat terug naar de commissie.",
    (Uitkomst.UITGESTELD, ""): "De behandeling van het advies is uitgesteld.",
}


class Adviesbron(Agendabron):
    """Adviezen die klaar zijn voor de raad, en commissieadviezen als ingekomen stuk."""

    naam = acties.BRON

    def aanbod(self, vergadering: "Vergadering", gebruiker: "Gebruiker") -> Sequence[Aanbod]:
        """Geef aan de raad wat in stap 6 nog nergens op de agenda staat, en nog niet gemelde commissieadviezen.

        Het dagelijks bestuur krijgt de aanvragen en eigen initiatieven waar het over beslist.
        """
        if vergadering.orgaan == Orgaan.DAGELIJKS_BESTUUR:
            return self._voor_bestuur(vergadering, gebruiker)
        if vergadering.orgaan != Orgaan.RAAD:
            return ()
        zichtbaar = Adviestraject.objects.zichtbaar_voor(gebruiker).filter(voorbeeld=vergadering.voorbeeld)
        eigen = Agendering.objects.filter(traject=OuterRef("pk"), agendapunt__vervallen_reden="")
        lopend = eigen.filter(soort=SoortAgendering.BEHANDELING, uitkomst="").exclude(
            agendapunt__vergadering__status=Status.AFGELAST
        )
        gemeld = acties.gemeld(eigen)
        rechtstreeks = Stapgang.objects.filter(traject=OuterRef("pk"), overgang="adviseer_rechtstreeks")
        klaar = zichtbaar.filter(~Exists(lopend), stap=Stap.NAAR_RAAD).order_by("stap_sinds")
        ingekomen = zichtbaar.filter(Exists(rechtstreeks), ~Exists(gemeld), stap=Stap.AANGEBODEN).order_by("stap_sinds")
        return [
            *(Aanbod(acties.sleutel_behandeling(t), t.openbare_titel, Puntsoort.ADVIES) for t in klaar),
            *(
                Aanbod(acties.sleutel_ingekomen(t), f"Advies van de commissie: {t.openbare_titel}", Puntsoort.INGEKOMEN)
                for t in ingekomen
            ),
        ]

    def _voor_bestuur(self, vergadering: "Vergadering", gebruiker: "Gebruiker") -> Sequence[Aanbod]:
        """Geef wat op een besluit wacht en op geen agenda staat die nog komt; wat bleef liggen, komt terug."""
        op_agenda = set(
            Agendapunt.objects.filter(sleutel__startswith=TOEWIJZING, vervallen_reden="")
            .filter(vergadering__status__in=(Status.GEPLAND, Status.OPGEROEPEN, Status.GEOPEND))
            .values_list("sleutel", flat=True)
        )
        besloten = Toewijzing.objects.filter(traject=OuterRef("pk"), vastgelegd_op__gte=OuterRef("stap_sinds"))
        wachtend = Adviestraject.objects.zichtbaar_voor(gebruiker).filter(
            ~Exists(besloten), voorbeeld=vergadering.voorbeeld, stap=Stap.TOEWIJZING
        )
        return tuple(
            Aanbod(acties.sleutel_toewijzing(t), t.openbare_titel, Puntsoort.AANVRAAG)
            for t in wachtend.order_by("stap_sinds", "pk")
            if f"{self.naam}:{acties.sleutel_toewijzing(t)}" not in op_agenda
        )

    def geplaatst(self, *, agendapunt: "Agendapunt", sleutel: str, door: "Gebruiker") -> None:
        """Koppel het agendapunt aan het traject."""
        if sleutel.startswith(f"{acties.TOEWIJZING}:"):
            acties.meld_op_bestuursagenda(agendapunt=agendapunt, sleutel=sleutel, door=door)
            return
        acties.koppel(agendapunt=agendapunt, sleutel=sleutel, door=door)

    def opgeroepen(self, *, vergadering: "Vergadering", door: "Gebruiker") -> None:
        """Nu de stukken uitgaan, wordt elke groene versie op deze agenda openbaar.

        Eerst de trajecten op slot: wie er intussen een beëindigt, is dan klaar of wacht.
        """
        for agendering in self._lopend_op_slot(vergadering):
            acties.maak_openbaar(agendering, door=door, vanaf=vergadering.agenda_vanaf)

    def oproeping_herroepen(self, *, vergadering: "Vergadering", door: "Gebruiker") -> None:
        """De stukken gaan toch niet uit: wat nog niet openbaar was, wordt het niet."""
        for agendering in self._lopend(vergadering):
            acties.neem_ontwerp_terug(agendering.traject, door=door, reden="De oproeping is herroepen.")

    def teruggetrokken(self, *, agendapunt: "Agendapunt", reden: str, door: "Gebruiker") -> None:
        """De raad behandelt dit advies hier niet, of niet in het openbaar: wat wacht gaat niet uit."""
        lopend = Agendering.objects.filter(agendapunt=agendapunt, soort=SoortAgendering.BEHANDELING, uitkomst="")
        for agendering in lopend.select_related("traject"):
            acties.neem_ontwerp_terug(agendering.traject, door=door, reden=reden)

    def doorgegaan(self, *, agendapunt: "Agendapunt", reden: str, door: "Gebruiker") -> None:
        """De raad behandelt dit advies hier toch: het ontwerp dat om `reden` werd teruggehaald, gaat alsnog uit."""
        for agendering in self._lopend_op_slot(agendapunt.vergadering):
            if agendering.agendapunt_id == agendapunt.pk and acties.mag_openbaar(agendering):
                zet_ontwerp_terug(agendering.traject, reden=reden, door=door)

    def voortgezet(self, *, oud: "Agendapunt", nieuw: "Agendapunt", door: "Gebruiker") -> None:
        """Een tussenbespreking die bleef liggen of werd afgelast, hoort ook op de volgende agenda bij haar traject."""
        eerder = Agendering.objects.filter(agendapunt=oud, soort=SoortAgendering.TUSSENBESPREKING).first()
        if eerder is not None:
            acties.koppel_tussenbespreking(vergrendel(eerder.traject_id), nieuw, door=door)

    def openbaar_geworden(self, *, agendapunt: "Agendapunt", door: "Gebruiker") -> None:
        """De raad behandelt dit advies toch in het openbaar: de groene versie wordt dat na tien minuten."""
        for agendering in self._lopend_op_slot(agendapunt.vergadering):
            if agendering.agendapunt_id == agendapunt.pk:
                acties.maak_openbaar(agendering, door=door)

    def _lopend_op_slot(self, vergadering: "Vergadering") -> list[Agendering]:
        eigen = Agendering.objects.filter(agendapunt__vergadering=vergadering).values("traject")
        list(Adviestraject.objects.select_for_update(of=("self",)).filter(pk__in=eigen).order_by("pk"))
        return self._lopend(vergadering)

    def _lopend(self, vergadering: "Vergadering") -> list[Agendering]:
        """Wat op deze agenda nog behandeld wordt: een traject dat intussen stopte, staat er misschien nog op."""
        return list(
            Agendering.objects.filter(
                agendapunt__vergadering=vergadering,
                soort=SoortAgendering.BEHANDELING,
                uitkomst="",
                traject__stap__in=(Stap.NAAR_RAAD, Stap.VASTSTELLING),
            ).select_related("traject", "versie", "agendapunt__vergadering")
        )

    def verwijzingen(self, punten: "Collection[Agendapunt]", gebruiker: "Gebruiker") -> Mapping[int, Verwijzing]:
        """Geef wat er achter een agendapunt zit: het secretariaat het traject, een lezer de tekst die hij mag lezen.

        Bij een tussenbespreking is dat de nieuwste tekst die hij mag lezen: er ging geen tekst mee.
        """
        rijen = Agendering.objects.filter(agendapunt__in=[p.pk for p in punten]).select_related("traject")
        if is_secretariaat(gebruiker):
            uit = {a.agendapunt_id: Verwijzing(a.traject.titel, adres("traject", a.traject)) for a in rijen}
            return {**uit, **self._bij_het_bestuur(punten)}
        leesbaar = Versie.objects.zichtbaar_voor(gebruiker)
        uit = {
            a.agendapunt_id: Verwijzing(a.traject.titel, reverse("lezen:versie", kwargs={"pk": a.versie_id}))
            for a in rijen.filter(versie__in=leesbaar)
        }
        tussen = {a.agendapunt_id: a.traject for a in rijen if a.soort == SoortAgendering.TUSSENBESPREKING}
        nieuwste = leesbaar.filter(traject__in=tussen.values()).order_by("traject_id", "-pk").distinct("traject_id")
        teksten = {v.traject_id: v.pk for v in nieuwste} if tussen else {}
        return uit | {
            punt: Verwijzing(f"De tekst nu: {t.titel}", reverse("lezen:versie", kwargs={"pk": teksten[t.pk]}))
            for punt, t in tussen.items()
            if t.pk in teksten
        }

    def _bij_het_bestuur(self, punten: "Collection[Agendapunt]") -> Mapping[int, Verwijzing]:
        wie = {p.pk: int(p.sleutel.removeprefix(TOEWIJZING)) for p in punten if p.sleutel.startswith(TOEWIJZING)}
        trajecten = Adviestraject.objects.in_bulk(set(wie.values())) if wie else {}
        gevonden = {punt: trajecten[pk] for punt, pk in wie.items() if pk in trajecten}
        return {punt: Verwijzing(t.titel, adres("toewijzing", t)) for punt, t in gevonden.items()}

    def uitkomsten(self, punten: "Collection[Agendapunt]") -> Mapping[int, str]:
        """Geef hoe de behandeling van een advies afliep, in de woorden van het verslag (raad van maart 2023)."""
        rijen = Agendering.objects.filter(agendapunt__in=[p.pk for p in punten]).exclude(uitkomst="")
        zinnen = {
            a.agendapunt_id: UITKOMST.get((a.uitkomst, a.oordeel)) or UITKOMST.get((a.uitkomst, "")) for a in rijen
        }
        return {pk: zin for pk, zin in zinnen.items() if zin}

    def papieren(self, punten: "Collection[Agendapunt]", gebruiker: "Gebruiker") -> "Mapping[int, Sequence[Papier]]":
        """Geef bij een advies de tekst die op de agenda staat, voor wie haar mag lezen."""
        rijen = Agendering.objects.filter(
            agendapunt__in=[p.pk for p in punten], versie__in=Versie.objects.zichtbaar_voor(gebruiker)
        ).select_related("versie", "traject")
        return {a.agendapunt_id: [_papier(a)] for a in rijen if a.versie}


def _papier(agendering: Agendering) -> Papier:
    """Geef de tekst als ontwerp, of als advies als zij al is vastgesteld (een ingekomen stuk)."""
    versie, traject = agendering.versie, agendering.traject
    assert versie is not None  # noqa: S101 - de beller liet agenderingen zonder versie weg
    ontwerp = agendering.soort != SoortAgendering.INGEKOMEN_STUK
    soort_naam = "Ontwerpadvies" if ontwerp else "Advies"
    return Papier(
        f"{soort_naam} {traject.openbare_titel}",
        html=versie.html,
        opmaak={
            "soort_naam": soort_naam,
            "nummering": True,
            "datum": dag_van(versie.aangemaakt_op),
            "colofon": [("Versie", str(versie)), ("Kenmerk van de tekst", versie.hash[:16])],
        }
        | ({"merk": "ONTWERP"} if ontwerp else {}),
    )
