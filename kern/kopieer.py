"""Veel rijen in één keer schrijven, met COPY van PostgreSQL."""

from collections.abc import Sequence

from django.db import connection, models


def kopieer(rijen: Sequence[models.Model]) -> None:
    """Schrijf deze nieuwe rijen van één model, en geef elk haar nummer.

    Elk veld krijgt de waarde die `save()` het zou geven; wat de database zelf invult (berekende kolommen, `db_default`)
    blijft weg. Sloten, sporen en controles van de handeling zelf doet wie dit aanroept. Seinen van Django gaan niet af.
    """
    if not rijen:
        return
    model = type(rijen[0])
    sleutel = model._meta.pk
    tabel = connection.ops.quote_name(model._meta.db_table)
    velden = [v for v in model._meta.concrete_fields if not v.generated and not v.has_db_default()]
    kolommen = ", ".join(connection.ops.quote_name(str(v.column)) for v in velden)
    with connection.cursor() as cursor:
        if isinstance(sleutel, models.AutoField | models.BigAutoField):
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [tabel, sleutel.column, len(rijen)],
            )
            for rij, (nummer,) in zip(rijen, cursor.fetchall(), strict=True):
                rij.pk = nummer
        with cursor.copy(f"COPY {tabel} ({kolommen}) FROM STDIN") as stroom:
            for rij in rijen:
                stroom.write_row([v.get_db_prep_save(v.pre_save(rij, add=True), connection) for v in velden])
