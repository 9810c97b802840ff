"""Een advies als gegevens: vlak voor een tabel, en volledig voor de archiefkopie."""

import json
from typing import Any

from kern.tijd import vandaag
from publiek import verwijzen, zoekvraag
from publiek.models import Advies


def rij_van(advies: Advies) -> dict[str, object]:
    """Geef één advies als vlakke rij. Wat niet bekend is heet zo; leeg is het nooit."""
    m = advies.metadata
    return {
        "kenmerk": advies.kenmerk,
        "nummer": advies.nummer,
        "titel": advies.titel,
        "soort": advies.soort,
        "jaar": advies.jaar,
        "datum": verwijzen.iso_datum(advies),
        "datum_afgeleid": bool(m.get("dag_afgeleid")),
        "commissie": m.get("commissie") or "",
        "gevraagd_door": list(m.get("adviesvragers") or []),
        "themas": [t["naam"] for t in m.get("themas") or []],
        "oordeel": advies.oordeel or "niet bekend",
        "reactie": zoekvraag.REACTIES[advies.reactie],
        "samenvatting": m.get("samenvatting") or "",
        "voorbeeld": advies.voorbeeld,
        "adres": verwijzen.adres_van(advies),
        "reactiestand": advies.reactie,
    }


def bijlage(advies: Advies) -> str:
    """Geef alles wat van dit advies openbaar is als JSON; gaat mee in de archiefkopie (PDF/A-3a).

    De kopie wordt één keer gemaakt. `stand_op` is de dag waarop `reactie` gold; een reactie kan daarna nog komen.
    """
    m = advies.metadata
    meer: dict[str, Any] = {
        "stand_op": vandaag().isoformat(),
        "openbaar_vanaf": advies.vanaf.isoformat(),
        "inhoud_hash": advies.inhoud_hash,
        "ondertitel": m.get("ondertitel") or "",
        "uitgebracht_op": m.get("uitgebracht_op") or "",
        "oordeel_toelichting": m.get("oordeel_toelichting") or "",
        "aanvraagdatum": m.get("aanvraagdatum_tekst") or "",
        "geadresseerden": m.get("geadresseerden") or "",
        "rechtstreeks": m.get("rechtstreeks") or "",
        "vraag": m.get("vraag") or "",
        "aanbevelingen": m.get("aanbevelingen") or [],
        "standpunten": m.get("standpunten") or [],
        "correcties": m.get("correcties") or [],
        "gehoord": m.get("gehoord") or [],
        "beoogde_impact": m.get("impact") or [],
        "bron": [*(m.get("bron") or []), *(m.get("bron_verkort") or []), *(m.get("bron_afgeleid") or [])],
        "opmerking": m.get("opmerking") or "",
    }
    return json.dumps(rij_van(advies) | meer, ensure_ascii=False, indent=1, sort_keys=True)
