/* Het leesscherm: opmerken bij geselecteerde woorden, en woorden en opmerking aan elkaar laten zien.
   Zonder dit bestand werkt alles ook: elke alinea heeft een link naar een gewoon formulier. */
const sjabloon = document.getElementById("opmerkformulier");
const RAND = 48;

function kaal(fragment) {
  for (const ding of fragment.querySelectorAll(".passage-nummer, .aanhaling-wijzer, ul ul, ol ol")) { ding.remove(); }
  for (const regel of fragment.querySelectorAll("br")) { regel.replaceWith(" "); }
  return fragment.textContent.replace(/\s+/g, " ");
}

// Het blok waarin een punt van de tekst ligt: zijn naam en zijn element.
function blokVan(punt) {
  const element = punt.nodeType === Node.ELEMENT_NODE ? punt : punt.parentElement;
  const tekst = element && element.closest(".passage-tekst");
  const passage = tekst && tekst.closest(".passage[id]");
  if (!passage) { return null; }
  const eigen = element.closest("[data-blok]");
  if (eigen && tekst.contains(eigen)) { return { naam: eigen.dataset.blok, element: eigen, passage }; }
  return { naam: passage.id, element: tekst.querySelector("h2, h3, h4, p, li, tr, caption, figure") || tekst, passage };
}

// De geselecteerde woorden in één blok, met wat ervoor en erna staat; null als er niets bruikbaars geselecteerd is.
function aanhaling() {
  const selectie = window.getSelection();
  if (!selectie || selectie.isCollapsed || !selectie.rangeCount) { return null; }
  const bereik = selectie.getRangeAt(0).cloneRange();
  const blok = blokVan(bereik.startContainer);
  if (!blok) { return null; }
  if (!blok.element.contains(bereik.endContainer)) { bereik.setEnd(blok.element, blok.element.childNodes.length); }
  const exact = kaal(bereik.cloneContents()).trim();
  if (!exact) { return null; }
  const voor = document.createRange(), na = document.createRange();
  voor.setStart(blok.element, 0);
  voor.setEnd(bereik.startContainer, bereik.startOffset);
  na.setStart(bereik.endContainer, bereik.endOffset);
  na.setEnd(blok.element, blok.element.childNodes.length);
  // In een tabel gaat de opmerking over de hele rij: tussen de cellen staat niets om aan te halen.
  const rij = blok.element.tagName === "TR";
  return {
    blok: blok.naam, passage: blok.passage, vak: bereik.getBoundingClientRect(),
    exact: rij ? "" : exact, voor: kaal(voor.cloneContents()).slice(-RAND), na: kaal(na.cloneContents()).slice(0, RAND),
  };
}

// Waar de opmerking bij hoort, in de woorden van de link die het formulier opent: wie later terugkomt, ziet het nog.
function over(passage, blok) {
  const kop = document.createElement("p");
  kop.className = "opmerkformulier-over";
  kop.id = "opmerkformulier-over";
  // Een opsomming draagt haar nummers zelf; over() hoort het blok waar de opmerking bij komt.
  const punt = passage && blok && blok !== passage.id ? document.getElementById(blok) : null;
  const nummer = passage && (punt ? punt.dataset.nummer : (passage.querySelector(".passage-nummer") || {}).textContent
    || (passage.querySelector("li[data-nummer], p[data-nummer]") || { dataset: {} }).dataset.nummer);
  const woorden = passage && passage.querySelector("a[data-opmerken] .alleen-lezer");
  kop.textContent = passage ? "Bij alinea" + (nummer ? " " + nummer : "") + (woorden ? ": " + woorden.textContent.replace(/^\s*bij:\s*/, "") : "") : "Over het geheel";
  return kop;
}

