"""Wie er kan inloggen."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now

from kern.models import Voorbeeldbaar


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Maakt gebruikers; het e-mailadres is de inlognaam, in kleine letters."""

    def create_user(self, email: str, naam: str, password: str | None = None, **velden: Any) -> "Gebruiker":
        """Maak een gebruiker en geef hem terug. Zonder wachtwoord kan hij alleen via herstel of OIDC binnen."""
        gebruiker = self.model(email=email.strip().lower(), naam=naam, **velden)
        if password is None:
            gebruiker.set_unusable_password()
        else:
            gebruiker.set_password(password)
        gebruiker.save()
        return gebruiker

    def create_superuser(self, email: str, naam: str, password: str | None = None, **velden: Any) -> "Gebruiker":
        """Maak een beheerder van de naslagtabellen. Een superuser ziet geen dossiers."""
        return self.create_user(email, naam, password, is_staff=True, is_superuser=True, **velden)

    def get_by_natural_key(self, username: str | None) -> "Gebruiker":
        return self.get(email__iexact=username)


class Gebruiker(AbstractBaseUser, PermissionsMixin, Voorbeeldbaar):
    """Een account. Wat iemand mag volgt uit hoedanigheden op de dag (toegang.rollen), niet uit dit model."""

    email = models.EmailField("e-mailadres", unique=True)
    naam = models.CharField("naam", max_length=200)
    is_active = models.BooleanField("kan inloggen", default=True)
    is_staff = models.BooleanField("mag in het beheer", default=False)
    aangemaakt_op = models.DateTimeField(db_default=Now(), editable=False)

    objects = GebruikerManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="toegang_gebruiker_email_klein"),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_full_name(self) -> str:
        return self.naam

    def get_short_name(self) -> str:
        return self.naam
