"""Wat op iemands handtekening, bevestiging of vrijgave wacht: daarvan komt geen bericht, dus staat het op /werk/."""

from django.db.models import Count, Q
from django.urls import reverse

from adviezen.enums import Stap
from adviezen.models import Aanbieding, Aanbiedingsbrief, Adviesintrekking
from adviezen.permissions import mag_intrekking_bevestigen
from dialoog.permissions import mag_nieuwsupdate
from dialoog.queries import op_vrijgave
from toegang.enums import Rol
from toegang.models import Gebruiker
from toegang.rollen import heeft


def wachtend(gebruiker: Gebruiker) -> list[tuple[str, str]]:
    """Geef (tekst, adres) van wat op deze persoon wacht; elke rol kost hoogstens één zoekvraag."""
    return [
        *_te_bevestigen(gebruiker),
        *_in_te_trekken(gebruiker),
        *_te_tekenen(gebruiker),
        *_vrij_te_geven(gebruiker),
    ]


def _te_bevestigen(gebruiker: Gebruiker) -> list[tuple[str, str]]:
    """Een aanbieding bevestigt een ander dan wie haar klaarzette: bij het traject, of wie er altijd bij is."""
    rijen = Aanbieding.objects.filter(
        traject__stap=Stap.AANBIEDING, klaargezet_op__isnull=False, bevestigd_op__isnull=True
    ).exclude(klaargezet_door=gebruiker)
    if not heeft(gebruiker, Rol.COMMUNICATIE, Rol.ALGEMEEN_SECRETARIS, Rol.RAADSSECRETARIS):
        rijen = rijen.filter(Q(traject__secretaris=gebruiker) | Q(traject__waarnemer=gebruiker))
    return [
        (f"{rij.traject.titel}: de aanbieding wacht op bevestiging door een tweede", _adres(rij.traject.slug))
        for rij in rijen.select_related("traject").order_by("klaargezet_op")
    ]


def _in_te_trekken(gebruiker: Gebruiker) -> list[tuple[str, str]]:
    """Een voorstel om een advies in te trekken, voor wie gevraagd is te bevestigen."""
    rijen = Adviesintrekking.objects.filter(bevestigd_op__isnull=True, vervallen_op__isnull=True)
    return [
        (
            f"{rij.traject.titel}: een voorstel om het advies in te trekken wacht op bevestiging",
            reverse("adviezen:intrekken", kwargs={"slug": rij.traject.slug}),
        )
        for rij in rijen.select_related("traject", "voorgesteld_door").order_by("voorgesteld_op")
        if mag_intrekking_bevestigen(rij, gebruiker)
    ]


def _te_tekenen(gebruiker: Gebruiker) -> list[tuple[str, str]]:
    if not heeft(gebruiker, Rol.ALGEMEEN_SECRETARIS):
        return []
    per_traject = (
        Aanbiedingsbrief.objects.filter(aanbieding__traject__stap=Stap.AANBIEDING, afgetekend_op__isnull=True)
        .values_list("aanbieding__traject__titel", "aanbieding__traject__slug")
        .annotate(aantal=Count("pk"))
        .order_by("aanbieding__traject")
    )
    return [
        (f"{titel}: {aantal} {'brief wacht' if aantal == 1 else 'brieven wachten'} op uw handtekening", _adres(slug))
        for titel, slug, aantal in per_traject
    ]


def _vrij_te_geven(gebruiker: Gebruiker) -> list[tuple[str, str]]:
    if not mag_nieuwsupdate(gebruiker):
        return []
    return [
        (f"Nieuwsupdate {editie.nummer} wacht op vrijgave", reverse("dialoog:nieuwsupdate", args=[editie.pk]))
        for editie in op_vrijgave()[:1]
    ]


def _adres(slug: str) -> str:
    return reverse("adviezen:aanbieding", kwargs={"slug": slug})
