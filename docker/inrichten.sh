#!/bin/sh
# Bij elke uitrol, één keer en vóór web en werkers: rollen, tabellen, rechten, statische bestanden, archief.
set -eu
als_beheerder() { DATABASE_URL="$BEHEERDER_DATABASE_URL" PUBLIEK_DATABASE_URL="" python manage.py "$@"; }
als_eigenaar() { DATABASE_URL="$EIGENAAR_DATABASE_URL" PUBLIEK_DATABASE_URL="" python manage.py "$@"; }

als_beheerder maak_rollen --alleen-rollen
als_eigenaar migrate --noinput
als_beheerder maak_rollen
# Zonder --clear: web dat nog op de vorige versie draait, houdt zijn bestanden.
python manage.py collectstatic --noinput -v0
if [ -d data ] && [ "${ARCHIEF_LADEN:-1}" = 1 ]; then
    # Een stuk dat niet te lezen is, houdt de uitrol niet tegen; de regel hierboven noemt het.
    python manage.py laad_archief data/ || echo "Niet elk archiefstuk is geladen." >&2
    als_eigenaar tel_tabellen
fi
