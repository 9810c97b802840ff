"""Welke cijfers er zijn: de vraag die per record een groep geeft, de definitie, en hoe de groepen heten."""

from dataclasses import dataclass, field

from publiek.opvolging import OORDELEN as ANTWOORDEN
from publiek.opvolging import STANDEN
from publiek.zoekvraag import OORDELEN, REACTIES


@dataclass(frozen=True)
class Cijfer:
    """Eén cijfer. `sql` geeft rijen (kenmerk, titel, advies_id, groep, waarde); `mediaan` meet dagen, anders telt het.

    `van_sql` telt waarover het had kunnen gaan (de dekking). `onbekend` noemt de groep die "niet bekend" betekent:
    die telt niet mee in n. `rest` zegt wat er met de rest is. Bij `deel` is `waarde` 1 of 0: de staaf telt de enen, n
    alle rijen van de groep. `met_dagen`: in het rekenblad staan ook de dagen van de termijn en de reactie.
    """

    id: str
    titel: str
    definitie: str
    kop: str
    sql: str
    van_sql: str
    namen: dict[str, str] = field(default_factory=dict)
    mediaan: bool = False
    deel: bool = False
    onbekend: str = ""
    volgorde: tuple[str, ...] = ()
    waarover: str = "adviezen"
    rest: str = "niet bekend"
    leeg: str = "Hierover is nog niets te tellen."
    met_dagen: bool = False


