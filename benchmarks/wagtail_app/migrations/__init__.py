"""De ene migratie van de meetsite."""
