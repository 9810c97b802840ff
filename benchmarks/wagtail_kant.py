"""De kant van Wagtail, in zijn eigen omgeving: `python -m benchmarks.wagtail_kant` geeft de aanvragen per seconde.

Een gewone Wagtail-site: bladzijden onder de beginpagina, een sjabloon met dezelfde tekst, en zoeken zoals het
standaardproject dat doet (`Page.objects.live().search(woord)`, tien titels per bladzijde). Daarnaast dezelfde
zoekpagina als die van ons, gebouwd met wat Wagtail en Django ervoor hebben: twintig regels met een fragment, en zeven
filters met hun tellingen.
"""

import gc
import os
import sys
import types
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings

SJABLOON = """<!doctype html><html lang="nl"><head><title>{{ page.title }}</title></head><body>
{% load wagtailcore_tags %}<h1>{{ page.title }}</h1><p>{{ page.samenvatting }}</p>{{ page.tekst|safe }}</body></html>"""
LIJST = """<!doctype html><html lang="nl"><body>{% load wagtailcore_tags %}<p>{{ uitslag.paginator.count }}</p>
<ul>{% for rij in uitslag %}<li><a href="{% pageurl rij %}">{{ rij.title }}</a></li>{% endfor %}</ul></body></html>"""

ZOEKPAGINA = """<!doctype html><html lang="nl"><body>{% load wagtailcore_tags %}<p>{{ uitslag.paginator.count }}</p>
{% for naam, waarden in filters.items %}<h2>{{ naam }}</h2><ul>{% for waarde, aantal in waarden.items %}
<li><a href="?q={{ woord|urlencode }}&amp;{{ naam }}={{ waarde|urlencode }}">{{ waarde|default:"Onbekend" }}</a>
({{ aantal }})</li>{% endfor %}</ul>{% endfor %}
<ol>{% for rij in uitslag %}<li><h3><a href="{% pageurl rij %}">{{ rij.title }}</a></h3><p>{{ rij.commissie }},
{{ rij.periode }}, {{ rij.uitkomst }}</p><p>{{ rij.fragment|safe }}</p></li>{% endfor %}</ol></body></html>"""


def richt_in() -> None:
    """Zet Django met Wagtail klaar op de database uit DATABASE_URL."""
    delen = urlsplit(os.environ["DATABASE_URL"])
    vraag = parse_qs(delen.query)
    settings.configure(
        SECRET_KEY="alleen-voor-de-meting",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="wagtail_site",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        WAGTAIL_SITE_NAME="Meting",
        WAGTAILADMIN_BASE_URL="http://localhost",
        WAGTAILSEARCH_BACKENDS={"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}},
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": delen.path[1:],
                "USER": unquote(delen.username or ""),
                "PASSWORD": unquote(delen.password or ""),
                "HOST": vraag.get("host", [delen.hostname or ""])[0],
                "PORT": delen.port or "",
                "CONN_MAX_AGE": 600,
            }
        },
        INSTALLED_APPS=[
            "benchmarks.wagtail_app",
            "wagtail.users",
            "wagtail.images",
            "wagtail.documents",
            "wagtail.search",
            "wagtail.admin",
            "wagtail",
            "modelcluster",
            "taggit",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "django.middleware.security.SecurityMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                (
                                    "django.template.loaders.locmem.Loader",
                                    {
                                        "wagtail_app/adviespagina.html": SJABLOON,
                                        "lijst.html": LIJST,
                                        "zoekpagina.html": ZOEKPAGINA,
                                    },
                                ),
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                },
            }
        ],
        STATIC_URL="/static/",
    )
    sys.modules["wagtail_site"] = types.ModuleType("wagtail_site")
    django.setup()


