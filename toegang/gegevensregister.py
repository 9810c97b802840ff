"""Het register van verwerkingen (AVG, artikel 30): welke gegevens over mensen, waarvoor, op welke grond, hoe lang.

docs/gegevensregister.md en het scherm bij het eigen account komen hiervandaan. Een toets eist dat elke tabel met een
mens erin hier precies één keer staat. `hoe` zegt eerlijk wie er wist: het portaal zelf, of nog niemand omdat de
selectielijst van de SER het bepaalt.
"""

from dataclasses import dataclass

TAAK = "taak van algemeen belang (AVG 6.1.e; Wet op de SER)"
LIJST = "het portaal stelt voor, twee mensen beslissen; de rest bepaalt de selectielijst van de SER"
ARCHIEF = "de selectielijst van de SER bepaalt; het portaal wist niets uit zichzelf"


@dataclass(frozen=True)
class Verwerking:
    """Eén doel, met de tabellen waar de gegevens in staan."""

    naam: str
    van_wie: str
    wat: str
    waarvoor: str
    grond: str
    termijn: str
    hoe: str
    tabellen: tuple[str, ...]


REGISTER = (
    Verwerking(
        "Account en inloggen",
        "ieder met een account",
        "naam, e-mailadres, wachtwoord (niet terug te lezen), tweede stap (versleuteld), netwerkadres en browser van "
        "zittingen",
        "laten inloggen en misbruik zien",
        TAAK,
        "account: zolang iemand een rol heeft; zitting: twaalf uur",
        "zittingen wist het portaal elke zes uur; accounts sluit de beheerder",
        (
            "toegang_gebruiker",
            "account_emailaddress",
            "mfa_authenticator",
            "socialaccount_socialaccount",
            "usersessions_usersession",
            "django_admin_log",
        ),
    ),
    Verwerking(
        "Leden van de raad en van commissies",
        "leden, plaatsvervangers, vertegenwoordigers, contactpersonen",
        "naam, benoemingen, voorzitterschap, nevenfuncties, contact van een organisatie",
        "openbaar maken wie adviseert, en rechten geven",
        TAAK,
        "blijvend",
        ARCHIEF,
        (
            "raad_persoon",
            "raad_benoeming",
            "raad_voorzitterschap",
            "raad_dagelijksbestuurslid",
            "raad_organisatiecontact",
            "raad_nevenfunctie",
            "raad_ministerievertegenwoordiger",
            "commissies_commissielid",
        ),
    ),
    Verwerking(
        "Vergaderen en stemmen",
        "wie vergadert",
        "aanwezigheid, vervanging, onthouding, stem; bij een stemming over personen alleen dat er een briefje was",
        "geldige besluiten en hun verslag",
        TAAK,
        "blijvend; de sleutel van de eigen agenda tot iemand haar intrekt",
        ARCHIEF,
        (
            "vergaderingen_presentie",
            "vergaderingen_vervanging",
            "vergaderingen_onthouding",
            "vergaderingen_stem",
            "vergaderingen_stembriefje",
            "vergaderingen_sticker",
            "vergaderingen_agendasleutel",
            "vergaderingen_bundel",
        ),
    ),
    Verwerking(
        "Adviezen maken",
        "secretariaat, leden, organisaties, wie gehoord is",
        "wie schreef, opmerkte, instemde, meelas of een stap zette, met naam op dat moment",
        "adviezen maken en kunnen verantwoorden",
        TAAK,
        "blijvend met het dossier; waar een lezer was, tekst die nooit een versie werd en wat iemand met niemand "
        "deelde: een jaar na het sluiten",
        LIJST,
        (
            "adviezen_correctie",
            "adviezen_aanbieding",
            "adviezen_aanbiedingsbrief",
            "adviezen_adviesintrekking",
            "adviezen_startbesluit",
            "adviezen_toewijzing",
            "adviezen_achterbanberaad",
            "adviezen_deelname",
            "adviezen_reactie",
            "adviezen_beoogdeimpact",
            "adviezen_inspraak",
            "adviezen_gehoorde",
            "adviezen_voortgangsrapportage",
            "adviezen_kroonledenopmerking",
            "adviezen_opmerking",
            "adviezen_leesstand",
            "adviezen_voorlopigstandpunt",
            "adviezen_meelezer",
            "adviezen_knelpunt",
            "adviezen_knelpuntbericht",
            "adviezen_indiening",
            "adviezen_medeondertekening",
            "adviezen_agendering",
            "adviezen_steun",
            "adviezen_adviestraject",
            "adviezen_stapgang",
            "adviezen_versie",
            "adviezen_schrijfstand",
            "adviezen_verwerking",
            "adviezen_uitvoeringstoets",
            "adviezen_voortraject",
            "adviezen_verkenning",
            "adviezen_bestuursmening",
            "adviezen_adviesvrager",
            "adviezen_geadresseerde",
        ),
    ),
    Verwerking(
        "Interne notities van organisaties",
        "mensen van een organisatie",
        "wie wat noteerde voor de eigen organisatie",
        "het beraad met de achterban",
        TAAK,
        "negentig dagen na het sluiten van de ronde, of wat de beheerder instelde",
        "het portaal, elke zes uur",
        ("adviezen_internenotitie",),
    ),
    Verwerking(
        "Pers",
        "journalisten en woordvoerders",
        "naam, e-mailadres, medium, wie onder embargo las",
        "advies onder embargo laten lezen",
        TAAK,
        "blijvend met het advies",
        ARCHIEF,
        ("adviezen_persbericht", "adviezen_perslezer"),
    ),
    Verwerking(
        "Wat het kabinet doet",
        "secretariaat en bewindspersonen",
        "wie een reactie, bewijs of brief vastlegde; aan wie een brief ging",
        "volgen wat er met een advies gebeurt",
        TAAK,
        "blijvend",
        ARCHIEF,
        (
            "opvolging_antwoord",
            "opvolging_bewijs",
            "opvolging_opvolgstand",
            "opvolging_herinneringsbrief",
            "opvolging_evaluatie",
            "opvolging_jaarverslag",
            "opvolging_kabinetsreactie",
            "opvolging_toezegging",
            "opvolging_klokvrijgave",
        ),
    ),
    Verwerking(
        "Berichten en termijnen",
        "ieder met een account",
        "aan wie welk bericht ging en of het gelezen is; wie een termijn verzette",
        "niemand mist een datum",
        TAAK,
        "een bericht vijf jaar; een waarschuwing bij een termijn blijvend",
        LIJST,
        (
            "berichten_bericht",
            "termijnen_termijn",
            "termijnen_termijnwijziging",
            "termijnen_herinnering",
            "termijnen_uitstel",
        ),
    ),
    Verwerking(
        "Volgen per e-mail",
        "lezers van buiten",
        "e-mailadres en wat iemand volgt",
        "de nieuwsupdate en attenderingen sturen",
        "toestemming (AVG 6.1.a)",
        "tot iemand stopt; zonder bevestiging zeven dagen",
        "het portaal, meteen",
        ("dialoog_aanmelding", "dialoog_abonnement", "dialoog_editie"),
    ),
    Verwerking(
        "Logboek",
        "wie iets wijzigt of een vertrouwelijk stuk opent",
        "naam, wat, wanneer, met welke reden",
        "kunnen verantwoorden wat er gebeurde, en misbruik zien",
        TAAK,
        "handelingen blijvend; wie wat las vijf jaar",
        LIJST,
        ("logboek_gebeurtenis", "logboek_inzage"),
    ),
    Verwerking(
        "Vernietigen",
        "wie een lijst goedkeurde, bevestigde of iets uitzonderde",
        "naam en moment",
        "kunnen verantwoorden wat er vernietigd is",
        "wettelijke plicht (AVG 6.1.c; Archiefbesluit 1995, artikel 8)",
        "blijvend",
        ARCHIEF,
        ("vernietiging_vernietigingslijst", "vernietiging_post"),
    ),
    Verwerking(
        "Stukken en publicaties",
        "wie een stuk plaatste of openbaar maakte",
        "naam op dat moment",
        "weten waar een stuk vandaan komt",
        TAAK,
        "blijvend met het stuk; een PDF op naam van een lezer hoogstens een jaar nadat hij erom vroeg",
        "zo'n PDF wist het portaal, elke zes uur; de rest bepaalt de selectielijst van de SER",
        ("stukken_bestand", "stukken_pdfopdracht", "publicatie_publicatie", "publicatie_intrekking", "publicatie_scan"),
    ),
)
# Kolommen die op een naam lijken en niet over een mens gaan.
GEEN_MENS = {
    "adviezen_thema", "adviezen_advies", "adviezen_criteriumoordeel", "adviezen_doel", "commissies_commissie",
    "raad_organisatie", "raad_zittingsperiode",
}  # fmt: skip
KOP = """# Register van verwerkingen

Gemaakt door `SCHRIJF_REGISTER=1 ./portal test tests/toegang/test_gegevens.py` uit `toegang/gegevensregister.py`; niet
met de hand wijzigen. Welke gegevens over mensen het portaal bewaart (AVG, artikel 30). Ieder met een account leest en
haalt zijn eigen gegevens op onder Mijn account, Mijn gegevens. Het log van het systeem en dat van nginx
(netwerkadressen): zie `docs/beheer.md`.

Wat gewist is staat nog in backups, en een tijd in het WAL en in dode rijen van PostgreSQL.

| Waarvoor | Van wie | Wat | Doel | Grond | Hoe lang | Wie wist |
|---|---|---|---|---|---|---|
"""


def als_tekst() -> str:
    """Geef docs/gegevensregister.md."""
    regels = [
        f"| {v.naam} | {v.van_wie} | {v.wat} | {v.waarvoor} | {v.grond} | {v.termijn} | {v.hoe} |\n" for v in REGISTER
    ]
    tabellen = [f"- **{v.naam}**: {', '.join(f'`{t}`' for t in v.tabellen)}\n" for v in REGISTER]
    return KOP + "".join(regels) + "\n## In welke tabellen\n\n" + "".join(tabellen)