CIJFERS: tuple[Cijfer, ...] = (
    Cijfer(
        "tijdig",
        "Reactie van het kabinet op tijd",
        "Op tijd is: de brief is van uiterlijk drie maanden na het uitbrengen, die dag meegerekend. Het "
        "telt alleen waar "
        "beide dagen bekend zijn. Bij rapporten en verkenningen wordt geen reactie verwacht; een wet is geen reactie "
        "binnen een termijn. Niet bekend betekent dat wij geen reactie zagen, niet dat er geen was.",
        "Stand",
        "SELECT a.kenmerk, a.titel, a.id AS advies_id, a.reactie AS groep, NULL::int AS waarde FROM "
        "publiek.advies a WHERE NOT a.voorbeeld AND a.soort IN ('advies', 'briefadvies', 'interimadvies')",
        "SELECT count(*) FROM publiek.advies a WHERE NOT a.voorbeeld AND a.soort IN ('advies', "
        "'briefadvies', 'interimadvies')",
        REACTIES,
        onbekend="niet_bekend",
        volgorde=(
            *("op_tijd", "later", "uitgebleven", "deels_uitgebleven", "afgewacht", "deels_afgewacht"),
            *("ontvangen", "wet", "niet_bekend"),
        ),
        met_dagen=True,
    ),
    Cijfer(
        "reactietijd",
        "Dagen tot de reactie, per kabinet",
        "De dagen van het uitbrengen tot de eerste brief daarna die het hele advies beantwoordt; de middelste "
        "waarde (mediaan), bij twee middelste het midden ertussen. "
        "Het kabinet is dat op de dag van uitbrengen. Alleen waar beide dagen bekend zijn.",
        "Kabinet",
        "SELECT a.kenmerk, a.titel, a.id AS advies_id, coalesce((SELECT k.naam FROM "
        "jsonb_to_recordset(%(kabinetten)s::jsonb) AS k(naam text, van date)"
        "  WHERE k.van <= l.basis ORDER BY k.van DESC LIMIT 1), 'eerdere kabinetten') AS groep, r.datum -"
        " l.basis AS waarde "
        "FROM publiek.advies a JOIN publiek.klok l ON l.kenmerk = a.kenmerk "
        "JOIN LATERAL (SELECT min(k.datum) AS datum FROM publiek.kabinetsreactie k WHERE k.kenmerk = a.kenmerk "
        "      AND NOT k.gedeeltelijk AND k.vorm <> 'wet' AND k.ingetrokken_op IS NULL AND k.datum >= l.basis) r "
        "ON true "
        "WHERE NOT a.voorbeeld AND a.soort IN ('advies', 'briefadvies', 'interimadvies') AND r.datum IS NOT NULL",
        "SELECT count(*) FROM publiek.advies a WHERE NOT a.voorbeeld AND a.soort IN ('advies', "
        "'briefadvies', 'interimadvies')",
        mediaan=True,
        met_dagen=True,
    ),
    Cijfer(
        "oordeel",
        "Unaniem of verdeeld",
        "Unaniem is een advies waarin geen afwijkend standpunt staat. Bronnen melden verdeeldheid eerder dan "
        "eensgezindheid, dus deze verhouding geldt niet voor alle adviezen.",
        "Oordeel",
        "SELECT a.kenmerk, a.titel, a.id AS advies_id, coalesce(nullif(a.oordeel, ''), 'onbekend') AS "
        "groep, NULL::int AS waarde "
        "FROM publiek.advies a WHERE NOT a.voorbeeld",
        "SELECT count(*) FROM publiek.advies a WHERE NOT a.voorbeeld",
        OORDELEN,
        onbekend="onbekend",
        volgorde=("unaniem", "verdeeld", "onbekend"),
    ),
    Cijfer(
        "unaniem-door-de-tijd",
        "Unaniem door de tijd",
        "Per decennium de adviezen waarvan een bron zegt dat de raad unaniem was. Het getal achter de staaf zegt van "
        "hoeveel adviezen uit dat decennium het oordeel bekend is.",
        "Decennium",
        "SELECT a.kenmerk, a.titel, a.id AS advies_id, (a.jaar / 10 * 10) || '–' || (a.jaar / 10 * 10 + 9) AS groep, "
        "(a.oordeel = 'unaniem')::int AS waarde FROM publiek.advies a "
        "WHERE NOT a.voorbeeld AND a.jaar IS NOT NULL AND a.oordeel <> ''",
        "SELECT count(*) FROM publiek.advies a WHERE NOT a.voorbeeld AND a.oordeel <> ''",
        deel=True,
        waarover="adviezen waarvan het oordeel bekend is",
    ),
    Cijfer(
        "doorlooptijd-stap",
        "Hoe lang elke stap duurt",
        "De dagen van het begin van een stap tot de volgende, de middelste waarde (mediaan). Alleen "
        "trajecten uit dit "
        "portaal; een stap die nog loopt telt niet mee.",
        "Stap",
        "WITH gang AS ( SELECT g.traject_id, g.naar, g.dag, lead(g.dag) OVER (PARTITION BY g.traject_id "
        "ORDER BY g.id) AS volgende FROM publiek.stapgang g JOIN publiek.traject t ON t.id = g.traject_id"
        " WHERE NOT t.voorbeeld) SELECT t.kenmerk, t.titel, NULL::bigint AS advies_id, gang.naar AS "
        "groep, gang.volgende - gang.dag AS waarde "
        "FROM gang JOIN publiek.traject t ON t.id = gang.traject_id WHERE gang.volgende IS NOT NULL",
        "SELECT count(*) FROM publiek.traject WHERE NOT voorbeeld",
        {
            "aanvraag": "1 aangevraagd",
            "toewijzing": "2 bij het dagelijks bestuur",
            "concept": "3 in voorbereiding",
            "achterbanberaad": "4 in achterbanberaad",
            "verwerking": "5 verwerking",
            "naar_raad": "6 op weg naar de raad",
            "vaststelling": "7 bij de raad",
            "aanbieding": "8 vastgesteld",
        },
        mediaan=True,
        volgorde=(
            *("aanvraag", "toewijzing", "concept", "achterbanberaad", "verwerking", "naar_raad", "vaststelling"),
            "aanbieding",
        ),
        waarover="trajecten",
        rest="nog niet te meten",
        leeg=(
            "Nog geen traject uit dit portaal zette een stap. Trajecten van vóór het portaal hebben geen "
            "dagen per stap."
        ),
    ),
    Cijfer(
        "doorlooptijd-commissie",
        "Van aanvraag tot advies, per commissie",
        "De dagen van de eerste stap tot het uitbrengen, de middelste waarde (mediaan). Alleen trajecten "
        "uit dit portaal "
        "die een advies opleverden.",
        "Commissie",
        "SELECT t.kenmerk, t.titel, NULL::bigint AS advies_id, coalesce(nullif(t.commissie, ''), 'zonder "
        "commissie') AS groep,"
        "       t.stap_sinds - b.begin AS waarde "
        "FROM publiek.traject t JOIN (SELECT traject_id, min(dag) AS begin FROM publiek.stapgang GROUP BY 1) b "
        "ON b.traject_id = t.id WHERE NOT t.voorbeeld AND t.stap = 'aangeboden'",
        "SELECT count(*) FROM publiek.traject WHERE NOT voorbeeld",
        mediaan=True,
        waarover="trajecten",
        rest="nog niet te meten",
        leeg="Nog geen traject uit dit portaal leverde een advies op.",
    ),
    Cijfer(
        "antwoorden",
        "Wat het kabinet met aanbevelingen zegt te doen",
        "Per aanbeveling het laatste antwoord in een brief van het kabinet, zoals het secretariaat het "
        "beoordeelde. Is een "
        "aanbeveling aan meer ministers gericht, dan telt elk antwoord.",
        "Antwoord",
        "SELECT b.kenmerk, b.nummer || '. ' || b.tekst AS titel, b.advies_id, o.groep, NULL::int AS waarde "
        "FROM publiek.aanbeveling b CROSS JOIN LATERAL unnest(CASE WHEN b.oordelen = '{}' THEN ARRAY['niet_bekend'] "
        "ELSE b.oordelen END) AS o(groep) WHERE NOT b.voorbeeld",
        "SELECT count(*) FROM publiek.aanbeveling WHERE NOT voorbeeld",
        ANTWOORDEN,
        onbekend="niet_bekend",
        volgorde=tuple(ANTWOORDEN),
        waarover="aanbevelingen",
    ),
    Cijfer(
        "uitvoering",
        "Wat er van aanbevelingen kwam",
        "De stand zoals het secretariaat die beoordeelde, met bewijs. Niet bekend betekent dat niemand het heeft "
        "nagegaan; bij adviezen uit het archief is dat het begin.",
        "Stand",
        "SELECT b.kenmerk, b.nummer || '. ' || b.tekst AS titel, b.advies_id, b.stand AS groep, NULL::int AS waarde "
        "FROM publiek.aanbeveling b WHERE NOT b.voorbeeld",
        "SELECT count(*) FROM publiek.aanbeveling WHERE NOT voorbeeld",
        STANDEN,
        onbekend="niet_bekend",
        volgorde=tuple(STANDEN),
        waarover="aanbevelingen",
    ),
    Cijfer(
        "decennium",
        "Adviezen in dit archief per decennium",
        "Dit telt wat hier staat, niet wat de SER uitbracht. Een laag getal kan een gat in het archief zijn.",
        "Decennium",
        "SELECT a.kenmerk, a.titel, a.id AS advies_id, "
        "coalesce((a.jaar / 10 * 10) || '–' || (a.jaar / 10 * 10 + 9), 'zonder jaar') AS groep, NULL::int AS waarde "
        "FROM publiek.advies a WHERE NOT a.voorbeeld",
        "SELECT count(*) FROM publiek.advies a WHERE NOT a.voorbeeld",
        onbekend="zonder jaar",
    ),
    Cijfer(
        "soort",
        "Soorten publicaties",
        "De soort zoals de bron haar noemt.",
        "Soort",
        "SELECT a.kenmerk, a.titel, a.id AS advies_id, a.soort AS groep, NULL::int AS waarde FROM "
        "publiek.advies a WHERE NOT a.voorbeeld",
        "SELECT count(*) FROM publiek.advies a WHERE NOT a.voorbeeld",
    ),
    Cijfer(
        "thema",
        "Adviezen per thema",
        "Een advies kan bij meer thema’s horen en staat dan in meer staven; in het totaal telt het één keer.",
        "Thema",
        "SELECT a.kenmerk, a.titel, a.id AS advies_id, t.naam AS groep, NULL::int AS waarde FROM publiek.advies a "
        "JOIN publiek.thema t ON t.slug = ANY(a.themas) WHERE NOT a.voorbeeld",
        "SELECT count(*) FROM publiek.advies a WHERE NOT a.voorbeeld",
    ),
)
