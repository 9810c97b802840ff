"""De baas van het huis: zet alles klaar, start het in volgorde en houdt het draaiend.

Alleen standaardbibliotheek, en geen import van Django of van een app: `./portal` gebruikt deze
code vóórdat de virtuele omgeving bestaat.
"""
