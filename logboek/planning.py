"""Wat de klok met het logboek doet: inzagen verzegelen, en elk etmaal de hele keten narekenen."""

import logging
from datetime import timedelta

from celery import shared_task

from logboek import queries
from logboek.actions import verzegel_inzagen

logger = logging.getLogger(__name__)
# Langer dan een verzoek ooit duurt: wat nog bezig is, hoort bij het volgende zegel.
RUST = timedelta(minutes=10)


@shared_task(name="logboek.verzegel", acks_late=True, ignore_result=True)
def verzegel() -> None:
    """Zet een zegel op de inzagen van tot tien minuten geleden."""
    verzegel_inzagen(ouder_dan=RUST)


@shared_task(name="logboek.kijk_na", acks_late=True, ignore_result=True)
def kijk_na() -> None:
    """Reken de keten na en schrijf haar kop in het log van het systeem, buiten de database; een breuk is een fout."""
    gezien = queries.kijk_na()
    for breuk in gezien.breuken:
        logger.error("logboek gebroken: %s", breuk)
    logger.info("logboek nagekeken: %s gebeurtenissen, kop %s", gezien.gebeurtenissen, gezien.kop)