def adressen() -> None:
    """Maak de adressen: zoeken, en al het andere voor Wagtail."""
    from django.contrib.postgres.search import SearchHeadline, SearchQuery
    from django.core.paginator import Paginator
    from django.shortcuts import render
    from django.urls import include, path
    from wagtail import urls as wagtail_urls
    from wagtail.models import Page

    from benchmarks.wagtail_app.models import FILTERS, AdviesPagina

    def lijst(request):  # type: ignore[no-untyped-def]
        begin = Page.objects.get(depth=2)
        uitslag = Paginator(Page.objects.live().child_of(begin).order_by("-pk"), 20).get_page(request.GET.get("p"))
        return render(request, "lijst.html", {"uitslag": uitslag})

    def zoeken(request):  # type: ignore[no-untyped-def]
        uitslag = Paginator(Page.objects.live().search(request.GET.get("q", "")), 10).get_page(1)
        return render(request, "lijst.html", {"uitslag": uitslag})

    def zoekpagina(request):  # type: ignore[no-untyped-def]
        woord = request.GET.get("q", "")
        # Fragmenten alleen van wat er op deze bladzijde staat, zoals wij.
        fragment = SearchHeadline("tekst", SearchQuery(woord, config="dutch"), config="dutch", max_fragments=2)
        gevonden = AdviesPagina.objects.live().search(woord)
        uitslag = Paginator(gevonden, 20).get_page(1)
        met = dict(AdviesPagina.objects.filter(pk__in=[r.pk for r in uitslag]).values_list("pk", fragment))
        for rij in uitslag:
            rij.fragment = met[rij.pk]
        filters = {naam: gevonden.facet(naam) for naam in FILTERS}
        return render(request, "zoekpagina.html", {"uitslag": uitslag, "filters": filters, "woord": woord})

    sys.modules["wagtail_site"].urlpatterns = [  # type: ignore[attr-defined]
        path("lijst/", lijst),
        path("zoeken/", zoeken),
        path("zoekpagina/", zoekpagina),
        path("", include(wagtail_urls)),
    ]


def vul() -> None:
    """Migreer, en zet dezelfde documenten neer als bladzijden onder de beginpagina."""
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from benchmarks._vragen import GELIJK
    from benchmarks.wagtail_app.models import AdviesPagina
    from inrichting.meetteksten import COMMISSIES, DEEL_MET_REACTIE, UITKOMSTEN, VRAGERS, documenten

    call_command("migrate", verbosity=0)
    Site.objects.update(hostname="localhost")
    begin = Page.objects.get(depth=2)
    for n, dag, titel, samenvatting, alineas, themas, kans in documenten(GELIJK):
        pagina = AdviesPagina(
            title=titel,
            slug=f"meting-{n}",
            samenvatting=samenvatting,
            tekst="".join(f"<p>{alinea}</p>" for alinea in alineas),
            periode=dag.year // 10 * 10,
            soort="advies",
            thema=themas[0],
            commissie=kans.choice(COMMISSIES),
            adviesvrager=kans.choice(VRAGERS) if kans.random() < 0.7 else "onbekend",
            uitkomst=kans.choice(UITKOMSTEN) or "onbekend",
            reactie=kans.choice(["op tijd", "te laat"]) if kans.random() < DEEL_MET_REACTIE else "geen",
        )
        begin.add_child(instance=pagina)


def main() -> None:
    """Met "vul": zet de bladzijden klaar. Anders: meet, en druk de aanvragen per seconde af."""
    richt_in()
    adressen()
    if sys.argv[1:] == ["vul"]:
        vul()
        return
    from django.core.handlers.wsgi import WSGIHandler

    from benchmarks._vragen import GELIJK, GEWOONST, WOORD, beurten, doe

    ingang = WSGIHandler()
    bladzijde, zoeken = f"/meting-{GELIJK - 1}/", f"/zoeken/?q={WOORD}"
    doe(ingang, zoeken)
    gc.collect()
    gc.freeze()  # zoals ons eigen webproces: anders telt het opruimen van Python alleen hier mee
    beurten(
        {
            "bladzijde": lambda n: doe(ingang, bladzijde, n),
            "lijst": lambda n: doe(ingang, "/lijst/", n),
            "zoeken": lambda n: doe(ingang, zoeken, n),
            "gewoonst": lambda n: doe(ingang, f"/zoeken/?q={GEWOONST}", n),
            "zoekpagina": lambda n: doe(ingang, f"/zoekpagina/?q={WOORD}", n),
        }
    )


if __name__ == "__main__":
    main()
