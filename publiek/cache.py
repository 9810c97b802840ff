"""Hele openbare bladzijden bewaren, in het geheugen van het proces.

Een openbare bladzijde is voor iedereen tot op de byte gelijk, dus is zij te bewaren onder pad + genormaliseerde vraag
+ *stand* (publiek.stand: een teller die elke wijziging achter het schema `publiek` ophoogt, het laatst gepasseerde
begin of einde van een publicatie, en de Amsterdamse dag). Verandert de stand, dan past geen enkele oude sleutel meer.

De stand wordt vóór de bladzijde gelezen: een bladzijde kan nieuwer zijn dan haar sleutel, nooit ouder. Zij wordt
hoogstens eens per PUBLIEK_STAND_SECONDEN per proces gelezen (standaard 1): zo lang kan een bladzijde achterlopen.
Is de database even weg, dan blijft de laatst gelezen stand gelden en blijven bewaarde bladzijden te lezen.
"""

import gzip
import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from urllib.parse import parse_qsl, urlencode

import brotli
from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_http_date_safe

from publiek.verbinding import ALIAS, stand_nu

MAX_BYTES = 24_000_000
MAX_STUK = 1_000_000
KLEIN = 500
VERS = "public, max-age=0, must-revalidate"
# Wat per antwoord hoort te verschillen, of wat de server zelf zet.
WEG = {"content-length", "set-cookie", "date", "etag", "content-encoding", "vary", "last-modified"}
# Wat bij "niet gewijzigd" meegaat: RFC 9110 (15.4.5), en wat de API bij elk antwoord belooft.
OOK_BIJ_304 = {"etag", "cache-control", "vary", "link", "api-version"} | {
    f"access-control-{naam}" for naam in ("allow-origin", "expose-headers")
}
melder = logging.getLogger(__name__)


# Hoe een vorm gemaakt wordt, de zuinigste eerst. De meeste bladzijden vraagt niemand nog eens: wie haar als eerste
# vraagt krijgt haar vlug gedrukt (een vierde van de tijd, een vijfde groter), wie daarna komt goed en eens voor al.
VORMEN: dict[str, Callable[[bytes, bool], bytes]] = {
    "br": lambda inhoud, goed: bytes(brotli.compress(inhoud, quality=5 if goed else 1)),
    "gzip": lambda inhoud, goed: gzip.compress(inhoud, compresslevel=5 if goed else 1, mtime=0),
}


@dataclass
class Bladzijde:
    """Een bewaard antwoord: kale bytes, de samengedrukte vormen zodra iemand die vroeg, en de kopregels.

    `gemaakt` is de seconde (UTC) waarin deze bladzijde klaar was. Met `nginx` mag nginx haar vasthouden tot het eind
    van de seconde waarin zij is geleverd: nginx rekent in hele seconden, en "nog 1 seconde" wordt daar bijna twee.
    """

    kop: dict[str, str]
    inhoud: bytes
    etag: str
    gedrukt: dict[str, bytes] = field(default_factory=dict)
    gemaakt: int = field(default_factory=lambda: int(time.time()))
    nginx: bool = False

    def antwoord(self, request: HttpRequest, *, eerste: bool = False) -> HttpResponse:
        """Geef dit antwoord in de vorm waar de bezoeker om vraagt: 304, samengedrukt (de `eerste` vlug) of voluit."""
        if self.ongewijzigd(request):
            leeg = HttpResponse(status=304)
            del leeg["Content-Type"]
            for naam, waarde in self.kop.items():
                if naam.lower() in OOK_BIJ_304:
                    leeg.headers[naam] = waarde
            self._dateer(leeg)
            return leeg
        vorm = self._vorm(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        inhoud = self.inhoud
        if vorm and eerste and not self.nginx:  # nginx houdt wat het krijgt, en vraagt alleen of het nog klopt
            inhoud = VORMEN[vorm](self.inhoud, False)
        elif vorm:
            if vorm not in self.gedrukt:
                self.gedrukt[vorm] = VORMEN[vorm](self.inhoud, True)
            inhoud = self.gedrukt[vorm]
        antwoord = HttpResponse(b"" if request.method == "HEAD" else inhoud)
        for naam, waarde in self.kop.items():
            antwoord.headers[naam] = waarde
        antwoord.headers["Content-Length"] = str(len(inhoud))
        if vorm:
            antwoord.headers["Content-Encoding"] = vorm
        if self.nginx:
            antwoord.headers["X-Accel-Expires"] = f"@{int(time.time())}"
        self._dateer(antwoord)
        return antwoord

    def ongewijzigd(self, request: HttpRequest) -> bool:
        """Of de bezoeker deze bladzijde al heeft. Een ETag gaat voor een datum (RFC 9110, 13.2.2)."""
        merken = request.META.get("HTTP_IF_NONE_MATCH")
        if merken is not None:
            return self.etag in {merk.strip() for merk in merken.split(",")} or merken.strip() == "*"
        sinds = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
        return sinds is not None and sinds >= self.gemaakt + 1

    def _dateer(self, antwoord: HttpResponse) -> None:
        """Zet Last-Modified op de seconde ná het maken, en pas als die begonnen is.

        Binnen één seconde kan een bladzijde twee keer veranderen. Wie deze datum terugstuurt, kreeg de bladzijde toen
        die seconde al om was; een latere vorm draagt dus altijd een latere datum.
        """
        if time.time() >= self.gemaakt + 1:
            antwoord.headers["Last-Modified"] = http_date(self.gemaakt + 1)

    def _vorm(self, aanvaardt: str) -> str:
        """Geef de zuinigste vorm die de bezoeker aanvaardt, of "" voor voluit."""
        if not aanvaardt or len(self.inhoud) <= KLEIN:
            return ""
        kent = {naam.strip() for naam, _, rest in (deel.partition(";") for deel in aanvaardt.lower().split(","))
                if rest.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}}  # fmt: skip
        return next((vorm for vorm in VORMEN if vorm in kent), "")


