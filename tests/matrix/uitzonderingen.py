"""Van welke adressen de matrix iets anders verwacht dan van de rest, en waarom."""

from tests.matrix.objecten import BRIEVEN, NA_AANBIEDEN

# Wat een GET mag schrijven. Overal: wie een vertrouwelijk stuk leest, staat in het inzagelogboek.
SCHRIJFT_OVERAL = {"logboek_inzage", "django_session"}
SCHRIJFT: dict[str, set[str]] = {
    # waar de lezer gebleven was
    "lezen:versie": {"adviezen_leesstand"},
    "organisatie:tekst": {"adviezen_leesstand"},
    # allauth houdt bij elk bezoek zijn eigen lijst van adressen gelijk met het account
    "account_email": {"account_emailaddress"},
    "account_reset_password_from_key": {"account_emailaddress"},
}
# Weghalen wat er niet meer is, is geen fout: een ander of verdwenen punt geeft hetzelfde antwoord.
WEG_IS_GOED = {"organisatie:punt_weg", "organisatie:mede_weg"}
# Deze adressen verwijzen altijd door; de rest toont wat er is.
GELUKT = {"publiek:adviesjaar": (302,), "publiek:zonder_streep": (301,)}
# Routes waarvan het echte adres met opzet naar niets verwijst (een verlopen sleutel, een niet ingestelde aanbieder).
ZONDER_OBJECT = {
    "publiek:api_onbekend",
    "eigen-agenda",
    "eigen-termijnen",
    # de voorbeeldwereld heeft geen advies met een eigen PDF dat geen voorbeeld is
    "publiek:diwoo_index",
    # en geen advies met een persbericht
    "publiek:persbericht",
    # en nog geen jaarverslag dat is aangeboden
    "publiek:jaarverslag",
    "publiek:jaarverslag_pdf",
    "publiek:diwoo_sitemap",
    "account_confirm_email",
    "account_reset_password_from_key",
    "openid_connect_login",
    "openid_connect_callback",
    "mfa_edit_webauthn",  # niemand van het voorbeeld heeft een passkey
    "mfa_remove_webauthn",
    # het advies van de journalist is nog niet vrijgegeven, dus er is nog geen exemplaar
    "pers:pdf",
    "pers:pdf_bestand",
    "publiek:origineel_pdf",  # bij geen advies hangt een PDF van toen
    # de voorbeeldwereld heeft nog geen stemming
    "adviezen:passage_wijzig",
    "adviezen:passage_weg",
    "adviezen:nota_weg",
    # en nog geen aanbieding of kabinetsreactie, dus ook geen persbericht en geen voorproef
    "werkplek:voorproef",
    *(f"adviezen:{naam}" for naam in (*BRIEVEN, *NA_AANBIEDEN, "persbericht")),
    "opvolging:reactie",
    "opvolging:bestand",
    # geen bewijs of brief van het voorbeeld heeft een bestand
    "opvolging:bewijsbestand",
    "opvolging:jaarpdf",
    "opvolging:briefpdf",
    # de besluiten van het voorbeeld hebben een brief als tekst, niet als bestand
    "adviezen:besluitbrief",
    # geen agendapunt heeft een stuk, en niemand vroeg al een PDF van een versie of een bundel
    "vergaderingen_lezen:bundel-bestand",
    "vergaderingen_lezen:stuk",
    "lezen:pdf_bestand",
    "organisatie:antwoorden_bestand",
}
# Een e-mailprogramma meldt zelf af, zonder cookie (RFC 8058); het ondertekende token in het adres is de toegang.
ZONDER_CSRF = {"dialoog:stop"}
# Openbare routes die met opzet de gewone verbinding gebruiken.
LEEST_DEFAULT = {"gezond"}
# Openbare adressen die er nog niet zijn omdat het traject nog niet openbaar is.
NIET_OPENBAAR: set[str] = set()
