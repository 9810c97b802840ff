"""Veranderingen die niets veranderen wat iemand kan merken, met de reden. Wat een toets toch ziet, hoort hier niet."""

# (bestand, de regel zoals zij er staat, wat er verandert) -> waarom niemand het merkt
GELIJKWAARDIG: dict[tuple[str, str, str], str] = {
    (
        "berichten/actions.py",
        'sleutel = hashlib.sha256(f"{feit} {aan}".encode()).hexdigest()[:40]',
        "40 wordt 41",
    ): "een Message-ID van een teken langer wijst even zeker naar hetzelfde bericht",
}
