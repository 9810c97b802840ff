"""De zoekvragen van vernietigen. Alle tekst hier is vast; wat van buiten komt is een parameter.

Hier en nergens anders in deze app wordt SQL samengesteld (S608 staat daarom alleen voor dit bestand uit).
"""

from adviezen.enums import EINDSTANDEN

AMSTERDAM = "AT TIME ZONE 'Europe/Amsterdam'"
# Van een gesloten traject: nummer, titel, en de dag waarop het sloot.
_GESLOTEN = f"""(
    SELECT tr.id, tr.titel, coalesce(tr.geeindigd_op, (SELECT max((g.op {AMSTERDAM})::date)
        FROM adviezen_stapgang g WHERE g.traject_id = tr.id)) AS op
    FROM adviezen_adviestraject tr WHERE tr.stap IN ({", ".join(f"'{s.value}'" for s in sorted(EINDSTANDEN))})
)"""


def _afdruk(*kolommen: str) -> str:
    delen = ", ".join(f"coalesce({kolom}::text, '')" for kolom in kolommen)
    return f"encode(sha256(convert_to(concat_ws(chr(31), {delen}), 'UTF8')), 'hex')"


def _van_dossier(tabel: str, via: str, afdruk: str, waar: str = "true") -> str:
    """Geef de bron van rijen die bij een gesloten dossier horen; `via` geeft het nummer van het traject."""
    return f"""
        SELECT t.id, 'traject:' || d.id AS groep, d.titel AS omschrijving, d.op AS dag, {afdruk} AS afdruk
        FROM {tabel} t {via} WHERE {waar} AND d.op IS NOT NULL
    """


_VERSIE = f"JOIN adviezen_versie v ON v.id = t.versie_id JOIN {_GESLOTEN} d ON d.id = v.traject_id"
# Wanneer een bericht wegging: dat kan later zijn dan het mocht, na een storing of een nieuwe poging.
_WEG = "coalesce(t.verstuurd_op, t.niet_voor)"
# Per regel: van elke rij id, groep, omschrijving, dag (waarop de termijn begint) en afdruk. De afdruk gaat alleen over
# wat aan een rij niet verandert.
BRON: dict[str, str] = {
    "berichten": f"""
    SELECT t.id, to_char({_WEG} {AMSTERDAM}, 'YYYY') AS groep,
           'verstuurd in ' || to_char({_WEG} {AMSTERDAM}, 'YYYY') AS omschrijving,
           ({_WEG} {AMSTERDAM})::date AS dag,
           {_afdruk("t.id", "t.message_id", "t.ontvanger_id", "t.onderwerp", "t.tekst", "t.pad")} AS afdruk
    FROM berichten_bericht t
    WHERE t.ontvanger_id IS NOT NULL AND t.status <> 'wacht'
      AND NOT EXISTS (SELECT 1 FROM termijnen_herinnering h WHERE h.bericht_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM termijnen_overzichtregel o WHERE o.bericht_id = t.id)
    """,
    "inzagen": f"""
    SELECT t.id, to_char(z.tijdstip {AMSTERDAM}, 'YYYY') AS groep,
           'gelezen in ' || to_char(z.tijdstip {AMSTERDAM}, 'YYYY') AS omschrijving,
           (z.tijdstip {AMSTERDAM})::date AS dag,
           {_afdruk("t.id", "t.tijdstip", "t.actor_id", "t.object_soort", "t.object_id")} AS afdruk
    FROM logboek_inzage t JOIN logboek_inzagezegel z ON t.id > z.vanaf_id AND t.id <= z.tot_en_met_id
    """,
    "leesstanden": _van_dossier("adviezen_leesstand", _VERSIE, _afdruk("t.id", "t.gebruiker_id", "t.versie_id")),
    "schrijfstanden": _van_dossier(
        "adviezen_schrijfstand",
        f"JOIN {_GESLOTEN} d ON d.id = t.traject_id",
        _afdruk("t.id", "t.traject_id", "t.auteur_id", "t.bewaard_op", "t.html"),
    ),
    "eigen_standpunten": _van_dossier(
        "adviezen_voorlopigstandpunt",
        _VERSIE,
        _afdruk("t.id", "t.gebruiker_id", "t.versie_id", "t.keuze", "t.tekst", "t.aangemaakt_op"),
        "t.gedeeld_met = 'niemand'",
    ),
}
# De hash van een groep: over de afdrukken van haar rijen, op nummer.
SOM = "encode(sha256(convert_to(string_agg(k.afdruk, chr(30) ORDER BY k.id), 'UTF8')), 'hex')"


def rijp(regel: str) -> str:
    """Geef de vraag naar de rijen waarvan de termijn om is, met %(maanden)s en %(dag)s, zonder wat is uitgezonderd."""
    return f"""
        SELECT b.*, (b.dag + make_interval(months => %(maanden)s))::date AS sinds FROM ({BRON[regel]}) b
        WHERE (b.dag + make_interval(months => %(maanden)s))::date <= %(dag)s AND NOT EXISTS (
            SELECT 1 FROM vernietiging_postrij r JOIN vernietiging_post p ON p.id = r.post_id
            WHERE r.object_id = b.id AND p.regel = '{regel}' AND p.uitgezonderd_tot > %(dag)s
        )
    """


def telling(regel: str) -> str:
    """Geef de vraag hoeveel rijen er rijp zijn."""
    return f"SELECT count(*) FROM ({rijp(regel)}) k"


def nakijken(regel: str) -> str:
    """Geef de vraag naar aantal en hash van wat van post %(post)s nog rijp is."""
    return f"""
        SELECT count(*), {SOM} FROM ({rijp(regel)}) k
        JOIN vernietiging_postrij r ON r.object_id = k.id AND r.post_id = %(post)s
    """


def zet_erop(regel: str) -> str:
    """Geef de opdracht die alles wat rijp is in groepen op lijst %(lijst)s zet; zij telt de rijen."""
    return f"""
        WITH k AS MATERIALIZED ({rijp(regel)}),
        p AS (
            INSERT INTO vernietiging_post (lijst_id, regel, tabel, titel, maanden, grond, groep, omschrijving, aantal,
                oudste, jongste, sinds, hash, uitzondering, uitgezonderd_door_naam)
            SELECT %(lijst)s, %(regel)s, %(tabel)s, %(titel)s, %(maanden)s, %(grond)s, k.groep, min(k.omschrijving),
                count(*), min(k.dag), max(k.dag), max(k.sinds), {SOM}, '', ''
            FROM k GROUP BY k.groep RETURNING id, groep
        )
        INSERT INTO vernietiging_postrij (post_id, object_id) SELECT p.id, k.id FROM k JOIN p USING (groep)
    """
