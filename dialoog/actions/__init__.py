"""Aanmelden en stoppen (`volgen`), en samenstellen en versturen (`edities`)."""
