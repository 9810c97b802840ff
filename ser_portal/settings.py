"""Instellingen van het portaal. Wat per machine verschilt staat in ser_portal/omgeving.py."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from ser_portal.celery import app as celery_app  # noqa: F401  zo kent elk proces, ook het web, de broker
from ser_portal.omgeving import lees_omgeving

OMGEVING = lees_omgeving()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR = (BASE_DIR / OMGEVING["PORTAL_VAR"]).resolve()
VOORBEELD: bool = OMGEVING["PORTAL_VOORBEELD"]
INTERNE_NOTITIES_DAGEN: int = OMGEVING["INTERNE_NOTITIES_DAGEN"]
TEL_VERZOEKEN = True
GELEKTE_WACHTWOORDEN: str = OMGEVING["GELEKTE_WACHTWOORDEN"]
KLOK_VERSCHIL_SECONDEN: int = OMGEVING["KLOK_VERSCHIL_SECONDEN"]
BEWAARTERMIJNEN: dict[str, int] = OMGEVING["BEWAARTERMIJNEN"]
PORTAL_ADRES: str = OMGEVING["PORTAL_ADRES"].rstrip("/")

DEBUG = False
SECRET_KEY = OMGEVING["SECRET_KEY"]
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY ontbreekt. Gebruik ./portal, of zet de variabele zelf.")
SECRET_KEY_FALLBACKS = OMGEVING["SECRET_KEY_OUD"]
ALLOWED_HOSTS = OMGEVING["TOEGESTANE_HOSTS"]

# Van boven naar beneden: een app importeert alleen wat er onder staat (import-linter).
HUIS = [
    "inrichting",
    "beheer",
    "werkplek",
    "bewaking",
    "vernietiging",
    "publiek",
    "opvolging",
    "dialoog",
    "adviezen",
    "vergaderingen",
    "commissies",
    "raad",
    "publicatie",
    "termijnen",
    "overgangen",
    "berichten",
    "stukken",
    "toegang",
    "logboek",
    "kern",
]
INSTALLED_APPS = [
    *HUIS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "bewaking.verzoeken.Teller",  # telt alleen, en wacht nergens op
    "publiek.cache.Paginabewaring",  # buitenste: een bewaarde openbare bladzijde raakt niets anders aan
    "kern.logregels.Kenmerk",
    "publiek.api.laag.ApiFouten",  # onder /api/v1 is elke fout problem+json, ook die van de lagen hieronder
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "toegang.zitting.Zitting",
    "toegang.poort.Poort",
]

ROOT_URLCONF = "ser_portal.urls"
FORM_RENDERER = "kern.formulieren.PortaalRenderer"
WSGI_APPLICATION = "ser_portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kern.context.portaal",
                "toegang.context.navigatie",
            ],
            "builtins": ["kern.templatetags.kern", "kern.templatetags.componenten"],
        },
    }
]


# Verbinden in seconden, zwijgen over TCP in milliseconden; over een socket telt alleen het eerste.
GRENZEN_LIJN: dict[str, Any] = {
    "connect_timeout": 5,
    "tcp_user_timeout": 30_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


def database(adres: str) -> dict[str, Any]:
    """Lees een databaseadres; verbindingen blijven open, per verbinding zoeken kost 3,9 maal.

    Een machine die van het net verdwijnt zegt niets: zonder grens wacht een proces daar eeuwig op, bij het verbinden of
    midden in een vraag. Wat in het adres zelf staat, gaat voor.
    """
    gelezen: dict[str, Any] = dict(dj_database_url.parse(adres, conn_max_age=600, conn_health_checks=True))
    gelezen["ATOMIC_REQUESTS"] = False
    gelezen["OPTIONS"] = GRENZEN_LIJN | gelezen.get("OPTIONS", {})
    return gelezen


def post(adres: str) -> dict[str, Any]:
    """Lees een postadres: smtp:// (STARTTLS met ?tls=1) of smtps://. Zonder adres gaat post naar bestanden."""
    if not adres:
        return {"EMAIL_BACKEND": "berichten.post.MapPost"}
    delen = urlsplit(adres)
    if delen.scheme not in {"smtp", "smtps"} or not delen.hostname:
        raise ImproperlyConfigured("EMAIL_URL: verwacht smtp://host:poort of smtps://host:poort")
    versleuteld = delen.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": delen.hostname,
        "EMAIL_PORT": delen.port or (465 if versleuteld else 25),
        "EMAIL_HOST_USER": unquote(delen.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(delen.password or ""),
        "EMAIL_USE_SSL": versleuteld,
        "EMAIL_USE_TLS": not versleuteld and "1" in parse_qs(delen.query).get("tls", []),
        "EMAIL_TIMEOUT": 20,
    }


