"""Onze eigen formulieren voor allauth."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm
from allauth.account.utils import filter_users_by_email


class AdresForm(AddEmailForm):
    """Een e-mailadres erbij bij het eigen account; het adres van een ander account niet.

    Anders werd het met één klik de eigen inlognaam, wat de database weigert, en kwam die ander bij het inloggen via de
    provider in dit account uit. Dit zegt iemand met een account dat een adres bestaat, en niemand daarbuiten.
    """

    def clean_email(self) -> str:
        """Geef het adres. Werpt ValidationError als het bij een ander account hoort."""
        adres = str(super().clean_email())
        if any(mens.pk != self.user.pk for mens in filter_users_by_email(adres)):
            raise get_adapter().validation_error("email_taken")
        return adres
