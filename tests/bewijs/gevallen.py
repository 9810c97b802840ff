"""De gevallen waarin het mis kan gaan: wat dan gewild is, en welke toets laat zien dat het zo gaat.

Een toets staat hier als haar bestand en naam onder tests/, en een lang bewijs als "bewijs/<module>::bewijs". `rest` is
wat er nog ontbreekt; met toetsen erbij is een geval dan deels bewezen, zonder toetsen niet.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Geval:
    """Een geval met zijn bewijs."""

    wat: str
    gewild: str
    toetsen: tuple[str, ...]
    rest: str = ""

    @property
    def stand(self) -> str:
        """Geef "bewezen", "deels" of "nog niet"."""
        return "bewezen" if self.toetsen and not self.rest else "deels" if self.toetsen else "nog niet"


MATRIX = "matrix/test_matrix.py::test_"
BEWAKING = "bewaking/test_bewaking.py::test_"
KANARIE = "matrix/kanarie/test_kanarie.py::test_"
GEVALLEN: dict[int, Geval] = {
    1: Geval(
        "Iemand raadt het adres van een concept-PDF of bijlage", "dezelfde 404 als bij een nummer dat niet bestaat",
        (MATRIX + "verboden_is_hetzelfde_als_niet_bestaand", MATRIX + "wat_niet_bestaat_is_er_voor_niemand",
         "adviezen/test_opmerkingen.py::test_onzichtbaar_is_hetzelfde_als_niet_bestaand",
         "vergaderingen/test_zichtbaar.py::test_een_stuk_krijgt_alleen_wie_het_punt_ziet_en_inzage_wordt_vastgelegd"),
    ),
    2: Geval(
        "Een concept in zoeken, feed, sitemap, API, aanvullen of een telling", "openbare code leest alleen publicaties",
        (KANARIE + "niets_vertrouwelijks_op_een_openbare_bladzijde",
         KANARIE + "zoeken_naar_wat_onder_embargo_is_geeft_hetzelfde_als_naar_niets",
         KANARIE + "een_lek_op_een_openbaar_oppervlak_valt_op",
         "huis/test_rollen.py::test_publiek_ziet_geen_enkele_tabel_van_het_werk",
         "publiek/test_leesrol.py::test_geen_enkele_tabel_is_leesbaar"),
    ),
    3: Geval(
        "Een vergelijking of vorige uitgave toont een concept", "in het openbaar alleen tussen wat openbaar was",
        (KANARIE + "niets_vertrouwelijks_op_een_openbare_bladzijde",
         "publiek/test_advies.py::test_een_vorige_uitgave_is_te_lezen_met_wat_er_veranderde",
         "publiek/test_advies.py::test_wat_is_ingetrokken_komt_niet_terug_als_vorige_uitgave",
         "adviezen/test_vergelijken.py::test_alleen_wie_beide_versies_ziet"),
    ),
    4: Geval(
        "Tekst uit een stuk in een e-mail", "alleen een onderwerp, een zin en een adres",
        (KANARIE + "een_brief_draagt_alleen_een_adres", KANARIE + "een_lek_in_de_post_valt_op",
         "matrix/kanarie/test_berichten.py::test_geen_bericht_draagt_tekst_uit_een_stuk"),
    ),
    5: Geval(
        "Een browser of proxy bewaart een vertrouwelijke bladzijde", "private, no-store, tenzij openbaar",
        (MATRIX + "wat_niet_openbaar_is_wordt_nergens_bewaard",
         MATRIX + "openbaar_leest_alleen_en_is_voor_iedereen_gelijk",
         "stukken/test_leveren.py::test_een_besloten_download_blijft_in_geen_tussengeheugen",
         "huis/test_inpakken.py::test_nginx_bewaart_alleen_wat_het_portaal_aanwijst_en_overschrijft_het_adres",
         "bewijs/tussengeheugen::bewijs"),
    ),
    6: Geval(
        "Iemand raadt het pad van een bestand in de opslag", "er is geen adres voor bestanden: 404",
        ("stukken/test_bewaar.py::test_een_pad_is_altijd_een_hash",
         "toegang/test_raden.py::test_een_geraden_pad_in_de_opslag_is_er_niet"),
    ),
    7: Geval(
        "Een embargo dat afloopt terwijl mensen lezen", "alles verspringt bij één commit",
        ("publiek/test_tegelijk.py::test_alle_oppervlakken_verspringen_tegelijk",
         "publiek/test_tegelijk.py::test_en_de_proef_merkt_een_oude_bladzijde_op",
         "publiek/test_tegelijk.py::test_een_bladzijde_leest_alles_op_een_moment",
         "publiek/test_tegelijk.py::test_duizend_keer_met_acht_lezers"),
    ),
    8: Geval(
        "Iets stond ten onrechte openbaar en wordt ingetrokken", "meteen weg, en de reden blijft",
        ("publiek/test_tegelijk.py::test_alle_oppervlakken_verspringen_tegelijk",
         "publiek/test_bewaring.py::test_intrekken_geeft_410_met_de_reden_en_daarna_weer_200",
         "publicatie/test_actions.py::test_trek_in_laat_een_grafsteen_en_vervalt_wat_nog_kwam"),
    ),
    9: Geval(
        "Een recht vervalt terwijl iemand is ingelogd", "het volgende verzoek wordt geweigerd",
        ("toegang/test_poort.py::test_een_ingetrokken_recht_geldt_bij_het_volgende_verzoek",
         "toegang/test_opnieuw_bevestigen.py::test_wat_na_het_bevestigen_gebeurt_gaat_eerst_weer_langs_de_poort",
         "adviezen/test_zicht.py::test_willekeurige_mensen",
         "toegang/test_rollen.py::test_een_rol_geldt_op_de_dag_en_in_het_orgaan"),
    ),
    10: Geval(
        "Notities van de ene geleding bij de andere", "onzichtbaar voor andere geledingen en waarnemers",
        ("adviezen/test_opmerkingen.py::test_elke_kring_alleen_voor_wie_erin_zit",
         "adviezen/test_zicht.py::test_ieder_bestaand_account",
         "adviezen/test_zicht.py::test_niemand_buiten_de_organisatie_leest_interne_notities"),
    ),
    11: Geval(
        "Bestaat dit account? (herstel, inloggen, tijd)", "hetzelfde antwoord, met hetzelfde werk",
        ("toegang/test_account.py::test_wachtwoord_vergeten_verraadt_geen_account",
         "toegang/test_account.py::test_een_onbekend_adres_en_een_fout_wachtwoord_geven_dezelfde_melding",
         "toegang/test_raden.py::test_een_onbekend_adres_kost_evenveel_werk_als_een_fout_wachtwoord",
         "toegang/test_raden.py::test_wachtwoord_vergeten_doet_voor_iedereen_hetzelfde",
         "toegang/test_zitting.py::test_het_koekje_verraadt_niet_welk_adres_er_is",
         "dialoog/test_volgen.py::test_elk_adres_krijgt_hetzelfde_antwoord"),
    ),
    12: Geval(
        "Een fout toont tekst op de bladzijde of in het log", "alleen een kenmerk van de fout",
        ("gezicht/test_basis.py::test_foutbladen_werken_zonder_iets_en_hebben_een_weg_terug",
         "kern/test_logregels.py::test_een_fout_noemt_alleen_een_kenmerk",
         "kern/test_logregels.py::test_een_taak_en_een_eigen_melding_herhalen_de_fout_niet",
         "kern/test_logregels.py::test_postgresql_zelf_schrijft_geen_rijen_in_zijn_log",
         "stukken/test_opdracht.py::test_een_mislukking_is_te_zien_laat_de_vorige_pdf_staan_en_kan_opnieuw"),
    ),
    13: Geval(
        "Namen en bijgehouden wijzigingen in een PDF of Word-bestand", "wat het portaal maakt, draagt ze niet",
        ("stukken/test_docx_heen_en_weer.py::test_gelijke_invoer_geeft_gelijke_bytes_en_niets_over_de_schrijver",
         "stukken/test_docx.py::test_bijgehouden_wijzigingen_gelden_als_aanvaard_en_worden_gemeld",
         "stukken/test_docx.py::test_opmerkingen_blijven_achter_en_worden_gemeld",
         "publicatie/test_scans.py::test_wie_of_wat_de_pdf_maakte_wordt_niet_openbaar"),
    ),
    14: Geval(
        "Een medewerker kijkt rond in concepten", "elke keer lezen staat in het logboek",
        ("adviezen/test_inzage.py::test_elk_scherm_met_vertrouwelijke_tekst_legt_het_lezen_vast",
         "logboek/test_keten.py::test_de_klok_verzegelt_wat_tot_rust_kwam_en_meldt_een_breuk",
         "adviezen/test_vergelijken.py::test_lezen_wordt_vastgelegd_en_kijken_met_head_niet",
         "adviezen/test_opmerkingen.py::test_lezen_wordt_vastgelegd_en_klaar_blijft_van_de_lezer",
         "vergaderingen/test_zichtbaar.py::test_een_stuk_krijgt_alleen_wie_het_punt_ziet_en_inzage_wordt_vastgelegd",
         "logboek/test_keten.py::test_inzagen_worden_in_groepen_verzegeld",
         "adviezen/test_zicht.py::test_niemand_buiten_de_organisatie_leest_interne_notities"),
    ),
    15: Geval(
        "Twee secretarissen bij één advies", "één wint, de ander hoort het",
        ("adviezen/test_wedloop.py::test_twee_secretarissen_tegelijk",
         "overgangen/test_uitvoering.py::test_twee_secretarissen_tegelijk_een_wint",
         "overgangen/test_uitvoering.py::test_controle_zonder_slot_winnen_er_twee",
         "adviezen/test_wedloop_raad.py::test_twee_secretarissen_stellen_tegelijk_vast"),
    ),
    16: Geval(
        "Een stand verandert buiten de handelingen om", "de database weigert",
        ("adviezen/test_overgangen.py::test_elk_paar_door_sql",
         "adviezen/test_overgangen.py::test_elke_handeling_in_elke_stand",
         "adviezen/test_wedloop.py::test_geen_stap_zonder_spoor",
         "vergaderingen/test_overgangen.py::test_rauwe_sql_kan_alleen_wat_de_code_kan",
         "overgangen/test_paren.py::test_elk_paar_van_elke_machine"),
    ),
    17: Geval(
        "Een stem wordt twee keer verstuurd", "één stem",
        ("vergaderingen/test_stemronde_wedloop.py::test_twee_secretarissen_leggen_tegelijk_dezelfde_stemming_vast",
         "vergaderingen/test_stemronde_wedloop.py::test_controle_zonder_slot_weigert_de_database_de_tweede_stem",
         "vergaderingen/test_stemronde_wedloop.py::test_controle_zonder_slot_en_zonder_bewaking_telt_de_zetel_dubbel"),
    ),
    18: Geval(
        "Een lid en zijn plaatsvervanger", "de zetel stemt één keer",
        ("vergaderingen/test_wedloop.py::test_regel_11_lid_en_plaatsvervanger_tekenen_tegelijk_en_de_zetel_telt_een_keer",
         "vergaderingen/test_wedloop.py::"
         "test_controle_zonder_slot_zien_beiden_een_lege_zetel_en_is_de_database_het_laatste_slot",
         "vergaderingen/test_stemronde.py::test_regel_11_wie_bij_dit_punt_vervangt_stemt_en_het_lid_niet"),
    ),
    19: Geval(
        "Een stem tijdens het sluiten", "erin of eruit, nooit ertussen",
        ("vergaderingen/test_stemronde.py::test_na_sluiting_en_staken_kan_er_niets_meer_bij",
         "vergaderingen/test_stemronde_wedloop.py::test_stemmen_tijdens_het_sluiten_valt_erin_of_eruit",
         "vergaderingen/test_stemronde_wedloop.py::test_twee_secretarissen_sluiten_tegelijk_en_er_is_een_besluit",
         "bewijs/wedlopen::bewijs"),
    ),
    20: Geval(
        "De uitslag wordt later gewijzigd", "opnieuw tellen en het logboek spreken haar tegen",
        ("vergaderingen/test_natellen.py::test_een_wijziging_achteraf_valt_op",
         "vergaderingen/test_natellen.py::test_twee_stemmen_verwisselen_verandert_de_telling_niet_maar_valt_op"),
    ),
    21: Geval(
        "Een zetel dubbel bezet", "geweigerd",
        ("raad/test_bewaking.py::test_zetel_niet_twee_keer_tegelijk_bezet",
         "raad/test_bewaking.py::test_database_en_python_zijn_het_eens_over_overlap",
         "raad/test_wedloop.py::test_een_zetel_een_lid"),
    ),
    22: Geval(
        "Een regel van het logboek gewijzigd, gewist of afgekapt", "geweigerd; een beheerder van de database valt op",
        ("logboek/test_keten.py::test_de_database_weigert_wijzigen_en_wissen",
         "logboek/test_keten.py::test_knoeien_met_uitgezette_triggers_komt_uit",
         "logboek/test_keten.py::test_afkappen_aan_het_eind_komt_uit_met_een_bewaarde_kop"),
    ),
    23: Geval(
        "Twee mensen bewerken hetzelfde", "de tweede ziet het verschil en houdt zijn tekst",
        ("adviezen/test_versies.py::test_twee_schrijvers_tegelijk_houden_beide_teksten",
         "adviezen/test_versies.py::test_een_tweede_venster_overschrijft_de_schrijfstand_niet",
         "adviezen/test_aanvraag_schermen.py::test_een_verouderd_scherm_overschrijft_niets"),
    ),
    24: Geval(
        "Het antwoord gaat verloren na de commit", "nog eens versturen heeft geen tweede gevolg",
        ("adviezen/test_stap1_2_schermen.py::test_dubbel_versturen_van_een_handeling_doet_haar_een_keer",
         "adviezen/test_opmerkingen.py::test_dubbel_versturen_geeft_een_opmerking_en_een_ander_blok_weer_een",
         "adviezen/test_lezen_offline.py::test_in_de_trein_lezen_en_opmerken_en_daarna_een_keer_versturen",
         "adviezen/test_versies.py::test_dezelfde_tekst_is_geen_nieuwe_versie_en_dubbel_versturen_dus_ook_niet",
         "bewijs/verbinding::bewijs"),
    ),
    25: Geval(
        "PostgreSQL sterft tijdens een verzoek", "heel of niet; wat bewaard was blijft te lezen",
        ("huis/test_portaal.py::test_van_niets_tot_draaien_alles_doden_en_alles_terug",
         "huis/test_postgres.py::test_na_kill_van_alles_is_wat_bevestigd_was_er_nog",
         "publiek/test_bewaring.py::test_onbereikbare_database_laat_bewaarde_bladzijden_staan",
         "toegang/test_storing.py::test_wat_getypt_is_staat_er_nog_en_gaat_met_een_knop_opnieuw",
         "toegang/test_storing.py::test_lezen_geeft_503_en_een_fout_van_onszelf_blijft_500",
         "bewijs/doodslag::bewijs", "bewijs/formulier::bewijs"),
    ),
    26: Geval(
        "Wat is drie maanden later?", "30 november wordt 28 of 29 februari",
        ("termijnen/test_regels.py::test_elke_dag_van_2024_tot_en_met_2040_als_postgresql",
         "termijnen/test_regels.py::test_tabel",
         "termijnen/test_regels.py::test_drie_maanden_is_dezelfde_dag_of_de_laatste_van_de_maand"),
    ),
    27: Geval(
        "Middernacht en de zomertijd", "de dag is die van Amsterdam",
        ("kern/test_tijd.py::test_half_een_snachts_in_amsterdam_is_al_de_nieuwe_dag",
         "kern/test_tijd.py::test_elke_minuut_van_een_dag_met_klokwissel_hoort_bij_die_dag",
         "termijnen/test_herinneren.py::test_de_dag_begint_in_amsterdam_ook_rond_de_zomertijd"),
    ),
    28: Geval(
        "Een vervaldag in het weekend", "een keuze die op het scherm staat",
        ("termijnen/test_regels.py::test_weekend_wijkt_alleen_uit_als_het_gevraagd_is",
         "termijnen/test_regels.py::test_een_op_de_drie_vervaldagen_valt_in_het_weekend_en_blijft_staan",
         "termijnen/test_regels.py::test_uitleg"),
    ),
    29: Geval(
        "De klok van een werker loopt uren voor of achter", "de klok van de database beslist",
        ("kern/test_klok.py::test_een_werker_met_een_scheve_klok_doet_niets_en_dat_valt_op",
         "kern/test_klok.py::test_de_klok_die_tikt_meldt_haar_eigen_verschil_en_een_teken_uit_de_toekomst_is_geen_leven",
         "kern/test_klok.py::test_ook_met_de_hand_gebeurt_er_niets", "bewijs/klok::bewijs"),
    ),
    30: Geval(
        "Een reactie komt binnen vlak voor de waarschuwing", "de waarschuwing gaat niet",
        ("termijnen/test_tegelijk.py::test_een_reactie_tijdens_het_waarschuwen_haalt_haar_terug",
         "termijnen/test_herinneren.py::test_wat_de_termijn_verandert_haalt_de_wachtende_waarschuwing_terug"),
    ),
    31: Geval(
        "Een werker sterft tijdens het waarschuwen", "niets verloren; een herhaling heeft dezelfde Message-ID",
        ("termijnen/test_doodslag.py::test_kill_9_op_willekeurige_punten", "bewijs/doodslag::bewijs"),
    ),
    32: Geval(
        "De klok staat drie dagen stil", "elk feit één keer, in één overzicht",
        ("termijnen/test_herinneren.py::test_drie_dagen_stilstand_verliest_en_verdubbelt_niets",
         "termijnen/test_overzicht.py::test_een_overzicht_per_persoon_per_dag"),
    ),
    33: Geval(
        "Twee klokken", "één feit",
        ("termijnen/test_tegelijk.py::test_een_echte_werker_wordt_gewekt_en_een_lege_redis_verliest_niets",
         "termijnen/test_tegelijk.py::test_vier_werkers_en_zestig_termijnen",
         "termijnen/test_tegelijk.py::test_zonder_slot_doen_beide_het_en_houdt_alleen_de_database_stand"),
    ),
    34: Geval(
        "Redis wordt geleegd", "niets verloren",
        ("termijnen/test_tegelijk.py::test_een_echte_werker_wordt_gewekt_en_een_lege_redis_verliest_niets",
         "bewijs/doodslag::bewijs"),
    ),
    35: Geval(
        "Redis of een werker hangt", "het valt op, en wie hangt wordt vervangen",
        ("huis/test_broker.py::test_hangende_redis_wordt_vervangen_en_nooit_verdubbeld",
         "werkplek/test_werk.py::test_een_werker_die_stilstaat_valt_op",
         "berichten/test_views.py::test_een_stilstaande_klok_valt_op",
         BEWAKING + "alles_goed_en_zes_minuten_later_staan_klok_en_wachtrij_stil",
         BEWAKING + "een_werker_die_een_achterstand_wegwerkt_telt_de_leeftijd_van_zijn_werk",
         BEWAKING + "het_alarm_gaat_buiten_de_postbus_om_en_wordt_bewaard_tot_het_weg_is",
         "huis/test_opzichter.py::test_wie_leeft_maar_zwijgt_wordt_herstart"),
    ),
    36: Geval(
        "De mailserver weigert, is traag of is een dag weg", "later opnieuw; het web merkt er niets van",
        ("berichten/test_verstuur.py::test_een_weigering_wacht_en_gaat_dan_met_dezelfde_message_id",
         "berichten/test_verstuur.py::test_server_onbereikbaar_stopt_de_ronde_en_kost_een_dag_niets",
         "berichten/test_verstuur.py::test_de_wachttijden_dragen_een_dag_storing"),
    ),
    37: Geval(
        "Een taak die altijd mislukt", "na acht keer apart, de rest gaat door",
        ("termijnen/test_herinneren.py::test_gif_gaat_na_acht_rondes_apart_en_de_rest_gaat_door",
         "berichten/test_verstuur.py::test_gif_gaat_na_acht_keer_apart_en_de_rest_gaat_door",
         "stukken/test_opdracht.py::test_werk_van_een_werker_die_stierf_komt_terug_tot_drie_keer"),
    ),
    38: Geval(
        "Een taak begint vóór de commit", "kan niet",
        ("stukken/test_opdracht.py::test_een_vraag_gaat_na_de_commit_naar_een_werker",),
    ),
    39: Geval(
        "De PDF-maker haalt een bestand of adres op", "er wordt niets opgehaald",
        ("stukken/test_pdf.py::test_er_wordt_niets_opgehaald_en_de_rest_wordt_gezet",
         "stukken/test_pdf.py::test_de_ophaler_geeft_alleen_wat_van_ons_is"),
    ),
    40: Geval(
        "De PDF-maker hangt, valt om of eet het geheugen op", "de vorige PDF blijft, met een melding",
        ("stukken/test_pdf.py::test_het_proces_stopt_bij_een_grens",
         "stukken/test_pdf.py::test_een_vastgelopen_proces_geeft_een_zin",
         "stukken/test_opdracht.py::test_een_mislukking_is_te_zien_laat_de_vorige_pdf_staan_en_kan_opnieuw"),
    ),
    41: Geval(
        "Script in HTML of SVG", "een korte lijst van wat mag; geen SVG; een CSP",
        ("kern/test_html.py::test_een_aanval_blijft_buiten",
         "kern/test_html.py::test_wat_er_ook_komt_het_antwoord_is_veilig_en_vast",
         "stukken/test_bewaar.py::test_de_verkeerde_soort",
         "gezicht/test_sjablonen.py::test_niets_in_de_bladzijde_zelf",
         "toegang/test_passkey.py::test_een_script_in_de_bladzijde_voert_de_browser_niet_uit",
         "stukken/test_leveren.py::test_alleen_wat_een_browser_veilig_toont_komt_in_beeld",
         "toegang/test_zitting.py::"
         "test_het_geheugen_van_de_browser_leegt_bij_uitloggen_en_elk_antwoord_draagt_de_kopregels",
         "bewijs/schoonmaak::bewijs"),
    ),
    42: Geval(
        "Een Word-bestand als bom, met XXE of met paden naar buiten", "begrensd vóór het uitpakken",
        ("stukken/test_bewaar.py::test_een_word_bestand_dat_niet_deugt",
         "stukken/test_bewaar.py::test_te_veel_onderdelen",
         "stukken/test_bewaar.py::test_een_beschadigd_word_bestand_geeft_een_zin_en_nooit_een_andere_fout",
         "stukken/test_docx.py::test_er_wordt_niets_opgehaald", "stukken/test_docx.py::test_kapotte_xml_geeft_een_zin",
         "bewijs/inlezen::bewijs"),
    ),
    43: Geval(
        "Heel veel tekst of tienduizend opmerkingen", "een grens, bladen, en evenveel zoekvragen",
        ("adviezen/test_nieuw.py::test_tienduizend_opmerkingen_kosten_evenveel_zoekvragen_en_staan_achter_een_link",
         "stukken/test_ontvangst.py::test_te_groot_houdt_het_formulier_heel_en_schrijft_niets",
         "stukken/test_docx.py::test_een_leeg_of_te_lang_document_wordt_geweigerd"),
    ),
    44: Geval(
        "Een formule in een rekenblad", "wordt tekst",
        ("adviezen/test_tabelbestand.py::test_elk_gevaarlijk_begin_wordt_tekst",
         "adviezen/test_tabelbestand.py::test_geen_enkele_tekst_wordt_een_formule",
         "publiek/test_uitvoer.py::test_csv_heeft_elke_treffer_en_geen_formule",
         "publiek/test_bestanden.py::test_csv_leest_terug_en_is_nooit_een_formule",
         "publiek/test_opvolging.py::test_het_rekenblad_voert_niets_uit"),
    ),
    45: Geval(
        "Een extra kopregel in post of download", "geweigerd of weggelaten",
        ("berichten/test_stuur.py::test_vervalsing_en_leegte_worden_geweigerd",
         "berichten/test_stuur.py::test_een_onmogelijk_adres_wordt_geweigerd",
         "stukken/test_leveren.py::test_een_naam_kan_geen_kop_breken"),
    ),
    46: Geval(
        "NUL en bytes die geen tekst zijn", "een nette weigering",
        (MATRIX + "nergens_een_500", "publiek/test_schemathesis.py::test_geen_5xx_en_geen_antwoord_buiten_het_schema",
         "publiek/test_zoeken.py::test_verkeerde_invoer_geeft_een_antwoord",
         "toegang/test_raden.py::test_bytes_die_geen_tekst_zijn_worden_netjes_geweigerd"),
    ),
    47: Geval(
        "Een sessie van vóór het inloggen; een gesloten account", "een nieuwe sleutel; de sessie is voorbij",
        ("toegang/test_poort.py::test_een_ingetrokken_recht_geldt_bij_het_volgende_verzoek",
         "toegang/test_account.py::test_wie_niet_meer_mag_komt_niet_binnen",
         "toegang/test_zitting.py::test_de_sleutel_wisselt_bij_het_inloggen_en_de_oude_is_niets_waard",
         "toegang/test_zitting.py::test_een_zitting_duurt_twaalf_uur_en_drie_uur_stilte",
         "toegang/test_zitting.py::test_een_nieuw_wachtwoord_beeindigt_de_andere_sessies"),
    ),
    48: Geval(
        "Raden van wachtwoorden", "vertraagd, zonder dat het slachtoffer buiten staat",
        ("toegang/test_account.py::test_na_vijf_mislukte_pogingen_wordt_geweigerd_maar_een_ander_adres_kan_nog",
         "toegang/test_raden.py::test_wie_elders_raadt_sluit_het_slachtoffer_niet_buiten",
         "toegang/test_raden.py::"
         "test_ook_een_bekend_toestel_raadt_niet_eindeloos_en_een_koekje_geldt_voor_een_account",
         "dialoog/test_volgen.py::test_te_veel_van_een_netwerk"),
    ),
    49: Geval(
        "Velden meesturen die niet op het formulier staan", "genegeerd",
        ("adviezen/test_aanvraag_schermen.py::test_meegestuurde_velden_van_het_model_doen_niets",
         "bewijs/test_velden.py::test_invoer_gaat_nergens_in_een_keer_door",
         "bewijs/test_velden.py::test_geen_formulier_neemt_zijn_velden_van_een_model",
         "bewijs/test_velden.py::test_geen_formulier_vraagt_wat_het_portaal_zelf_zegt",
         "adviezen/test_opmerkingen.py::test_de_kring_volgt_uit_de_eigen_rollen_en_niet_uit_het_formulier"),
    ),
    50: Geval(
        "Lezen dat schrijft; een vervalst formulier", "alleen de inzage; 403",
        (MATRIX + "lezen_schrijft_niets", MATRIX + "zonder_csrf_wordt_niets_gedaan",
         "toegang/test_verlopen.py::test_wat_een_ander_stuurt_komt_niet_terug_met_een_knop"),
    ),
    51: Geval(
        "De schijf is vol", "een melding, niets half",
        ("stukken/test_bewaar.py::test_een_volle_schijf_geeft_een_zin_en_laat_niets_achter",
         "berichten/test_verstuur.py::test_volle_schijf_houdt_het_bericht_vast",
         "huis/test_plek.py::test_volle_schijf_is_een_regel"),
    ),
    52: Geval(
        "Terugzetten mislukt of geeft iets anders terug", "hetzelfde terug, of het oude blijft",
        ("huis/test_bewaar.py::test_terug_zoals_het_was_en_het_vorige_blijft",
         "huis/test_bewaar.py::test_slechte_tar_verandert_niets",
         "huis/test_portaal.py::test_van_niets_tot_draaien_alles_doden_en_alles_terug",
         "bewijs/terugzetten::bewijs", "bewijs/overname::bewijs"),
    ),
    53: Geval(
        "Een migratie op echte gegevens", "heen, terug en heen geeft hetzelfde",
        ("publiek/test_leesrol.py::test_nieuwste_migratie_hoort_bij_de_sql", "bewijs/migraties::bewijs"),
    ),
    54: Geval(
        "De sleutel wordt gewisseld", "de oude geldt nog even, daarna niet meer",
        ("toegang/test_zitting.py::test_een_gewisselde_sleutel_werkt_nog_zolang_de_oude_genoemd_is",),
    ),
    55: Geval(
        "Een bibliotheek met een bekend lek", "de bouw faalt",
        ("huis/test_inpakken.py::test_sloten_noemen_geen_adres",
         "huis/test_inpakken.py::test_beeld_installeert_met_hashes_en_draait_niet_als_root"),
        "pip-audit: de lijst van lekken is hier niet bereikbaar",
    ),
    56: Geval(
        "Een bestand zonder rij of een rij zonder bestand", "geveegd, of gemeld",
        ("stukken/test_onderhoud.py::test_wezen_worden_opgeruimd_en_wat_een_rij_heeft_blijft",
         "stukken/test_onderhoud.py::test_het_beheer_hoort_welk_bestand_ontbreekt",
         "stukken/test_leveren.py::test_een_bestand_dat_de_opslag_mist_is_een_404_en_een_regel_in_het_log"),
    ),
}  # fmt: skip
