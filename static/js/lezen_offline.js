/* Lezen zonder verbinding: bewaart deze bladzijde, laat opmerkingen wachten, en verstuurt ze één keer zodra het kan. */
const lezer = (document.querySelector("meta[name=lezer]") || {}).content;
const opslag = self.leesopslag;
const balk = document.getElementById("leesstatus");
const bewaardOp = Number(document.documentElement.dataset.offline || 0);
const versieblad = /^\/lezen\/versie\/\d+\/$/.test(location.pathname);

function token() {
  const gevonden = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  return gevonden ? gevonden[1] : "";
}

function wanneer(moment) {
  return new Date(moment).toLocaleString("nl-NL", { weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}

function regel(tekst, ...daden) {
  const p = document.createElement("p");
  p.append(tekst, ...daden.flatMap(function (d) { return [" ", d]; }));
  return p;
}

function knop(tekst, daad) {
  const k = document.createElement("button");
  k.type = "button";
  k.className = "utrecht-button leesstatus-knop";
  k.textContent = tekst;
  k.addEventListener("click", daad);
  return k;
}

function aantal(n) { return n === 1 ? "1 opmerking wacht" : n + " opmerkingen wachten"; }

let melding = "", verstuurd = 0;

async function teken() {
  const rij = await opslag.wachtrij(lezer);
  const delen = [];
  if (bewaardOp) { delen.push(regel("Geen verbinding. U leest de tekst zoals die op " + wanneer(bewaardOp) + " op dit apparaat is bewaard.")); }
  if (verstuurd) {
    delen.push(regel(verstuurd === 1 ? "1 opmerking is verstuurd." : verstuurd + " opmerkingen zijn verstuurd.",
      knop("Toon de bladzijde opnieuw", function () { location.reload(); })));
  }
  const wachtend = rij.filter(function (r) { return !r.fout; });
  if (wachtend.length) { delen.push(regel(aantal(wachtend.length) + " op verbinding.", knop("Probeer nu te versturen", verstuur))); }
  if (melding) { delen.push(regel(melding)); }
  for (const r of rij) {
    const kop = r.fout ? "Niet geplaatst: " + r.fout : "Wacht:";
    const weg = knop("Haal weg", async function () {
      if (window.confirm("Deze opmerking is niet verstuurd. Weghalen?")) { await opslag.haalUitRij(lezer, r.nonce); teken(); }
    });
    delen.push(regel(kop + " “" + r.velden.tekst + "”", weg));
  }
  if (balk) {
    balk.replaceChildren(...delen);
    balk.hidden = !delen.length;
  }
}

async function zend(r) {
  const gegevens = new FormData();
  for (const [naam, waarde] of Object.entries(r.velden)) { gegevens.set(naam, waarde); }
  gegevens.set("nonce", r.nonce);
  gegevens.set("lezer", lezer);
  gegevens.delete("csrfmiddlewaretoken");
  return fetch(r.adres, { method: "POST", body: gegevens, headers: { "Accept": "application/json", "X-CSRFToken": token() } });
}

let bezig = false;
async function verstuur() {
  if (bezig || !lezer) { return; }
  bezig = true;
  melding = "";
  try {
    for (const r of await opslag.wachtrij(lezer)) {
      if (r.fout) { continue; }
      let antwoord = null;
      try { antwoord = await zend(r); } catch (fout) { break; } // nog geen verbinding: alles blijft staan
      if (antwoord.redirected || antwoord.status === 403) { melding = "Log opnieuw in om te versturen. Wat u schreef blijft op dit apparaat staan."; break; }
      if (antwoord.ok) {
        await opslag.haalUitRij(lezer, r.nonce);
        verstuurd += 1;
      } else if (antwoord.status === 422) {
        const uit = await antwoord.json();
        await opslag.wacht(lezer, r.nonce, { ...r, fout: Object.values(uit.fouten).flat().join(" ") });
      } else if (antwoord.status === 404) {
        await opslag.wacht(lezer, r.nonce, { ...r, fout: "u kunt deze tekst niet meer lezen." });
      } else { melding = "Versturen lukt nu niet. Het portaal probeert het later weer."; break; }
    }
  } finally {
    bezig = false;
    await teken();
  }
}

async function wachtMet(formulier) {
  const velden = Object.fromEntries(new FormData(formulier).entries());
  const nonce = velden.nonce || crypto.randomUUID();
  await opslag.wacht(lezer, nonce, { velden, adres: formulier.getAttribute("action") });
  const kaart = document.createElement("div");
  kaart.className = "opmerking opmerking-wacht";
  kaart.tabIndex = -1;
  kaart.append(regel("Wacht op verbinding: " + velden.tekst));
  formulier.replaceWith(kaart);
  kaart.focus();
  await teken();
}

// Een formulier op deze bladzijde: met verbinding gewoon, zonder verbinding in de rij of even niet.
document.addEventListener("submit", async function (e) {
  const formulier = e.target;
  if (formulier.method !== "post" || formulier.dataset.gewoon) { return; }
  if (formulier.classList.contains("opmerkformulier")) {
    e.preventDefault();
    if (!formulier.elements.nonce.value) { formulier.elements.nonce.value = crypto.randomUUID(); }
    const velden = Object.fromEntries(new FormData(formulier).entries());
    let antwoord = null;
    try { antwoord = await zend({ velden, nonce: velden.nonce, adres: formulier.getAttribute("action") }); } catch (fout) { antwoord = null; }
    if (!antwoord) { await wachtMet(formulier); return; }
    if (antwoord.ok && !antwoord.redirected) {
      const uit = await antwoord.json();
      formulier.remove(); // zij staat er: wat hier nog staat is geen onverzonden tekst (js/onverzonden.js)
      if (uit.adres.split("#")[0] === location.pathname && !location.search) { location.hash = uit.adres.split("#")[1]; location.reload(); } else { location.assign(uit.adres); }
      return;
    }
    // Wat het portaal te zeggen heeft staat op de gewone bladzijde, met alles wat getypt is.
    formulier.dataset.gewoon = "ja";
    formulier.requestSubmit();
    return;
  }
  if (bewaardOp || !navigator.onLine) {
    e.preventDefault();
    melding = "Dit kan weer zodra u verbinding heeft. Wat u typte staat er nog.";
    await teken();
    if (balk) { balk.scrollIntoView({ block: "nearest" }); }
  }
}, true);

async function begin() {
  if (!lezer || !opslag || !opslag.kan) { return; }
  await teken();
  window.addEventListener("online", verstuur);
  if (!bewaardOp || navigator.onLine) { verstuur(); }
  if (bewaardOp || location.search || !("serviceWorker" in navigator)) { return; }
  await navigator.serviceWorker.register("/lezen/werker.js", { scope: "/lezen/" });
  await navigator.serviceWorker.ready;
  const kast = await caches.open(opslag.stijl);
  const nodig = performance.getEntriesByType("resource").map(function (r) { return r.name; })
    .filter(function (naam) { return naam.startsWith(location.origin + "/static/"); });
  await Promise.all(nodig.map(async function (naam) {
    if (!(await kast.match(naam))) { await kast.add(naam).catch(function () {}); }
  }));
  document.documentElement.dataset.bewaard = "ja";
  window.dispatchEvent(new CustomEvent("lezen-bewaard"));
}

// Zonder bewaren leest alles gewoon met verbinding.
function zwijg() {}

// De bladzijde zoals zij van het portaal kwam, voordat er iets aan veranderde.
const heel = "<!doctype html>" + document.documentElement.outerHTML;
if (lezer && opslag && opslag.kan && !bewaardOp && !location.search && (versieblad || location.pathname === "/lezen/")) {
  opslag.bewaarBlad(lezer, location.pathname, { html: heel, titel: document.title }).then(begin, begin).catch(zwijg);
} else { begin().catch(zwijg); }
