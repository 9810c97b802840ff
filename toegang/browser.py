"""Van wat een browser over zichzelf zegt naar woorden die iemand herkent: "Chrome op Linux".

Een browser mag van alles zeggen; dit is om een toestel te herkennen, niet om op te vertrouwen. De volgorde telt: Edge
noemt zich ook Chrome, en Chrome ook Safari.
"""

BROWSERS = {
    "Edg/": "Edge", "EdgA/": "Edge", "EdgiOS/": "Edge", "OPR/": "Opera", "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox", "FxiOS/": "Firefox", "CriOS/": "Chrome", "Chrome/": "Chrome", "Safari/": "Safari",
}  # fmt: skip
TOESTELLEN = {
    "iPhone": "een iPhone", "iPad": "een iPad", "Android": "Android", "CrOS": "een Chromebook",
    "Windows": "Windows", "Macintosh": "een Mac", "Linux": "Linux",
}  # fmt: skip


def noem(user_agent: str) -> str:
    """Geef browser en toestel in woorden; wat niet te herkennen is, heet "een onbekende browser"."""
    browser = next((naam for merk, naam in BROWSERS.items() if merk in user_agent), "een onbekende browser")
    toestel = next((naam for merk, naam in TOESTELLEN.items() if merk in user_agent), "")
    return f"{browser} op {toestel}" if toestel else browser
