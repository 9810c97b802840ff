"""De accounts van de voorbeeldwereld, zoals het inlogscherm en `./portal start` ze noemen."""

# Alleen in de voorbeeldstand, op loopback; het staat op het inlogscherm.
WACHTWOORD = "voorbeeld-2026"
# Wie er op het inlogscherm staat: adres en wat u dan ziet.
UITGELICHT = (
    ("secretaris@voorbeeld.test", "commissiesecretaris: werkt aan een lopend advies"),
    ("raadssecretaris@voorbeeld.test", "secretaris van de raad: dagelijks bestuur en raadsvergadering"),
    ("algemeen@voorbeeld.test", "algemeen secretaris: tekent af en biedt aan"),
    ("communicatie@voorbeeld.test", "communicatie: bevestigt als tweede persoon"),
    ("coordinator-fnv@voorbeeld.test", "coördinator van een organisatie: achterbanberaad"),
    ("fnv2@voorbeeld.test", "raadslid en commissielid: leest en reageert"),
    ("kroonlid2@voorbeeld.test", "kroonlid en commissievoorzitter"),
    ("ministerie@voorbeeld.test", "ministerieel vertegenwoordiger"),
    ("journalist@voorbeeld.test", "journalist: leest een advies zodra het onder embargo klaarstaat"),
    ("oudlid@voorbeeld.test", "oud-lid: ziet alleen wat openbaar is"),
    ("beheerder@voorbeeld.test", "functioneel beheerder: leest geen dossiers"),
    ("veertig@voorbeeld.test", "secretaris met veertig trajecten"),
)
