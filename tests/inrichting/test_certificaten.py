"""De certificaten voor het verkeer tussen de diensten: wie ze leest, hoe lang ze gelden, wat de uitgever niet mag."""

import os
import ssl
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from django.core.management import CommandError, call_command

from inrichting import certificaten
from inrichting.certificaten import Dienst, geef_uit
from kern.tijd import nu

IK = os.getuid()
WEB, REDIS = Dienst("web", IK), Dienst("redis", IK)


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    """Een map zoals docker-compose.yml haar geeft: per dienst een eigen volume."""
    for naam in ("uitgever", "ca", "web", "redis", "post"):
        (tmp_path / naam).mkdir()
    return tmp_path


def handdruk(bestand: Path, ca: Path, naam: str) -> None:
    """Geef klant en server elkaar een hand, zonder netwerk. Werpt ssl.SSLError als de klant weigert."""
    dienst = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    dienst.load_cert_chain(bestand)
    heen, terug = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = dienst.wrap_bio(heen, terug, server_side=True)
    klant = ssl.create_default_context(cafile=str(ca)).wrap_bio(terug, heen, server_hostname=naam)
    for kant in (klant, server, klant):
        try:
            kant.do_handshake()
        except ssl.SSLWantReadError:
            continue


def test_elke_dienst_een_eigen_sleutel_en_verder_niemand(map_: Path) -> None:
    gedaan = geef_uit(map_, [WEB, REDIS])
    assert gedaan == ["een nieuwe uitgever", "een certificaat voor web", "een certificaat voor redis"]
    for geheim in ("uitgever/uitgever.pem", "web/tls.pem", "redis/tls.pem"):
        assert stat.S_IMODE((map_ / geheim).stat().st_mode) == 0o400, geheim
        assert "PRIVATE KEY" in (map_ / geheim).read_text(encoding="ascii")
    for openbaar in ("ca/ca.pem", "ca/alles.pem"):
        assert stat.S_IMODE((map_ / openbaar).stat().st_mode) == 0o444, openbaar
        assert "PRIVATE KEY" not in (map_ / openbaar).read_text(encoding="utf-8")
    for dienst in ("web", "redis"):
        for naam in (dienst, "localhost"):
            handdruk(map_ / dienst / "tls.pem", map_ / "ca" / "ca.pem", naam)
            handdruk(map_ / dienst / "tls.pem", map_ / "ca" / "alles.pem", naam)


