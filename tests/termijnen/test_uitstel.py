"""Wie later gewaarschuwd wil worden en zich bedenkt, of de termijn intussen overdroeg."""

from datetime import date
from typing import Any

import pytest
from django.core import mail

from termijnen import actions
from termijnen.models import Termijn
from termijnen.queries import van_mij

pytestmark = pytest.mark.django_db
BASIS = date(2026, 3, 16)  # vervalt op 16 juni


def test_wie_zijn_uitstel_korter_maakt_hoort_daarna_alles_weer(open_proef: Any, reis: Any, proefsoort: Any) -> None:
    """Het jongste uitstel geldt: een langer van eerder houdt niets meer stil."""
    reis(date(2026, 6, 1))
    termijn, ik = open_proef(BASIS), proefsoort[0]
    actions.stel_uit(termijn=termijn, tot=date(2026, 6, 25), reden="Lange reis.", door=ik)
    actions.stel_uit(termijn=termijn, tot=date(2026, 6, 10), reden="Toch een korte.", door=ik)
    assert actions.verwerk(reis(date(2026, 6, 10))).verstuurd == 1
    actions.verwerk(reis(date(2026, 6, 16)))
    assert [m.to for m in mail.outbox] == [[ik.email]] * 2, "op de vervaldag zelf zweeg het portaal"
    assert actions.verwerk(reis(date(2026, 6, 25))).herinneringen == 0


def test_wie_overdroeg_krijgt_na_zijn_uitstel_niets_meer(
    open_proef: Any, reis: Any, proefsoort: Any, secretaris: Any, maak_gebruiker: Any
) -> None:
    """De termijn is niet meer de zijne; een waarschuwing zou haar weer bij de zijne zetten."""
    reis(date(2026, 6, 1))
    termijn, opvolger, blijver = open_proef(BASIS), maak_gebruiker(), maak_gebruiker()
    proefsoort[:] = [secretaris, blijver]
    for wie in proefsoort:
        actions.stel_uit(termijn=termijn, tot=date(2026, 6, 10), reden="Vrij.", door=wie)
    reis(date(2026, 6, 3))
    proefsoort[:] = [opvolger, blijver]
    actions.draag_termijn_over(termijn=termijn, naar=opvolger, door=secretaris, reden="Ander werk.")
    actions.verwerk(reis(date(2026, 6, 10)))
    assert sorted(m.to[0] for m in mail.outbox) == sorted([opvolger.email, blijver.email]), "ook wie uitstelde"
    assert not Termijn.objects.filter(van_mij(secretaris)).exists()
    reis(date(2026, 6, 11))
    actions.stel_uit(termijn=termijn, tot=date(2026, 6, 12), reden="Ik help nog even.", door=secretaris)
    actions.verwerk(reis(date(2026, 6, 12)))
    assert mail.outbox[-1].to == [secretaris.email], "wie er daarna zelf om vraagt, krijgt het"
