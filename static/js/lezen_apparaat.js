/* Vooraf op dit apparaat zetten wat men straks zonder verbinding wil lezen, en laten zien wat er staat. Het bewaren zelf: lezen_opslag.js. */
const vak = document.getElementById("op-apparaat");
const wie = (document.querySelector("meta[name=lezer]") || {}).content;
const kluis = self.leesopslag;
const zonder = Boolean(document.documentElement.dataset.offline);

function links(bereik) {
  return Array.from(bereik.querySelectorAll("a[href]")).filter(function (a) { return kluis.isStuk(a.pathname) && a.origin === location.origin; });
}

// Alleen wat nu gevraagd is: de stukken die nog te lezen zijn met de eerstvolgende vergadering, of deze vergadering met haar teksten.
function gewenst() {
  const delen = Array.from(document.querySelectorAll("[data-op-apparaat]"));
  const paden = delen.flatMap(function (deel) { return links(deel).map(function (a) { return a.pathname; }); });
  return Array.from(new Set(kluis.isStuk(location.pathname) ? [location.pathname, ...paden] : paden));
}

function zegAantal(n, van) {
  if (n === van) { return "Alles staat op dit apparaat."; }
  return n + " van " + van + (van === 1 ? " staat" : " staan") + " op dit apparaat.";
}

// Wie een tekst niet meer mag lezen, ziet haar niet meer op zijn lijst; dan hoort zij ook niet op zijn apparaat te blijven. Wat vandaag
// geopend is blijft: een oudere versie staat niet op de lijst, en iemand kan er net in lezen.
async function ruimOp(rij) {
  if (zonder || location.pathname !== "/lezen/") { return rij; }
  const lijst = new Set(links(document.querySelector("main")).map(function (a) { return a.pathname; }));
  const weg = rij.filter(function (b) {
    return /^\/lezen\/versie\//.test(b.pad) && !lijst.has(b.pad) && b.moment < Date.now() - 86400000;
  });
  for (const b of weg) { await kluis.haalBladWeg(wie, b.pad); }
  return rij.filter(function (b) { return !weg.includes(b); });
}

async function toon() {
  const staat = new Set((await ruimOp(await kluis.staat(wie))).map(function (b) { return b.pad; }));
  for (const a of links(document.querySelector("main"))) {
    if (!a.classList.contains("lijst-kop") && !a.closest(".agendalijst")) { continue; }
    const er = staat.has(a.pathname), oud = a.parentElement.querySelector(".merk-apparaat");
    if (oud) { oud.remove(); }
    if (!er && !zonder) { continue; }
    const merk = document.createElement("span");
    merk.className = er ? "label merk-apparaat" : "label label-letop merk-apparaat";
    merk.textContent = er ? "op dit apparaat" : "niet op dit apparaat";
    a.after(" ", merk);
  }
  const paden = gewenst(), n = paden.filter(function (pad) { return staat.has(pad); }).length;
  vak.querySelector("[data-stand]").textContent = paden.length ? zegAantal(n, paden.length) : "Er is nu niets om op dit apparaat te zetten.";
  const knop = vak.querySelector("button");
  knop.hidden = zonder || !paden.length;
  knop.dataset.eerst = knop.dataset.eerst || knop.textContent;
  knop.textContent = paden.length && n === paden.length ? "Haal de stand van nu op" : knop.dataset.eerst;
  vak.hidden = false;
}

async function stijlen(html) {
  const kast = await caches.open(kluis.stijl);
  for (const adres of new Set(html.match(/\/static\/[^"'\s<>]+\.(?:css|js|woff2|svg)/g) || [])) {
    if (!(await kast.match(adres))) { await kast.add(adres).catch(function () {}); }
  }
}

async function haal(pad) {
  const antwoord = await fetch(pad, { headers: { "X-Bewaren": "ja" }, cache: "no-store" });
  if (!antwoord.ok || antwoord.redirected) { return false; }
  const html = await antwoord.text();
  const blad = new DOMParser().parseFromString(html, "text/html");
  // Logde er intussen een ander in, dan hoort deze bladzijde niet in de kluis van deze lezer.
  if ((blad.querySelector("meta[name=lezer]") || {}).content !== wie) { return false; }
  await kluis.bewaarBlad(wie, pad, { html, titel: blad.title });
  await stijlen(html);
  return true;
}

async function zetAlles(knop) {
  const stand = vak.querySelector("[data-stand]"), paden = gewenst();
  let mislukt = 0;
  knop.disabled = true;
  for (const [n, pad] of paden.entries()) {
    stand.textContent = "Bezig: " + (n + 1) + " van " + paden.length + ".";
    try { mislukt += !(await haal(pad)); } catch (fout) { mislukt += 1; }
  }
  knop.disabled = false;
  await toon();
  if (mislukt) { stand.append(" " + (mislukt === 1 ? "Eén lukte" : mislukt + " lukten") + " niet; probeer het later nog eens."); }
}

if (vak && wie && kluis && kluis.kan && "serviceWorker" in navigator) {
  vak.querySelector("button").addEventListener("click", function (e) { zetAlles(e.currentTarget); });
  window.addEventListener("lezen-bewaard", function () { toon().catch(function () {}); });
  toon().catch(function () {});
}