if not OMGEVING["DATABASE_URL"]:
    raise ImproperlyConfigured("DATABASE_URL ontbreekt. Gebruik ./portal, of zet de variabele zelf.")
DATABASES = {
    "default": database(OMGEVING["DATABASE_URL"]),
    # Openbare pagina's lezen onder een rol die alleen het schema `publiek` ziet.
    "publiek": database(OMGEVING["PUBLIEK_DATABASE_URL"] or OMGEVING["DATABASE_URL"]) | {"TEST": {"MIRROR": "default"}},
}
PUBLIEK_STAND_SECONDEN = OMGEVING["PUBLIEK_STAND_SECONDEN"]
DATABASE_ROUTERS: list[str] = ["publiek.router.PubliekRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "toegang.Gebruiker"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "toegang.wachtwoord.EigenWoorden"},
    {"NAME": "toegang.wachtwoord.Uitgelekt"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/thuis/"
# Na zo veel uur vraagt het portaal opnieuw om in te loggen, en na zo veel uur stilte (toegang.zitting).
ZITTING_UREN: int = OMGEVING["ZITTING_UREN"]
ZITTING_STIL_UREN: int = OMGEVING["ZITTING_STIL_UREN"]
SESSION_COOKIE_AGE = ZITTING_UREN * 3600
SESSION_COOKIE_SAMESITE = "Lax"
# Achter https kan geen ander adres van het domein deze koekjes zetten; zonder https weigert een browser die namen.
SESSION_COOKIE_NAME = "__Host-sessionid" if OMGEVING["HTTPS"] else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if OMGEVING["HTTPS"] else "csrftoken"

# Inloggen met e-mailadres en wachtwoord; accounts komen van het secretariaat, niet van een aanmeldscherm.
ACCOUNT_ADAPTER = "toegang.toestel.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "SER-portaal: "  # anders het adres uit het verzoek
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"add_email": "toegang.forms.AdresForm"}
# Pogingen tellen per bezoeker; achter nginx staat zijn adres in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = OMGEVING["PROXIES"]
MFA_ADAPTER = "toegang.tweede_stap.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "SER-portaal"
# Mislukte pogingen tellen per netwerkadres en per account; een toestel dat er al eens mee binnenkwam telt apart
# (toegang.toestel), dus wie elders raadt sluit het slachtoffer niet buiten.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/ip,50/h/key",
    "login_failed_toestel": "10/15m/key",
    "login": "60/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
# Vóór openbaar maken en het sluiten van een stemming (toegang.opnieuw); in de voorbeeldstand uit, als de tweede stap.
OPNIEUW_BEVESTIGEN = not VOORBEELD
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Ook wie zijn e-mailadres of tweede stap wijzigt, bevestigt opnieuw wie hij is.
ACCOUNT_REAUTHENTICATION_REQUIRED = OPNIEUW_BEVESTIGEN
SOCIALACCOUNT_ADAPTER = "toegang.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "toegang.oidc.Aanbieder",
        "APPS": [
            {
                "provider_id": "ser",
                "name": "Inloggen via de SER",
                "client_id": OMGEVING["OIDC_CLIENT_ID"],
                "secret": OMGEVING["OIDC_CLIENT_SECRET"],
                "settings": {"server_url": OMGEVING["OIDC_ISSUER"]},
            }
        ]
        if OMGEVING["OIDC_ISSUER"]
        else [],
    }
}

