"""Van gewone gegevens (kern/componenten.py) naar wat een sjabloon tekent. Zuiver: geen database, geen verzoek."""

import re
from typing import Any

from kern import svg, tijd
from kern.componenten import (
    AchtStappen,
    Halfrond,
    Klok,
    Oordeel,
    Standpunten,
    Stap,
    Zetelplek,
    tellen,
)

GELEDINGNAMEN = {
    "ondernemers": ("ondernemerslid", "ondernemersleden"),
    "kroonleden": ("kroonlid", "kroonleden"),
    "werknemers": ("werknemerslid", "werknemersleden"),
}
STAPWOORDEN = {"klaar": "klaar", "nu": "nu bezig", "overgeslagen": "overgeslagen", "komt": "komt nog"}
KLOKTEKENS = {
    "ruim": "klok",
    "kort": "letop",
    "over": "letop",
    "voldaan": "goed",
    "laat": "goed",
    "gepauzeerd": "stil",
    "vervallen": "nvt",
    "onbekend": "onbekend",
}
ZETELSTANDEN = {
    "bezet": "bezet",
    "leeg": "niet bezet",
    "onbekend": "naam niet bekend",
    "aanwezig": "aanwezig",
    "afwezig": "afwezig",
    "vervangen": "vervangen",
}
ZETELUITLEG = {
    "leeg": "omlijnd: niet bezet",
    "onbekend": "vraagteken: naam niet bekend",
    "afwezig": "omlijnd: afwezig",
    "vervangen": "met stip: vervangen",
}
# soort -> (woord, toon, teken). Een toon is alleen een kleur; woord en teken dragen de betekenis.
OORDELEN = {
    "unaniem": ("Unaniem", "goed", "unaniem"),
    "verdeeld": ("Verdeeld", "", "verdeeld"),
    "op_tijd": ("Op tijd", "goed", "goed"),
    "later": ("Later", "letop", "klok"),
    "gedeeltelijk": ("Gedeeltelijk", "letop", "bezig"),
    "ontvangen": ("Ontvangen", "", "stuk"),
    "afgewacht": ("Wordt afgewacht", "actie", "klok"),
    "niet_bekend": ("Niet bekend", "", "onbekend"),
    "wet": ("Gevolgd in wet", "", "stuk"),
    "ingetrokken": ("Ingetrokken", "", "terug"),
    # wat het kabinet met een aanbeveling zegt te doen
    "neemt_over": ("Neemt over", "goed", "goed"),
    "neemt_deels_over": ("Neemt deels over", "letop", "bezig"),
    "neemt_niet_over": ("Neemt niet over", "", "fout"),
    "nader": ("Beziet nader", "actie", "klok"),
    "niet_beantwoord": ("Niet beantwoord", "", "leeg"),
    "niet_aan_kabinet": ("Niet aan het kabinet gericht", "", "nvt"),
    # wat ervan kwam
    "open": ("Open", "actie", "klok"),
    "in_uitvoering": ("In uitvoering", "letop", "bezig"),
    "uitgevoerd": ("Uitgevoerd", "goed", "goed"),
    "niet_uitgevoerd": ("Niet uitgevoerd", "", "fout"),
    "achterhaald": ("Achterhaald", "", "nvt"),
    "overgenomen": ("Overgenomen", "goed", "goed"),
    "deels": ("Deels overgenomen", "letop", "bezig"),
    "niet_overgenomen": ("Niet overgenomen", "", "fout"),
    "buiten_scope": ("Buiten de reikwijdte", "", "nvt"),
}


