"""Eigen certificaten voor het verkeer tussen de diensten van docker-compose.yml.

Eén uitgever, die alleen namen binnen de compose mag bevestigen, en per dienst een sleutel die alleen zij leest. De
eis: OWASP ASVS 5.0.0, 12.3.1 tot en met 12.3.4 (elke verbinding versleuteld, en elk certificaat nagekeken).
"""

import datetime as dt
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kern.tijd import nu

# Ruim: een dienst leest haar certificaat alleen bij een start. Wie jaren niets herstart, mag niet opeens stilstaan.
DIENST_GELDIG = dt.timedelta(days=3650)
DIENST_VERNIEUWEN = dt.timedelta(days=365)
UITGEVER_GELDIG = 2 * DIENST_GELDIG
# Een klok die iets voorloopt maakt een certificaat dat een ander nog niet aanneemt.
SPELING = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Dienst:
    """Een dienst met een certificaat: haar naam in de compose, en wie (uid) haar sleutel leest."""

    naam: str
    uid: int

    @property
    def namen(self) -> tuple[str, ...]:
        """Geef de namen waaronder zij te bereiken is; localhost voor haar eigen gezondheidsvraag."""
        return (self.naam, "localhost")


@dataclass(frozen=True)
class Uitgever:
    """Wie de certificaten ondertekent."""

    certificaat: x509.Certificate
    sleutel: ec.EllipticCurvePrivateKey


def geef_uit(map_: Path, diensten: list[Dienst]) -> list[str]:
    """Zorg dat elke dienst een certificaat heeft dat nog jaren geldt; geef per nieuw bestand een zin.

    In `map_`: `uitgever/` (de sleutel van de uitgever, verder voor niemand), `ca/ca.pem` (wie aangenomen wordt, ook de
    uitgevers die de beheerder in `erbij/` legt), `ca/alles.pem` (hetzelfde met de uitgevers van het web) en
    `<dienst>/tls.pem` (sleutel en certificaat). Wat nog goed is blijft staan. Een vorige uitgever blijft aangenomen
    zolang hij geldt: een dienst die nog niet herstart is, blijft bereikbaar. Werpt OSError als een map er niet is of
    niet beschreven mag worden, en ValueError als een bestand in `erbij/` geen certificaat is.
    """
    erbij = _lees_erbij(map_ / "erbij")
    gedaan: list[str] = []
    namen = {naam for dienst in diensten for naam in dienst.namen}
    pad, lijst = map_ / "uitgever" / "uitgever.pem", map_ / "uitgever" / "alle.pem"
    alle = x509.load_pem_x509_certificates(lijst.read_bytes()) if lijst.exists() else []
    uitgever = _lees_uitgever(pad, namen)
    if uitgever is None:
        uitgever = _nieuwe_uitgever(namen)
        # Eerst de lijst: wat hierna misgaat, laat hoogstens een uitgever in de lijst die nooit iets ondertekende.
        alle = [uitgever.certificaat, *(c for c in alle if c.not_valid_after_utc > nu())]
        _schrijf(lijst, b"".join(map(_pem, alle)), 0o444)
        _schrijf(pad, _pem(uitgever.sleutel) + _pem(uitgever.certificaat), 0o400)
        gedaan.append("een nieuwe uitgever")
    eigen = b"".join(map(_pem, [*alle, *erbij]))
    _schrijf(map_ / "ca" / "ca.pem", eigen, 0o444)
    _schrijf(map_ / "ca" / "alles.pem", eigen + Path(certifi.where()).read_bytes(), 0o444)
    for dienst in diensten:
        pad = map_ / dienst.naam / "tls.pem"
        if not _nog_goed(pad, dienst, uitgever):
            _schrijf(pad, _nieuw(dienst, uitgever), 0o400, uid=dienst.uid)
            gedaan.append(f"een certificaat voor {dienst.naam}")
    return gedaan


def _lees_uitgever(pad: Path, namen: set[str]) -> Uitgever | None:
    """Geef de uitgever die er is, of None als hij weg is, te oud wordt of een van deze namen niet mag bevestigen."""
    try:
        inhoud = pad.read_bytes()
        sleutel = serialization.load_pem_private_key(inhoud, password=None)
        certificaat = x509.load_pem_x509_certificate(inhoud)
        mag = certificaat.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    except (FileNotFoundError, ValueError, x509.ExtensionNotFound):
        return None
    lang_genoeg = certificaat.not_valid_after_utc - nu() >= DIENST_GELDIG
    if not isinstance(sleutel, ec.EllipticCurvePrivateKey) or not lang_genoeg or not namen <= {n.value for n in mag}:
        return None
    return Uitgever(certificaat, sleutel)


