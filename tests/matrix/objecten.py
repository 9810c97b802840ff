"""Het register: per route met parameters één of meer echte objecten. Wie een route maakt, zet haar hier bij.

De sleutel is de volle naam van de route ("adviezen:traject"); de waarde een functie van het toneel naar een lijst van
parameters. Geef meer dan één object waar de zichtbaarheid per object verschilt (trajecten in andere stappen, van een
andere commissie of organisatie): elk ervan wordt als elke rol bezocht.
"""

from collections.abc import Callable

from adviezen.models import (
    Aanbiedingsbrief,
    Adviestraject,
    Inspraak,
    Knelpunt,
    Kroonledenopmerking,
    Meelezer,
    Minderheidsnota,
    Perslezer,
    Registratie,
    Toewijzing,
    Voortraject,
)
from adviezen.queries.uitnodiging import code_voor
from berichten.models import Bericht
from opvolging.models import Antwoord, Bewijs, Evaluatie, Herinneringsbrief, Jaarverslag, Toezegging
from publicatie.models import Publicatie
from raad.enums import SoortBenoeming
from raad.models import (
    Benoeming,
    DagelijksBestuurslid,
    MinisterieVertegenwoordiger,
    Nevenfunctie,
    OrganisatieContact,
    Persoon,
    Voorzitterschap,
)
from termijnen.models import Termijn
from tests.matrix.vindplaatsen import (
    COMMISSIE,
    DERDE,
    EERSTE,
    INGETROKKEN,
    INITIATIEF,
    LEREN,
    THUISWERKEN,
    VERWERKING,
    Kwargs,
    agendapunten,
    alineas,
    antwoorden,
    bericht,
    bij_traject,
    commissielid,
    deelnames,
    drie_versies,
    editie,
    een_agendapunt,
    een_vergadering,
    eerste,
    eigen_medes,
    handelingen,
    kabinetsreacties,
    knelpunten,
    medes,
    meelezers,
    opgevolgd,
    opmerkingen,
    paren,
    punten,
    stemronden,
    themapunt,
    trajecten,
    uit_word,
    van_archief,
    vergaderingen,
    versies,
    verwerkingen,
    volglink,
)
from tests.matrix.wereld import Toneel
from vergaderingen.models import Bekendmaking, Vergadering
from vernietiging.models import Post, Vernietigingslijst