def van_stappen(weg: AchtStappen) -> dict[str, Any]:
    """Geef de haltes met hun regels, en de teruggangen als lussen onder de lijn (niet op de openbare kant)."""
    terug = () if weg.openbaar else weg.teruggangen
    plaats = {stap.nummer: 100 * i + 50 for i, stap in enumerate(weg.stappen)}
    lussen = []
    for laag, gang in enumerate(gang for gang in terug if gang.van in plaats and gang.naar in plaats):
        diepte = 16 + 12 * laag
        schuif = (10 + 4 * laag) * (1 if gang.van > gang.naar else -1)
        van, naar = plaats[gang.van] - schuif, plaats[gang.naar] + schuif
        lussen.append(
            {
                "pad": svg.lus(van, naar, diepte),
                "punt": f"M{svg.getal(naar)} 1l4.5 8h-9Z",
            }
        )
    return {
        "weg": weg,
        "haltes": [
            {
                "stap": stap,
                "naam": breekbaar(stap.naam),
                "woord": STAPWOORDEN.get(stap.status, stap.status),
                "regels": _stapregels(stap, weg),
            }
            for stap in weg.stappen
        ],
        "terug": terug,
        "lussen": lussen,
        "breed": 100 * len(weg.stappen),
        "hoog": 22 + 12 * (len(lussen) - 1),
    }


def breekbaar(naam: str) -> str:
    """Geef de naam met zachte afbreekstreepjes in lange samenstellingen, voor smalle kolommen."""
    return re.sub(r"(?<=\w\w\w)(beraad|bereiding|stelling)", "\u00ad\\1", naam)


def _stapregels(stap: Stap, weg: AchtStappen) -> list[str]:
    """Geef de regels onder een halte; openbaar alleen de datum."""
    regels = []
    if stap.status == "overgeslagen":
        regels.append("overgeslagen")
    elif stap.datum and stap.status == "klaar":
        regels.append(tijd.datum_nl(stap.datum))
    elif stap.datum and stap.status == "nu":
        regels.append(f"sinds {tijd.datum_nl(stap.datum)}")
    elif stap.verwacht:
        regels.append(stap.verwacht)
    if not weg.openbaar and stap.status == "nu":
        if stap.eigenaar:
            regels.append(stap.eigenaar)
        if stap.datum and (dagen := (weg.vandaag - stap.datum).days) > 0:
            regels.append(f"{dagen} {'dag' if dagen == 1 else 'dagen'}")
    return regels


def van_klok(klok: Klok) -> dict[str, Any]:
    """Geef de klok met haar balk op een vlak van 200 breed."""
    balk = None
    if klok.balk:
        gevuld, grens = klok.balk
        balk = {
            "gevuld": svg.getal(2 * min(gevuld, grens)),
            "grens": svg.getal(2 * grens),
            "streep": svg.getal(min(198.8, 2 * grens - 0.6)),
            "over": svg.getal(2 * (gevuld - grens)) if gevuld > grens else "",
        }
    return {"klok": klok, "balk": balk, "teken_naam": KLOKTEKENS[klok.toestand]}


def van_halfrond(rond: Halfrond) -> dict[str, Any]:
    """Geef de zetels met hun plaats en vorm, de groepen voor legenda en tabel, en uitleg bij bijzondere toestanden."""
    per_geleding = [[z for z in rond.zetels if z.geleding == naam] for naam in svg.GELEDINGEN]
    plaatsen = svg.halfrond([len(zetels) for zetels in per_geleding])
    plekken: list[dict[str, Any]] = []
    groepen = []
    for geleding, zetels, plekjes in zip(svg.GELEDINGEN, per_geleding, plaatsen, strict=True):
        eigen = [_zetel(rond, z, plaats) for z, plaats in zip(zetels, plekjes, strict=True)]
        plekken += eigen
        if zetels:
            organisaties: dict[str, int] = {}
            for zetel in zetels:
                organisaties[zetel.organisatie] = organisaties.get(zetel.organisatie, 0) + 1
            benoemers = [(naam, n) for naam, n in organisaties.items() if naam]
            if benoemers and (zonder := organisaties.get("", 0)):
                benoemers.append(("overige", zonder))
            groepen.append(
                {
                    "geleding": geleding,
                    "naam": GELEDINGNAMEN[geleding][1].capitalize(),
                    "aantal": len(zetels),
                    "organisaties": benoemers,
                    "plekken": eigen,
                }
            )
    gezien = {zetel.toestand for zetel in rond.zetels}
    return {
        "rond": rond,
        "aantal": len(plekken),
        "plekken": plekken,
        "groepen": groepen,
        "toestanden": [uitleg for toestand, uitleg in ZETELUITLEG.items() if toestand in gezien],
        "toon_stand": bool(rond.standpunten) or gezien - {"bezet"} != set(),
    }


