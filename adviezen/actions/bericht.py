"""De berichten aan wie een traject behandelt en aan de organisaties in een ronde; kort en neutraal."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from adviezen.actions.handelen import Gevolg
from adviezen.queries.aanspreken import aanspreekpunten, werkt_er, wie_behandelt
from berichten.actions import annuleer, laat_toch_gaan, stuur
from berichten.enums import Status
from berichten.models import Bericht
from toegang.models import Gebruiker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adviezen.models import Adviestraject, Deelname

# De handelingen waarmee een ronde opent; hun berichten vragen de organisaties om een reactie.
OPENINGEN = ("start_achterbanberaad", "open_nieuw_achterbanberaad")


def krijgt_bericht(aantal: int, een: str, meer: str, wanneer: str = "na tien minuten") -> Gevolg:
    """Geef voor een voorvertoning hoeveel mensen bericht krijgen, als een ("lid van …") of meer ("leden van …")."""
    wie = f"1 {een}" if aantal == 1 else f"{aantal} {meer}"
    return Gevolg(wie, f"{'krijgt' if aantal == 1 else 'krijgen'} {wanneer} bericht")


def bericht_behandelaars(
    traject: "Adviestraject",
    *,
    onderwerp: str,
    feit: str,
    door: Gebruiker | None,
    blad: str = "",
    wacht: bool = True,
    bundel: bool = False,
) -> None:
    """Bericht de secretaris, en wie hem waarneemt, met een werkpagina van het traject (`blad`, "reacties/").

    Heeft geen van beiden nog een werkend account, dan de algemeen secretaris: zoals bij een termijn. Met `bundel` niet
    als hetzelfde bericht over deze bladzijde nog wacht: het zegt dat er iets veranderde, en dat weet hij dan al.
    """
    pad = f"/werk/trajecten/{traject.slug}/{blad}"
    wachtend: set[int] = set()
    if bundel:
        zelfde = Bericht.objects.filter(onderwerp=onderwerp, pad=pad, status=Status.WACHT)
        wachtend = set(zelfde.values_list("ontvanger_id", flat=True))
    for ontvanger in wie_behandelt(traject):
        if ontvanger.pk in wachtend:
            continue
        stuur(ontvanger=ontvanger, onderwerp=onderwerp, pad=pad, feit=feit, wacht=wacht, door=door)


def vraag_aan(deelname: "Deelname") -> Any:
    """Geef de berichten waarin deze organisatie om haar reactie gevraagd is, oudste eerst."""
    traject = deelname.beraad.traject_id
    begin = Q()
    for overgang in OPENINGEN:
        begin |= Q(feit__startswith=f"adviezen.{overgang}:{traject}:")
    return Bericht.objects.filter(begin, feit__endswith=f":{deelname.pk}").order_by("pk")


def bericht_organisatie(
    deelname: "Deelname",
    *,
    onderwerp: str,
    feit: str,
    door: Gebruiker | None,
    wacht: bool = True,
    ook: Gebruiker | None = None,
    tekst: str = "",
) -> None:
    """Bericht wie het achterbanberaad bij deze organisatie nu regelt, met haar eigen reactie als adres.

    `ook` krijgt het erbij als die er nu werkt: wie iets vroeg en niet de contactpersoon is. Zonder contactpersoon
    krijgt niemand iets. Wacht de vraag om te reageren nog, dan wacht dit ook: het komt nooit voor die vraag aan.
    """
    wacht = wacht or vraag_aan(deelname).filter(status=Status.WACHT).exists()
    wie = {g.pk: g for g in aanspreekpunten(deelname)}
    if ook is not None and deelname.contact_id is not None and werkt_er(deelname, ook):
        wie.setdefault(ook.pk, ook)
    for ontvanger in wie.values():
        stuur(
            ontvanger=ontvanger, onderwerp=onderwerp, pad=f"/organisatie/beraad/{deelname.pk}/", feit=feit,
            wacht=wacht, door=door, tekst=tekst,
        )  # fmt: skip


def bericht_overdracht(
    traject: "Adviestraject", *, van: Gebruiker | None, nam_waar: Gebruiker | None, door: Gebruiker
) -> None:
    """Bericht wie het traject kreeg, waarneemt of kwijt is; wie het zelf deed weet het. Het laatste geldt."""
    handeling = f"adviezen.draag_over:{traject.pk}"
    annuleer(feit_begin=handeling, reden="Opnieuw overgedragen.", door=door)
    wie: dict[Gebruiker, str] = {}
    if van is not None and van != traject.secretaris:
        wie[van] = "Een ander behandelt nu een adviestraject van u"
    if nam_waar is not None and nam_waar != traject.waarnemer:
        wie[nam_waar] = "U neemt een adviestraject niet langer waar"
    if traject.waarnemer is not None and traject.waarnemer != nam_waar:
        wie[traject.waarnemer] = "U neemt een adviestraject waar"
    if traject.secretaris is not None and traject.secretaris != van:
        wie[traject.secretaris] = "U behandelt nu een adviestraject"
    for ontvanger, onderwerp in wie.items():
        if ontvanger != door:
            stuur(
                ontvanger=ontvanger, onderwerp=onderwerp, pad=f"/werk/trajecten/{traject.slug}/",
                feit=f"{handeling}:{traject.rijversie}", door=door,
            )  # fmt: skip


def laat_vorige_toch_gaan(
    traject: "Adviestraject", handelingen: "Iterable[str]", *, reden: str, door: Gebruiker
) -> None:
    """Laat alsnog gaan wat de laatste van deze handelingen klaarzette en daarna werd teruggehaald: zij geldt weer."""
    laatste = [Bericht.objects.van_handeling(f"adviezen.{h}:{traject.pk}").order_by("pk").last() for h in handelingen]
    gevonden = max((b for b in laatste if b is not None), key=lambda b: b.pk, default=None)
    if gevonden is not None:
        laat_toch_gaan(feit_begin=gevonden.handeling, reden=reden, door=door)
