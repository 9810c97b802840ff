"""De breedte en hoogte van een afbeelding uit haar eerste bytes, zonder haar uit te pakken."""

import struct


def maat(inhoud: bytes) -> tuple[int, int] | None:
    """Geef (breedte, hoogte) in beeldpunten van een PNG, JPEG of GIF; None als dat niet te lezen is."""
    gevonden = None
    if inhoud[:8] == b"\x89PNG\r\n\x1a\n" and len(inhoud) >= 24:
        gevonden = struct.unpack(">II", inhoud[16:24])
    elif inhoud[:6] in {b"GIF87a", b"GIF89a"} and len(inhoud) >= 10:
        gevonden = struct.unpack("<HH", inhoud[6:10])
    elif inhoud[:2] == b"\xff\xd8":
        gevonden = _jpeg(inhoud)
    return gevonden if gevonden and 0 < gevonden[0] < 100_000 and 0 < gevonden[1] < 100_000 else None


def _jpeg(inhoud: bytes) -> tuple[int, int] | None:
    plaats = 2
    while plaats + 9 <= len(inhoud) and inhoud[plaats] == 0xFF:
        soort = inhoud[plaats + 1]
        if soort == 0xFF:
            plaats += 1
            continue
        if 0xC0 <= soort <= 0xCF and soort not in {0xC4, 0xC8, 0xCC}:
            hoog, breed = struct.unpack(">HH", inhoud[plaats + 5 : plaats + 9])
            return breed, hoog
        plaats += 2 + struct.unpack(">H", inhoud[plaats + 2 : plaats + 4])[0]
    return None
