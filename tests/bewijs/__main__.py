"""De lange bewijzen achter elkaar: `./portal bewijs [--json] [module …]`.

Elke module in deze map met een functie `bewijs() -> list[Rij]` doet mee. Zij staan buiten `./portal test`: zij duren
lang, doden servers, en horen op een eigen cluster met fsync aan. `BEWIJS_DEEL=0.05` doet een twintigste van alles; de
tabel noemt wat er werkelijk gedaan is. Afsluitcode 1 als iets niet gehaald is, 2 als een bewijs zelf stukliep.
"""

import sys
from pathlib import Path

from benchmarks.__main__ import draai

if __name__ == "__main__":
    sys.exit(draai("tests.bewijs", Path(__file__).parent, functie="bewijs", beschrijving="De lange bewijzen."))
