"""Post van jaren geleden in de voorbeeldwereld, en de lijst met wat daarvan vernietigd kan worden."""

from datetime import timedelta

from berichten.actions import stuur
from inrichting.voorbeeld_loods import Loods
from kern.tijd import nu
from vernietiging.actions import stel_voor

# (maanden geleden, onderwerp, pad): zestig maanden na het versturen mag een bericht weg (docs/beheer.md).
POST = (
    (74, "De agenda van de raad staat klaar", "/vergaderingen/"),
    (68, "Er is een nieuw concept om te lezen", "/lezen/"),
    (62, "Het achterbanberaad is begonnen", "/organisatie/"),
)


def oude_post(loods: Loods) -> None:
    """Geef staf en leden post waarvan de bewaartermijn om is, en laat het portaal voorstellen haar te vernietigen."""
    leden = [gebruiker for s in ("FNV 1", "CNV 1", "VNO-NCW 1") if (gebruiker := loods.raad.leden[s].gebruiker)]
    for nummer, (maanden, onderwerp, pad) in enumerate(POST, 1):
        moment = nu() - timedelta(days=31 * maanden)
        for wie in (loods.staf.secretaris, loods.staf.raadssecretaris, *leden):
            bericht = stuur(
                ontvanger=wie,
                onderwerp=f"{onderwerp} (voorbeeld)",
                pad=pad,
                feit=f"inrichting.oude_post:{nummer}:1",
                niet_voor=moment,
            )
            if bericht is None:
                continue
            bericht.noteer_verstuurd(moment)
            bericht.aangemaakt_op = bericht.gelezen_op = moment
            bericht.save()
    stel_voor(nu=nu())
