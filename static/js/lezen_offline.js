/* Lezen zonder verbinding: bewaart deze bladzijde, laat opmerkingen wachten, en verstuurt ze één keer zodra het kan. */
const lezer = (document.querySelector("meta[name=lezer]") || {}).content;
const opslag = self.leesopslag;
const balk = document.getElementById("leesstatus");
const bewaardOp = Number(document.documentElement.dataset.offline || 0);

// Een melding van toen ("U heeft zich afgemeld") is zonder verbinding geen nieuws.
if (bewaardOp) { for (const m of document.querySelectorAll(".meldingen")) { m.replaceChildren(); } }

function token() {
  const gevonden = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  return gevonden ? gevonden[1] : "";
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
  if (bewaardOp) { delen.push(regel("Geen verbinding. U leest de bladzijde zoals die op " + opslag.opDeKlok(bewaardOp) + " op dit apparaat is bewaard.")); }
  if (verstuurd) {
    delen.push(regel(verstuurd === 1 ? "1 opmerking is verstuurd." : verstuurd + " opmerkingen zijn verstuurd.",
      knop("Toon de bladzijde opnieuw", function () { location.reload(); })));
  }
  const wachtend = rij.filter(function (r) { return !r.fout; });
  if (wachtend.length) { delen.push(regel(aantal(wachtend.length) + " op verbinding.", knop("Probeer nu te versturen", verstuur))); }
  if (melding) { delen.push(regel(melding)); }
  for (const c of await opslag.concepten(lezer)) {
    if (c.verstuurd || c.pad === location.pathname) { continue; } // het laatste staat bij het formulier zelf
    const link = document.createElement("a");
    link.href = c.pad;
    link.textContent = c.titel;
    delen.push(regel("Zonder verbinding getypt en nog niet verstuurd: ", link));
  }
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
  if (!lezer || !opslag || !opslag.kan || !formulier.closest("main")) { return; }
  e.preventDefault();
  const drukte = e.submitter;
  if (await verbonden()) {
    await opslag.merkVerstuurd(lezer, formulier.getAttribute("action")).catch(function () {});
    formulier.dataset.gewoon = "ja";
    formulier.requestSubmit(drukte);
    return;
  }
  await bewaarGetypt(formulier);
}, true);
window.addEventListener("pageshow", function () {
  for (const f of document.querySelectorAll("form[data-gewoon]")) { delete f.dataset.gewoon; }
});

// Een telefoon zegt ook "verbonden" als er niets door komt: kijk het na voordat een formulier weggaat.
async function verbonden() {
  if (!navigator.onLine) { return false; }
  const op = new AbortController(), wekker = setTimeout(function () { op.abort(); }, 8000);
  try { await fetch("/lezen/werker.js", { method: "HEAD", cache: "no-store", signal: op.signal }); return true; } catch (fout) { return false; } finally { clearTimeout(wekker); }
}

function bijFormulier(formulier, tekst, ...daden) {
  const oud = formulier.querySelector(".leesmelding");
  if (oud) { oud.remove(); }
  const p = regel(tekst, ...daden);
  p.className = "leesmelding";
  p.setAttribute("role", "status");
  formulier.append(p);
  p.scrollIntoView({ block: "nearest" });
}

function vakken(formulier) {
  return Array.from(formulier.elements).filter(function (v) { return v.name && !["hidden", "submit", "button", "file"].includes(v.type); });
}

// Het blijft in de kluis op dit apparaat, en staat bij een volgend bezoek weer klaar. Het gaat niet vanzelf weg: de lezer verstuurt het.
async function bewaarGetypt(formulier) {
  const velden = vakken(formulier).filter(function (v) { return !["radio", "checkbox"].includes(v.type) || v.checked; })
    .map(function (v) { return [v.name, v.value]; });
  const getypt = vakken(formulier).filter(function (v) { return v.matches("textarea") || v.type === "text"; });
  const tekst = getypt.map(function (v) { return kaal(v.value); }).sort(function (a, b) { return b.length - a.length; })[0];
  if (!tekst) { bijFormulier(formulier, "Geen verbinding. Dit kan weer zodra u verbinding heeft."); return; }
  await opslag.bewaarConcept(lezer, formulier.getAttribute("action"), { velden, tekst, pad: location.pathname, titel: document.title.replace(/ · SER$/, "") });
  bijFormulier(formulier, "Geen verbinding. Wat u typte is op dit apparaat bewaard. Is er weer verbinding, dan staat het hier klaar om te versturen.");
}

function kaal(s) { return s.replace(/\s+/g, " ").trim(); }

async function legKlaar() {
  for (const c of await opslag.concepten(lezer)) {
    // Verstuurd, en op de bladzijde die daarna kwam staat het: dan is het aangekomen.
    if (c.verstuurd && !bewaardOp && c.pad === location.pathname && kaal(document.querySelector("main").textContent).includes(c.tekst)) {
      await opslag.haalConceptWeg(lezer, c.adres);
      continue;
    }
    const formulier = c.pad === location.pathname && Array.from(document.forms).find(function (f) { return f.getAttribute("action") === c.adres; });
    if (!formulier) { continue; }
    for (const vak of vakken(formulier)) {
      const gevonden = c.velden.filter(function (v) { return v[0] === vak.name; }).map(function (v) { return v[1]; });
      if (["radio", "checkbox"].includes(vak.type)) { vak.checked = gevonden.includes(vak.value); } else if (gevonden.length) { vak.value = gevonden[0]; }
    }
    for (let d = formulier.closest("details"); d; d = d.parentElement.closest("details")) { d.open = true; }
    bijFormulier(formulier, c.verstuurd ? "Dit verstuurde u op " + opslag.opDeKlok(c.verstuurd) + ", maar wij zien het hier niet terug. Verstuur het zo nodig opnieuw."
      : "Dit typte u op " + opslag.opDeKlok(c.moment) + " zonder verbinding. Het is nog niet verstuurd.",
      knop("Gooi weg", async function () { if (!window.confirm("Wat u typte wordt weggegooid. Doorgaan?")) { return; } await opslag.haalConceptWeg(lezer, c.adres); formulier.reset(); formulier.querySelector(".leesmelding").remove(); }));
  }
}

async function begin() {
  if (!lezer || !opslag || !opslag.kan) { return; }
  await teken();
  await legKlaar();
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
if (lezer && opslag && opslag.kan && !bewaardOp && !location.search && opslag.isBlad(location.pathname)) {
  opslag.bewaarBlad(lezer, location.pathname, { html: heel, titel: document.title }).then(begin, begin).catch(zwijg);
} else { begin().catch(zwijg); }
