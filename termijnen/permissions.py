"""Mag deze persoon dit met een termijn?"""

from typing import Any

from toegang.enums import Rol
from toegang.rollen import heeft


def mag_wijzigen(termijn: Any, gebruiker: Any) -> bool:
    """Verlengen, stilzetten, hervatten en heropenen doet het secretariaat."""
    return heeft(gebruiker, Rol.SECRETARIAAT)


def mag_ladder(gebruiker: Any) -> bool:
    """Kiezen wanneer er gewaarschuwd wordt: de functioneel beheerder."""
    return heeft(gebruiker, Rol.BEHEERDER)


def mag_afsluiten(termijn: Any, gebruiker: Any) -> bool:
    """Afsluiten volgt uit een handeling in een dossier, die haar eigen recht al nakeek; ook het portaal zelf mag het.

    De schermen van de termijnen zelf zijn alleen voor het secretariaat.
    """
    return gebruiker is None or bool(gebruiker.is_active)