function open(passage, gegevens, terug) {
  const oud = document.querySelector("form.opmerkformulier");
  if (oud) {
    if (oud.elements.tekst.value.trim() && !oud.contains(document.activeElement)) { oud.elements.tekst.focus(); return; }
    oud.remove();
  }
  const formulier = sjabloon.content.cloneNode(true).querySelector("form");
  for (const naam of ["blok", "exact", "voor", "na"]) {
    if (formulier.elements[naam]) { formulier.elements[naam].value = gegevens[naam] || ""; }
  }
  // Over het geheel valt niets aan te halen.
  if (!gegevens.blok) { formulier.elements.exact.closest(".utrecht-form-field, .veld").remove(); }
  formulier.elements.nonce.value = window.crypto.randomUUID ? window.crypto.randomUUID() : "";
  const houder = passage ? passage.querySelector(".passage-kantlijn") : document.getElementById("geheel-formulier");
  formulier.prepend(over(passage, gegevens.blok));
  formulier.setAttribute("aria-labelledby", "opmerkformulier-over");
  houder.append(formulier);
  formulier.querySelector("[data-niet-doen]").addEventListener("click", function (e) {
    e.preventDefault(); // de link is voor wie zonder dit bestand leest; hier blijft de lezer waar hij was
    formulier.remove();
    if (terug) { terug.focus(); }
  });
  formulier.elements.tekst.focus();
  formulier.scrollIntoView({ block: "nearest" });
}

if (sjabloon) {
  document.addEventListener("click", function (e) {
    const link = e.target.closest("a[data-opmerken]");
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.button) { return; }
    e.preventDefault();
    const passage = link.closest(".passage");
    const stuk = aanhaling();
    open(passage, stuk && passage && stuk.passage === passage ? stuk : { blok: passage ? passage.id : "" }, link);
  });
  document.addEventListener("keydown", function (e) {
    const formulier = e.key === "Escape" && e.target.closest && e.target.closest("form.opmerkformulier");
    if (formulier && !formulier.elements.tekst.value.trim()) { formulier.querySelector("[data-niet-doen]").click(); }
  });

  // De knop bij de selectie volgt haar; zij komt pas als het selecteren even stilstaat.
  const knop = document.createElement("button");
  knop.type = "button";
  knop.className = "selectieknop utrecht-button utrecht-button--primary-action";
  knop.textContent = "Opmerking bij deze woorden";
  knop.hidden = true;
  document.body.append(knop);
  let stuk = null, wachten = 0;
  document.addEventListener("selectionchange", function () {
    window.clearTimeout(wachten);
    wachten = window.setTimeout(function () {
      stuk = aanhaling();
      knop.hidden = !stuk;
      if (!stuk) { return; }
      knop.style.insetBlockStart = (stuk.vak.bottom + window.scrollY + 8) + "px";
      const ruimte = document.documentElement.clientWidth - knop.offsetWidth - 8;
      knop.style.insetInlineStart = Math.max(8, Math.min(stuk.vak.left, ruimte)) + "px";
    }, 200);
  });
  knop.addEventListener("mousedown", function (e) { e.preventDefault(); });
  knop.addEventListener("click", function () {
    if (!stuk) { return; }
    const gekozen = stuk;
    window.getSelection().removeAllRanges();
    knop.hidden = true;
    open(gekozen.passage, gekozen, gekozen.passage.querySelector("a[data-opmerken]"));
  });
}

// Wie een opmerking aanwijst of erin staat, ziet haar woorden oplichten.
function licht(e) {
  const kaart = e.target.closest && e.target.closest(".opmerking[id]");
  for (const merk of document.querySelectorAll("mark.aanhaling-aan")) { merk.classList.remove("aanhaling-aan"); }
  if (!kaart) { return; }
  const nummer = kaart.id.replace("opmerking-", "");
  for (const merk of document.querySelectorAll("mark.aanhaling")) {
    if (merk.dataset.opmerking.split(" ").includes(nummer)) { merk.classList.add("aanhaling-aan"); }
  }
}
document.addEventListener("mouseover", licht);
document.addEventListener("focusin", licht);
