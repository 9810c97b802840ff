"""Een Wagtail-app met één soort bladzijde; alleen geladen in de omgeving van benchmarks/buren.py."""
