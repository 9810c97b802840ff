"""Een bladzijde met een samenvatting en een tekst, allebei doorzoekbaar."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page
from wagtail.search import index


class AdviesPagina(Page):
    """Dezelfde inhoud als een advies in het portaal."""

    samenvatting = models.TextField()
    tekst = models.TextField()
    template = "wagtail_app/adviespagina.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("samenvatting"), index.SearchField("tekst")]
