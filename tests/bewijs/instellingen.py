"""De instellingen van de werkers in dit bewijs: die van het portaal, met post die zegt wie haar stuurde."""

from ser_portal.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.bewijs.merk.Merk"
