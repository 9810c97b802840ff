/* Wat uit Word geplakt wordt: lijsten zijn daar alinea's met een los bolletje, voetnoten zijn koppelingen in een eigen blok, en
   overal hangt opmaak aan. Hier wordt daar gewone tekst van; de server maakt daarna nog eens schoon, wat er ook binnenkomt. */
let reeks = 0;

const isWord = (html) => /mso-|MsoNormal|urn:schemas-microsoft-com|<o:p/i.test(html);

function lijsten(doc) {
  let stapel = [], vorige = null;
  for (const alinea of Array.from(doc.querySelectorAll("p"))) {
    const gevonden = /mso-list:\s*l\d+\s+level(\d+)/i.exec(alinea.getAttribute("data-stijl") || "");
    if (!gevonden) { continue; }
    const diep = Math.min(6, Number(gevonden[1]));
    const teken = alinea.querySelector('[data-stijl*="mso-list:Ignore"], [data-stijl*="mso-list: Ignore"]');
    const merk = (teken ? teken.textContent : alinea.textContent).trim();
    if (teken) { teken.remove(); }
    if (!vorige || vorige !== alinea.previousElementSibling) { stapel = []; }
    stapel = stapel.slice(0, diep);
    while (stapel.length < diep) {
      const lijst = doc.createElement(/^\(?([0-9]+|[a-z]{1,4})[.)]/i.test(merk) ? "ol" : "ul");
      const boven = stapel[stapel.length - 1];
      if (boven) {
        if (!boven.lastElementChild) { boven.append(doc.createElement("li")); }
        boven.lastElementChild.append(lijst);
      } else {
        alinea.before(lijst);
      }
      stapel.push(lijst);
    }
    const punt = doc.createElement("li"), binnen = doc.createElement("p");
    binnen.append(...alinea.childNodes);
    punt.append(binnen);
    stapel[diep - 1].append(punt);
    alinea.remove();
    vorige = stapel[0];
  }
}

function voetnoten(doc) {
  reeks += 1;
  const noten = [];
  for (const verwijzing of doc.querySelectorAll('a[href*="_ftn"], a[href*="_edn"]')) {
    const naam = /#_?((?:ftn|edn)\d+)$/.exec(verwijzing.getAttribute("href") || "");
    if (!naam) { continue; }
    const blok = doc.querySelector('div[id="' + naam[1] + '"]');
    const anker = "voetnoot-p" + Date.now().toString(36) + reeks + naam[1];
    const nieuw = doc.createElement("a"), boven = doc.createElement("sup");
    nieuw.setAttribute("href", "#" + anker);
    nieuw.setAttribute("class", "voetnoot");
    nieuw.setAttribute("id", anker.replace("voetnoot-", "voetnootref-"));
    nieuw.textContent = (/\d+/.exec(verwijzing.textContent) || [String(noten.length + 1)])[0];
    boven.append(nieuw);
    verwijzing.replaceWith(boven);
    if (blok) { noten.push([anker, blok]); }
  }
  if (!noten.length) { return; }
  const lijst = doc.createElement("ol");
  lijst.setAttribute("class", "voetnoten");
  for (const [anker, blok] of noten) {
    for (const terug of blok.querySelectorAll('a[href*="_ftnref"], a[href*="_ednref"]')) { terug.remove(); }
    const punt = doc.createElement("li"), binnen = doc.createElement("p");
    punt.setAttribute("class", "voetnoot");
    punt.setAttribute("id", anker);
    binnen.textContent = blok.textContent.replace(/\s+/g, " ").trim();
    punt.append(binnen);
    lijst.append(punt);
    blok.remove();
  }
  doc.body.append(lijst);
}

/** Geef geplakte HTML zonder wat Word erbij zet; andere HTML blijft zoals zij is, zonder scripts en opmaak. */
export function schoonUitWord(html) {
  // Onder onze CSP is elk style= een melding, ook in een los document; onder een andere naam blijft het leesbaar.
  const kaal = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/<[^>]+>/g, (tag) => tag.replace(/(\s)style(\s*=)/gi, "$1data-stijl$2"));
  const doc = new DOMParser().parseFromString(kaal, "text/html");
  for (const weg of doc.querySelectorAll("script, style, meta, link, title, xml, iframe, object, embed, form, input, button, noscript, template")) { weg.remove(); }
  const lezer = doc.createTreeWalker(doc.body, NodeFilter.SHOW_COMMENT), commentaar = [];
  while (lezer.nextNode()) { commentaar.push(lezer.currentNode); }
  for (const weg of commentaar) { weg.remove(); }
  if (isWord(html)) {
    for (const leeg of doc.querySelectorAll("o\\:p")) { leeg.replaceWith(...leeg.childNodes); }
    voetnoten(doc);
    lijsten(doc);
  }
  for (const ding of doc.body.querySelectorAll("*")) {
    for (const naam of ding.getAttributeNames()) {
      const mag = ["href", "src", "alt", "colspan", "rowspan", "start", "id", "class", "data-blok"].includes(naam);
      const eigen = !["id", "class"].includes(naam) || /^voetnoot/.test(ding.getAttribute(naam));
      if (!mag || !eigen || (naam === "src" && !ding.getAttribute(naam).startsWith("data:image/"))) { ding.removeAttribute(naam); }
    }
  }
  for (const beeld of doc.querySelectorAll("img:not([src])")) { beeld.remove(); }
  for (const omhulsel of doc.querySelectorAll("span, font, div")) { if (omhulsel.tagName !== "DIV" || omhulsel.querySelector("p, ul, ol, table, h1, h2, h3")) { omhulsel.replaceWith(...omhulsel.childNodes); } }
  for (const alinea of doc.querySelectorAll("p")) { if (!alinea.textContent.replace(/\u00a0/g, " ").trim() && !alinea.querySelector("img")) { alinea.remove(); } }
  return doc.body.innerHTML;
}
