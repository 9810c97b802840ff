"""Adressen onder /werk/vergaderingen/."""

from django.urls import path

from vergaderingen.views import agenda, bekendmaking, lijst, presentie, stemmen, thema, vergadering, verslag

app_name = "vergaderingen"
urlpatterns = [
    path("", lijst.lijst, name="lijst"),
    path("plan/", lijst.plan, name="plan"),
    path("rooster/", lijst.rooster, name="rooster"),
    path("<int:pk>/", vergadering.vergadering, name="vergadering"),
    path("<int:pk>/oproeping/", vergadering.oproeping, name="oproeping"),
    path("<int:pk>/herroep/", vergadering.herroep, name="herroep"),
    path("<int:pk>/verplaats/", vergadering.verplaats, name="verplaats"),
    path("<int:pk>/herroep-verplaatsing/", vergadering.herroep_verplaatsing, name="herroep-verplaatsing"),
    path("<int:pk>/openbaarheid/", vergadering.openbaarheid, name="openbaarheid"),
    path("<int:pk>/uitzending/", vergadering.uitzending, name="uitzending"),
    path("<int:pk>/gelast-af/", vergadering.gelast_af, name="gelast-af"),
    path("<int:pk>/herroep-afgelasting/", vergadering.herroep_afgelasting, name="herroep-afgelasting"),
    path("<int:pk>/open/", vergadering.open_, name="open"),
    path("<int:pk>/sluit/", vergadering.sluit, name="sluit"),
    path("<int:pk>/geen-quorum/", vergadering.geen_quorum, name="geen-quorum"),
    path("<int:pk>/presentie/", presentie.presentie, name="presentie"),
    path("<int:pk>/presentie/pool/", presentie.pool, name="pool"),
    path("<int:pk>/presentie/quorum/", presentie.quorum, name="quorum"),
    path("<int:pk>/verslag/", verslag.verslag, name="verslag"),
    path("<int:pk>/verslag/vaststellen/", verslag.vaststellen, name="vaststellen"),
    path("<int:pk>/agenda/", agenda.voeg_toe, name="voeg-toe"),
    path("<int:pk>/agenda/aanbod/", agenda.plaats_aanbod, name="plaats-aanbod"),
    path("<int:pk>/agenda/volgorde/", agenda.volgorde, name="volgorde"),
    path("<int:pk>/agenda/<int:punt>/", agenda.agendapunt, name="agendapunt"),
    path("<int:pk>/agenda/<int:punt>/nummer/", agenda.nummer, name="nummer"),
    path("<int:pk>/agenda/<int:punt>/volgend-nummer/", agenda.nummer_snel, name="nummer-snel"),
    path("<int:pk>/agenda/<int:punt>/vervalt/", agenda.vervalt, name="vervalt"),
    path("<int:pk>/agenda/<int:punt>/besluit/", agenda.besluit, name="besluit"),
    path("<int:pk>/agenda/<int:punt>/besluit/<int:besluit>/", agenda.corrigeer, name="corrigeer"),
    path("<int:pk>/agenda/<int:punt>/bekend/", bekendmaking.leg_vast, name="bekend"),
    path("<int:pk>/agenda/<int:punt>/bekend/<int:bekendmaking>/trek-in/", bekendmaking.trek_in, name="bekend-trek-in"),
    path("<int:pk>/agenda/<int:punt>/bestuur-onthoudt/", bekendmaking.bestuur_onthoudt, name="bestuur-onthoudt"),
    path("<int:pk>/agenda/<int:punt>/vervang/", agenda.vervang, name="vervang"),
    path("<int:pk>/agenda/<int:punt>/stemming/", stemmen.open_, name="stemronde-open"),
    path("<int:pk>/agenda/<int:punt>/onthouding/", stemmen.onthouding, name="onthouding"),
    path("<int:pk>/agenda/<int:punt>/thema/", thema.thema, name="thema"),
    path("<int:pk>/stemming/<int:ronde>/", stemmen.stemronde, name="stemronde"),
    path("<int:pk>/stemming/<int:ronde>/sluit/", stemmen.sluit, name="stemronde-sluit"),
    path("<int:pk>/stemming/<int:ronde>/briefjes/", stemmen.briefjes, name="briefjes"),
    path("<int:pk>/stemming/<int:ronde>/trek-in/", stemmen.trek_in, name="stemronde-trek-in"),
]
