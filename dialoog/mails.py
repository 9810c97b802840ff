"""De e-mails aan lezers van buiten, gemaakt op het moment van versturen. Alleen wat openbaar is."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from berichten.models import Bericht
from berichten.opmaak import NietMeerNodig, Opmaak
from dialoog import queries, tokens
from dialoog.enums import Ritme
from dialoog.models import Aanmelding, Editie, Verzending


def absoluut(pad: str) -> str:
    """Geef het volledige adres van een pad."""
    return f"{settings.PORTAL_ADRES}{pad}"


def _nummers(bericht: Bericht) -> list[int]:
    return [int(deel) for deel in bericht.feit.split(":")[1:] if deel.isdigit()]


def aanmeldingsmail(bericht: Bericht) -> Opmaak:
    """Vraag om bevestiging. Werpt NietMeerNodig als de aanmelding al bevestigd of verlopen is."""
    rij = Aanmelding.objects.filter(pk=_nummers(bericht)[0], email=bericht.email).first()
    if rij is None:
        raise NietMeerNodig
    adres = absoluut(f"/volgen/bevestig/{tokens.maak('bevestig', rij.kenmerk)}/")
    gegevens = {"rij": rij, "adres": adres, "bericht": bericht}
    return Opmaak(render_to_string("dialoog/mail_bevestig.txt", gegevens))


def editiemail(bericht: Bericht) -> Opmaak:
    """Een editie zoals dit abonnement haar krijgt, met afmeldkop (RFC 8058). Werpt NietMeerNodig na afmelden."""
    nummers = _nummers(bericht)
    verzending = (
        Verzending.objects.select_related("editie", "abonnement")
        .filter(editie_id=nummers[0], abonnement_id=nummers[-1])
        .first()
    )
    if verzending is None or verzending.abonnement.email != bericht.email:
        raise NietMeerNodig
    editie, abonnement = verzending.editie, verzending.abonnement
    stop = absoluut(f"/volgen/stop/{tokens.maak('stop', abonnement.kenmerk, editie.ritme)}/")
    beheer = absoluut(f"/volgen/beheer/{tokens.maak('beheer', abonnement.kenmerk)}/")
    gekozen = set(verzending.sleutels)
    gegevens = inhoud(editie, [o for o in editie.mee if o["sleutel"] in gekozen]) | {
        "stop": stop,
        "beheer": beheer,
        "voorbeeld": bericht.voorbeeld,
    }
    return Opmaak(
        render_to_string("dialoog/mail_editie.txt", gegevens),
        render_to_string("dialoog/mail_editie.html", gegevens),
        {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{editie.ritme}.{urlsplit(settings.PORTAL_ADRES).hostname or 'localhost'}>",
            "Precedence": "bulk",
        },
    )


def inhoud(editie: Editie, onderdelen: list[dict[str, Any]]) -> dict[str, Any]:
    """Geef wat de sjablonen van een editie tonen."""
    met_adres = [{**o, "volledig": absoluut(str(o["adres"]))} for o in onderdelen]
    return {
        "editie": editie,
        "groepen": queries.per_soort(met_adres),
        "titel": f"SER-nieuwsupdate {editie.nummer}" if editie.ritme == Ritme.NIEUWSUPDATE else "Nieuw bij de SER",
        "thuis": absoluut("/"),
    }
