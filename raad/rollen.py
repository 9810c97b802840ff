"""Wat een account in de raad is op een dag: raadslid, kroonlid, plaatsvervanger, bestuur, ministerie, coördinator.

Oud-lid is wie vanaf de dag na het einde niet opnieuw een zetel heeft.
"""

BRON = """
    SELECT f.rol, f.orgaan
    FROM raad_persoon p
    JOIN raad_benoeming b ON b.persoon_id = p.id AND b.soort IN ('lid', 'plaatsvervanger')
        AND b.van <= %(dag)s AND (b.tot IS NULL OR b.tot > %(dag)s)
    JOIN raad_zetel z ON z.id = b.zetel_id
    CROSS JOIN LATERAL (VALUES
        (CASE b.soort WHEN 'lid' THEN 'raadslid' ELSE 'plaatsvervanger' END, 'geleding:' || z.geleding),
        (CASE b.soort WHEN 'lid' THEN 'raadslid' ELSE 'plaatsvervanger' END, 'organisatie:' || z.organisatie_id),
        (CASE WHEN b.soort = 'lid' AND z.geleding = 'kroonleden' THEN 'kroonlid' END, 'geleding:kroonleden')
    ) f (rol, orgaan)
    WHERE p.gebruiker_id = %(wie)s AND f.rol IS NOT NULL AND f.orgaan IS NOT NULL
    UNION ALL
    SELECT f.rol, f.orgaan
    FROM raad_persoon p
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN EXISTS (
            SELECT FROM raad_dagelijksbestuurslid d
            WHERE d.persoon_id = p.id AND d.van <= %(dag)s AND (d.tot IS NULL OR d.tot > %(dag)s)
        ) THEN 'db_lid' END, ''),
        (CASE WHEN EXISTS (
            SELECT FROM raad_ministerievertegenwoordiger m
            WHERE m.persoon_id = p.id AND m.van <= %(dag)s AND (m.tot IS NULL OR m.tot > %(dag)s)
        ) THEN 'ministerieel_vertegenwoordiger' END, 'raad'),
        (CASE WHEN EXISTS (
            SELECT FROM raad_benoeming b WHERE b.persoon_id = p.id AND b.tot <= %(dag)s
        ) AND NOT EXISTS (
            SELECT FROM raad_benoeming b WHERE b.persoon_id = p.id AND b.soort IN ('lid', 'plaatsvervanger')
                AND b.van <= %(dag)s AND (b.tot IS NULL OR b.tot > %(dag)s)
        ) THEN 'oud_lid' END, '')
    ) f (rol, orgaan)
    WHERE p.gebruiker_id = %(wie)s AND f.rol IS NOT NULL
    UNION ALL
    SELECT 'organisatiecoordinator', 'organisatie:' || organisatie_id
    FROM raad_organisatiecontact
    WHERE gebruiker_id = %(wie)s AND van <= %(dag)s AND (tot IS NULL OR tot > %(dag)s)
"""