NA_AANBIEDEN = ("intrekken", "bevestig_intrekking", "intrekking_vervalt", "embargo_verzet")
BRIEVEN = ("brief", "briefpdf", "briefpdf_maak", "briefpdf_stand", "parafeer", "teken_af")
TRAJECT = trajecten(LEREN, THUISWERKEN)
OBJECTEN: dict[str, Callable[[Toneel], list[Kwargs]]] = {
    # openbaar
    "publiek:advies": lambda w: [
        {"jaar": "2023", "nr": "04"},
        {"jaar": "2010", "nr": "adv-3"},
        {"jaar": "zonder-jaar", "nr": "adv-4"},
        {"jaar": "2026", "nr": "v01"},
    ],
    "publiek:adviesjaar": lambda w: [{"jaar": "2023"}, {"jaar": "zonder-jaar"}],
    "publiek:advies_pdf": lambda w: [{"jaar": "2023", "nr": "04"}],
    "publiek:uitgave": lambda w: [
        {
            "jaar": "2001",
            "nr": "07",
            "pk": str(Publicatie.objects.filter(sleutel="advies:uit-1").earliest("pk").pk),
        }
    ],
    "publiek:archief_pdf": lambda w: [{"jaar": "2023", "nr": "04"}],
    "publiek:verwijzing": lambda w: [{"jaar": "2023", "nr": "04", "vorm": "bib"}],
    "publiek:traject": lambda w: [{"slug": t.slug} for t in Adviestraject.objects.order_by("pk")],
    "publiek:stuk": lambda w: [
        {"slug": THUISWERKEN, "soort": "ontwerpadvies"},
        {"slug": THUISWERKEN, "soort": "adviesaanvraag"},
    ],
    "publiek:stukbestand": lambda w: [{"slug": THUISWERKEN, "soort": "adviesaanvraag", "nr": 1}],
    "publiek:persoon": lambda w: [{"pk": w.loods.raad.leden["FNV 8"].pk}],
    "publiek:commissie": lambda w: [{"slug": COMMISSIE}],
    "publiek:vergadering": lambda w: [
        {"slug": v.slug} for v in Vergadering.objects.filter(orgaan="raad").order_by("pk")
    ],
    "publiek:cijfer": lambda w: [{"naam": "tijdig"}, {"naam": "doorlooptijd-stap"}],
    "publiek:cijfer_csv": lambda w: [{"naam": "reactietijd"}],
    "publiek:thema": lambda w: [{"slug": "arbeid"}],
    "publiek:persbericht": lambda w: [{"jaar": "2023", "nr": "04"}],
    "publiek:jaarbestand": lambda w: [{"jaar": "2023", "vorm": "json"}, {"jaar": "zonder-jaar", "vorm": "csv"}],
    "publiek:alles": lambda w: [{"vorm": "json"}, {"vorm": "csv"}],
    "publiek:zonder_streep": lambda w: [{"naam": "toegankelijkheid"}, {"naam": "privacy"}],
    "publiek:diwoo_sitemap": lambda w: [{"nummer": 1}],
    "publiek:dcat": lambda w: [{"vorm": "ttl"}, {"vorm": "jsonld"}],
    "publiek:api:advies": lambda w: [{"kenmerk": "adv-2"}],
    "publiek:api:aanbeveling_detail": lambda w: [{"id": "adv-2-1"}],
    "publiek:api:kabinetsreactie": lambda w: [{"id": "archief-adv-2"}],
    "publiek:api:evaluatie": lambda w: [{"id": str(Evaluatie.objects.order_by("pk")[0].pk)}],
    "publiek:api:traject": lambda w: [{"slug": THUISWERKEN}],
    "publiek:api:vergadering": lambda w: [
        {"slug": v.slug} for v in Vergadering.objects.filter(orgaan="raad").order_by("pk")[:1]
    ],
    "publiek:api:thema": lambda w: [{"slug": "arbeid"}],
    "publiek:api:commissie": lambda w: [{"slug": COMMISSIE}],
    "publiek:api_onbekend": lambda w: [{"rest": "v1/bestaat-niet"}],
    **{naam: lambda w: [{"sleutel": "verzonnen"}] for naam in ("eigen-agenda", "eigen-termijnen")},
    "publicatie:scan": van_archief,
    "publicatie:scan_weg": van_archief,
    "publiek:origineel_pdf": lambda w: [{"jaar": "2010", "nr": "adv-3"}],
    "vernietiging:lijst": lambda w: [{"pk": Vernietigingslijst.objects.get().pk}],
    "vernietiging:besluit": lambda w: [{"pk": Vernietigingslijst.objects.get().pk, "naam": "keur-goed"}],
    "vernietiging:rijen": lambda w: [{"pk": Post.objects.earliest("pk").pk}],
    "vernietiging:uitzonderen": lambda w: [{"pk": Post.objects.earliest("pk").pk}],
    **{f"beheer:{naam}": lambda w: [{"pk": w.loods.staf.secretaris.pk}] for naam in ("account", "rol")},
    "beheer:daad": lambda w: [
        {"pk": w.loods.staf.secretaris.pk, "naam": naam} for naam in ("sluit", "naam", "tweede-stap")
    ],
    # volgen en de nieuwsupdate
    **{f"dialoog:{doel}": volglink(doel) for doel in ("bevestig", "beheer", "stop")},
    **{f"dialoog:{naam}": editie for naam in ("nieuwsupdate", "geef_vrij", "herroep")},
    # account
    "account_confirm_email": lambda w: [{"key": "MQ:1abc:verzonnen"}],
    "account_reset_password_from_key": lambda w: [{"uidb36": "1", "key": "abc-verzonnen"}],
    "openid_connect_login": lambda w: [{"provider_id": "ser"}],
    "openid_connect_callback": lambda w: [{"provider_id": "ser"}],
    **{f"mfa_{naam}_webauthn": lambda w: [{"pk": 1}] for naam in ("edit", "remove")},
    "berichten:open": bericht,
    "berichten:opnieuw": eerste(Bericht),
    # termijnen
    "termijnen:termijn": eerste(Termijn),
    "termijnen:uitstel": lambda w: [{"pk": Termijn.objects.lopend().order_by("pk")[0].pk}],
    "termijnen:ladder": lambda w: [{"soort": "kabinetsreactie"}],
    "termijnen:handeling": lambda w: [{"pk": Termijn.objects.lopend().order_by("pk")[0].pk, "naam": "verleng"}],
    # raad
    "raad:persoon": eerste(Persoon),
    "raad:account": eerste(Persoon),
    "raad:beeindig": eerste(Benoeming, soort=SoortBenoeming.LID),
    "raad:aanvaard": eerste(Benoeming),
    "raad:afwijzing": eerste(Benoeming),
    "raad:beeindig-voorzitter": eerste(Voorzitterschap),
    "raad:beeindig-bestuurslid": eerste(DagelijksBestuurslid),
    "raad:beeindig-contact": eerste(OrganisatieContact),
    "vergaderingen:bekend-trek-in": lambda w: [
        {"pk": b.agendapunt.vergadering_id, "punt": b.agendapunt_id, "bekendmaking": b.pk}
        for b in Bekendmaking.objects.filter(ingetrokken_reden="").select_related("agendapunt")
    ],
    "raad:nevenfunctie": eerste(Persoon),
    "raad:beeindig-nevenfunctie": eerste(Nevenfunctie),
    "raad:beeindig-vertegenwoordiger": eerste(MinisterieVertegenwoordiger),
    # commissies
    "commissies:commissie": lambda w: [{"slug": COMMISSIE}],
    "commissies:benoem": lambda w: [{"slug": COMMISSIE}],
    "commissies:beeindig": commissielid,
    "commissies:hef-op": lambda w: [{"slug": COMMISSIE}],
    "commissies:mandaat": lambda w: [{"slug": COMMISSIE}],
    "commissies:zet-om": lambda w: [{"slug": "werkgroep-jong-en-werk-voorbeeld"}, {"slug": COMMISSIE}],
    # vergaderingen
    "vergaderingen:vergadering": vergaderingen,
    **{
        f"vergaderingen:{naam}": een_vergadering
        for naam in (
            *("oproeping", "herroep", "verplaats", "uitzending", "gelast-af", "open", "sluit", "geen-quorum"),
            *("presentie", "pool", "openbaarheid", "herroep-verplaatsing", "herroep-afgelasting"),
            *("quorum", "verslag", "vaststellen", "voeg-toe", "plaats-aanbod", "volgorde"),
            *("plaats-alles", "nummers"),
        )
    },
    **{
        f"vergaderingen:{naam}": een_agendapunt
        for naam in (
            *("agendapunt", "nummer", "nummer-snel", "vervalt", "besluit", "vervang"),
            *("stemronde-open", "onthouding", "bekend", "bestuur-onthoudt"),
        )
    },
    "vergaderingen:thema": themapunt,
    "vergaderingen_lezen:stickers": themapunt,
    "vergaderingen:stemronde": stemronden("hoofdelijk", "briefjes", "peiling"),
    "vergaderingen:stemronde-sluit": stemronden("hoofdelijk"),
    "vergaderingen:stemronde-trek-in": stemronden("hoofdelijk"),
    "vergaderingen:briefjes": stemronden("briefjes"),
    "vergaderingen_lezen:teken": een_vergadering,
    "vergaderingen_lezen:komst": een_vergadering,
    "vergaderingen_lezen:bundel": een_vergadering,
    "vergaderingen_lezen:bundel-bestand": een_vergadering,
    "vergaderingen_lezen:peiling": stemronden("peiling"),
    "vergaderingen:corrigeer": lambda w: [{**een_agendapunt(w)[0], "besluit": 1}],
    "vergaderingen_lezen:vergadering": vergaderingen,
    "vergaderingen_lezen:besluiten": vergaderingen,
    "vergaderingen_lezen:stuk": agendapunten,
    # adviezen: stap 1 en 2
    "adviezen:traject": lambda w: [{"slug": t.slug} for t in Adviestraject.objects.order_by("pk")],
    "adviezen:handeling": handelingen,
    "adviezen:aanvraag": TRAJECT,
    "adviezen:overdragen": TRAJECT,
    "adviezen:besluitbrief": bij_traject(Toewijzing, "traject"),
    "adviezen:eindbrief": trajecten(INGETROKKEN, THUISWERKEN),
    "lezen:aanvraag": trajecten(THUISWERKEN, LEREN, EERSTE),
    "lezen:aanvraagbrief": trajecten(THUISWERKEN, LEREN, EERSTE),
    "adviezen:startbesluit": trajecten(INITIATIEF, LEREN),
    "adviezen:doelen": trajecten(DERDE, LEREN),
    "adviezen:impact": trajecten(DERDE, LEREN),
    **{f"adviezen:voortraject{naam}": eerste(Voortraject) for naam in ("", "_wijzig", "_traject")},
    "lezen:voortraject": eerste(Voortraject),
    "adviezen:voortraject_besluit": lambda w: [
        {"pk": Voortraject.objects.filter(stand="verkenning").order_by("pk")[0].pk, "naam": "zie_af"}
    ],
    "adviezen:eigen_termijn": trajecten(DERDE, LEREN),
    "adviezen:criteria": trajecten(INITIATIEF, LEREN),
    "adviezen:toewijzing": trajecten(INITIATIEF, LEREN),
    "adviezen:terugplannen": trajecten(THUISWERKEN, LEREN),
    # stap 3 tot en met 5
    **{
        f"adviezen:{naam}": trajecten(DERDE, THUISWERKEN)
        for naam in ("versies", "inlezen", "schrijven", "schrijfstand", "schrijfstand_weg")
    },
    "adviezen:vaststellen": lambda w: [{"slug": DERDE, "soort": "wit"}, {"slug": VERWERKING, "soort": "groen"}],
    "adviezen:voorstellen": trajecten(DERDE, THUISWERKEN),
    "lezen:versie": versies,
    **{
        f"lezen:{naam}": drie_versies
        for naam in ("opmerken", "voorlopig", "klaar", "pdf", "pdf_bestand", "word", "html")
    },
    "lezen:alinea": lambda w: [{**rij, "waar": "geheel"} for rij in drie_versies(w)],
    "adviezen:inleesverslag": uit_word,
    "adviezen:beschrijf": uit_word,
    "lezen:vergelijk": paren,
    "lezen:geschiedenis": alineas,
    "lezen:antwoord": opmerkingen,
    "lezen:afdoen": opmerkingen,
    "adviezen:beraad": trajecten(DERDE, THUISWERKEN),
    "adviezen:reacties": TRAJECT,
    "adviezen:verleng": trajecten(THUISWERKEN),
    "adviezen:herinner": trajecten(THUISWERKEN),
    "adviezen:knelpunt_antwoord": bij_traject(Knelpunt, "deelname__beraad__traject", THUISWERKEN),
    "adviezen:openstellen": lambda w: [{"slug": THUISWERKEN, "ronde": 1}, {"slug": LEREN, "ronde": 2}],
    "adviezen:knelpunt_gezien": bij_traject(Knelpunt, "deelname__beraad__traject", THUISWERKEN),
    **{
        f"organisatie:{naam}": deelnames
        for naam in ("beraad", "tekst", "punt", "notitie", "knelpunt", "meer_tijd", "meelezer", "inlezen")
    },
    "organisatie:punt_wijzig": punten,
    "organisatie:punt_weg": punten,
    "organisatie:meelezer_stop": meelezers,
    "organisatie:uitnodiging": eerste(Meelezer),
    "organisatie:uitnodiging_nieuw": lambda w: [
        {"code": code_voor(Meelezer.objects.get(gebruiker__email="meelezer5@voorbeeld.test"))}
    ],
    "organisatie:knelpunt_antwoord": knelpunten,
    "organisatie:vraag_mede": deelnames,
    "organisatie:mede": medes,
    "organisatie:mede_weg": eigen_medes,
    "organisatie:antwoorden": antwoorden,
    "organisatie:antwoorden_bestand": antwoorden,
    "organisatie:daad": lambda w: [
        {**deelname, "naam": naam} for deelname, naam in zip(deelnames(w), ("dien_in", "neem_terug"), strict=False)
    ],
    "adviezen:verwerking": trajecten(VERWERKING, LEREN),
    "adviezen:toets": trajecten(VERWERKING, LEREN),
    "adviezen:voorstel": verwerkingen,
    "lezen:verwerking": trajecten(VERWERKING, LEREN),
    "lezen:verschillen": trajecten(VERWERKING, LEREN),
    "adviezen:verwerking_bestand": lambda w: [{"slug": LEREN, "soort": soort} for soort in ("csv", "xlsx")],
    "adviezen:inspraak": TRAJECT,
    "adviezen:inspraak_nieuw": TRAJECT,
    "adviezen:inspraak_wijzig": bij_traject(Inspraak, "traject", THUISWERKEN),
    "adviezen:inspraak_weg": bij_traject(Inspraak, "traject", THUISWERKEN),
    "adviezen:kroonleden": TRAJECT,
    "adviezen:breng_over": bij_traject(Kroonledenopmerking, "traject", THUISWERKEN),
    "lezen:inspraak": TRAJECT,
    "lezen:overleg": TRAJECT,
    # stap 6 tot en met 8
    **{
        f"adviezen:{naam}": trajecten(LEREN)
        for naam in (
            *("agendering", "standpunten", "passage", "nota", "aanbieding", "adviesgegevens", "bevestig"),
            *("adviespdf", "adviespdf_maak", "adviespdf_stand", "stel_brieven_op"),
        )
    },
    **{f"adviezen:{naam}": bij_traject(Aanbiedingsbrief, "aanbieding__traject") for naam in BRIEVEN},
    **{f"adviezen:{naam}": TRAJECT for naam in (*NA_AANBIEDEN, "correctie", "dossier", "persbericht")},
    "adviezen:perslezers": trajecten(LEREN),
    "adviezen:perslezer_stop": bij_traject(Perslezer, "traject"),
    **{
        f"pers:{naam}": lambda w: [{"pk": Perslezer.objects.get(gebruiker=w.rollen["pers"]).pk}]
        for naam in ("advies", "pdf", "pdf_bestand")
    },
    "pers:uitnodiging": lambda w: [{"code": code_voor(Perslezer.objects.latest("pk"))}],
    "werkplek:voorproef": TRAJECT,
    "adviezen:corrigeer": lambda w: [{"slug": LEREN, "gegeven": "aanvraag_datum"}],
    # opvolging
    "publiek:opvolging": opgevolgd,
    **{f"publiek:{naam}": eerste(Jaarverslag, "jaar") for naam in ("jaarverslag", "jaarverslag_pdf")},
    **{
        f"opvolging:{naam}": opgevolgd
        for naam in ("advies", "antwoorden", "toezegging", "vrijgave", "brief_nieuw", "evaluatie", "plan_evaluaties")
    },
    "opvolging:aanbeveling": lambda w: [{"pk": Antwoord.objects.order_by("pk")[0].aanbeveling_id}],
    **{f"opvolging:{naam}": eerste(Bewijs) for naam in ("trek_bewijs_in", "bewijsbestand")},
    **{
        f"opvolging:{naam}": eerste(Herinneringsbrief)
        for naam in (
            *("brief", "brief_teken_af", "brief_verstuur", "brief_herroep", "brief_vervalt"),
            *("briefpdf", "briefpdf_maak", "briefpdf_stand"),
        )
    },
    "opvolging:toezegging_herroep": eerste(Toezegging),
    "opvolging:trek_in": kabinetsreacties,
    **{
        f"opvolging:{naam}": eerste(Jaarverslag, "jaar")
        for naam in (
            *("jaarverslag", "jaarverslag_word", "jaarpdf", "jaarpdf_maak", "jaarpdf_stand"),
            *("jaarverslag_aanbieden", "jaarverslag_herroep"),
        )
    },
    "opvolging:reactie": kabinetsreacties,
    "opvolging:bestand": kabinetsreacties,
    "adviezen:passage_wijzig": bij_traject(Registratie, "agendering__traject"),
    "adviezen:passage_weg": bij_traject(Registratie, "agendering__traject"),
    "adviezen:nota_weg": bij_traject(Minderheidsnota, "agendering__traject"),
}