def test_een_ander_dan_de_bedoelde_wordt_geweigerd(map_: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    geef_uit(map_, [WEB, REDIS])
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handdruk(map_ / "redis" / "tls.pem", map_ / "ca" / "ca.pem", "web")
    elders = tmp_path_factory.mktemp("elders")
    for naam in ("uitgever", "ca", "web"):
        (elders / naam).mkdir()
    geef_uit(elders, [WEB])
    with pytest.raises(ssl.SSLCertVerificationError, match="verify failed"):
        handdruk(elders / "web" / "tls.pem", map_ / "ca" / "ca.pem", "web")


def test_de_uitgever_kan_geen_website_nadoen(map_: Path) -> None:
    geef_uit(map_, [WEB])
    uitgever = certificaten._lees_uitgever(map_ / "uitgever" / "uitgever.pem", {"web"})
    assert uitgever is not None
    vals = map_ / "vals.pem"
    vals.write_bytes(certificaten._nieuw(Dienst("www.voorbeeld.test", IK), uitgever))
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        handdruk(vals, map_ / "ca" / "ca.pem", "www.voorbeeld.test")


def test_wat_nog_goed_is_blijft_staan(map_: Path) -> None:
    geef_uit(map_, [WEB, REDIS])
    voor = {pad: pad.read_bytes() for pad in map_.rglob("*.pem")}
    with time_machine.travel(nu() + timedelta(days=364)):
        assert geef_uit(map_, [WEB, REDIS]) == []
    assert {pad: pad.read_bytes() for pad in map_.rglob("*.pem")} == voor
    assert {pad for pad in map_.rglob("*") if pad.is_file()} == set(voor), "er blijft niets tijdelijks liggen"


def test_na_een_jaar_een_nieuw_certificaat_en_op_tijd_een_nieuwe_uitgever(map_: Path) -> None:
    geef_uit(map_, [WEB])
    oud = (map_ / "web" / "tls.pem").read_bytes()
    with time_machine.travel(nu() + timedelta(days=366)):
        assert geef_uit(map_, [WEB]) == ["een certificaat voor web"]
    with time_machine.travel(nu() + timedelta(days=3651)):
        assert geef_uit(map_, [WEB]) == ["een nieuwe uitgever", "een certificaat voor web"]
    met_vorige = x509.load_pem_x509_certificates((map_ / "ca" / "ca.pem").read_bytes())
    assert len(met_vorige) == 2
    # Wie nog niet herstart is, draait met het oude certificaat, en blijft bereikbaar.
    (map_ / "oud.pem").write_bytes(oud)
    handdruk(map_ / "oud.pem", map_ / "ca" / "ca.pem", "web")
    with time_machine.travel(nu() + timedelta(days=7302)):
        assert geef_uit(map_, [WEB])[0] == "een nieuwe uitgever"
    over = x509.load_pem_x509_certificates((map_ / "ca" / "ca.pem").read_bytes())
    assert met_vorige[1] not in over, "wie niet meer geldt, wordt niet meer aangenomen"


def test_een_nieuwe_dienst_krijgt_een_uitgever_die_haar_naam_mag_bevestigen(map_: Path) -> None:
    geef_uit(map_, [WEB])
    gedaan = geef_uit(map_, [WEB, Dienst("post", IK)])
    assert gedaan == ["een nieuwe uitgever", "een certificaat voor web", "een certificaat voor post"]
    handdruk(map_ / "post" / "tls.pem", map_ / "ca" / "ca.pem", "post")


@pytest.mark.parametrize("bestand", ["web/tls.pem", "uitgever/uitgever.pem"])
def test_een_kapot_bestand_wordt_vervangen(map_: Path, bestand: str) -> None:
    geef_uit(map_, [WEB])
    (map_ / bestand).chmod(0o600)
    (map_ / bestand).write_bytes((map_ / bestand).read_bytes()[:300])
    assert "een certificaat voor web" in geef_uit(map_, [WEB])
    handdruk(map_ / "web" / "tls.pem", map_ / "ca" / "ca.pem", "web")


def test_de_opdracht_zegt_wat_zij_deed(map_: Path) -> None:
    uit = StringIO()
    call_command("maak_certificaten", str(map_), f"web={IK}", stdout=uit)
    assert uit.getvalue().splitlines() == ["Gemaakt: een nieuwe uitgever.", "Gemaakt: een certificaat voor web."]
    uit = StringIO()
    call_command("maak_certificaten", str(map_), f"web={IK}", stdout=uit)
    assert uit.getvalue().strip() == "Alle certificaten gelden nog."


@pytest.mark.parametrize("dienst", ["web", "web=", "web=root", "../web=0", "=0"])
def test_een_dienst_zonder_naam_of_nummer_wordt_geweigerd(map_: Path, dienst: str) -> None:
    with pytest.raises(CommandError, match="dienst=uid"):
        call_command("maak_certificaten", str(map_), dienst)


def test_een_map_die_er_niet_is_wordt_genoemd(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="niet te schrijven.*uitgever"):
        call_command("maak_certificaten", str(tmp_path), f"web={IK}")


def test_een_uitgever_van_buiten_wordt_aangenomen_zolang_hij_er_ligt(
    map_: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Een database op een andere machine heeft een certificaat van de organisatie zelf."""
    elders = tmp_path_factory.mktemp("organisatie")
    for naam in ("uitgever", "ca", "web"):
        (elders / naam).mkdir()
    geef_uit(elders, [WEB])
    (map_ / "erbij").mkdir()
    (map_ / "erbij" / "organisatie.pem").write_bytes((elders / "ca" / "ca.pem").read_bytes())
    geef_uit(map_, [WEB])
    handdruk(elders / "web" / "tls.pem", map_ / "ca" / "ca.pem", "web")
    handdruk(map_ / "web" / "tls.pem", map_ / "ca" / "ca.pem", "web")
    (map_ / "erbij" / "organisatie.pem").write_text("geen certificaat", encoding="utf-8")
    voor = {pad: pad.read_bytes() for pad in map_.rglob("*.pem")}
    with pytest.raises(CommandError, match="organisatie.pem is geen certificaat in PEM"):
        call_command("maak_certificaten", str(map_), f"web={IK}")
    assert {pad: pad.read_bytes() for pad in map_.rglob("*.pem")} == voor
    (map_ / "erbij" / "organisatie.pem").unlink()
    geef_uit(map_, [WEB])
    with pytest.raises(ssl.SSLCertVerificationError):
        handdruk(elders / "web" / "tls.pem", map_ / "ca" / "ca.pem", "web")
