"""De stand van de reacties voor het secretariaat, en wat een organisatie van haar eigen reactie ziet."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from adviezen import permissions
from adviezen.enums import Reactiestatus, Stap
from adviezen.models import Achterbanberaad, Adviestraject, Deelname, Knelpunt, Meelezer, Reactie, ReactieItem
from adviezen.models.zicht import blik
from adviezen.policies import beraad as beleid
from adviezen.queries.beraad import Stand, stand_van_beraad
from adviezen.queries.keuzes import keuzes
from adviezen.queries.tekst import Passage, inhoud, passages
from kern.componenten import Cel, Klok, Kop, Matrix, Rij
from kern.tijd import dag_van, datum_nl, vandaag
from overgangen import beschikbaar
from raad.models.tijdvak import geldt_op

if TYPE_CHECKING:
    from toegang.models import Gebruiker

TOESTAND = {"niet_begonnen": "leeg", "concept": "bezig", "ingediend": "goed", "geen_reactie": "nvt"}


def _cel(stand: Stand, beraad: Achterbanberaad, oordelen: dict[int, str]) -> Cel:
    laat = beraad.is_open and beraad.uiterlijk_op is not None and beraad.uiterlijk_op < vandaag() and not stand.gereed
    woord, toestand = stand.status_naam, TOESTAND[stand.status]
    if stand.status == Reactiestatus.INGEDIEND:
        woord = oordelen.get(stand.deelname.pk, woord)
        toestand = "letop" if woord == "knelpunt" else "goed"
    elif laat:
        toestand = "fout"
    elif not beraad.is_open and not stand.gereed:
        woord, toestand = "niet gereageerd", "fout"
    delen = [f"{stand.punten} {'punt' if stand.punten == 1 else 'punten'}"] if stand.punten else []
    if stand.knelpunten:
        delen.append(f"{stand.knelpunten} {'knelpunt' if stand.knelpunten == 1 else 'knelpunten'} gemeld")
    url = f"#reactie-{stand.deelname.pk}" if stand.gereed else ""
    return Cel(woord, toestand, url, ", ".join(delen))


def overzicht(traject: Adviestraject, gebruiker: "Gebruiker") -> dict[str, Any]:
    """Geef de bladzijde met reacties: stand per organisatie en ronde, ingediende reacties, knelpunten, knoppen."""
    rondes = list(traject.beraden.filter(geopend_op__isnull=False).order_by("ronde"))
    zichtbaar = (
        Reactie.objects.zichtbaar_voor(gebruiker)
        .filter(deelname__beraad__in=rondes)
        .exclude(status=Reactiestatus.CONCEPT)
        .select_related("deelname__organisatie", "deelname__beraad", "ingediend_door")
        .prefetch_related("items")
        .order_by("-deelname__beraad__ronde", "deelname__organisatie__naam")
    )
    reacties = list(zichtbaar)
    oordelen = {r.deelname_id: r.get_oordeel_display() for r in reacties}
    standen = {ronde.pk: {s.deelname.organisatie: s for s in stand_van_beraad(ronde)} for ronde in rondes}
    organisaties = sorted({o for per in standen.values() for o in per}, key=lambda o: o.naam)
    open_ = beleid.open_beraad(traject)
    rijen = [
        Rij(
            Kop(organisatie.naam, _contact(standen, organisatie)),
            [
                _cel(standen[r.pk][organisatie], r, oordelen) if organisatie in standen[r.pk] else Cel("doet niet mee")
                for r in rondes
            ],
        )
        for organisatie in organisaties
    ]
    kolommen = [
        Kop(f"Ronde {r.ronde}", f"tot en met {datum_nl(r.uiterlijk_op)}" if r.uiterlijk_op else "") for r in rondes
    ]
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
            .select_related("deelname__organisatie", "gemeld_door")
            .order_by("-pk")
        ),
        "klok": _klok(open_) if open_ else None,
        "mag": permissions.mag_als_commissiesecretaris(traject, gebruiker),
        "daden": [
            (k, reverse("adviezen:handeling", kwargs={"slug": traject.slug, "naam": k.naam}))
            for k in keuzes(traject, gebruiker)
            if traject.stap == Stap.ACHTERBANBERAAD and k.naam not in ("trek_in", "beeindig")
        ],
        "wachtend": beleid.mag_sluit(traject) if open_ else [],
    }


def _contact(standen: dict[int, dict[Any, Stand]], organisatie: Any) -> str:
    for per in reversed(standen.values()):
        if organisatie in per and per[organisatie].deelname.contact is not None:
            return str(per[organisatie].deelname.contact)
    return ""


def _klok(beraad: Achterbanberaad) -> Klok:
    return Klok(
        "Reageren tot en met",
        beraad.uiterlijk_op,
        basis=dag_van(beraad.geopend_op) if beraad.geopend_op else None,
        basis_naam="geopend",
        status="loopt" if beraad.is_open else "voldaan",
        voldaan_op=dag_van(beraad.gesloten_op) if beraad.gesloten_op else None,
    )


# --- voor de organisatie zelf -------------------------------------------------------------------------------------


def laad_deelname(gebruiker: "Gebruiker") -> Any:
    """Geef de deelnames van de eigen organisatie, met wat een bladzijde nodig heeft."""
    return Deelname.objects.eigen(gebruiker).select_related(
        "beraad__traject__commissie",
        "beraad__traject__secretaris",
        "beraad__versie",
        "organisatie",
        "contact",
        "reactie",
    )


def eigen_reactie(deelname: Deelname) -> Reactie | None:
    """Geef de reactie van een deelname, of None als zij nog niet begonnen is."""
    return getattr(deelname, "reactie", None)


def punten(reactie: Reactie | None) -> list[ReactieItem]:
    """Geef de punten op volgorde, met de verwerking als de commissie daarover besloot."""
    if reactie is None:
        return []
    return list(reactie.items.select_related("verwerking__vastgesteld_in", "verwerking__antwoord_versie"))


def bladzijde(deelname: Deelname, gebruiker: "Gebruiker") -> dict[str, Any]:
    """Geef de bladzijde van één beraad voor de organisatie."""
    reactie, beraad = eigen_reactie(deelname), deelname.beraad
    mag = permissions.mag_voor_organisatie(deelname, gebruiker)
    b = blik(gebruiker)
    return {
        "deelname": deelname,
        "beraad": beraad,
        "traject": beraad.traject,
        "reactie": reactie,
        "punten": punten(reactie),
        "klok": _klok(beraad),
        "mag": mag,
        "te_wijzigen": mag and beraad.is_open and (reactie is None or reactie.status == Reactiestatus.CONCEPT),
        "daden": list(beschikbaar(reactie, gebruiker)) if reactie is not None and beraad.is_open else [],
        "notities": list(deelname.notities.zichtbaar_voor(gebruiker)),
        "knelpunten": list(deelname.knelpunten.all()),
        "meelezers": list(
            Meelezer.objects.filter(
                geldt_op(vandaag()), organisatie=deelname.organisatie_id, traject=beraad.traject_id
            ).select_related("gebruiker")
        ),
        "mag_meelezers": permissions.mag_meelezers_toelaten(deelname, gebruiker),
        "ook_lid": b is not None and beraad.traject.commissie_id in b.lid_van,
    }


def tekst(deelname: Deelname) -> tuple[list[Passage], list[Passage]]:
    """Geef de passages van de witte versie met de eigen punten erbij, en de koppen voor de inhoudsopgave."""
    versie = deelname.beraad.versie
    delen = passages(versie.html) if versie is not None else []
    plek = {blok: deel for deel in delen for blok in deel.blokken}
    for punt in punten(eigen_reactie(deelname)):
        if punt.blok in plek:
            plek[punt.blok].punten.append(punt)
    return delen, inhoud(delen)