def _zetel(rond: Halfrond, zetel: Zetelplek, plaats: svg.Plaats) -> dict[str, Any]:
    """Geef één zetel: vorm, naam voor de voorlezer, en de regel in de tabel."""
    wie = zetel.naam or {"leeg": "Niet bezet", "onbekend": "Naam niet bekend"}.get(zetel.toestand, "Naam niet bekend")
    stand = ZETELSTANDEN.get(zetel.toestand, zetel.toestand)
    if zetel.standpunt is not None:
        stand = f"{zetel.standpunt}. {rond.standpunten.get(zetel.standpunt, 'standpunt')}"
    if zetel.toelichting:
        stand = f"{stand}; {zetel.toelichting}"
    delen = [f"Zetel {zetel.nummer}", wie, zetel.organisatie, stand if stand != "bezet" else ""]
    teken = "?" if zetel.toestand == "onbekend" else ""
    if zetel.standpunt is not None:
        teken = str(zetel.standpunt)
    zak = 2 if zetel.geleding == "ondernemers" else 0
    return {
        "zetel": zetel,
        "geleding": zetel.geleding,
        "x": svg.getal(plaats.x),
        "y": svg.getal(plaats.y),
        "tekst_y": svg.getal(plaats.y + 1 + zak),
        "pad": svg.vorm(zetel.geleding, plaats.x, plaats.y, 18),
        "kern": svg.vorm("kroonleden", plaats.x, plaats.y + zak, 6) if zetel.toestand == "vervangen" else "",
        "teken": teken,
        "standpunt": zetel.standpunt,
        "naam": ", ".join(deel for deel in delen if deel),
        "wie": wie,
        "stand": stand,
        "url": zetel.url or f"#{rond.id}-zetel-{zetel.nummer}",
    }


def hoofdletter(zin: str) -> str:
    """Geef de zin met een hoofdletter; "één" wordt "Eén"."""
    if zin.lower().startswith("één"):
        return f"E{zin[1:]}"
    return zin[:1].upper() + zin[1:]


def van_standpunten(registratie: Standpunten) -> dict[str, Any]:
    """Geef per opvatting de rijen vormen, in de vaste volgorde van de geledingen."""
    kolommen = []
    for opvatting in registratie.opvattingen:
        telling = tellen(steun.geleding for steun in opvatting.steun)
        kolommen.append(
            {
                "opvatting": opvatting,
                "zin": hoofdletter(opvatting.zin),
                "rijen": [
                    {
                        "geleding": geleding,
                        "aantal": aantal,
                        "naam": GELEDINGNAMEN[geleding][0 if aantal == 1 else 1],
                        "steun": [steun for steun in opvatting.steun if steun.geleding == geleding],
                    }
                    for geleding, aantal in telling.items()
                    if aantal
                ],
            }
        )
    return {"reg": registratie, "kolommen": kolommen}


def van_oordeel(oordeel: Oordeel) -> dict[str, Any]:
    """Geef woord, toon en teken; een onbekende soort staat er zoals zij heet."""
    woord, toon, teken = OORDELEN.get(oordeel.soort, (oordeel.soort.replace("_", " ").capitalize(), "", "leeg"))
    return {"woord": oordeel.woord or woord, "toon": toon, "teken_naam": teken, "uitleg": oordeel.uitleg}
