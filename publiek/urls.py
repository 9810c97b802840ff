"""De openbare adressen (ontwerp §7). Zij blijven: wie ernaar verwijst, vindt altijd iets terug."""

from django.urls import include, path, re_path

from publiek import api
from publiek.views import adviezen, begin, data, oogst, opvolging, overzicht, pdf, pers, raad, voeding, werk

app_name = "publiek"
JAAR = r"(?P<jaar>\d{4}|zonder-jaar)"
NR = r"(?P<nr>[A-Za-z0-9-]{1,40})"
urlpatterns = [
    path("", begin.begin, name="home"),
    path("adviezen/", adviezen.zoeken, name="adviezen"),
    re_path(rf"^adviezen/{JAAR}/{NR}/$", adviezen.advies, name="advies"),
    re_path(rf"^adviezen/{JAAR}/{NR}/advies\.pdf$", pdf.advies_pdf, name="advies_pdf"),
    re_path(rf"^adviezen/{JAAR}/{NR}/persbericht/$", pers.persbericht, name="persbericht"),
    path("trajecten/", werk.trajecten, name="trajecten"),
    path("trajecten/<slug:slug>/", werk.traject, name="traject"),
    path("trajecten/<slug:slug>/<slug:soort>/", werk.stuk, name="stuk"),
    path("trajecten/<slug:slug>/<slug:soort>/bestand/<int:nr>/", pdf.stukbestand, name="stukbestand"),
    path("kabinetsreacties/", opvolging.kabinetsreacties, name="kabinetsreacties"),
    path("kabinetsreacties/<slug:kenmerk>/", opvolging.opvolging, name="opvolging"),
    path("aanbevelingen/", opvolging.aanbevelingen, name="aanbevelingen"),
    path("aanbevelingen.csv", opvolging.aanbevelingen_csv, name="aanbevelingen_csv"),
    path("raad/", raad.raad, name="raad"),
    path("commissies/", raad.commissies, name="commissies"),
    path("commissies/<slug:slug>/", raad.commissie, name="commissie"),
    path("vergaderingen/", werk.vergaderingen, name="vergaderingen"),
    path("vergaderingen/<slug:slug>/", werk.vergadering, name="vergadering"),
    path("themas/<slug:slug>/", overzicht.thema, name="thema"),
    path("cijfers/", overzicht.cijfers, name="cijfers"),
    path("cijfers/<slug:naam>/", overzicht.cijfer, name="cijfer"),
    path("cijfers/<slug:naam>.csv", overzicht.cijfer_csv, name="cijfer_csv"),
    path("agenda.ics", voeding.agenda, name="agenda"),
    path("feeds/adviezen.atom", voeding.atom, name="atom"),
    path("sitemap.xml", voeding.sitemap, name="sitemap"),
    path(oogst.INDEX[1:], oogst.diwoo_index, name="diwoo_index"),
    path("sitemaps/diwoo-adviezen-<int:nummer>.xml", oogst.diwoo_sitemap, name="diwoo_sitemap"),
    re_path(r"^dcat/catalog\.(?P<vorm>ttl|jsonld)$", oogst.dcat, name="dcat"),
    path("robots.txt", begin.robots, name="robots"),
    path("toegankelijkheid", begin.toegankelijkheid, name="toegankelijkheid"),
    path("privacy", begin.privacy, name="privacy"),
    path(".well-known/security.txt", begin.security, name="security"),
    path("api/", data.codeboek, name="codeboek"),
    re_path(r"^data/adviezen-(?P<jaar>\d{4}|zonder-jaar)\.(?P<vorm>json|csv)$", data.jaarbestand, name="jaarbestand"),
    path("api/v1/", include((api.routes(), "api"))),
    re_path(r"^api/(?P<rest>.*)$", api.onbekend, name="api_onbekend"),
]
