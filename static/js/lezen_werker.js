/* De werker onder /lezen/: geeft bewaarde teksten als er geen verbinding is. Staat achter lezen_opslag.js in één bestand.
   Hij bewaart zelf geen teksten (dat doet de bladzijde) en raakt alleen GET aan. */
const GEDULD = 6000;
const BLAD = /^\/lezen\/(?:versie\/\d+\/)?$/;
const KOPREGELS = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Content-Security-Policy": self.LEES_CSP };

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (e) { e.waitUntil(self.clients.claim()); });

// Wie er het laatst op dit apparaat las; een ander is dan al gewist (zie `alleen`).
async function bewaard(pad) {
  for (const lezer of await leesopslag.lezers()) {
    const blad = await leesopslag.blad(lezer, pad);
    if (blad) { return { lezer, blad }; }
  }
  return null;
}

function tekst(s) {
  return s.replace(/[&<>"]/g, function (c) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[c]; });
}

async function zonderVerbinding(pad) {
  const gevonden = await bewaard(pad);
  if (gevonden) {
    const merk = '<html data-offline="' + gevonden.blad.moment + '"';
    return new Response(gevonden.blad.html.replace("<html", merk), { headers: KOPREGELS });
  }
  const lijst = [];
  for (const lezer of await leesopslag.lezers()) { lijst.push(...(await leesopslag.bladen(lezer))); }
  const regels = lijst.map(function (b) { return '<li><a href="' + tekst(b.pad) + '">' + tekst(b.titel) + "</a></li>"; }).join("");
  return new Response(
    '<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    + "<title>Geen verbinding</title></head><body><main><h1>Geen verbinding</h1><p>Deze bladzijde staat niet op dit apparaat.</p>"
    + (regels ? "<p>Wel te lezen:</p><ul>" + regels + "</ul>" : "<p>Open een tekst één keer met verbinding; daarna kunt u haar hier lezen.</p>")
    + "</main></body></html>", { status: 503, headers: KOPREGELS },
  );
}

async function blad(e) {
  const pad = new URL(e.request.url).pathname;
  const net = fetch(e.request);
  const geduld = new Promise(function (goed) { setTimeout(goed, GEDULD, null); });
  try {
    // Een trage trein is ook geen verbinding, maar alleen als er iets bewaard is.
    const antwoord = (await Promise.race([net, geduld])) || ((await bewaard(pad)) ? null : await net);
    if (!antwoord) { net.catch(function () {}); return zonderVerbinding(pad); }
    if ([403, 404, 410].includes(antwoord.status)) {
      for (const lezer of await leesopslag.lezers()) { await leesopslag.haalBladWeg(lezer, pad); }
    }
    return antwoord;
  } catch (fout) {
    return zonderVerbinding(pad);
  }
}

async function stijl(verzoek) {
  const kast = await caches.open(leesopslag.stijl);
  const vast = /\.[0-9a-f]{12}\./.test(verzoek.url);
  const oud = vast ? await kast.match(verzoek) : null;
  if (oud) { return oud; }
  try {
    const antwoord = await fetch(verzoek);
    if (antwoord.ok) { await kast.put(verzoek, antwoord.clone()); }
    return antwoord;
  } catch (fout) {
    const gevonden = await kast.match(verzoek);
    if (gevonden) { return gevonden; }
    throw fout;
  }
}

self.addEventListener("fetch", function (e) {
  const adres = new URL(e.request.url);
  if (e.request.method !== "GET" || adres.origin !== self.location.origin) { return; }
  if (e.request.mode === "navigate" && BLAD.test(adres.pathname)) { e.respondWith(blad(e)); return; }
  if (adres.pathname.startsWith("/static/")) { e.respondWith(stijl(e.request)); }
});
