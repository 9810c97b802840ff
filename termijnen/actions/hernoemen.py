"""De naam van een dossier op zijn termijnen."""

from django.db import models

from termijnen.models import Termijn


def hernoem(object: models.Model) -> int:
    """Zet de naam die `object` nu heeft op al zijn termijnen, ook de afgesloten; geeft het aantal.

    Een eigen termijn houdt haar naam: daarin staat waarvoor zij is. In de transactie van wie de naam herstelt, en diens
    regel in het logboek zegt het.
    """
    return Termijn.objects.van(object).exclude(soort="eigen").update(object_naam=str(object)[:300])
