"""De beheerschermen schrijven in het logboek, zoals elke andere handeling."""

from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest

from logboek.actions import leg_vast


class LogboekAdmin(admin.ModelAdmin):
    """Beheer van een naslagtabel; elke wijziging komt in het logboek. Niet voor dossiers."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: "ModelForm[Any]", change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            leg_vast(
                soort=f"{obj._meta.app_label}.{'wijzig' if change else 'maak'}_in_beheer",
                object=obj,
                door=request.user,  # type: ignore[arg-type]
                gegevens={"velden": form.changed_data},
            )

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            leg_vast(soort=f"{obj._meta.app_label}.verwijder_in_beheer", object=obj, door=request.user)  # type: ignore[arg-type]
            super().delete_model(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Geen verwijderen in één klap: dat zou het logboek overslaan."""
        acties = super().get_actions(request)
        acties.pop("delete_selected", None)
        return acties
