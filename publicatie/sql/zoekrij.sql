-- De smalle rij waarin gezocht wordt. Een gewoon woord raakt bijna elk advies; hier passen er honderd op een bladzijde,
-- in de tabel zelf twintig. Zij volgt in dezelfde handeling: de database zet haar neer en sluit haar, nooit het programma.
ALTER TABLE publicatie_zoekrij SET (toast_tuple_target = 128);
CREATE FUNCTION publicatie_zoekrij_erbij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO publicatie_zoekrij (publicatie_id, vanaf, advies, tot, zoek)
    SELECT id, vanaf, soort = 'advies', tot, zoek FROM nieuw;
  RETURN NULL;
END $$;
CREATE FUNCTION publicatie_zoekrij_sluit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE publicatie_zoekrij z SET tot = n.tot FROM nieuw n
    WHERE z.publicatie_id = n.id AND z.tot IS DISTINCT FROM n.tot;
  RETURN NULL;
END $$;
CREATE TRIGGER publicatie_zoekrij_erbij AFTER INSERT ON publicatie_publicatie
  REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION publicatie_zoekrij_erbij();
CREATE TRIGGER publicatie_zoekrij_sluit AFTER UPDATE ON publicatie_publicatie
  REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION publicatie_zoekrij_sluit();
INSERT INTO publicatie_zoekrij (publicatie_id, vanaf, advies, tot, zoek)
  SELECT id, vanaf, soort = 'advies', tot, zoek FROM publicatie_publicatie ORDER BY id;
DROP INDEX publicatie_zoek_gin;
CREATE INDEX publicatie_zoek_gin ON publicatie_zoekrij USING gin (zoek) WITH (fastupdate = off);
