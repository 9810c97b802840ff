"""Veranderingen die niets veranderen wat iemand kan merken, met de reden. Wat een toets toch ziet, hoort hier niet."""

# (bestand, de regel zoals zij er staat, wat er verandert) -> waarom niemand het merkt
GELIJKWAARDIG: dict[tuple[str, str, str], str] = {
    (
        "berichten/actions.py",
        'sleutel = hashlib.sha256(f"{feit} {aan}".encode()).hexdigest()[:40]',
        "40 wordt 41",
    ): "een Message-ID van een teken langer wijst even zeker naar hetzelfde bericht",
    (
        "toegang/toestel.py",
        'return salted_hmac(ZOUT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]',
        "32 wordt 33",
    ): "een kenmerk van een teken langer past even zeker bij één adres",
    (
        "toegang/toestel.py",
        "kenmerk = bekend(request, user.email) or get_random_string(22)",
        "22 wordt 23",
    ): "een toevallig kenmerk van een teken langer is even weinig te raden",
    ("toegang/toestel.py", 'return ""', "geeft niets"): "beide aanroepers vragen alleen of er een kenmerk is",
    (
        "toegang/zitting.py",
        "begonnen, gezien = sessie.get(BEGIN, 0), sessie.get(GEZIEN, 0)",
        "0 wordt 1",
    ): "een seconde na het begin van 1970 is even lang voorbij",
    (
        "termijnen/actions/termijn.py",
        "if vervalt_op > oud.vervalt_op and oud.status == Status.OPEN:",
        "Gt wordt GtE",
    ): "dezelfde dag ging er op de regels ervoor al uit",
    (
        "termijnen/ladders.py",
        """woord = "op_de_dag" if dagen == 0 else f"{abs(dagen)}_dagen_{'ervoor' if dagen < 0 else 'erna'}\"""",
        "Lt wordt LtE",
    ): "nul ging al naar de dag zelf",
}
