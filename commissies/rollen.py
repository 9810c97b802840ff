"""Wat een account in commissies is op een dag: per commissie zijn rol; de voorzitter is ook lid."""

BRON = """
    SELECT f.rol, 'commissie:' || l.commissie_id
    FROM raad_persoon p
    JOIN commissies_commissielid l ON l.persoon_id = p.id
        AND l.van <= %(dag)s AND (l.tot IS NULL OR l.tot > %(dag)s)
    CROSS JOIN LATERAL (VALUES
        (CASE l.rol
            WHEN 'voorzitter' THEN 'commissievoorzitter'
            WHEN 'lid' THEN 'commissielid'
            WHEN 'plaatsvervanger' THEN 'commissie_plaatsvervanger'
            WHEN 'secretaris' THEN 'commissiesecretaris'
            ELSE l.rol
        END),
        (CASE l.rol WHEN 'voorzitter' THEN 'commissielid' END)
    ) f (rol)
    WHERE p.gebruiker_id = %(wie)s AND f.rol IS NOT NULL
"""
