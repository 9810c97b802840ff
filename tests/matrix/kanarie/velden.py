"""Waar een kanarie komt: elke tekstkolom die hier niet openbaar heet. Een nieuwe kolom is dus vertrouwelijk."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ManyToOneRel

from stukken.models import Bestand
from tests.hulp import zonder_bewaking
from tests.matrix.kanarie.uitpakken import leesbaar
from toegang.gegevens import SOORTEN

APPS = (
    "adviezen",
    "vergaderingen",
    "commissies",
    "berichten",
    "stukken",
    "termijnen",
    "logboek",
    "opvolging",
    "dialoog",
    "vernietiging",
)
# Kolommen die iedereen mag lezen, met waarom. Al het andere is vertrouwelijk.
OPENBAAR = {
    "adviezen_adviestraject": {"werktitel_openbaar", "geadresseerden"},
    "adviezen_adviesvrager": {"naam"},
    "adviezen_adviesaanvraag": {"vraag", "niet_openbaar_grond"},  # openbaar bij ontvangst, tenzij er een grond is
    "adviezen_thema": {"naam", "bron"},
    "commissies_commissie": {
        *("naam", "afkorting", "taak", "mandaat_grond", "ook_bekend_als", "voorzitter_volgens_bron", "genoemd_in"),
        *("bron", "opmerking"),
    },
    # wat een lezer van buiten volgt; te zien met de link uit zijn eigen e-mail, en samengesteld uit openbare namen
    "dialoog_aanmelding": {"vraag", "omschrijving"},
    "dialoog_volgvraag": {"vraag", "omschrijving"},
    # wat de wet bekend laat maken is openbaar; de vertrouwelijke reden van een intrekking niet
    "vergaderingen_bekendmaking": {"titel", "vindplaats"},
    "opvolging_kabinetsreactie": {"afzenders", "kamerstuk", "toelichting", "bron", "ingetrokken_reden"},
    "opvolging_antwoord": {"citaat", "vindplaats", "motivering"},
    # wat een evaluatie zag; `lessen` blijft binnen het secretariaat
    "opvolging_evaluatie": {"bevindingen", "groepen", "geraadpleegd"},
    "opvolging_bewijs": {"titel", "bron", "toelichting"},
    "opvolging_opvolgstand": {"motivering"},
    "opvolging_toezegging": {"door_wie", "bron"},
    "opvolging_herinneringsbrief": {"aan"},  # de openbare klok noemt dag en ontvanger van een verstuurde brief
}
# Kolommen waar de machine op leunt; wie er tekst in zet, maakt iets stuk in plaats van iets te verraden.
TECHNISCH = re.compile(
    r"^(kenmerk|slug|hash|inhoud_hash|sha256|blok|antwoord_blok|pad|feit|handeling|message_id|email|sleutel|soort|regel"
    r"|object_soort|object_id|veld|overgang|laatste_overgang|stap_voor_einde|van|naar|status|trede|reeks|tabel|groep|stuknummer"
    r"|sorteersleutel|invoer|onderwerp_sleutel|pdf_van_hash|vorige_hash|geleding|nummer|naam_bestand)$"
)
# Alleen deze rijen zijn vertrouwelijk; de andere staan in het rooster of op de agenda van de raad.
RIJEN = {
    "vergaderingen_vergadering": "orgaan <> 'raad'",
    "vergaderingen_agendapunt": "vertrouwelijk OR vergadering_id IN (SELECT id FROM vergaderingen_vergadering "
    "WHERE orgaan <> 'raad' OR NOT openbaar OR status = 'gepland')",
    # een reden maakt van een bekendmaking een ingetrokken bekendmaking
    "vergaderingen_bekendmaking": "ingetrokken_reden <> ''",
    "termijnen_termijn": "soort <> 'kabinetsreactie'",
    # de aanbevelingen van een aangeboden advies zijn openbaar, die van een advies in stap 8 nog niet
    "adviezen_aanbeveling": "advies_id IN (SELECT id FROM adviezen_advies WHERE traject_id IS NOT NULL "
    "AND uitgebracht_op IS NULL)",
}
# Waar tekst in begint: alinea's, koppen, regels van een lijst, cellen.
BLOK = "(<(?:p|h[1-6]|li|td|th|caption|figcaption)(?: [^>]*)?>)"
KANARIE = re.compile(r"kanarieq(\d+)q(\d+)q")


@dataclass(frozen=True)
class Kolom:
    """Een vertrouwelijke kolom en het nummer van haar kanarie."""

    nummer: int
    model: type[models.Model]
    naam: str
    langst: int | None
    html: bool


def kolommen() -> list[Kolom]:
    """Geef elke vertrouwelijke tekstkolom, op volgorde."""
    uit: list[Kolom] = []
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            tabel = model._meta.db_table
            for veld in model._meta.concrete_fields:
                tekst = isinstance(veld, models.CharField | models.TextField) and not isinstance(veld, models.SlugField)
                sleutel = veld.choices or veld.unique or veld.generated or TECHNISCH.match(veld.column)
                if not tekst or sleutel or type(veld).__name__ == "FSMField":
                    continue
                if veld.column in OPENBAAR.get(tabel, set()):
                    continue
                uit.append(Kolom(len(uit) + 1, model, veld.column, veld.max_length, veld.column.endswith("html")))
    return uit


def plant(alle: list[Kolom]) -> None:
    """Zet in elke vertrouwelijke kolom van elke rij een eigen kanarie: het nummer van de kolom en dat van de rij.

    Waar de database dat in een lege kolom weigert (een reden zonder besluit), alleen in de gevulde.
    """
    with zonder_bewaking() as cursor:
        for kolom in alle:
            waar = RIJEN.get(kolom.model._meta.db_table, "true")
            try:
                with transaction.atomic():
                    _zet(cursor, kolom, waar)
            except IntegrityError:
                _zet(cursor, kolom, f"({waar}) AND \"{kolom.naam}\" <> ''")
        cursor.execute("UPDATE adviezen_adviestraject SET werktitel_openbaar = 'Openbare werktitel ' || id")


def _zet(cursor: Any, kolom: Kolom, waar: str) -> None:
    tabel, naam, kanarie = kolom.model._meta.db_table, kolom.naam, f"'kanarieq{kolom.nummer}q' || id || 'q'"
    if kolom.html:  # elk blok een kanarie, en verder blijft de tekst wat zij is: ook één blok dat lekt valt op
        blokken = f"regexp_replace(\"{naam}\", '{BLOK}', '\\1' || {kanarie} || ' ', 'g')"
        leeg = f"'<p data-blok=\"bkanarie\">' || {kanarie} || '</p>'"
        kanarie = f"CASE WHEN \"{naam}\" ~ '{BLOK}' THEN {blokken} ELSE {leeg} END"
    cursor.execute(f'UPDATE "{tabel}" SET "{naam}" = {kanarie} WHERE {waar}')


def gevonden(inhoud: bytes) -> set[tuple[int, int]]:
    """Geef de kanaries die leesbaar in een antwoord staan als (kolom, rij)."""
    tekst = inhoud.decode("utf-8", "replace").replace("<mark>", "").replace("</mark>", "")
    return {(int(k), int(r)) for k, r in KANARIE.findall(tekst)}


@functools.lru_cache(maxsize=500)
def ook_verpakt(inhoud: bytes) -> frozenset[tuple[int, int]]:
    """Geef ook de kanaries in een PDF, een Word-bestand, een rekenblad of een agenda met gebroken regels."""
    return frozenset().union(*(gevonden(deel) for deel in leesbaar(inhoud)))


def noem(alle: list[Kolom], kanarie: tuple[int, int]) -> str:
    """Geef de kolom en rij van een kanarie in gewone woorden."""
    kolom = alle[kanarie[0] - 1]
    return f"{kolom.model._meta.db_table}.{kolom.naam} (rij {kanarie[1]})"


def mag_zien(alle: list[Kolom], gebruiker: Any, altijd: set[str]) -> set[tuple[int, int]] | None:
    """Geef de kanaries die deze persoon mag zien, volgens zichtbaar_voor; tabellen zonder die regel: geen enkele.

    De naam van een bestand ziet wie een rij ziet waar het bij hoort.
    """

    def rijen(model: type[models.Model], veld: str) -> set[int]:
        if model._meta.db_table in altijd:
            gezien = model._base_manager.all()
        elif hasattr(model._default_manager.all(), "zichtbaar_voor"):
            gezien = model._default_manager.zichtbaar_voor(gebruiker)  # type: ignore[attr-defined]
        else:
            return set()
        return set(gezien.values_list(veld, flat=True))

    uit: set[tuple[int, int]] = set()
    for kolom in alle:
        uit |= {(kolom.nummer, pk) for pk in rijen(kolom.model, "pk")}
        if kolom.model is Bestand:
            for relatie in Bestand._meta.get_fields(include_hidden=True):
                if isinstance(relatie, ManyToOneRel):
                    uit |= {(kolom.nummer, pk) for pk in rijen(relatie.related_model, relatie.field.attname)}
    return uit


def eigen(alle: list[Kolom], gebruiker: Any) -> set[tuple[int, int]]:
    """Geef de kanaries in rijen die over deze persoon zelf gaan: die krijgt hij bij zijn gegevens (AVG 15)."""
    uit: set[tuple[int, int]] = set()
    for soort in SOORTEN:
        model = apps.get_model(soort.model)
        nummers = model._base_manager.filter(**{soort.veld: gebruiker.pk}).values_list("pk", flat=True)
        uit |= {(kolom.nummer, pk) for kolom in alle if kolom.model is model for pk in nummers}
    return uit
