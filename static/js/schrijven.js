/* Schrijven in de browser: de opmaakbalk, en onderweg bewaren. Zonder dit bestand blijft het een gewoon tekstvak.
   De bewerker komt met een eigen adres binnen: geen import map en geen stijl in de bladzijde, dus de strenge CSP blijft. */
const stand = document.querySelector("[data-schrijfstand]");
const vak = document.querySelector("textarea[data-schrijven]");
const woorden = {
  "Update": "Pas aan", "Cancel": "Annuleer", "Edit Link": "Verwijzing", "Open in new window": "Open in een nieuw venster", "Title": "Titel", "URL": "Adres",
  "Table Properties": "Tabel", "Insert Table": "Voeg de tabel toe", "Rows": "Rijen", "Columns": "Kolommen", "Include header row": "Met koprij",
  "List properties": "Lijst", "Start at": "Begin bij", "List type": "Soort lijst", "Bullets": "Punten", "Decimal numbers": "Cijfers",
  "Lowercase letters": "Kleine letters", "Uppercase letters": "Hoofdletters", "Lowercase Roman numerals": "Kleine Romeinse cijfers", "Uppercase Roman numerals": "Romeinse cijfers",
  "paragraph": "Alinea", "Paragraph": "Alinea", "heading 2": "Kop 1", "heading 3": "Kop 2", "heading 4": "Kop 3", "Heading 2": "Kop 1", "Heading 3": "Kop 2", "Heading 4": "Kop 3",
  "unordered list": "Lijst met punten", "ordered list": "Genummerde lijst", "blockquote": "Citaat", "bold": "Vet", "italic": "Cursief", "figure": "Afbeelding",
  "subscript": "Onderschrift", "superscript": "Bovenschrift", "undo": "Ongedaan maken", "redo": "Opnieuw", "insert link": "Verwijzing", "remove link": "Haal de verwijzing weg",
  "Insert table": "Tabel", "Add column": "Kolom erbij", "Delete column": "Kolom weg", "Add row": "Rij erbij", "Delete row": "Rij weg",
  "Merge cells": "Voeg de cellen samen", "Split cell": "Splits de cel", "Toggle header cell": "Kopcel aan of uit", "Delete table": "Haal de tabel weg",
};
window.gettext = window.gettext || function (tekst) { return woorden[tekst] || tekst; };

function zeg(tekst, fout) {
  stand.textContent = tekst;
  stand.classList.toggle("schrijfstand-fout", Boolean(fout));
}

// De knoppen van de balk hebben vaste Engelse namen; hier krijgen ze hun Nederlandse.
function vertaal(houder) {
  for (const ding of houder.querySelectorAll("[title], [aria-label]")) {
    for (const naam of ["title", "aria-label"]) {
      const oud = ding.getAttribute(naam);
      if (oud && woorden[oud]) { ding.setAttribute(naam, woorden[oud]); }
    }
  }
  for (const ding of houder.querySelectorAll(".prose-menubar p, .prose-menubar h2, .prose-menubar h3, .prose-menubar h4")) {
    if (!ding.children.length && woorden[ding.textContent]) { ding.textContent = woorden[ding.textContent]; }
  }
}

