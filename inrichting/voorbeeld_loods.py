"""Brengt een voorbeeldtraject langs de gewone handelingen van stap naar stap, op dagen in het verleden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from adviezen.actions import aanvraag, beraad, handelen, reacties, toewijzing, versies, verwerking
from adviezen.actions.impact import leg_impact_vast
from adviezen.enums import VASTE_CRITERIA, Criteriumoordeel, Impactmoment, ToewijzingBesluit
from adviezen.models import Adviestraject, Adviesvrager, Deelname, Reactie, ReactieItem, Thema, Versie
from inrichting.voorbeeld_mensen import Staf
from inrichting.voorbeeld_raad import Raadswereld
from inrichting.voorbeeld_vergaderingen import Bouw, werkdag_bij
from inrichting.voorbeeld_word import uit_word
from kern.tijd import AMSTERDAM, nu, vertel_vanaf
from raad.queries import coordinatoren, organisaties_met_zetels
from stukken.actions import bewaar_bytes
from stukken.models import Bestand
from toegang.models import Gebruiker
from vergaderingen.enums import Puntsoort
from vergaderingen.models import Vergadering

TOELICHTING = "Beoordeeld voor dit verzonnen voorbeeld."


@dataclass
class Loods:
    """Kent de wereld en de dag van de eerste start, en doet handelingen op een dag daarvoor."""

    raad: Raadswereld
    staf: Staf
    dag: date
    bouw: Bouw
    vergaderingen: dict[tuple[str, date], Vergadering] = field(default_factory=dict)

    @contextmanager
    def op(self, dagen: int, uur: int = 11) -> Iterator[date]:
        """Vertel wat er `dagen` na de eerste start gebeurde (negatief is eerder); geef die dag. 0 is nu."""
        if dagen >= 0:
            yield self.dag
            return
        dag = werkdag_bij(self.dag + timedelta(days=dagen))
        with vertel_vanaf(min(datetime.combine(dag, time(uur), AMSTERDAM), nu())):
            yield dag

    def vrager(self, naam: str, soort: str) -> Adviesvrager:
        """Geef een verzonnen adviesvrager."""
        return Adviesvrager.objects.get_or_create(naam=f"{naam} (voorbeeld)", defaults={"soort": soort})[0]

    def brief(self, titel: str, door: Gebruiker) -> Bestand:
        """Geef een brief als PDF: één bladzijde die zegt dat zij verzonnen is."""
        return bewaar_bytes(
            inhoud=kleine_pdf(f"Brief (voorbeeld): {titel}"), naam="brief-voorbeeld.pdf", soort="pdf", door=door
        )

    def doe(
        self, traject: Adviestraject, overgang: str, door: Gebruiker, reden: str = "", **kw: object
    ) -> Adviestraject:
        """Doe een handeling op de verse stand van het traject."""
        return handelen.handel(traject=traject, versie=None, overgang=overgang, door=door, reden=reden, **kw)

    # --- vergaderingen -----------------------------------------------------------------------------------------

    def gehouden(self, soort: str, dagen: int, onderwerp: str) -> Vergadering:
        """Geef een gehouden vergadering van het dagelijks bestuur ("db") of een commissie (haar sleutel)."""
        sleutel = (soort, self.dag + timedelta(days=dagen))
        if sleutel not in self.vergaderingen:
            punten = [(onderwerp, Puntsoort.BESPREKING)]
            with self.op(dagen - 12):
                rij = (
                    self.bouw.bestuur(sleutel[1], punten)
                    if soort == "db"
                    else self.bouw.commissie(soort, sleutel[1], punten)
                )
                rij = self.bouw.roep_op(rij)
            with self.op(dagen, 15):
                self.vergaderingen[sleutel] = self.bouw.sluit(self.bouw.open(rij))
        return self.vergaderingen[sleutel]

    # --- stap voor stap ----------------------------------------------------------------------------------------

    def aanvraag(
        self,
        titel: str,
        vraag: str,
        *,
        dagen: int,
        vragers: Sequence[Adviesvrager],
        termijn: int | None,
        secretaris: Gebruiker,
        themas: Sequence[str] = (),
        bevestigd: bool = True,
        brief: bool = True,
    ) -> Adviestraject:
        """Stap 1: registreer een aanvraag; `dagen` en `termijn` zijn dagen vanaf de eerste start."""
        with self.op(dagen) as dag:
            traject = aanvraag.registreer_aanvraag(
                titel=titel,
                vraag=vraag,
                vragers=vragers,
                datum=dag - timedelta(days=2),
                ontvangen_op=dag,
                adviestermijn=None if termijn is None else self.dag + timedelta(days=termijn),
                secretaris=secretaris,
                themas=list(Thema.objects.filter(slug__in=themas)),
                bestand=self.brief(titel, secretaris) if brief else None,
                kenmerk_vrager=f"VB-{abs(dagen)}",
                door=secretaris,
            )
        if bevestigd:
            with self.op(dagen + 2) as dag:
                traject = aanvraag.bevestig_ontvangst(traject=traject, versie=None, op=dag, door=secretaris)
        return traject

    def leg_voor(self, traject: Adviestraject, dagen: int) -> Adviestraject:
        """Van stap 1 naar stap 2."""
        with self.op(dagen):
            return self.doe(traject, "leg_voor_aan_db", traject.secretaris)

    def beoordeel(self, traject: Adviestraject, dagen: int, aantal: int = 7) -> Adviestraject:
        """Beoordeel de eerste `aantal` criteria."""
        with self.op(dagen):
            oordelen = [
                toewijzing.Oordeel(str(c), str(Criteriumoordeel.JA if n % 3 else Criteriumoordeel.DEELS), TOELICHTING)
                for n, c in enumerate(VASTE_CRITERIA[:aantal])
            ]
            return toewijzing.beoordeel_criteria(
                traject=traject, versie=None, oordelen=oordelen, door=traject.secretaris
            )

    def wijs_toe(
        self, traject: Adviestraject, commissie: str, *, dagen: int, scope: str = "De hoofdlijnen."
    ) -> Adviestraject:
        """Van stap 2 naar stap 3: criteria, besluit van het dagelijks bestuur, toewijzing."""
        bestuur = self.gehouden("db", dagen, "Behandeling van adviesaanvragen (voorbeeld)")
        traject = self.beoordeel(traject, dagen - 1)
        rij = self.raad.commissies[commissie]
        voorzitter = rij.leden.filter(rol="voorzitter").select_related("persoon").get()
        with self.op(dagen, 16):
            toewijzing.leg_db_besluit_vast(
                traject=traject,
                versie=None,
                vergadering=bestuur,
                besluit=ToewijzingBesluit.WIJS_TOE,
                commissie=rij,
                voorzitter=voorzitter.persoon,
                reden_voorzitter=voorzitter.reden,
                scope=scope,
                door=self.staf.raadssecretaris,
            )
            return self.doe(traject, "wijs_toe", self.staf.raadssecretaris)

    def weiger(self, traject: Adviestraject, *, dagen: int, motivering: str) -> Adviestraject:
        """Uit stap 2: het dagelijks bestuur neemt de aanvraag niet in behandeling."""
        bestuur = self.gehouden("db", dagen, "Behandeling van adviesaanvragen (voorbeeld)")
        traject = self.beoordeel(traject, dagen - 1)
        with self.op(dagen, 16):
            toewijzing.leg_db_besluit_vast(
                traject=traject,
                versie=None,
                vergadering=bestuur,
                besluit=ToewijzingBesluit.NIET_IN_BEHANDELING,
                motivering=motivering,
                brief_tekst=f"Geachte adviesvrager (voorbeeld),\n\n{motivering}",
                door=self.staf.raadssecretaris,
            )
            return self.doe(traject, "neem_niet_in_behandeling", self.staf.raadssecretaris)

    def concept(self, traject: Adviestraject, html: str, *, dagen: int, notitie: str = "") -> Versie:
        """Schrijf een nieuw concept."""
        laatste = traject.versies.last()
        with self.op(dagen):
            return versies.schrijf_concept(
                traject=traject,
                basis=laatste.pk if laatste else None,
                html=html,
                notitie=notitie,
                door=traject.secretaris,
            )

    def lees_word(self, traject: Adviestraject, html: str, *, dagen: int, notitie: str = "") -> Versie:
        """Lees een concept in uit een Word-bestand met bijgehouden wijzigingen en een opmerking."""
        laatste = traject.versies.last()
        bestand = bewaar_bytes(
            inhoud=uit_word(html, traject.titel),
            naam="concept-leden.docx",
            soort="docx",
            door=traject.secretaris,
        )
        with self.op(dagen):
            return versies.lees_word_in(
                traject=traject,
                basis=laatste.pk if laatste else None,
                bestand=bestand,
                notitie=notitie,
                door=traject.secretaris,
            ).versie

    def wit(self, traject: Adviestraject, commissie: str, *, dagen: int) -> Versie:
        """Laat de commissie de witte versie vaststellen."""
        zitting = self.gehouden(commissie, dagen, "Vaststellen van de tekst (voorbeeld)")
        with self.op(dagen, 16):
            return versies.stel_wit_vast(
                traject=traject,
                versie=None,
                vergadering=zitting,
                door=traject.secretaris,
                notitie="Vastgesteld in de commissie.",
            )

    def start_beraad(
        self, traject: Adviestraject, *, dagen: int, uiterlijk: int, openbaar: bool = True, reden: str = ""
    ) -> Adviestraject:
        """Van stap 3 naar stap 4 (of een tweede ronde uit stap 5)."""
        with self.op(dagen) as dag:
            wie = {o: coordinatoren(o, dag).first() for o in organisaties_met_zetels(dag)}
            beraad.bereid_voor(
                traject=traject,
                versie=None,
                uiterlijk_op=self.dag + timedelta(days=uiterlijk),
                contacten=wie,
                openbaar=openbaar,
                toestemming_op=dag,
                toelichting="De voorzitter stemde in (voorbeeld).",
                door=traject.secretaris,
            )
            overgang = "open_nieuw_achterbanberaad" if reden else "start_achterbanberaad"
            return self.doe(traject, overgang, traject.secretaris, reden)

    def deelname(self, traject: Adviestraject, organisatie: str) -> Deelname:
        """Geef de deelname van een organisatie ("FNV") aan de laatste ronde."""
        laatste = traject.beraden.order_by("ronde").last()
        assert laatste is not None  # noqa: S101 - alleen na start_beraad
        return laatste.deelnames.get(organisatie=self.raad.organisaties[organisatie])

    def reageer(
        self,
        traject: Adviestraject,
        organisatie: str,
        *,
        dagen: int,
        oordeel: str,
        punten: Sequence[reacties.Punt] = (),
        toelichting: str = "",
        indienen: bool = True,
    ) -> Reactie:
        """Laat een organisatie reageren."""
        deelname, door = self.deelname(traject, organisatie), self.raad.coordinatoren[organisatie]
        with self.op(dagen):
            reactie = reacties.bewaar_reactie(
                reactie=deelname.reactie,
                versie=None,
                oordeel=oordeel,
                toelichting=toelichting,
                punten=punten,
                door=door,
            )
            return reacties.dien_reactie_in(reactie=reactie, versie=None, door=door) if indienen else reactie

    def geen_reactie(self, traject: Adviestraject, organisatie: str, *, dagen: int) -> Reactie:
        """Laat een organisatie melden dat er geen reactie komt."""
        reactie = self.deelname(traject, organisatie).reactie
        with self.op(dagen):
            return reacties.meld_geen_reactie(reactie=reactie, versie=None, door=self.raad.coordinatoren[organisatie])

    def sluit_beraad(self, traject: Adviestraject, *, dagen: int) -> Adviestraject:
        """Van stap 4 naar stap 5: wie nog niet reageerde, meldt eerst dat er geen reactie komt."""
        laatste = traject.beraden.order_by("ronde").last()
        assert laatste is not None  # noqa: S101 - alleen na start_beraad
        sleutels = {o.pk: sleutel for sleutel, o in self.raad.organisaties.items()}
        for stil in laatste.deelnames.filter(reactie__status="concept"):
            self.geen_reactie(traject, sleutels[stil.organisatie_id], dagen=dagen)
        with self.op(dagen, 16):
            return self.doe(traject, "sluit_achterbanberaad", traject.secretaris)

    def verwerk(
        self, traject: Adviestraject, commissie: str, oordelen: Mapping[str, str] | Sequence[str], *, dagen: int
    ) -> None:
        """Stel bij elk punt een verwerking voor (om de beurt uit `oordelen`) en laat de commissie besluiten."""
        items = list(
            ReactieItem.objects.filter(reactie__deelname__beraad__traject=traject, verwerking=None).order_by("pk")
        )
        keuze = list(oordelen)
        with self.op(dagen - 1):
            rijen = [
                verwerking.stel_verwerking_voor(
                    item=item,
                    rijversie=None,
                    oordeel=keuze[n % len(keuze)],
                    reden=""
                    if keuze[n % len(keuze)] == "overgenomen"
                    else "De commissie vond hiervoor geen steun (voorbeeld).",
                    door=traject.secretaris,
                )
                for n, item in enumerate(items)
            ]
        zitting = self.gehouden(commissie, dagen, "Slotvergadering (voorbeeld)")
        with self.op(dagen, 16):
            if rijen:
                verwerking.besluit_over_verwerking(
                    traject=traject, versie=None, verwerkingen=rijen, vergadering=zitting, door=traject.secretaris
                )
            self.toets(traject)

    def toets(self, traject: Adviestraject) -> None:
        """Leg de uitvoeringstoets vast."""
        verwerking.leg_toets_vast(
            traject=traject,
            versie=None,
            uitvoerbaarheid="De uitvoerders keken mee (voorbeeld).",
            kosten="Geraamd op hoofdlijnen (voorbeeld).",
            doelgroepen="Werknemers, werkgevers en zelfstandigen (voorbeeld).",
            door=traject.secretaris,
        )
        leg_impact_vast(
            traject=traject,
            versie=None,
            moment=Impactmoment.VASTSTELLING,
            beoogd="Minder mensen lopen vast in regels die elkaar tegenspreken (voorbeeld).",
            te_zien_aan="Het aantal vragen bij het loket daalt met een derde (voorbeeld).",
            uitvoerbaarheid="De uitvoerders keken mee en zien het als haalbaar (voorbeeld).",
            kosten="Geraamd op hoofdlijnen; na drie jaar een besparing (voorbeeld).",
            groepen="Werknemers en kleine werkgevers winnen tijd; adviseurs krijgen minder werk (voorbeeld).",
            betrokken="Twee groepsgesprekken en een panel (voorbeeld).",
            door=traject.secretaris,
        )

    def groen(self, traject: Adviestraject, commissie: str, *, dagen: int) -> Versie:
        """Laat de commissie in haar slotvergadering de groene versie vaststellen."""
        zitting = self.gehouden(commissie, dagen, "Slotvergadering (voorbeeld)")
        with self.op(dagen, 17):
            return versies.stel_groen_vast(traject=traject, versie=None, vergadering=zitting, door=traject.secretaris)


def kleine_pdf(tekst: str) -> bytes:
    """Geef een geldige PDF van één bladzijde met één regel; zonder opmaakmotor, zodat de start snel blijft."""
    veilig = tekst.encode("latin-1", "replace").decode("latin-1").replace("\\", "").replace("(", "[").replace(")", "]")
    inhoud = f"BT /F1 14 Tf 72 760 Td ({veilig}) Tj ET"
    delen = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(inhoud)}>>stream\n{inhoud}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    uit, plaatsen = "%PDF-1.4\n", []
    for nummer, deel in enumerate(delen, 1):
        plaatsen.append(len(uit))
        uit += f"{nummer} 0 obj{deel}endobj\n"
    begin = len(uit)
    uit += f"xref\n0 {len(delen) + 1}\n0000000000 65535 f \n"
    uit += "".join(f"{plaats:010d} 00000 n \n" for plaats in plaatsen)
    uit += f"trailer<</Size {len(delen) + 1}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n"
    return uit.encode("latin-1")
