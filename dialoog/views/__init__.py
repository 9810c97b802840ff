"""Volgen (voor iedereen) en de nieuwsupdate (voor communicatie)."""
