"""Wanneer iets een alarm is, en wanneer het voorbij is. Zuiver rekenen: dezelfde metingen geven hetzelfde."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bewaking.queries import GOED, Meting

OPNIEUW = timedelta(hours=24)  # een alarm dat blijft staan, wordt elke dag nog eens gemeld


@dataclass(frozen=True)
class Melding:
    """Iets ging fout of werd weer goed: over welk onderdeel, sinds wanneer, en de meting."""

    meting: Meting
    sinds: datetime
    voorbij: bool = False

    @property
    def zin(self) -> str:
        """Eén zin voor het log en de mail, met het getal als dat er is."""
        m = self.meting
        if self.voorbij:
            return f"{m.naam}: weer goed"
        getal = "niet te meten" if m.waarde is None else f"{m.waarde:.4g}"
        return f"{m.naam}: {m.stand} ({m.uitleg}; nu {getal})"


@dataclass
class Wacht:
    """Onthoudt per onderdeel sinds wanneer het niet goed is en wanneer dat voor het laatst gemeld is."""

    sinds: dict[str, datetime] = field(default_factory=dict)
    gemeld: dict[str, datetime] = field(default_factory=dict)

    def kijk(self, metingen: list[Meting], moment: datetime) -> list[Melding]:
        """Geef wat er nu te melden is: nieuwe alarmen, wat een dag later nog fout is, en wat weer goed is."""
        uit: list[Melding] = []
        for meting in metingen:
            if not meting.stand:
                continue
            if meting.stand == GOED:
                begin = self.sinds.pop(meting.naam, moment)
                if self.gemeld.pop(meting.naam, None) is not None:
                    uit.append(Melding(meting, begin, voorbij=True))
                continue
            begin = self.sinds.setdefault(meting.naam, moment)
            laatst = self.gemeld.get(meting.naam)
            lang_genoeg = moment - begin >= timedelta(seconds=meting.geduld)
            if lang_genoeg and (laatst is None or moment - laatst >= OPNIEUW):
                self.gemeld[meting.naam] = moment
                uit.append(Melding(meting, begin))
        return uit
