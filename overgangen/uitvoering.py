"""De enige plaats die overgangen uitvoert, en die vertelt welke nu kunnen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import models, transaction
from django_fsm import FSMField, Transition

from kern.fouten import GeenToegang, InvoerFout, OvergangGeweigerd, VerouderdeVersie, eis
from kern.tekort import Tekort
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis

if TYPE_CHECKING:
    from toegang.models import Gebruiker

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Keuze:
    """Een handeling die deze persoon in deze toestand mag doen, met wat nog ontbreekt."""

    naam: str
    label: str
    tekorten: tuple[Tekort, ...]
    reden_verplicht: bool
    bevestig: str

    @property
    def kan(self) -> bool:
        """Geef of niets meer ontbreekt."""
        return not self.tekorten


def toestandsveld(model: type[models.Model]) -> FSMField:
    """Geef het ene toestandsveld van een model. Werpt LookupError als het er geen of meer dan één heeft."""
    velden = [veld for veld in model._meta.get_fields() if isinstance(veld, FSMField)]
    if len(velden) != 1:
        raise LookupError(f"{model._meta.label} heeft {len(velden)} toestandsvelden")
    return velden[0]


def overgangen_van(model: type[models.Model]) -> list[Transition]:
    """Geef alle overgangen van een model, op naam."""
    veld = toestandsveld(model)
    return sorted(veld.get_all_transitions(model), key=lambda o: (o.name, str(o.source)))


def paren(model: type[models.Model]) -> set[tuple[str, str]]:
    """Geef elk paar (van, naar) dat de code toelaat; "*" is uitgeschreven naar alle toestanden."""
    uit: set[tuple[str, str]] = set()
    toestanden = [str(waarde) for waarde, _ in toestandsveld(model).flatchoices]
    for overgang in overgangen_van(model):
        bronnen = toestanden if overgang.source == "*" else [str(overgang.source)]
        uit |= {(bron, doel) for bron in bronnen for doel in doelen(overgang)}
    return uit


def doelen(overgang: Transition) -> list[str]:
    """Geef de toestanden waar een overgang heen kan: meestal één, bij GET_STATE elke toegestane."""
    return [str(doel) for doel in getattr(overgang.target, "allowed_states", [overgang.target])]


def _tekorten(obj: models.Model, overgang: Transition, **kw: Any) -> list[Tekort]:
    beleid: Callable[..., list[Tekort]] | None = (overgang.custom or {}).get("beleid")
    return [] if beleid is None else beleid(obj, **kw)


def _mag(obj: models.Model, overgang: Transition, door: "Gebruiker | None") -> bool:
    return bool(overgang.has_perm(obj, cast("Gebruiker", door)))


def _zoek(obj: models.Model, naam: str) -> Transition:
    veld = toestandsveld(type(obj))
    stand = str(getattr(obj, veld.name))
    gelijknamig = [o for o in overgangen_van(type(obj)) if o.name == naam]
    if not gelijknamig:
        raise LookupError(f"{obj._meta.label} kent geen overgang {naam!r}")
    for overgang in gelijknamig:
        if overgang.source == "*" or str(overgang.source) == stand:
            return overgang
    label = (gelijknamig[0].custom or {}).get("label", naam)
    toestand = dict(veld.flatchoices).get(stand, stand)
    raise OvergangGeweigerd([Tekort(f"“{label}” kan nu niet: de stand is “{toestand}”.")])


@transaction.atomic
def voer_uit(
    model: type[M],
    pk: Any,
    versie: int | None,
    overgang: str,
    *,
    door: "Gebruiker | None",
    reden: str = "",
    gegevens: dict[str, Any] | None = None,
    **kw: Any,
) -> M:
    """Voer één overgang uit en geef het verse object terug.

    Laadt en vergrendelt de rij zelf, kijkt versie, toestand, recht en beleid na, en schrijft rij en gebeurtenis in één
    transactie. `versie` is de `rijversie` die de gebruiker zag; None slaat die controle over. `door` None is het
    portaal zelf (alleen overgangen die dat toestaan). `kw` gaat naar beleid en overgang; `gegevens` naar het logboek.

    Werpt VerouderdeVersie, OvergangGeweigerd (met tekorten), GeenToegang, InvoerFout("reden", …) en
    model.DoesNotExist; er is dan niets veranderd.
    """
    obj = model._base_manager.select_for_update().get(pk=pk)
    if versie is not None and obj.rijversie != versie:  # type: ignore[attr-defined]
        raise VerouderdeVersie
    gevonden = _zoek(obj, overgang)
    if not _mag(obj, gevonden, door):
        raise GeenToegang
    instelling = gevonden.custom or {}
    reden = reden.strip()
    if instelling.get("reden") and not reden:
        raise InvoerFout("reden", "Geef een reden; die komt in het dossier te staan.")
    eis(_tekorten(obj, gevonden, **kw))
    veld = toestandsveld(model)
    van = str(getattr(obj, veld.name))
    getattr(obj, overgang)(**kw)
    obj.rijversie += 1  # type: ignore[attr-defined]
    obj.save()
    gebeurtenis = leg_vast(
        soort=f"{obj._meta.app_label}.{overgang}",
        object=obj,
        door=door,
        reden=reden,
        gegevens={"van": van, "naar": str(getattr(obj, veld.name)), **(gegevens or {})},
    )
    # Een model mag zijn eigen verloop bijhouden, in dezelfde transactie (adviezen.Stapgang).
    na_overgang: Callable[[Gebeurtenis], None] | None = getattr(obj, "na_overgang", None)
    if na_overgang is not None:
        na_overgang(gebeurtenis)
    return model._base_manager.get(pk=pk)


def beschikbaar(obj: models.Model, door: "Gebruiker") -> list[Keuze]:
    """Geef de handelingen die `door` in de huidige toestand mag doen, in volgorde van aangifte in het model."""
    veld = toestandsveld(type(obj))
    stand = str(getattr(obj, veld.name))
    volgorde = {naam: plaats for plaats, naam in enumerate(_aangifte(type(obj)))}
    keuzen = [
        Keuze(
            naam=o.name,
            label=(o.custom or {}).get("label", o.name),
            tekorten=tuple(_tekorten(obj, o)),
            reden_verplicht=bool((o.custom or {}).get("reden")),
            bevestig=(o.custom or {}).get("bevestig", ""),
        )
        for o in overgangen_van(type(obj))
        if o.source == "*" or str(o.source) == stand
        if _mag(obj, o, door)
    ]
    return sorted(keuzen, key=lambda k: volgorde.get(k.naam, len(volgorde)))


def _aangifte(model: type[models.Model]) -> list[str]:
    """Geef de namen van methoden in de volgorde waarin de klasse ze aangeeft."""
    namen: list[str] = []
    for klasse in reversed(model.__mro__):
        namen.extend(naam for naam in vars(klasse) if naam not in namen)
    return namen


def diagram(model: type[models.Model]) -> str:
    """Geef het toestandsdiagram als Mermaid-tekst, uit de code zelf."""
    veld = toestandsveld(model)
    regels = ["stateDiagram-v2"]
    regels += [f"    {waarde}: {label}" for waarde, label in veld.flatchoices]
    toestanden = [str(waarde) for waarde, _ in veld.flatchoices]
    for overgang in overgangen_van(model):
        label = (overgang.custom or {}).get("label", overgang.name)
        bronnen = toestanden if overgang.source == "*" else [str(overgang.source)]
        regels += [f"    {bron} --> {doel}: {label}" for bron in bronnen for doel in doelen(overgang)]
    return "\n".join(regels) + "\n"
