"""De stand van de reacties voor het secretariaat: per traject, en alle open ronden naast elkaar."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from adviezen import permissions
from adviezen.enums import Medestatus, Reactiestatus, Stap
from adviezen.models import Achterbanberaad, Adviestraject, Knelpunt, Medeondertekening, Reactie
from adviezen.policies import beraad as beleid
from adviezen.queries.beraad import Stand
from adviezen.queries.beraad import standen as alle_standen
from adviezen.queries.keuzes import keuzes
from kern.componenten import Cel, Klok, Kop, Matrix, Rij
from kern.tekort import Tekort
from kern.tijd import dag_van, datum_nl, duur_nl, vandaag
from overgangen import Keuze

if TYPE_CHECKING:
    from toegang.models import Gebruiker

TOESTAND = {
    "niet_begonnen": "leeg", "concept": "bezig", "teruggenomen": "letop", "ingediend": "goed", "mede": "goed",
    "geen_reactie": "nvt",
}  # fmt: skip
ONDER = {"akkoord": "goed", "akkoord_mits": "goed", "knelpunt": "letop"}


def cel(stand: Stand, beraad: Achterbanberaad, pad: str = "") -> Cel:
    """Geef het vak van één organisatie in één ronde: woord, vorm, en wat erbij hoort te staan.

    `pad` is de bladzijde met reacties; het vak linkt naar de reactie als die er is, anders naar de bladzijde.
    """
    dag, eigen = stand.deelname.laatste_dag, stand.deelname.uiterlijk_op
    laat = beraad.is_open and dag is not None and dag < vandaag() and not stand.gereed
    woord, toestand = stand.status_naam, TOESTAND[stand.status]
    delen = []
    if stand.status in (Reactiestatus.INGEDIEND, "mede"):
        woord, toestand = stand.oordeel_naam, ONDER[stand.oordeel]
        if stand.via:
            delen.append(f"met {stand.via}")
    elif laat:
        toestand = "fout"
        delen.append("over de datum")
    elif not beraad.is_open and not stand.gereed:
        woord, toestand = "niet gereageerd", "fout"
    if beraad.is_open and not stand.gereed and eigen is not None and dag == eigen:
        delen.append(f"tot en met {datum_nl(eigen)}")
    if stand.tijdvragen:
        delen.append("vraagt meer tijd")
        toestand = "letop" if toestand in ("leeg", "bezig", "goed") else toestand
    if stand.punten:
        delen.append(f"{stand.punten} {'punt' if stand.punten == 1 else 'punten'}")
    if stand.knelpunten:
        nieuw = f", {stand.ongezien} nieuw" if stand.ongezien else ""
        delen.append(f"{stand.knelpunten} {'knelpunt' if stand.knelpunten == 1 else 'knelpunten'} gemeld{nieuw}")
        toestand = "letop" if stand.ongezien and toestand in ("leeg", "bezig", "goed") else toestand
    if beraad.is_open and not stand.gereed and stand.deelname.herinnerd_op is not None:
        delen.append(f"herinnerd op {datum_nl(dag_van(stand.deelname.herinnerd_op))}")
    reactie = stand.via_deelname or (stand.deelname.pk if stand.status in ("ingediend", "geen_reactie") else None)
    anker = f"#reactie-{reactie}" if reactie is not None else ""
    return Cel(woord, toestand, f"{pad}{anker}", ", ".join(delen))


def overzicht(traject: Adviestraject, gebruiker: "Gebruiker") -> dict[str, Any]:
    """Geef de bladzijde met reacties: stand per organisatie en ronde, ingediende reacties, knelpunten, knoppen."""
    prefetch_related_objects([traject], Prefetch("beraden", traject.beraden.select_related("versie").order_by("ronde")))
    rondes = [ronde for ronde in traject.beraden.all() if ronde.geopend_op is not None]
    bevestigd = Medeondertekening.objects.filter(status=Medestatus.BEVESTIGD).select_related("deelname__organisatie")
    zichtbaar = (
        Reactie.objects.zichtbaar_voor(gebruiker)
        .filter(deelname__beraad__in=rondes)
        .exclude(status=Reactiestatus.CONCEPT)
        .select_related("deelname__organisatie", "deelname__beraad", "ingediend_door")
        .prefetch_related("items", Prefetch("mede", bevestigd), "indieningen")
        .order_by("-deelname__beraad__ronde", "deelname__organisatie__naam")
    )
    reacties = list(zichtbaar)
    standen = {pk: {s.deelname.organisatie: s for s in rij} for pk, rij in alle_standen(rondes).items()}
    standen |= {r.pk: {} for r in rondes if r.pk not in standen}
    organisaties = sorted({o for per in standen.values() for o in per}, key=lambda o: o.naam)
    open_ = beleid.open_beraad(traject)
    daden = keuzes(traject, gebruiker) if traject.stap == Stap.ACHTERBANBERAAD else []
    rijen = [
        Rij(
            Kop(organisatie.naam, _contact(standen, organisatie)),
            [
                cel(standen[r.pk][organisatie], r) if organisatie in standen[r.pk] else Cel("doet niet mee")
                for r in rondes
            ],
        )
        for organisatie in organisaties
    ]
    kolommen = [Kop(f"Ronde {r.ronde}", _wanneer(r)) for r in rondes]
    gereed = [f"{sum(s.gereed for s in standen[r.pk].values())} van {len(standen[r.pk])} gereed" for r in rondes]
    return {
        "traject": traject,
        "rondes": rondes,
        "open": open_,
        "matrix": Matrix("Reacties per organisatie", "Organisatie", kolommen, rijen, "", gereed) if rondes else None,
        "reacties": reacties,
        "knelpunten": list(
            Knelpunt.objects.zichtbaar_voor(gebruiker)
            .filter(deelname__beraad__in=rondes)
            .select_related("deelname__organisatie", "deelname__beraad", "gemeld_door")
            .prefetch_related("berichten")
            .order_by("-pk")
        ),
        "klok": klok(open_) if open_ else None,
        "mag": permissions.mag_als_commissiesecretaris(traject, gebruiker),
        "daden": [
            (k, reverse("adviezen:handeling", kwargs={"slug": traject.slug, "naam": k.naam}))
            for k in daden
            if k.naam not in ("trek_in", "beeindig")
        ],
        "wachtend": _wachtend(traject, daden) if open_ else [],
    }


def _wanneer(ronde: Achterbanberaad) -> str:
    """Geef tot wanneer er gereageerd kan worden, of sinds wanneer niet meer."""
    if ronde.gesloten_op is not None:
        return f"gesloten op {datum_nl(dag_van(ronde.gesloten_op))}"
    return f"tot en met {datum_nl(ronde.uiterlijk_op)}" if ronde.uiterlijk_op else ""


def _wachtend(traject: Adviestraject, daden: list[Keuze]) -> list[Tekort]:
    """Geef welke organisaties nog niet klaar zijn: wat aan sluiten ontbreekt, ook voor wie zelf niet sluit."""
    sluit = next((daad for daad in daden if daad.naam == "sluit_achterbanberaad"), None)
    return beleid.mag_sluit(traject) if sluit is None else list(sluit.tekorten)


def _contact(standen: dict[int, dict[Any, Stand]], organisatie: Any) -> str:
    for per in reversed(standen.values()):
        if organisatie in per and per[organisatie].deelname.contact is not None:
            return str(per[organisatie].deelname.contact)
    return ""


def klok(beraad: Achterbanberaad, dag: date | None = None) -> Klok:
    """Geef de klok van een ronde; `dag` is de laatste dag van één organisatie, als die een andere is."""
    return Klok(
        "Reageren tot en met",
        dag or beraad.uiterlijk_op,
        basis=dag_van(beraad.geopend_op) if beraad.geopend_op else None,
        basis_naam="geopend",
        status="loopt" if beraad.is_open else "voldaan",
        voldaan_op=dag_van(beraad.gesloten_op) if beraad.gesloten_op else None,
    )


# --- alle open ronden naast elkaar ------------------------------------------------------------------------------

MEESTE_KOLOMMEN = 12


def ronden(gebruiker: "Gebruiker", van: str) -> list[Achterbanberaad]:
    """Geef de open ronden, wat het eerst sluit vooraan; `van` is "mij", "waarneming" of "alle"."""
    rijen = Achterbanberaad.objects.zichtbaar_voor(gebruiker).filter(geopend_op__isnull=False, gesloten_op__isnull=True)
    if van == "mij":
        rijen = rijen.filter(traject__secretaris=gebruiker)
    elif van == "waarneming":
        rijen = rijen.filter(traject__waarnemer=gebruiker)
    return list(rijen.select_related("traject__secretaris").order_by("uiterlijk_op", "pk"))


def matrix(alle: list[Achterbanberaad]) -> Matrix | None:
    """Geef organisaties maal trajecten, met totalen per rij en kolom; None zonder open ronden.

    De eerste twaalf ronden staan erin; wat later sluit staat in de lijst eronder. Eén zoekvraag.
    """
    beraden = alle[:MEESTE_KOLOMMEN]
    standen = alle_standen(beraden)
    per = {b.pk: {s.deelname.organisatie: s for s in standen.get(b.pk, [])} for b in beraden}
    organisaties = sorted({o for rij in per.values() for o in rij}, key=lambda o: o.naam)
    if not organisaties:
        return None
    paden = {b.pk: reverse("adviezen:reacties", kwargs={"slug": b.traject.slug}) for b in beraden}
    rijen = []
    for organisatie in organisaties:
        eigen = [per[b.pk][organisatie] for b in beraden if organisatie in per[b.pk]]
        cellen = [
            cel(per[b.pk][organisatie], b, paden[b.pk]) if organisatie in per[b.pk] else Cel("doet niet mee", "leeg")
            for b in beraden
        ]
        rijen.append(Rij(Kop(organisatie.naam), cellen, f"{sum(s.gereed for s in eigen)} van {len(eigen)}"))
    alles = [s for rij in per.values() for s in rij.values()]
    return Matrix(
        "Open achterbanberaden per organisatie",
        "Organisatie",
        [
            Kop(
                b.traject.titel,
                f"{datum_nl(b.uiterlijk_op)}, {duur_nl((b.uiterlijk_op - vandaag()).days)}" if b.uiterlijk_op else "",
                paden[b.pk],
            )
            for b in beraden
        ],
        rijen,
        "Gereed",
        [
            *(f"{sum(s.gereed for s in per[b.pk].values())} van {len(per[b.pk])}" for b in beraden),
            f"{sum(s.gereed for s in alles)} van {len(alles)}",
        ],
    )
