"""Metingen als verhoudingen binnen één run (`./portal bench`). Elke module heeft `meet() -> list[Rij]`."""
