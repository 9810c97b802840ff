"""De mail van een alarm. Zij gaat buiten de postbus om: die kan juist stilstaan."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from berichten.mails import verbinding
from bewaking.alarm import Melding

UITLEG = "Wat dit betekent en wat u kunt doen, staat in docs/beheer.md onder “Bewaking”."


def verstuur(meldingen: Sequence[Melding], adressen: Sequence[str]) -> int:
    """Mail de meldingen aan de beheerders en geef hoeveel mails er gingen. Werpt wat de post werpt."""
    if not adressen or not meldingen:
        return 0
    fout = [m for m in meldingen if not m.voorbij]
    kop = f"alarm: {', '.join(m.meting.naam for m in fout)}" if fout else "alarm voorbij"
    brief = EmailMessage(
        subject=f"SER-portaal, {kop}",
        body="\n".join([settings.PORTAL_ADRES, "", *(f"- {m.zin}" for m in meldingen), "", UITLEG, ""]),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(adressen),
        headers={"Auto-Submitted": "auto-generated"},
        connection=verbinding(),
    )
    return brief.send()
