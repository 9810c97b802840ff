"""OWASP ASVS 5.0.0, niveau 1 en 2: bij elke eis een toets of een reden.

De nummers en niveaus zijn die van de Application Security Verification Standard 5.0.0 (OWASP, CC BY-SA 4.0,
github.com/OWASP/ASVS); de woorden zijn van ons. De tabel staat in asvs.txt, de toetsen onder hun sleutel hieronder.
"""

from dataclasses import dataclass
from pathlib import Path

BRON = Path(__file__).with_name("asvs.txt")
SOORTEN = {"n": "niet van toepassing", "r": "met reden", "o": "open"}
MATRIX, KANARIE = "matrix/test_matrix.py::test_", "matrix/kanarie/test_kanarie.py::test_"
ZITTING, ACCOUNT = "toegang/test_zitting.py::test_", "toegang/test_account.py::test_"
RADEN = "toegang/test_raden.py::test_"
STAP, OIDC = "toegang/test_tweede_stap.py::test_", "toegang/test_oidc.py::test_"
TOETSEN: dict[str, str] = {
    "aanvraagveld": "adviezen/test_aanvraag_schermen.py::test_onjuiste_invoer_noemt_het_veld_en_houdt_wat_getypt_is",
    "account_opnieuw": "toegang/test_opnieuw_bevestigen.py::test_wie_zijn_adres_wijzigt_bevestigt_opnieuw",
    "achter_inloggen": "gezicht/test_basis.py::test_achter_inloggen",
    "agenda_sleutel": "vergaderingen/test_abonnement.py::"
    "test_intrekken_en_vernieuwen_gelden_meteen_en_de_sleutel_staat_nergens",
    "alles_kwijt": STAP + "wie_alles_kwijt_is_krijgt_met_een_reden_een_nieuwe_tweede_stap",
    "alles_kwijt_scherm": "beheer/test_accounts.py::"
    "test_wie_alles_kwijt_is_krijgt_een_link_en_ook_wie_het_wachtwoord_kent_komt_er_niet_in",
    "afstand": "beheer/test_accounts.py::test_uitloggen_op_afstand_laat_het_account_open",
    "ander_toestel": "adviezen/test_lezen_offline.py::test_een_ander_op_hetzelfde_apparaat_ziet_niets",
    "api_kop": "publiek/test_api.py::test_elk_antwoord_noemt_de_versie_en_mag_door_elke_site_gelezen",
    "app_bezit": "huis/test_rollen.py::test_app_bezit_niets_en_maakt_niets",
    "app_wijzigt": "huis/test_rollen.py::test_app_wijzigt_niets_waar_alleen_toegevoegd_wordt",
    "beeld": "huis/test_inpakken.py::test_beeld_installeert_met_hashes_en_draait_niet_als_root",
    "berichtpad": "berichten/test_stuur.py::test_vervalsing_en_leegte_worden_geweigerd",
    "vernietigen": "vernietiging/test_vernietiging.py::"
    "test_van_voorstel_tot_verklaring_en_geen_stap_zonder_twee_mensen",
    "bewaartermijn": "adviezen/test_werkruimte.py::"
    "test_interne_notities_worden_na_hun_termijn_vernietigd_met_alleen_een_aantal_in_het_logboek",
    "bewaking": "adviezen/test_bewaking.py::test_aanvraag_en_vrager",
    "bewaring": "publiek/test_bewaring.py::test_bewaring_is_begrensd",
    "brieftekst": "adviezen/test_aanbieding_schermen.py::test_van_vastgesteld_tot_aangeboden_in_de_browser",
    "redis_wachtwoord": "huis/test_inpakken.py::test_redis_vraagt_een_wachtwoord_en_het_web_geeft_het",
    "tls_compose": "huis/test_inpakken.py::test_elke_verbinding_is_versleuteld_en_kijkt_het_certificaat_na",
    "tls_metingen": "inrichting/test_versleuteld.py::test_de_metingen_gaan_over_https",
    "tls_namen": "inrichting/test_certificaten.py::test_de_uitgever_kan_geen_website_nadoen",
    "tls_postgres": "inrichting/test_versleuteld.py::test_postgresql_alleen_versleuteld_en_alleen_de_bedoelde",
    "tls_redis": "inrichting/test_versleuteld.py::test_redis_alleen_versleuteld_en_alleen_de_bedoelde",
    "tls_sleutel": "inrichting/test_certificaten.py::test_elke_dienst_een_eigen_sleutel_en_verder_niemand",
    "tls_uitgever": "inrichting/test_certificaten.py::test_een_ander_dan_de_bedoelde_wordt_geweigerd",
    "tls_web": "inrichting/test_versleuteld.py::test_het_web_spreekt_https_en_kijkt_zijn_eigen_gezondheid_zo_na",
    "uitgelekt": "toegang/test_account.py::test_een_uitgelekt_wachtwoord_wordt_geweigerd",
    "compose_rollen": "huis/test_inpakken.py::test_web_werkt_als_app_en_leest_openbaar_als_publiek",
    "csp": ZITTING + "het_geheugen_van_de_browser_leegt_bij_uitloggen_en_elk_antwoord_draagt_de_kopregels",
    "csrf": MATRIX + "zonder_csrf_wordt_niets_gedaan",
    "csv": "adviezen/test_tabelbestand.py::test_geen_enkele_tekst_wordt_een_formule",
    "datumveld": "kern/test_datumveld.py::test_ieder_formulier_gebruikt_dit_veld",
    "db_weg": "publiek/test_bewaring.py::test_onbereikbare_database_laat_bewaarde_bladzijden_staan",
    "docx_niets": "stukken/test_docx.py::test_er_wordt_niets_opgehaald",
    "docx_slecht": "stukken/test_bewaar.py::test_een_word_bestand_dat_niet_deugt",
    "docx_xml": "stukken/test_docx.py::test_kapotte_xml_geeft_een_zin",
    "download": "stukken/test_leveren.py::test_een_besloten_download_blijft_in_geen_tussengeheugen",
    "een_wint": "overgangen/test_uitvoering.py::test_twee_secretarissen_tegelijk_een_wint",
    "eenmalig": "adviezen/test_uitnodiging.py::test_een_collega_zonder_account_komt_met_een_eenmalige_link_binnen",
    "elke_handeling": "adviezen/test_overgangen.py::test_elke_handeling_in_elke_stand",
    "feed": "publiek/test_keuren.py::test_een_feedlezer_leest_de_feed",
    "filterrommel": "adviezen/test_lijst.py::test_de_lijst_verdraagt_elk_adres",
    "fixatie": ZITTING + "de_sleutel_wisselt_bij_het_inloggen_en_de_oude_is_niets_waard",
    "foutbladen": "gezicht/test_basis.py::test_foutbladen_werken_zonder_iets_en_hebben_een_weg_terug",
    "foutkenmerk": "kern/test_logregels.py::test_een_fout_noemt_alleen_een_kenmerk",
    "fuzz": "bewijs/schoonmaak::bewijs",
    "geheimen": "huis/test_inpakken.py::test_geheimen_staan_nergens_en_het_voorbeeld_noemt_ze_allemaal",
    "getal": "kern/test_getal.py::test_alleen_wat_een_kolom_aankan_is_een_getal",
    "half_periode": "raad/test_nieuwe_periode.py::test_lukt_een_benoeming_niet_dan_komt_er_ook_geen_periode",
    "herstel": ACCOUNT + "wachtwoord_vergeten_verraadt_geen_account",
    "html_aanval": "kern/test_html.py::test_een_aanval_blijft_buiten",
    "html_vast": "kern/test_html.py::test_wat_er_ook_komt_het_antwoord_is_veilig_en_vast",
    "in_beeld": "stukken/test_leveren.py::test_alleen_wat_een_browser_veilig_toont_komt_in_beeld",
    "inloggen": ACCOUNT + "inloggen_met_email_en_wachtwoord_ongeacht_hoofdletters",
    "inlogregel": "toegang/test_inlogregels.py::test_inloggen_staat_in_het_log_zonder_adres_of_wachtwoord",
    "inzage": "adviezen/test_inzage.py::test_elk_scherm_met_vertrouwelijke_tekst_legt_het_lezen_vast",
    "jsonld": "publiek/test_browser.py::test_json_ld_is_een_gegevensblok_dat_de_csp_doorlaat",
    "kanarie_brief": KANARIE + "een_brief_draagt_alleen_een_adres",
    "kanarie_kolom": KANARIE + "elke_kolom_is_openbaar_of_draagt_een_kanarie",
    "kanarie_lezers": KANARIE + "niemand_leest_wat_hij_niet_mag_zien",
    "keten": "logboek/test_keten.py::test_knoeien_met_uitgezette_triggers_komt_uit",
    "keten_schakel": "logboek/test_keten.py::test_elke_gebeurtenis_krijgt_bij_commit_een_schakel",
    "keten_weigert": "logboek/test_keten.py::test_de_database_weigert_wijzigen_en_wissen",
    "koekjes": STAP + "achter_https_kan_geen_ander_adres_van_het_domein_een_koekje_zetten",
    "kop": "logboek/test_keten.py::test_de_klok_verzegelt_wat_tot_rust_kwam_en_meldt_een_breuk",
    "kort_wachtwoord": ACCOUNT + "een_te_kort_wachtwoord_krijgt_een_nederlandse_melding",
    "kring": "adviezen/test_opmerkingen.py::test_elke_kring_alleen_voor_wie_erin_zit",
    "leeg_redis": "termijnen/test_tegelijk.py::test_een_echte_werker_wordt_gewekt_en_een_lege_redis_verliest_niets",
    "lezen_schrijft": MATRIX + "lezen_schrijft_niets",
    "lijn": "bewijs/verbinding::bewijs",
    "logregel": "kern/test_logregels.py::test_een_taak_en_een_eigen_melding_herhalen_de_fout_niet",
    "logsysteem": "kern/test_logregels.py::test_elke_fout_komt_in_het_log_van_het_systeem",
    "mailkop": "berichten/test_stuur.py::test_een_onmogelijk_adres_wordt_geweigerd",
    "marge": "adviezen/test_standpunten.py::test_onmogelijke_steun_noemt_de_persoon",
    "massa": "adviezen/test_aanvraag_schermen.py::test_meegestuurde_velden_van_het_model_doen_niets",
    "massa_ast": "bewijs/test_velden.py::test_invoer_gaat_nergens_in_een_keer_door",
    "massa_model": "bewijs/test_velden.py::test_geen_formulier_neemt_zijn_velden_van_een_model",
    "matrixroutes": "toegang/test_poort.py::test_elke_route_van_het_portaal_zegt_wie_er_binnen_mag",
    "naamkop": "stukken/test_leveren.py::test_een_naam_kan_geen_kop_breken",
    "naammap": "stukken/test_leveren.py::test_een_naam_houdt_zijn_uitgang_en_verliest_zijn_map",
    "nergens_bewaard": MATRIX + "wat_niet_openbaar_is_wordt_nergens_bewaard",
    "netwerk": "dialoog/test_volgen.py::test_te_veel_van_een_netwerk",
    "nginx": "huis/test_inpakken.py::test_nginx_bewaart_alleen_wat_het_portaal_aanwijst_en_overschrijft_het_adres",
    "nginx_buiten": "huis/test_inpakken.py::test_alleen_nginx_is_van_buiten_bereikbaar",
    "niets_buiten": "gezicht/test_sjablonen.py::test_niets_van_buiten",
    "niets_inline": "gezicht/test_sjablonen.py::test_niets_in_de_bladzijde_zelf",
    "notities": "adviezen/test_zicht.py::test_niemand_buiten_de_organisatie_leest_interne_notities",
    "nummer": "adviezen/test_wedloop_raad.py::test_een_nummer_wordt_een_keer_gegeven",
    "oidc_ander": OIDC + "een_token_van_of_voor_een_ander_wordt_geweigerd",
    "oidc_binnen": OIDC + "wie_een_account_heeft_komt_binnen",
    "oidc_eenmaal": OIDC + "een_antwoord_geldt_een_keer_en_alleen_in_de_eigen_sessie",
    "oidc_vals": OIDC + "een_vals_id_token_wordt_geweigerd",
    "onzin": MATRIX + "nergens_een_500",
    "openbaar_leest": "toegang/test_poort.py::test_een_openbare_route_leest_alleen",
    "ophaler": "stukken/test_pdf.py::test_de_ophaler_geeft_alleen_wat_van_ons_is",
    "orakel": "adviezen/test_zicht.py::test_willekeurige_mensen",
    "paar_sql": "adviezen/test_overgangen.py::test_elk_paar_door_sql",
    "pad_hash": "stukken/test_bewaar.py::test_een_pad_is_altijd_een_hash",
    "pad_raden": RADEN + "een_geraden_pad_in_de_opslag_is_er_niet",
    "paren": "overgangen/test_paren.py::test_elk_paar_van_elke_machine",
    "passkey": "toegang/test_passkey.py::test_een_passkey_maken_en_ermee_inloggen_zonder_wachtwoord",
    "pdf_grens": "stukken/test_pdf.py::test_het_proces_stopt_bij_een_grens",
    "pdf_niets": "stukken/test_pdf.py::test_er_wordt_niets_opgehaald_en_de_rest_wordt_gezet",
    "perslink": "adviezen/test_perslezers.py::test_de_link_werkt_een_keer_en_zegt_niets_over_het_advies",
    "pg_log": "kern/test_logregels.py::test_postgresql_zelf_schrijft_geen_rijen_in_zijn_log",
    "poort_login": MATRIX + "wie_niet_is_ingelogd_gaat_naar_inloggen",
    "poort_mfa": ACCOUNT + "de_poort_stuurt_een_medewerker_naar_de_tweede_stap",
    "poort_recht": "toegang/test_poort.py::test_een_ingetrokken_recht_geldt_bij_het_volgende_verzoek",
    "poort_rollen": MATRIX + "de_poort_laat_alleen_de_genoemde_rollen_door",
    "poort_wie": "toegang/test_poort.py::test_wie_komt_waar_binnen",
    "post_weg": "berichten/test_verstuur.py::test_server_onbereikbaar_stopt_de_ronde_en_kost_een_dag_niets",
    "postadres": "berichten/test_verstuur.py::test_postadres",
    "publiek_rol": "huis/test_rollen.py::test_publiek_ziet_geen_enkele_tabel_van_het_werk",
    "quorum": "vergaderingen/test_presentie.py::test_regel_27_openen_vraagt_meer_dan_de_helft_van_de_zittende_leden",
    "raden": RADEN + "wie_elders_raadt_sluit_het_slachtoffer_niet_buiten",
    "regels": "huis/test_regels.py::test_de_tabel_in_docs_klopt",
    "register": "toegang/test_gegevens.py::test_elke_tabel_met_een_mens_staat_een_keer_in_het_register",
    "rol_wachtwoord": "huis/test_rollen.py::test_wachtwoord_komt_uit_de_omgeving",
    "schema": "publiek/test_schemathesis.py::test_geen_5xx_en_geen_antwoord_buiten_het_schema",
    "sessies_weg": ZITTING + "een_nieuw_wachtwoord_beeindigt_de_andere_sessies",
    "sleutel": ZITTING + "een_gewisselde_sleutel_werkt_nog_zolang_de_oude_genoemd_is",
    "sleutel_plek": "huis/test_plek.py::test_alleen_de_eigenaar_leest",
    "sloten": "huis/test_inpakken.py::test_slot_houdt_de_extras",
    "tabel_klopt": MATRIX + "de_tabel_in_docs_klopt",
    "tar_geheim": "huis/test_bewaar.py::test_tar_bevat_alles_en_is_een_geheim",
    "tar_slecht": "huis/test_bewaar.py::test_slechte_tar_verandert_niets",
    "te_groot": "stukken/test_ontvangst.py::test_te_groot_houdt_het_formulier_heel_en_schrijft_niets",
    "te_groot_zin": "stukken/test_bewaar.py::test_te_groot_noemt_beide_maten",
    "te_vaak": ACCOUNT + "te_vaak_proberen_geeft_een_nederlandse_bladzijde",
    "te_veel_delen": "stukken/test_bewaar.py::test_te_veel_onderdelen",
    "toestanden": "overgangen/test_diagram.py::test_de_bladzijde_met_toestanden_klopt_met_de_code",
    "toestel": RADEN + "ook_een_bekend_toestel_raadt_niet_eindeloos_en_een_koekje_geldt_voor_een_account",
    "tweede_stap": ACCOUNT + "een_medewerker_zonder_tweede_stap_moet_die_eerst_instellen",
    "variabele": "huis/test_omgeving.py::test_elke_variabele_staat_in_het_beheerboek",
    "verboden_gelijk": MATRIX + "verboden_is_hetzelfde_als_niet_bestaand",
    "vergaderdag": "vergaderingen/test_plannen.py::test_onmogelijke_dagen_bij_de_oproeping",
    "verkeerde_soort": "stukken/test_bewaar.py::test_de_verkeerde_soort",
    "verouderd": "adviezen/test_aanvraag_schermen.py::test_een_verouderd_scherm_overschrijft_niets",
    "versleuteld": STAP + "geheimen_staan_versleuteld_en_gaan_mee_naar_een_nieuwe_sleutel",
    "verzonnen_link": "dialoog/test_volgen.py::test_een_verzonnen_link_is_er_niet",
    "views_kolommen": "publiek/test_leesrol.py::test_views_kennen_geen_werkkolommen",
    "vijf_keer": ACCOUNT + "na_vijf_mislukte_pogingen_wordt_geweigerd_maar_een_ander_adres_kan_nog",
    "virus": "stukken/test_virus.py::test_schoon_wordt_bewaard_en_besmet_geweigerd",
    "volgen": "dialoog/test_volgen.py::test_beheer_stopt_een_of_alles",
    "voorbeeldaccounts": ACCOUNT + "voorbeeldaccounts_staan_alleen_in_de_voorbeeldstand_op_het_inlogscherm",
    "vreemd_formulier": "toegang/test_verlopen.py::test_wat_een_ander_stuurt_komt_niet_terug_met_een_knop",
    "wandeling": "bewijs/wandelingen::bewijs",
    "wedloop": "bewijs/wedlopen::bewijs",
    "woorden": STAP + "woorden_van_het_huis_zijn_geen_wachtwoord",
    "zetel_dubbel": "raad/test_bewaking.py::test_zetel_niet_twee_keer_tegelijk_bezet",
    "zetel_stem": "vergaderingen/test_stemronde_wedloop.py::"
    "test_twee_secretarissen_leggen_tegelijk_dezelfde_stemming_vast",
    "zitting": ZITTING + "een_zitting_duurt_twaalf_uur_en_drie_uur_stilte",
    "zittingen": ZITTING + "iemand_ziet_waar_hij_is_ingelogd_en_logt_de_rest_uit",
    "zoekinvoer": "publiek/test_zoeken.py::test_verkeerde_invoer_geeft_een_antwoord",
    "zonder_tijden": ZITTING + "een_sessie_zonder_tijden_is_verlopen_en_openbaar_raakt_haar_niet_aan",
    "zonder_voorbeeld": "huis/test_klaarmaken.py::test_zonder_voorbeeldstand_geen_voorbeeld",
    "zonder_werkers": "publiek/test_pdf.py::test_zonder_werkers_een_eerlijk_antwoord",
}


@dataclass(frozen=True)
class Eis:
    """Eén eis van de ASVS."""

    nummer: str
    niveau: int
    eis: str
    toetsen: tuple[str, ...]
    soort: str
    reden: str

    @property
    def stand(self) -> str:
        """Geef "toets", "met reden", "niet van toepassing" of "open"."""
        return "open" if self.soort == "o" else "toets" if self.toetsen else SOORTEN[self.soort]


def eisen() -> list[Eis]:
    """Geef elke eis van asvs.txt; werpt ValueError of KeyError bij een regel die niet klopt."""
    uit = []
    for regel in BRON.read_text(encoding="utf-8").splitlines():
        if not regel.startswith("#"):
            kop, eis, sleutels, rest = (deel.strip() for deel in regel.split("|"))
            nummer, niveau = kop.split()
            soort, _, reden = rest.partition(": ")
            if rest and soort not in SOORTEN:
                raise ValueError(regel)
            uit.append(Eis(nummer, int(niveau), eis, tuple(TOETSEN[s] for s in sleutels.split()), soort, reden))
    return uit