LANGUAGE_CODE = "nl"
LOCALE_PATHS = [BASE_DIR / "vertalingen"]  # "u" in plaats van "je" op de inlogbladzijden
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ser_portal.statisch.Opslag"},
}
# Wat een browser op een vast adres zoekt, zoals /favicon.ico bij een PDF.
WHITENOISE_ROOT = BASE_DIR / "static" / "wortel"
# Wat al klein is, en bronkaarten: die persen kost de helft van de tijd en niemand haalt ze op.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "jpg", "png", "gif", "webp", "woff", "woff2", "zip", "gz", "br")
# Geen MEDIA_URL: er is geen algemeen adres voor bestanden (stukken.lever levert ze, achter de poort).
MEDIA_ROOT = VAR / "bestanden"
CLAMAV: str = OMGEVING["CLAMAV"]  # stukken.virus
FILE_UPLOAD_HANDLERS = [
    "stukken.ontvangst.BegrensdeOntvangst",  # bewaart niets van wat te groot is
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000


def cache_adres(redis: str) -> str:
    """Geef het Redis-adres zoals redis-py het leest; celery schrijft een socket anders."""
    return redis.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")


# Gedeeld tussen de webprocessen: de pogingen bij het inloggen tellen over alle processen samen, en per proces zolang
# Redis weg is of zwijgt. De tekens van de bewaking werpen dan juist (kern.cache). Vijf seconden is ruim: op een volle
# schijf schrijft ook een gezonde Redis weleens een seconde.
_REDIS = {
    "LOCATION": cache_adres(OMGEVING["REDIS_URL"]),
    "KEY_PREFIX": "ser",
    "OPTIONS": {"socket_timeout": 5},
}
CACHES: dict[str, Any] = (
    {
        "default": {"BACKEND": "kern.cache.Zacht", **_REDIS},
        "tekens": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_REDIS},
    }
    if OMGEVING["REDIS_URL"]
    else dict.fromkeys(("default", "tekens"), {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"})
)

CELERY_BROKER_URL = OMGEVING["REDIS_URL"] or "redis://127.0.0.1:6379/0"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Kombu veegt standaard maar elke 100 s; gemeten: met 2 en 1 komt werk na kill -9 binnen 7 s terug. Zonder grens wacht
# wie een werker wekt eeuwig op een Redis die zwijgt: een paar lezers van een PDF die er nog niet is, en het web staat.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "visibility_timeout": 900,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
}

# De klok wekt alleen (ontwerp §6): een gemiste of dubbele tik verliest en verdubbelt niets, dus oude tikken verlopen.
CELERY_BEAT_SCHEDULE = {
    "termijnen": {"task": "termijnen.verwerk", "schedule": 300.0, "options": {"expires": 290}},
    "berichten": {"task": "berichten.verstuur", "schedule": 60.0, "options": {"expires": 55}},
    "hartslag": {"task": "bewaking.hartslag", "schedule": 60.0, "options": {"expires": 3600}},
    "pdf": {"task": "stukken.wek_pdf_opdrachten", "schedule": 60.0, "options": {"expires": 55}},
    "nieuwsupdate": {"task": "dialoog.verwerk", "schedule": 300.0, "options": {"expires": 290}},
    "scans": {"task": "publicatie.verwerk_scans", "schedule": 300.0, "options": {"expires": 290}},
    "intrekkingen": {"task": "adviezen.rond_intrekkingen_af", "schedule": 300.0, "options": {"expires": 290}},
    "eigen_dagen": {"task": "adviezen.herinner_op_eigen_dag", "schedule": 300.0, "options": {"expires": 290}},
    "notities": {"task": "adviezen.vernietig_notities", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "vernietiging": {"task": "vernietiging.stel_voor", "schedule": 24 * 3600.0, "options": {"expires": 12 * 3600}},
    "inzagen": {"task": "logboek.verzegel", "schedule": 3600.0, "options": {"expires": 3000}},
    "logboek": {"task": "logboek.kijk_na", "schedule": 24 * 3600.0, "options": {"expires": 12 * 3600}},
    "stemmingen": {"task": "vergaderingen.tel_na", "schedule": 24 * 3600.0, "options": {"expires": 12 * 3600}},
    "zittingen": {"task": "toegang.ruim_zittingen", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "wezen": {"task": "stukken.veeg_wezen", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
}
CELERY_BEAT_SCHEDULER = "ser_portal.klok:Planner"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if OMGEVING["HTTPS"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CSRF_FAILURE_VIEW = "toegang.verlopen.formulier_verlopen"
CSRF_TRUSTED_ORIGINS = [PORTAL_ADRES]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

# Eén regel JSON per gebeurtenis op stderr, zonder tekst uit een stuk (kern.logregels).
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"()": "kern.logregels.Regel"}},
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["log"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "fido2": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}

DATALICENTIE: str = OMGEVING["DATALICENTIE"]
MAIL_AFZENDER = DEFAULT_FROM_EMAIL = OMGEVING["MAIL_AFZENDER"]
# Post van het portaal zegt dat antwoorden niet gelezen worden; hier leest iemand wel.
CONTACT_ADRES: str = OMGEVING["CONTACT_ADRES"] or MAIL_AFZENDER.partition("<")[2].rstrip(">") or MAIL_AFZENDER
# In de voorbeeldstand verlaat geen bericht de machine.
globals().update(post("" if VOORBEELD else OMGEVING["EMAIL_URL"]))

# De termijnen zijn afspraken, geen wettelijke termijnen: een vervaldag in het weekend blijft staan (ontwerp §6).
TERMIJN_WEEKEND_VERSCHUIVEN = False
