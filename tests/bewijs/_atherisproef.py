"""Eén loper van atheris over één inlezer: de takken van onze code sturen welke invoer hij hierna bedenkt.

`python -m tests.bewijs._atherisproef word <map> -max_total_time=60`. Elke fout anders dan een weigering stopt de loper.

De naam begint met een streepje: wie de bewijzen opsomt voert ze in, en dit voorziet alles wat erna komt van tellers.
"""

import sys

import atheris
import django

TAKKEN = [
    "stukken.keuring", "stukken.docx", "stukken.docx_verslag", "kern.html", "kern.blokken",
    "inrichting.archief_adviezen", "inrichting.archiefdatum",
]  # fmt: skip

with atheris.instrument_imports(include=TAKKEN):
    django.setup()
    from tests.bewijs import inlezers


if __name__ == "__main__":
    soort = sys.argv.pop(1)
    atheris.Setup(sys.argv, lambda lijf: inlezers.lees(soort, lijf) and None)
    atheris.Fuzz()
