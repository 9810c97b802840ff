"""Formulieren van de termijnen; zij keuren de vorm, de handeling keurt de inhoud."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kern.datumveld import Datumveld
from termijnen import soorten
from termijnen.ladders import Trede, van_dagen


class FilterForm(forms.Form):
    """Wat de lijst toont."""

    verberg_niet_verplicht = True
    wie = forms.ChoiceField(
        label="Van wie",
        required=False,
        choices=[("mijn", "mijn termijnen"), ("waarneming", "ik neem waar"), ("alle", "alle termijnen")],
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("lopend", "lopend"),
            ("verstreken", "verstreken"),
            ("deze_week", "loopt deze week af"),
            ("afgesloten", "afgesloten"),
            ("alle", "alles"),
        ],
    )
    soort = forms.ChoiceField(label="Soort", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzen = [("", "alle soorten"), *((s.naam, s.omschrijving) for s in soorten.alle())]
        self.fields["soort"].choices = keuzen  # type: ignore[attr-defined]


class HandelingForm(forms.Form):
    """De reden van een handeling, met de versie die de gebruiker zag."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Reden",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De reden komt in het dossier en in het logboek te staan.",
    )


class VerlengForm(HandelingForm):
    """De nieuwe vervaldag."""

    vervalt_op = Datumveld(label="Nieuwe vervaldag", help_text="De dag zelf is nog op tijd.")
    field_order = ("vervalt_op", "reden")


class UitstelForm(forms.Form):
    """Wanneer iemand weer gewaarschuwd wil worden."""

    tot = Datumveld(label="Waarschuw mij weer op", help_text="Hoogstens vier weken vooruit.")
    reden = forms.CharField(label="Reden", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


NIVEAUS = [("0", "alleen de behandelaars"), ("1", "ook het hoofd"), ("2", "ook het hoofd en de algemeen secretaris")]
PLAATSEN = 8


class LadderForm(forms.Form):
    """De treden van één soort: dagen voor of na de vervaldag, en daarna eventueel elke maand."""

    def __init__(self, *args: Any, ladder: Sequence[Trede], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vast = [t for t in ladder if not t.elke_maand]
        maand = next((t for t in ladder if t.elke_maand), None)
        for n in range(PLAATSEN):
            trede = vast[n] if n < len(vast) else None
            self._trede(n, trede)
        self.fields["maand"] = forms.BooleanField(
            label="Daarna elke maand opnieuw", required=False, initial=maand is not None
        )
        self.fields["maand_niveau"] = forms.ChoiceField(
            label="Wie dan", choices=NIVEAUS, initial=str(maand.niveau) if maand else "0"
        )

    def _trede(self, n: int, trede: Trede | None) -> None:
        self.fields[f"dagen_{n}"] = forms.IntegerField(
            label="Dagen", required=False, min_value=0, max_value=366, initial=abs(trede.dagen) if trede else None
        )
        self.fields[f"kant_{n}"] = forms.ChoiceField(
            label="Wanneer",
            choices=[("voor", "voor de vervaldag"), ("na", "na de vervaldag")],
            initial="na" if trede is not None and trede.dagen > 0 else "voor",
        )
        self.fields[f"niveau_{n}"] = forms.ChoiceField(
            label="Wie", choices=NIVEAUS, initial=str(trede.niveau) if trede else "0"
        )
        self.fields[f"spoed_{n}"] = forms.BooleanField(
            label="meteen, niet in het dagoverzicht", required=False, initial=bool(trede and trede.spoed)
        )

    def treden(self) -> list[Trede]:
        """Geef de ingevulde treden, oudste dag eerst."""
        schoon, uit = self.cleaned_data, []
        for n in range(PLAATSEN):
            if schoon[f"dagen_{n}"] is not None:
                dagen = schoon[f"dagen_{n}"] * (-1 if schoon[f"kant_{n}"] == "voor" else 1)
                uit.append(van_dagen(dagen, spoed=schoon[f"spoed_{n}"], niveau=int(schoon[f"niveau_{n}"])))
        uit.sort(key=lambda t: t.dagen)
        if schoon["maand"]:
            uit.append(van_dagen(0, elke_maand=True, niveau=int(schoon["maand_niveau"])))
        return uit

    def gevuld(self) -> list[list[Any]]:
        """Geef per trede die er is of net getypt werd haar velden, voor het sjabloon."""
        return [rij for rij in self._rijen() if self._telt(rij)]

    def leeg(self) -> list[list[Any]]:
        """Geef de velden van de plaatsen die over zijn."""
        return [rij for rij in self._rijen() if not self._telt(rij)]

    def _rijen(self) -> list[list[Any]]:
        return [[self[f"{naam}_{n}"] for naam in ("dagen", "kant", "niveau", "spoed")] for n in range(PLAATSEN)]

    @staticmethod
    def _telt(rij: list[Any]) -> bool:
        return rij[0].value() not in (None, "") or bool(rij[0].errors)


class VoldoeForm(HandelingForm):
    """De dag waarop de termijn gehaald werd."""

    op = Datumveld(label="Voldaan op", help_text="De dag waarop het gebeurde, bijvoorbeeld de datum van de brief.")
    field_order = ("op", "reden")
