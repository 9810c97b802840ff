"""/lezen/werker.js: het script dat zonder verbinding teksten van het apparaat geeft, met als bereik alleen /lezen/."""

import json
from functools import cache

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from toegang.routes import ingelogd

DELEN = ("lezen_opslag.js", "lezen_werker.js")
STIJL = (
    "vendor/utrecht-css/9.0.4/index.css",
    "vendor/voorbeeld-thema/7.4.1/theme.css",
    "css/ser.css",
    "css/layout.css",
    "css/componenten.css",
)  # zoals templates/basis/kaal.html; voor de bladzijde die de werker zelf maakt


@cache
def script() -> str:
    """Geef het hele script: de CSP die het op bewaarde bladzijden zet, de opmaak, de opslag, en de werker zelf."""
    delen = [
        f"self.LEES_CSP = {json.dumps(build_policy())};",
        f"self.LEES_STIJL = {json.dumps([static(naam) for naam in STIJL])};",
    ]
    delen += [(settings.BASE_DIR / "static" / "js" / naam).read_text() for naam in DELEN]
    return "\n".join(delen)


@ingelogd
@require_safe
def werker(request: HttpRequest) -> HttpResponse:
    """Lever het script; de browser vraagt er zelf regelmatig om en neemt een nieuw script meteen over."""
    return HttpResponse(script(), content_type="text/javascript; charset=utf-8")