// De bewerker laat alleen aan een klasse zien dat een knop nu niets doet; zo hoort ook een schermlezer het.
function zegWatUitStaat(houder) {
  const meld = (knop) => knop.setAttribute("aria-disabled", String(knop.classList.contains("disabled")));
  new MutationObserver((wijzigingen) => {
    for (const { target, addedNodes } of wijzigingen) {
      if (target.matches(".prose-menubar__button")) { meld(target); }
      for (const nieuw of addedNodes) { if (nieuw.querySelectorAll) { nieuw.querySelectorAll(".prose-menubar__button").forEach(meld); } }
    }
  }).observe(houder, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
  houder.querySelectorAll(".prose-menubar__button").forEach(meld);
}

const schrijvers = document.querySelector("[data-schrijvers]");
const nieuwer = document.querySelector("[data-nieuwer]");

// Wie er nu ook schrijft, en of er een nieuwere versie is: uit elk antwoord bij het bewaren, en elke halve minuut.
function vertel(inhoud) {
  if (schrijvers && inhoud.anderen) {
    const regels = inhoud.anderen.map((a) => (a.bezig ? a.naam + " schrijft nu ook aan deze tekst (laatst bewaard op " + a.bewaard + ")." : a.naam + " heeft nog tekst van " + a.bewaard + " die geen versie is."));
    if (regels.join() !== schrijvers.dataset.nu) {
      schrijvers.dataset.nu = regels.join();
      schrijvers.replaceChildren(...regels.map((regel) => { const li = document.createElement("li"); li.textContent = regel; return li; }));
      schrijvers.hidden = !regels.length;
    }
  }
  if (nieuwer && inhoud.nieuwer && nieuwer.dataset.pk !== String(inhoud.nieuwer.pk)) {
    nieuwer.dataset.pk = inhoud.nieuwer.pk;
    nieuwer.textContent = inhoud.nieuwer.door + " bewaarde intussen " + inhoud.nieuwer.naam + ". Schrijf gerust door; bij het bewaren ziet u de verschillen. ";
    const basis = vak.form.elements.basis.value;
    if (basis) {
      const link = document.createElement("a");
      link.href = nieuwer.dataset.url + "?van=" + encodeURIComponent(basis) + "&naar=" + encodeURIComponent(inhoud.nieuwer.pk);
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = "Bekijk wat er veranderde (nieuw venster)";
      nieuwer.append(link);
    }
    nieuwer.hidden = false;
  }
}

async function kijk() {
  if (document.hidden || verstuurd) { return; }
  try {
    const antwoord = await fetch(stand.dataset.url + "?" + new URLSearchParams({ basis: vak.form.elements.basis.value, gezien: vak.form.elements.gezien.value }), { credentials: "same-origin", redirect: "error" });
    if (antwoord.ok) { vertel(await antwoord.json()); }
  } catch (fout) { /* geen verbinding: het bewaren zelf meldt dat */ }
}

let wachten = null, bezig = false, opnieuw = false, gestopt = false, verstuurd = false;

async function bewaar() {
  if (gestopt || verstuurd) { return; }
  if (bezig) { opnieuw = true; return; }
  bezig = true;
  const formulier = vak.form, gegevens = new FormData();
  for (const naam of ["csrfmiddlewaretoken", "basis", "gezien"]) { gegevens.set(naam, formulier.elements[naam].value); }
  gegevens.set("html", vak.value);
  gegevens.set("rijversie", stand.dataset.rijversie || "");
  try {
    const antwoord = await fetch(stand.dataset.url, { method: "POST", body: gegevens, credentials: "same-origin", redirect: "error", headers: { "X-Lezer": (document.querySelector("meta[name=lezer]") || {}).content || "" } });
    if (antwoord.status === 401) { throw new Error("uitgelogd"); }
    const inhoud = await antwoord.json();
    vertel(inhoud);
    if (antwoord.ok) {
      stand.dataset.rijversie = inhoud.rijversie;
      zeg("Bewaard op " + inhoud.bewaard + ". Nog geen nieuwe versie.");
    } else {
      gestopt = true;
      zeg(inhoud.fout + " Uw tekst staat hier nog.", true);
    }
  } catch (fout) {
    zeg((fout.message === "uitgelogd" ? "U bent niet meer ingelogd. Log in op een ander tabblad." : "Bewaren lukt nu niet.") + " Uw tekst staat hier nog; over een halve minuut probeert het portaal het weer.", true);
    wachten = window.setTimeout(bewaar, 30000);
  }
  bezig = false;
  if (opnieuw) { opnieuw = false; bewaar(); }
}

function straks() {
  window.clearTimeout(wachten);
  wachten = window.setTimeout(bewaar, 3000);
}

async function begin() {
  const p = await import(stand.dataset.editor);
  const { schoonUitWord } = await import(stand.dataset.uitWord);
  // Namen van blokken en voetnoten gaan mee door de bewerker heen; alleen zo blijven opmerkingen bij hun alinea.
  const eigen = (naam) => ({ default: null, keepOnSplit: false, parseHTML: (e) => e.getAttribute(naam), renderHTML: (a) => (a[naam] ? { [naam]: a[naam] } : {}) });
  const Namen = p.Extension.create({
    name: "namen",
    addGlobalAttributes() {
      return [
        { types: ["paragraph", "heading", "listItem", "tableRow", "orderedList"], attributes: { "data-blok": eigen("data-blok"), id: eigen("id"), class: eigen("class") } },
        { types: ["link"], attributes: { id: eigen("id"), class: eigen("class") } },
      ];
    },
  });
  const houder = document.createElement("div");
  houder.className = "prose-editor";
  vak.before(houder);
  houder.append(vak);
  new p.Editor({
    element: houder,
    injectCSS: false,
    content: vak.value,
    extensions: [
      p.Document, p.Dropcursor, p.Gapcursor, p.Paragraph, p.HardBreak, p.Text, p.History, p.Menu,
      p.Blockquote, p.Bold, p.BulletList, p.Heading.configure({ levels: [2, 3, 4] }), p.Italic, p.Link, p.ListItem, p.OrderedList,
      p.Subscript, p.Superscript, p.Table, p.TableRow, p.TableHeader, p.TableCell, p.Image.configure({ inline: true, allowBase64: true }), Namen,
    ],
    editorProps: { transformPastedHTML: schoonUitWord, attributes: { "aria-label": "Tekst van het advies", "aria-multiline": "true", role: "textbox", class: "adviestekst", lang: "nl" } },
    onUpdate({ editor }) {
      vak.value = editor.isEmpty ? "" : editor.getHTML();
      straks();
    },
  });
  vertaal(houder);
  window.setTimeout(vertaal, 100, houder); // de balk komt er net na de bewerker
  zegWatUitStaat(houder);
  window.dispatchEvent(new CustomEvent("schrijven-klaar"));
}

if (stand && vak) {
  vak.addEventListener("input", straks);
  vak.form.addEventListener("submit", function () { verstuurd = true; });
  window.addEventListener("pageshow", function () { verstuurd = false; });
  window.setInterval(kijk, 30000);
  document.addEventListener("visibilitychange", kijk);
  begin().catch(function () { zeg("De opmaakbalk kon niet worden geladen. U kunt wel typen.", true); });
}
