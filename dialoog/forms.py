"""Aanmelden om te volgen, en een editie bewerken."""

from typing import Any

from django import forms

from dialoog.enums import Ritme


class KeuzesPerGroep(forms.CheckboxSelectMultiple):
    """Aankruisvakken per groep achter een uitklap: zestig onderwerpen onder elkaar leest niemand op een telefoon."""

    template_name = "dialoog/_keuzes_per_groep.html"


class AanmeldForm(forms.Form):
    """Een adres, wat, en hoe vaak. Het veld `website` is een valkuil: alleen een robot vult het in."""

    email = forms.EmailField(
        label="Uw e-mailadres",
        max_length=254,
        error_messages={
            "required": "Vul uw e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Controleer het, bijvoorbeeld naam@voorbeeld.nl.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    onderwerp = forms.MultipleChoiceField(
        label="Wat wilt u volgen?",
        required=False,
        help_text="Kies een of meer onderwerpen. Kiest u niets, dan volgt u alles van de SER.",
        widget=KeuzesPerGroep,
        error_messages={"invalid_choice": "Dit onderwerp kennen wij niet. Kies uit de lijst."},
    )
    ritme = forms.ChoiceField(
        label="Hoe vaak?",
        choices=[(waarde, naam[:1].upper() + naam[1:]) for waarde, naam in Ritme.choices],
        widget=forms.RadioSelect,
        initial=Ritme.NIEUWSUPDATE,
        error_messages={"required": "Kies hoe vaak u bericht wilt."},
    )
    vraag = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, onderwerpen: list[tuple[str, list[tuple[str, str]]]], vraag: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["onderwerp"].choices = onderwerpen  # type: ignore[attr-defined]
        if vraag:
            del self.fields["onderwerp"]

    @property
    def gekozen(self) -> list[str]:
        """De zoekvragen die gevolgd worden: de meegegeven vraag, of anders elk gekozen onderwerp; "" is alles."""
        vraag = self.cleaned_data.get("vraag")
        return [vraag] if vraag else list(self.cleaned_data.get("onderwerp") or [""])
