"""Vraag het eigen web of het gezond is; exitcode 0 is ja. Met een certificaat gaat de vraag over https."""

import os
import ssl
import sys
import urllib.request

poort = os.environ.get("GRANIAN_PORT", "8000")
versleuteld = bool(os.environ.get("GRANIAN_SSL_CERTIFICATE"))
vraag = urllib.request.Request(  # noqa: S310  vast adres, dit proces zelf
    f"http{'s' * versleuteld}://localhost:{poort}/gezond/", headers={"Host": "localhost", "X-Forwarded-Proto": "https"}
)
# Nagekeken tegen SSL_CERT_FILE, waar onze eigen uitgever in staat.
with urllib.request.urlopen(vraag, timeout=4, context=ssl.create_default_context()) as antwoord:  # noqa: S310
    sys.exit(antwoord.status != 200)
