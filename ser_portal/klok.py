"""De klok: Celery beat, die verder tikt nadat haar machine een tijd vóór heeft gelopen."""

import logging
from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

logger = logging.getLogger(__name__)
# Een tijdserver verzet een klok weleens een seconde; de snelste tik komt elke minuut.
SPELING = timedelta(minutes=1)


class Planner(PersistentScheduler):
    """Onthoudt op schijf wat zij wanneer wekte; ligt die keer in de toekomst, dan is het nu aan de beurt.

    Liep de machine een dag voor, dan ligt na het gelijkzetten elke laatste keer een dag vooruit. Beat zelf zweeg dan
    tot die dag om was, ook na een herstart. Twee keer wekken doet geen kwaad.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Wek wat aan de beurt is; geef over hoeveel seconden zij weer moet kijken."""
        nu = self.app.now()
        grens = nu + SPELING
        vooruit = [p for p in self.schedule.values() if p.schedule.maybe_make_aware(p.last_run_at) > grens]
        if vooruit:
            logger.warning("de klok van deze machine liep voor en staat weer terug: alles is weer aan de beurt")
            for punt in vooruit:
                punt.last_run_at = nu - timedelta(days=1)  # geen enkele tik wacht langer
            self._heap = None  # anders wacht zij op de tijden van toen
        return float(super().tick(*args, **kwargs))
