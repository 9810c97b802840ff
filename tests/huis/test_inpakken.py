"""Wat uitrolt: het beeld, docker-compose.yml, nginx, en wat de bouwstraat draait."""

import importlib.metadata
import os
import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ser_portal.baas.plek import WORTEL
from ser_portal.omgeving import TABEL
from toegang.routes import alle_routes

VAST = re.compile(r"[\w./-]+:v?\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((WORTEL / "docker-compose.yml").read_text(encoding="utf-8"))


def eigen(compose: dict[str, Any]) -> dict[str, Any]:
    """Geef de diensten die uit ons eigen beeld draaien."""
    return {naam: dienst for naam, dienst in compose["services"].items() if "build" in dienst}


def test_elk_vreemd_beeld_ligt_vast(compose: dict[str, Any]) -> None:
    vreemd = {naam: d["image"] for naam, d in compose["services"].items() if "build" not in d}
    assert set(vreemd) == {"nginx", "postgres", "redis", "post"}
    for naam, beeld in vreemd.items():
        assert VAST.fullmatch(beeld), f"{naam}: {beeld}"
    assert vreemd["postgres"].startswith("postgres:18.")


def test_basis_van_ons_beeld_ligt_vast_op_inhoud() -> None:
    regels = (WORTEL / "Dockerfile").read_text(encoding="utf-8").splitlines()
    bases = [regel.split()[1] for regel in regels if regel.startswith("FROM ")]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.1[12]\.\d+-slim-\w+@sha256:[0-9a-f]{64}", bases[0])


def test_beeld_installeert_met_hashes_en_draait_niet_als_root() -> None:
    tekst = (WORTEL / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r /tmp/run.txt" in tekst
    assert tekst.rindex("\nUSER portaal") > tekst.rindex("\nRUN")
    for pakket in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
        assert pakket in tekst


def test_alle_diensten_zijn_er_en_de_klok_is_alleen(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {
        *("nginx", "web", "werker", "klok", "bewaking", "inrichten", "certificaten"),
        *("postgres", "redis", "post"),
    }
    assert compose["services"]["klok"]["deploy"]["replicas"] == 1
    assert compose["services"]["web"]["deploy"]["replicas"] > 1


def test_de_klok_weet_na_een_herstart_nog_wat_zij_wekte(compose: dict[str, Any]) -> None:
    """Wat eens per dag moet telt vanaf de vorige keer; in /tmp begon dat bij elke herstart opnieuw."""
    klok = compose["services"]["klok"]
    (plaats,) = (deel.removeprefix("--schedule=") for deel in klok["command"] if deel.startswith("--schedule="))
    vast = [volume.split(":")[1] for volume in klok["volumes"] if not volume.endswith(":ro")]
    assert any(Path(plaats).is_relative_to(map) for map in vast)
    assert not any(Path(plaats).is_relative_to(map) for map in klok["tmpfs"])


def test_alleen_nginx_is_van_buiten_bereikbaar(compose: dict[str, Any]) -> None:
    assert [naam for naam, dienst in compose["services"].items() if "ports" in dienst] == ["nginx"]


def test_web_en_werkers_kunnen_weinig(compose: dict[str, Any]) -> None:
    for naam, dienst in eigen(compose).items():
        assert dienst["read_only"] is True, naam
        assert dienst["cap_drop"] == ["ALL"], naam
        assert dienst["security_opt"] == ["no-new-privileges:true"], naam


def test_web_werkt_als_app_en_leest_openbaar_als_publiek(compose: dict[str, Any]) -> None:
    for naam in ("web", "werker", "klok"):
        omgeving = compose["services"][naam]["environment"]
        assert omgeving["DATABASE_URL"].startswith("postgresql://ser_app:")
        assert omgeving["PUBLIEK_DATABASE_URL"].startswith("postgresql://ser_publiek:")
        assert not any("EIGENAAR" in sleutel or "BEHEERDER" in sleutel for sleutel in omgeving)
        assert "PORTAL_VOORBEELD" not in omgeving


def test_redis_vraagt_een_wachtwoord_en_het_web_geeft_het(compose: dict[str, Any]) -> None:
    redis = compose["services"]["redis"]
    assert "requirepass" in redis["command"][-1]
    assert "WACHTWOORD" in redis["environment"]["REDISCLI_AUTH"]
    assert "PONG" in redis["healthcheck"]["test"][-1], "zonder wachtwoord antwoordt hij ook, met een fout"
    for naam, dienst in eigen(compose).items():
        assert dienst["environment"]["REDIS_URL"].startswith("rediss://:${REDIS_WACHTWOORD"), naam


def test_elke_verbinding_is_versleuteld_en_kijkt_het_certificaat_na(compose: dict[str, Any]) -> None:
    for naam, dienst in eigen(compose).items():
        adressen = {sleutel: str(waarde) for sleutel, waarde in dienst["environment"].items()}
        databases = [adres for sleutel, adres in adressen.items() if sleutel.endswith("DATABASE_URL")]
        assert len(databases) >= 2, naam
        for adres in databases:
            assert adres.endswith("?${DATABASE_TLS:-sslmode=verify-full&sslrootcert=/tls/ca/ca.pem}"), naam
        assert "ssl_cert_reqs=required&ssl_ca_certs=/tls/ca/ca.pem&ssl_check_hostname=true" in adressen["REDIS_URL"]
        assert adressen["EMAIL_URL"].endswith("?tls=1}")
        assert adressen["SSL_CERT_FILE"] == "/tls/ca/alles.pem"
        assert any(plek.startswith("tls-ca:/tls/ca") for plek in dienst["volumes"]), naam
    diensten = compose["services"]
    assert diensten["web"]["environment"]["GRANIAN_SSL_CERTIFICATE"] == "/tls/web/tls.pem"
    assert "--certificaat" in diensten["bewaking"]["command"]
    postgres, redis = " ".join(diensten["postgres"]["command"]), diensten["redis"]["command"][-1]
    assert "ssl=on" in postgres
    assert "hba_file=/etc/portaal/pg_hba.conf" in postgres
    hba = (WORTEL / "docker" / "pg_hba.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"^(\w+) .* ([\w-]+)$", hba, re.MULTILINE)) == {
        ("local", "trust"),
        ("hostssl", "scram-sha-256"),
    }
    assert "--port 0 --tls-port 6379" in redis
    assert diensten["post"]["environment"]["POSTFIX_smtpd_tls_security_level"] == "encrypt"
    nginx = (WORTEL / "docker" / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"set \$web (\w+):", nginx)) == {"https"}
    for regel in (
        "proxy_ssl_verify on;", "proxy_ssl_name web;", "proxy_ssl_trusted_certificate /etc/nginx/ca/ca.pem;",
    ):  # fmt: skip
        assert regel in nginx


def test_een_sleutel_gaat_alleen_naar_wie_haar_leest(compose: dict[str, Any]) -> None:
    """`tls-ca` is openbaar; elk ander volume met `tls-` heeft één lezer, en wie het maakt heeft geen netwerk."""
    diensten = compose["services"]
    wie = {
        volume: {naam for naam, d in diensten.items() if any(v.startswith(f"{volume}:") for v in d.get("volumes", []))}
        for volume in compose["volumes"]
        if volume.startswith("tls-")
    }
    maker = diensten["certificaten"]
    assert maker["network_mode"] == "none"
    gemaakt = {woord.partition("=")[0] for woord in maker["command"] if "=" in woord}
    assert gemaakt == {"web", "bewaking", "postgres", "redis", "post"}
    for dienst in gemaakt:
        assert wie.pop(f"tls-{dienst}") == {"certificaten", dienst}
    assert wie.pop("tls-uitgever") == {"certificaten"}
    assert set(wie) == {"tls-ca"}
    for naam, dienst in diensten.items():
        for volume in dienst.get("volumes", []):
            if volume.startswith("tls-") and naam != "certificaten":
                assert volume.endswith(":ro"), f"{naam}: {volume}"
    for naam in ("postgres", "redis", "post"):
        assert diensten[naam]["depends_on"]["certificaten"] == {"condition": "service_completed_successfully"}


def test_elke_variabele_bestaat(compose: dict[str, Any]) -> None:
    extra = {
        *("BEHEERDER_DATABASE_URL", "EIGENAAR_DATABASE_URL", "ARCHIEF_LADEN"),  # van docker/inrichten.sh
        *("SSL_CERT_FILE", "GRANIAN_SSL_CERTIFICATE", "GRANIAN_SSL_KEYFILE"),  # van OpenSSL en granian zelf
    }
    for dienst in eigen(compose).values():
        assert set(dienst["environment"]) <= set(TABEL) | extra


def test_wat_het_beheerboek_noemt_is_met_compose_te_zetten(compose: dict[str, Any]) -> None:
    """SECRET_KEY_OUD kwam niet verder dan .env: wie de sleutel zo wisselde, logde ieder uit en verloor alle codes."""
    niet = {
        *("PORTAL_VAR", "PORTAL_VOORBEELD"),  # het beeld zet de map, en productie is geen voorbeeld
        "DB_MAX_VERBINDINGEN",  # van de ingebouwde PostgreSQL
        *("EIGENAAR_WACHTWOORD", "APP_WACHTWOORD", "PUBLIEK_WACHTWOORD"),  # alleen `inrichten` kent ze
    }
    for naam in ("web", "werker", "klok", "bewaking", "inrichten"):
        assert set(TABEL) - niet <= set(compose["services"][naam]["environment"]), naam


def test_geheimen_staan_nergens_en_het_voorbeeld_noemt_ze_allemaal() -> None:
    tekst = (WORTEL / "docker-compose.yml").read_text(encoding="utf-8")
    verplicht = set(re.findall(r"\$\{(\w+):\?", tekst))
    voorbeeld = dict(
        regel.split("=", 1)
        for regel in (WORTEL / "docker" / "voorbeeld.env").read_text(encoding="utf-8").splitlines()
        if regel and not regel.startswith("#")
    )
    assert verplicht <= set(voorbeeld)
    assert [naam for naam, waarde in voorbeeld.items() if waarde and re.search("WACHTWOORD|SECRET", naam)] == []


def test_database_van_compose_spreekt_dezelfde_taal_als_de_ingebouwde(compose: dict[str, Any]) -> None:
    aanleg = compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    ingebouwd = (WORTEL / "ser_portal" / "baas" / "postgres.py").read_text(encoding="utf-8")
    for vlag in aanleg:
        assert f'"{vlag}"' in ingebouwd
    # Sinds 18 staat de map van het beeld een niveau hoger; een oude plek bewaart niets.
    assert "database:/var/lib/postgresql" in compose["services"]["postgres"]["volumes"]


def test_nginx_bewaart_alleen_wat_het_portaal_aanwijst_en_overschrijft_het_adres() -> None:
    tekst = (WORTEL / "docker" / "nginx.conf").read_text(encoding="utf-8")
    delen = re.split(r"location (\S+) \{", tekst)
    plaatsen = {plaats: re.sub(r"#.*", "", inhoud) for plaats, inhoud in zip(delen[1::2], delen[2::2], strict=True)}
    assert {plaats for plaats, inhoud in plaatsen.items() if "proxy_cache " in inhoud} == {"/static/", "/"}
    # Zonder eigen geldigheid en zonder de gewone kopregels bewaart nginx hier alleen wat X-Accel-Expires draagt.
    assert "proxy_cache_valid" not in plaatsen["/"]
    assert "proxy_ignore_headers Cache-Control Expires;" in plaatsen["/"]
    assert "use_stale" not in plaatsen["/"]
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in tekst
    assert "return 403" in plaatsen["/api/v1/"], (
        "zonder https stuurt alleen een bladzijde door, een programma hoort nee"
    )
    assert "$request_uri" not in tekst.split("log_format")[1].split(";")[0]
    assert tekst.count("{") == tekst.count("}")


def test_een_sleutel_in_een_adres_komt_niet_in_het_logboek_van_nginx() -> None:
    """De eigen agenda, een uitnodiging, afmelden, een nieuw wachtwoord: met het adres alleen komt een ander binnen."""
    tekst = (WORTEL / "docker" / "nginx.conf").read_text(encoding="utf-8")
    formaat = tekst.split("log_format")[1].split(";")[0]
    assert set(re.findall(r"\$(?:request|uri|pad)\w*", formaat)) == {
        "$request_method", "$pad", "$request_time", "$request_id",
    }  # fmt: skip
    ((patroon, vervanging),) = re.findall(r'"~(\S+)" "(\S+)";', tekst)
    assert vervanging == "$1*"
    met_sleutel = re.compile(r"<(\w+:)?(sleutel|code|token|key)>")
    adressen = [f"/{pad}".replace("^", "") for pad, _ in alle_routes() if met_sleutel.search(pad)]
    assert len(adressen) >= 8
    for adres in adressen:
        deel = re.match(patroon, re.sub(r"<[^>]*>", "GEHEIM", adres))
        assert deel, adres
        assert "<" not in adres[: len(deel[1])], adres
    assert re.match(patroon, "/volgen/verstuurd/") is None
    assert re.match(patroon, "/organisatie/uitnodiging/12/") is None


def test_bouwstraat_draait_precies_de_toets() -> None:
    pad = WORTEL / ".ci" / "run"
    assert stat.S_IMODE(pad.stat().st_mode) & 0o111
    regels = [r for r in pad.read_text(encoding="utf-8").splitlines() if r and not r.startswith("#")]
    assert regels[-1] == "exec ./portal test"
    assert stat.S_IMODE((WORTEL / "portal").stat().st_mode) & 0o111


@pytest.mark.parametrize("script", [".ci/run", "docker/inrichten.sh"])
def test_script_is_geldig(script: str) -> None:
    subprocess.run(["sh", "-n", script], cwd=WORTEL, check=True)


def test_sloten_noemen_geen_adres() -> None:
    for naam in ("run", "dev"):
        tekst = (WORTEL / "requirements" / f"{naam}.txt").read_text(encoding="utf-8")
        assert not re.search(r"https?://|--(extra-)?index|--find-links|@ file", tekst)
        assert all("==" in regel for regel in tekst.splitlines() if regel and regel[0] not in "# ")


def test_slot_houdt_de_extras() -> None:
    """Met hashes weigert pip `coverage[toml]` als het slot alleen `coverage` zegt en er een nieuwere is."""
    tekst = (WORTEL / "requirements" / "dev.txt").read_text(encoding="utf-8")
    vast = {
        canonicalize_name(eis.name): set(eis.extras)
        for eis in map(Requirement, re.findall(r"^(\S[^\\\n]*==[^\\\n]*?) *\\?$", tekst, re.MULTILINE))
    }
    assert len(vast) > 90
    te_kort = []
    for pakket, extras in vast.items():
        try:
            eisen = importlib.metadata.requires(pakket) or []
        except importlib.metadata.PackageNotFoundError:  # voor een ander platform
            continue
        for eis in map(Requirement, eisen):
            geldt = eis.marker is None or any(eis.marker.evaluate({"extra": extra}) for extra in {"", *extras})
            if geldt and not eis.extras <= vast[canonicalize_name(eis.name)]:
                te_kort.append(f"{pakket} vraagt {eis}")
    assert not te_kort


def test_publiccode_noemt_licentie_en_naam() -> None:
    beschrijving = yaml.safe_load((WORTEL / "publiccode.yml").read_text(encoding="utf-8"))
    assert beschrijving["legal"]["license"] == "EUPL-1.2"
    assert {"nl", "en"} <= set(beschrijving["description"])
    for taal in beschrijving["description"].values():
        assert len(taal["shortDescription"]) <= 150
        assert 150 <= len(taal["longDescription"]) <= 10_000
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (WORTEL / "LICENSE").read_text(encoding="utf-8")


def test_documenten_verwijzen_naar_wat_er_is() -> None:
    for document in (*WORTEL.glob("*.md"), *(WORTEL / "docs").rglob("*.md")):
        for doel in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert Path(os.path.normpath(document.parent / doel)).exists(), f"{document.name}: {doel}"