def _nieuwe_uitgever(namen: set[str]) -> Uitgever:
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"SER-portaal, binnen ({nu():%Y-%m-%d %H:%M})")])
    bouw = (
        _begin(naam, sleutel, UITGEVER_GELDIG)
        .issuer_name(naam)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_gebruik(uitgeven=True), critical=True)
        # Wie deze sleutel steelt, kan er geen website mee nadoen.
        .add_extension(x509.NameConstraints([x509.DNSName(n) for n in sorted(namen)], None), critical=True)
    )
    return Uitgever(bouw.sign(sleutel, hashes.SHA256()), sleutel)


def _nieuw(dienst: Dienst, uitgever: Uitgever) -> bytes:
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, dienst.naam)])
    van_uitgever = x509.SubjectKeyIdentifier.from_public_key(uitgever.sleutel.public_key())
    bouw = (
        _begin(naam, sleutel, DIENST_GELDIG)
        .issuer_name(uitgever.certificaat.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_gebruik(uitgeven=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in dienst.namen]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(van_uitgever), critical=False)
    )
    # Sleutel en certificaat in één bestand: zo passen zij altijd bij elkaar, ook als het schrijven halverwege ophoudt.
    return _pem(sleutel) + _pem(bouw.sign(uitgever.sleutel, hashes.SHA256()))


def _begin(naam: x509.Name, sleutel: ec.EllipticCurvePrivateKey, geldig: dt.timedelta) -> x509.CertificateBuilder:
    publiek = sleutel.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(naam)
        .public_key(publiek)
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu() - SPELING)
        .not_valid_after(nu() + geldig)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(publiek), critical=False)
    )


def _gebruik(*, uitgeven: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not uitgeven,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=uitgeven,
        crl_sign=uitgeven,
        encipher_only=False,
        decipher_only=False,
    )


def _nog_goed(pad: Path, dienst: Dienst, uitgever: Uitgever) -> bool:
    """Zeg of hier een certificaat van deze uitgever staat, voor deze namen en deze lezer, en jonger dan een jaar."""
    try:
        certificaat = x509.load_pem_x509_certificate(pad.read_bytes())
        certificaat.verify_directly_issued_by(uitgever.certificaat)
        namen = certificaat.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # weg, kapot of van een ander: dan maken wij een nieuw
        return False
    jong = certificaat.not_valid_after_utc - nu() > DIENST_GELDIG - DIENST_VERNIEUWEN
    return jong and tuple(namen.get_values_for_type(x509.DNSName)) == dienst.namen and pad.stat().st_uid == dienst.uid


def _lees_erbij(map_: Path) -> list[x509.Certificate]:
    """Geef de uitgevers die de beheerder erbij legde, op naam. Werpt ValueError bij een bestand dat er geen is."""
    uit: list[x509.Certificate] = []
    for pad in sorted(map_.glob("*.pem")):
        try:
            uit += x509.load_pem_x509_certificates(pad.read_bytes())
        except ValueError:
            raise ValueError(f"{pad.name} is geen certificaat in PEM") from None
    return uit


def _pem(wat: ec.EllipticCurvePrivateKey | x509.Certificate) -> bytes:
    if isinstance(wat, x509.Certificate):
        return wat.public_bytes(serialization.Encoding.PEM)
    return wat.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _schrijf(pad: Path, inhoud: bytes, rechten: int, *, uid: int | None = None) -> None:
    """Vervang een bestand in één keer: een lezer ziet het oude of het nieuwe, en nooit een half."""
    nummer, tijdelijk = tempfile.mkstemp(dir=pad.parent)
    try:
        with os.fdopen(nummer, "wb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            os.fsync(nummer)
        os.chmod(tijdelijk, rechten)
        if uid is not None:
            os.chown(tijdelijk, uid, -1)
        os.replace(tijdelijk, pad)
    except BaseException:
        Path(tijdelijk).unlink(missing_ok=True)
        raise
