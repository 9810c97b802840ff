"""Formulieren van stap 7: standpunten per passage, het oordeel en minderheidsnota's."""

from collections.abc import Sequence
from typing import Any

from django import forms

from adviezen.actions.standpunten import Opvattinginvoer
from adviezen.enums import Raadsoordeel
from adviezen.models import Adviestraject, Agendering, Registratie
from adviezen.policies.verwerking import groene_versie
from adviezen.queries.standpunten import Stemmer, Verdeling, bereken
from adviezen.standpunten import Registratie as Uitkomst
from kern import componenten
from kern.blokken import blokken
from raad.models import Persoon
from stukken.ontvangst import WORD_OF_PDF

MINSTE = 2
MEESTE = 6


class PassageForm(forms.Form):
    """Eén passage met opvattingen, en per stem waar zij bij hoort.

    Elke stem is een eigen keuze (`stem_<zetel>`); per organisatie kan met één keuze de hele groep (`groep_<n>`) voor
    wie zelf niets anders koos. Zo zijn alleen de uitzonderingen werk.
    """

    verberg_niet_verplicht = True

    blok = forms.ChoiceField(label="Alinea in de tekst", required=False)
    passage = forms.CharField(
        label="Of: de passage in eigen woorden",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Leeg: de gekozen alinea wordt geciteerd.",
    )
    marge = forms.IntegerField(
        label="Marge voor “de raad”",
        min_value=0,
        max_value=12,
        initial=4,
        help_text="“De raad” kan als hoogstens dit aantal aanwezigen iets anders vindt. Gebruikelijk is vier.",
    )

    def __init__(
        self,
        *args: Any,
        traject: Adviestraject,
        stemmers: Sequence[Stemmer],
        registratie: Registratie | None = None,
        aantal: int = MINSTE,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stemmers = stemmers
        bestaand = list(registratie.opvattingen.all()) if registratie is not None else []
        self.aantal = min(MEESTE, max(MINSTE, aantal, len(bestaand)))
        groen = groene_versie(traject)
        self.teksten = {b.id: b.tekst for b in blokken(groen.html) if b.soort in ("p", "li")} if groen else {}
        keuzes = [(sleutel, tekst[:90] + ("…" if len(tekst) > 90 else "")) for sleutel, tekst in self.teksten.items()]
        self.fields["blok"].choices = [("", "geen alinea gekozen"), *keuzes]  # type: ignore[attr-defined]
        if registratie is not None:
            self.initial = dict(self.initial) | {
                "blok": registratie.blok,
                "passage": registratie.passage,
                "marge": registratie.marge,
            }
        gekozen = {s.zetel_id: plaats for plaats, rij in enumerate(bestaand) for s in rij.steun.all()}
        for plaats in range(self.aantal):
            rij = bestaand[plaats] if plaats < len(bestaand) else None
            self._opvatting(plaats, rij)
        self._stemmen(gekozen)

    def _opvatting(self, plaats: int, rij: Any) -> None:
        letter = "ABCDEF"[plaats]
        self.fields[f"opvatting_{plaats}"] = forms.CharField(
            label=f"Opvatting {letter}",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=rij.tekst if rij else "",
        )
        self.fields[f"aanduiding_{plaats}"] = forms.CharField(
            label=f"Eigen woorden bij {letter}", required=False, max_length=120, initial=self._eigen(rij, "aanduiding")
        )
        self.fields[f"voetnoot_{plaats}"] = forms.CharField(
            label=f"Eigen voetnoot bij {letter}", required=False, initial=self._eigen(rij, "voetnoot")
        )

    def _eigen(self, rij: Any, veld: str) -> str:
        return str(getattr(rij, veld)) if rij is not None and rij.aangepast else ""

    def _stemmen(self, gekozen: dict[int, int]) -> None:
        letters = [(str(n), "ABCDEF"[n]) for n in range(self.aantal)]
        self.groepen: list[dict[str, Any]] = []
        per_groep: dict[tuple[str, str], list[Stemmer]] = {}
        for stemmer in self.stemmers:
            per_groep.setdefault((stemmer.geleding.value, stemmer.groep), []).append(stemmer)
        for n, ((geleding, naam), leden) in enumerate(per_groep.items()):
            self.fields[f"groep_{n}"] = forms.ChoiceField(
                label="Alle stemmen",
                choices=[("", "niemand als groep"), *letters],
                required=False,
            )
            for stemmer in leden:
                begin = gekozen.get(stemmer.zetel_pk)
                self.fields[f"stem_{stemmer.zetel_pk}"] = forms.ChoiceField(
                    label=stemmer.naam,
                    choices=[("", "volgt de groep"), *letters, ("geen", "geen")],
                    required=False,
                    initial="" if begin is None else str(begin),
                )
            self.groepen.append({"naam": naam, "geleding": geleding, "n": n, "leden": leden})

    def keuze(self, stemmer: Stemmer, groep: int) -> str:
        """Geef bij welke opvatting ("0", "1", …) een stem hoort, of "" voor geen."""
        eigen = str(self.cleaned_data.get(f"stem_{stemmer.zetel_pk}") or "")
        if eigen:
            return "" if eigen == "geen" else eigen
        return str(self.cleaned_data.get(f"groep_{groep}") or "")

    def opvattingen(self) -> list[Opvattinginvoer]:
        """Geef de opvattingen met hun zetels; lege zonder steun blijven erin (de handeling laat ze weg)."""
        zetels: list[set[int]] = [set() for _ in range(self.aantal)]
        for groep in self.groepen:
            for stemmer in groep["leden"]:
                keuze = self.keuze(stemmer, groep["n"])
                if keuze:
                    zetels[int(keuze)].add(stemmer.zetel_pk)
        return [
            Opvattinginvoer(
                tekst=str(self.cleaned_data.get(f"opvatting_{n}") or ""),
                zetels=frozenset(zetels[n]),
                aanduiding=str(self.cleaned_data.get(f"aanduiding_{n}") or ""),
                voetnoot=str(self.cleaned_data.get(f"voetnoot_{n}") or ""),
            )
            for n in range(self.aantal)
        ]

    def tekst_van_passage(self) -> str:
        """Geef de passage: eigen woorden, of anders de gekozen alinea."""
        eigen = str(self.cleaned_data.get("passage") or "").strip()
        return eigen or self.teksten.get(str(self.cleaned_data.get("blok") or ""), "")

    def voorbeeld(self) -> componenten.Standpunten | None:
        """Geef de vaste woorden bij wat nu gekozen is, of None zolang er niets te tonen is."""
        gevuld = [o for o in self.opvattingen() if o.zetels]
        if not gevuld:
            return None
        uitkomst: Uitkomst = bereken(
            self.stemmers, [Verdeling(o.tekst, o.zetels) for o in gevuld], marge=self.cleaned_data.get("marge") or 0
        )
        per_zetel = {s.zetel_pk: s for s in self.stemmers}
        return componenten.Standpunten(
            opvattingen=[
                componenten.Opvatting(
                    tekst=o.tekst,
                    zin=(o.aanduiding if deel.voorstel else "") or deel.aanduiding,
                    voetnoot=(o.voetnoot if deel.voorstel else "") or deel.voetnoot,
                    steun=[
                        componenten.Steun(s.geleding.value, s.organisatie, s.naam)
                        for s in (per_zetel[z] for z in sorted(o.zetels))
                    ],
                )
                for o, deel in zip(gevuld, uitkomst.delen, strict=True)
            ],
            passage=self.tekst_van_passage(),
            aanwezig=len(self.stemmers),
            voorstel=any(deel.voorstel for deel in uitkomst.delen),
        )

    def opvattingvelden(self) -> list[dict[str, Any]]:
        """Geef per opvatting haar velden, voor het sjabloon."""
        return [
            {
                "letter": "ABCDEF"[n],
                "tekst": self[f"opvatting_{n}"],
                "aanduiding": self[f"aanduiding_{n}"],
                "voetnoot": self[f"voetnoot_{n}"],
            }
            for n in range(self.aantal)
        ]

    def groepvelden(self) -> list[dict[str, Any]]:
        """Geef per organisatie de keuze voor de groep en die per stem, voor het sjabloon."""
        return [
            {
                "naam": g["naam"],
                "geleding": g["geleding"],
                "groep": self[f"groep_{g['n']}"],
                "leden": [self[f"stem_{s.zetel_pk}"] for s in g["leden"]],
            }
            for g in self.groepen
        ]


class OordeelForm(forms.Form):
    """Unaniem of verdeeld."""

    oordeel = forms.ChoiceField(
        label="Oordeel van de raad",
        choices=Raadsoordeel.choices,
        widget=forms.RadioSelect,
        help_text="Unaniem kan alleen als er geen afwijkend standpunt is vastgelegd.",
    )


class NotaForm(forms.Form):
    """Een minderheidsnota, met wie erachter staan."""

    soms_verplicht = ("tekst", "bestand")  # een van de twee
    titel = forms.CharField(label="Titel", max_length=300)
    tekst = forms.CharField(label="Tekst", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    bestand = forms.FileField(label="Of: als bestand", required=False, help_text=WORD_OF_PDF)
    leden = forms.ModelMultipleChoiceField(
        label="Leden",
        queryset=Persoon.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen leden die in deze vergadering een standpunt verdedigden.",
    )

    def __init__(self, *args: Any, agendering: Agendering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdedigers = agendering.registraties.exclude(steun=None).values("steun__persoon")
        personen = Persoon.objects.filter(pk__in=verdedigers).order_by("sorteersleutel")
        self.fields["leden"].queryset = personen  # type: ignore[attr-defined]
