"""Meelezers en journalisten als hoedanigheid: per traject, zolang wie hen toeliet dat niet stopte.

Een journalist houdt zijn rol na het embargo: zij opent alleen zijn eigen lijst onder /pers/. De voorwaarde voor een
meelezer is die van `adviezen.models.zicht.meelezend`.
"""

BRON = """
    SELECT 'meelezer', 'traject:' || m.traject_id
    FROM adviezen_meelezer m JOIN adviezen_achterbanberaad b ON b.id = m.beraad_id AND b.gesloten_op IS NULL
    WHERE m.gebruiker_id = %(wie)s AND m.geheimhouding_op IS NOT NULL
        AND m.van <= %(dag)s AND (m.tot IS NULL OR m.tot > %(dag)s)
    UNION ALL
    SELECT 'pers', 'traject:' || traject_id
    FROM adviezen_perslezer WHERE gebruiker_id = %(wie)s AND gestopt_op IS NULL
"""