class Bewaring:
    """Bladzijden op volgorde van gebruik, begrensd in bytes."""

    def __init__(self, grens: int = MAX_BYTES) -> None:
        self.grens = grens
        self.bytes = 0
        self._rijen: OrderedDict[str, Bladzijde] = OrderedDict()
        self._slot = threading.Lock()
        self._stand = ""
        self._gelezen = float("-inf")

    def geef(self, sleutel: str) -> Bladzijde | None:
        """Geef de bladzijde, of None."""
        with self._slot:
            rij = self._rijen.get(sleutel)
            if rij is not None:
                self._rijen.move_to_end(sleutel)
            return rij

    def zet(self, sleutel: str, rij: Bladzijde) -> None:
        """Bewaar een bladzijde en gooi de langst niet gevraagde weg tot alles past."""
        with self._slot:
            if oud := self._rijen.pop(sleutel, None):
                self.bytes -= 2 * len(oud.inhoud)
            self._rijen[sleutel] = rij
            self.bytes += 2 * len(rij.inhoud)
            while self.bytes > self.grens:
                _, weg = self._rijen.popitem(last=False)
                self.bytes -= 2 * len(weg.inhoud)

    def wis(self, *, ook_de_stand: bool = True) -> None:
        """Vergeet alles; de stand wordt bij de volgende aanvraag opnieuw gelezen, tenzij zij blijven mag."""
        with self._slot:
            self._rijen.clear()
            self.bytes = 0
            if ook_de_stand:
                self._gelezen = float("-inf")

    def stand(self) -> str:
        """Geef de huidige stand als tekst; vraagt de database hoogstens eens per PUBLIEK_STAND_SECONDEN.

        Nieuwe stand: alle bladzijden van de vorige zijn onbereikbaar en gaan meteen weg. Onbereikbare database: de
        vorige stand, of "" als er nog geen is.
        """
        nu = time.monotonic()
        if nu - self._gelezen < getattr(settings, "PUBLIEK_STAND_SECONDEN", 1.0):
            return self._stand
        try:
            with connections[ALIAS].cursor() as cursor:
                stand = stand_nu(cursor)
        except Error:
            melder.warning("De stand is niet te lezen; bewaarde bladzijden blijven gelden.", exc_info=True)
            self._gelezen = nu
            return self._stand
        if stand != self._stand:
            self.wis()
            self._stand = stand
        self._gelezen = nu
        return stand


BEWARING = Bewaring()


def sleutel_van(request: HttpRequest, stand: str) -> str:
    """Geef de sleutel: pad, vraag met de namen op volgorde, stand.

    Wat twee keer voorkomt blijft zoals het stond: van een naam die één waarde heeft, geldt de laatste.
    """
    vraag = request.META.get("QUERY_STRING", "")
    if vraag:
        vraag = urlencode(sorted(parse_qsl(vraag, keep_blank_values=True), key=itemgetter(0)))
    return f"{request.path}?{vraag}#{stand}"


def te_bewaren(request: HttpRequest, antwoord: HttpResponseBase) -> bool:
    """Of dit antwoord voor iedereen gelijk is en bewaard mag worden."""
    eis = getattr(request, "toegang", None)
    return (
        eis is not None
        and eis.soort == "publiek"
        and antwoord.status_code == 200
        and not antwoord.streaming
        and not antwoord.cookies
        and "no-store" not in antwoord.get("Cache-Control", "")
    )


class Paginabewaring:
    """Buitenste middleware: levert bewaarde openbare bladzijden zonder iets anders aan te raken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or (settings.SECURE_SSL_REDIRECT and not request.is_secure()):
            return self.get_response(request)
        prive = request.path.startswith(PRIVE)
        if not prive:
            stand = BEWARING.stand()
            sleutel = sleutel_van(request, stand)
            if rij := BEWARING.geef(sleutel):
                return rij.antwoord(request)
        antwoord = self.get_response(request)
        if not isinstance(antwoord, HttpResponse) or not te_bewaren(request, antwoord) or prive:
            return antwoord
        rij = bladzijde_van(antwoord, getattr(request.resolver_match, "view_name", ""))
        if stand and request.method == "GET" and len(rij.inhoud) <= MAX_STUK:
            BEWARING.zet(sleutel, rij)
        return rij.antwoord(request, eerste=True)


# Achter deze paden staat nooit iets openbaars; de stand hoeft er niet voor gelezen te worden.
PRIVE = ("/werk/", "/pers/", "/lezen/", "/organisatie/", "/account/", "/static/", "/gezond/", "/thuis/", "/beheer/")


# Wat nginx hoogstens een seconde mag vasthouden: alleen het advies zelf. Lijsten, feeds en zoeken niet, ook geen 404.
# Zo staat bij het openbaar maken eerst het advies er en dan pas de lijst, en verdwijnt bij intrekken eerst de lijst.
DOOR_NGINX = {"publiek:advies"}


def bladzijde_van(antwoord: HttpResponse, naam: str = "") -> Bladzijde:
    """Geef het antwoord van route `naam` in bewaarbare vorm, met een ETag over de inhoud."""
    kop = {naam: waarde for naam, waarde in antwoord.items() if naam.lower() not in WEG}
    kop.setdefault("Cache-Control", VERS)
    inhoud = bytes(antwoord.content)
    kop["ETag"] = f'W/"{hashlib.sha256(inhoud).hexdigest()[:20]}"'
    kop["Vary"] = "Accept-Encoding"
    return Bladzijde(kop, inhoud, kop["ETag"], nginx=naam in DOOR_NGINX)
