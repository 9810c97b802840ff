"""Een bladzijde met een samenvatting en een tekst, allebei doorzoekbaar, en waarop ons portaal filtert."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page
from wagtail.search import index

FILTERS = ("periode", "soort", "thema", "commissie", "adviesvrager", "uitkomst", "reactie")


class AdviesPagina(Page):
    """Dezelfde inhoud als een advies in het portaal."""

    samenvatting = models.TextField()
    tekst = models.TextField()
    periode = models.IntegerField()
    soort = models.CharField(max_length=20)
    thema = models.CharField(max_length=40)
    commissie = models.CharField(max_length=40)
    adviesvrager = models.CharField(max_length=40)
    uitkomst = models.CharField(max_length=20)
    reactie = models.CharField(max_length=20)
    template = "wagtail_app/adviespagina.html"
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("samenvatting"),
        index.SearchField("tekst"),
        *(index.FilterField(naam) for naam in FILTERS),
    ]
