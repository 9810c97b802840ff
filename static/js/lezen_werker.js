/* De werker onder /lezen/: geeft bewaarde teksten als er geen verbinding is. Staat achter lezen_opslag.js in één bestand.
   Hij bewaart zelf geen teksten (dat doet de bladzijde) en raakt alleen GET aan. */
const GEDULD = 6000;
const GEDULD_NA_DAAD = 20000; // bij een vergadering meldde men misschien net iets; een oudere bladzijde zou dat niet tonen
const KOPREGELS = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Content-Security-Policy": self.LEES_CSP };

self.addEventListener("install", function (e) {
  self.skipWaiting();
  // De bladzijde zonder verbinding heeft het gezicht van het portaal, ook als er nog niets anders bewaard is.
  e.waitUntil(caches.open(leesopslag.stijl).then(function (kast) {
    return Promise.all(self.LEES_STIJL.map(async function (adres) {
      if (!(await kast.match(adres))) { await kast.add(adres).catch(function () {}); }
    }));
  }));
});
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
  const heeftLijst = lijst.some(function (b) { return b.pad === "/lezen/"; });
  const regels = lijst.filter(function (b) { return leesopslag.isStuk(b.pad); }).map(function (b) {
    return '<li><a class="lijst-kop" href="' + tekst(b.pad) + '">' + tekst(b.titel.replace(/ · SER$/, "")) + '</a> <span class="lijst-feit">op dit apparaat gezet op '
      + tekst(leesopslag.opDeKlok(b.moment)) + "</span></li>";
  }).join("");
  return new Response(
    '<!doctype html><html lang="nl" class="voorbeeld-theme ser-theme scherm-lezen"><head><meta charset="utf-8">'
    + '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Geen verbinding · SER</title>'
    + self.LEES_STIJL.map(function (adres) { return '<link rel="stylesheet" href="' + tekst(adres) + '">'; }).join("")
    + '</head><body><header class="kop kop-werk"><div class="omslag kop-binnen"><a class="woordmerk" href="/lezen/"><span class="woordmerk-kort">SER</span> '
    + '<span class="woordmerk-lang">portaal</span></a></div></header><main class="pagina omslag"><div class="pagina-kop"><h1>Geen verbinding</h1>'
    + '<p class="intro">Deze bladzijde staat niet op dit apparaat.</p></div><div class="pagina-lijf"><div class="pagina-tekst">'
    + (regels ? '<h2>Wel te lezen</h2><ul class="lijst">' + regels + "</ul>"
      : "<p>Open een tekst één keer met verbinding, of zet hem bij “Lezen” op dit apparaat; daarna kunt u hem hier lezen.</p>")
    + (heeftLijst && pad !== "/lezen/" ? '<p><a href="/lezen/">Naar uw leeslijst</a></p>' : "")
    + '<p><a href="' + tekst(pad) + '">Probeer het opnieuw</a></p></div></div></main></body></html>', { status: 503, headers: KOPREGELS },
  );
}

async function blad(e) {
  const pad = new URL(e.request.url).pathname;
  const net = fetch(e.request);
  const geduld = new Promise(function (goed) { setTimeout(goed, pad.startsWith("/lezen/vergaderingen/") ? GEDULD_NA_DAAD : GEDULD, null); });
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

// Wat niet op het apparaat gezet wordt (een formulier, een geschiedenis, een bestand), zegt zonder verbinding wat er wel is.
async function overig(e) {
  try { return await fetch(e.request); } catch (fout) { return zonderVerbinding(new URL(e.request.url).pathname); }
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
  if (e.request.mode === "navigate") { e.respondWith(leesopslag.isBlad(adres.pathname) ? blad(e) : overig(e)); return; }
  if (adres.pathname.startsWith("/static/")) { e.respondWith(stijl(e.request)); }
});
