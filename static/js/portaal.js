/* Klein gedrag naast htmx. Alles werkt ook zonder dit bestand. */
(function () {
  "use strict";

  // Na een deelverversing door htmx krijgt de foutenlijst de aandacht; bij een gewone bladzijde doet autofocus dat.
  document.addEventListener("htmx:afterSwap", function (e) {
    var lijst = e.target.querySelector(".foutenlijst[tabindex]");
    if (lijst) { lijst.focus(); }
  });

  // Wie met toetsen werkt blijft op zijn plek als zijn knop bij een deelverversing verdwijnt: naar de eerste knop van hetzelfde deel.
  // (Een knop met een id die blijft, vindt htmx zelf terug.)
  var deel = "";
  document.addEventListener("htmx:beforeSwap", function (e) {
    var nu = document.activeElement;
    var plek = nu && nu !== document.body && e.target.contains(nu) ? nu.closest("section[id]") : null;
    deel = plek ? plek.id : "";
  });
  document.addEventListener("htmx:afterSettle", function () {
    var plek = deel && document.activeElement === document.body ? document.getElementById(deel) : null;
    var knop = plek && plek.querySelector("button");
    deel = "";
    if (knop) { knop.focus(); }
  });

  // Wat bij een deelverversing nieuw is, zoals een peiling die opengaat, hoort ook wie het niet ziet verschijnen.
  document.querySelectorAll("[data-meldt]").forEach(function (melder) {
    function nieuws() { var deel = document.getElementById(melder.dataset.meldt); return deel ? deel.dataset.gemeld || "" : ""; }
    var was = nieuws();
    document.addEventListener("htmx:afterSettle", function () {
      if (nieuws() !== was) { was = nieuws(); melder.textContent = was; }
    });
  });

  // Een foutenlink zet de cursor in het invoervak, ook als dat een groep keuzes is.
  document.addEventListener("click", function (e) {
    var link = e.target.closest && e.target.closest(".foutenlijst a[href^='#']");
    var doel = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!doel) { return; }
    e.preventDefault();
    var vak = doel.matches("input, select, textarea") ? doel : doel.querySelector("input, select, textarea") || doel;
    vak.focus();
    vak.scrollIntoView({ block: "center" });
  });

  // Toetsen van één letter. Wie met zijn stem werkt of snel misdrukt, zet ze uit (WCAG 2.1.4); dit apparaat onthoudt het.
  var TOETSEN = "toetsen-van-een-letter";
  function zetToetsen(stand) {
    document.documentElement.dataset.toetsen = stand;
    document.querySelectorAll("[data-toetsen-uitleg]").forEach(function (uitleg) { uitleg.hidden = false; });
    document.querySelectorAll(".toetsen-knop").forEach(function (knop) { knop.textContent = stand === "uit" ? "zet deze toetsen aan" : "zet deze toetsen uit"; });
  }
  function bewaardeToetsen() { try { return localStorage.getItem(TOETSEN) || "aan"; } catch (fout) { return "aan"; } }
  zetToetsen(bewaardeToetsen());
  document.addEventListener("click", function (e) {
    if (!e.target.closest || !e.target.closest(".toetsen-knop")) { return; }
    zetToetsen(document.documentElement.dataset.toetsen === "uit" ? "aan" : "uit");
    try { localStorage.setItem(TOETSEN, document.documentElement.dataset.toetsen); } catch (fout) { /* dan geldt het tot de bladzijde weggaat */ }
  });

  // Wijzigingen: n en p springen naar de volgende en de vorige, behalve tijdens het typen.
  document.addEventListener("keydown", function (e) {
    if ((e.key !== "n" && e.key !== "p") || e.ctrlKey || e.metaKey || e.altKey || document.documentElement.dataset.toetsen === "uit") { return; }
    if (e.target.matches && e.target.matches("input, textarea, select, [contenteditable='true']")) { return; }
    var alle = Array.prototype.slice.call(document.querySelectorAll(".wijziging-stop"));
    if (!alle.length) { return; }
    var nu = alle.indexOf(document.activeElement);
    var volgende = e.key === "n" ? nu + 1 : (nu < 0 ? alle.length : nu) - 1;
    alle[(volgende + alle.length) % alle.length].focus();
  });

  // Wie op een ander tabblad opnieuw inlogt krijgt een ander formuliertoken. De cookie heeft het; wat hier open staat neemt het over.
  function token() { return (document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/) || [])[1]; }
  function ververs() {
    var nu = token();
    if (!nu) { return; }
    document.querySelectorAll("input[name='csrfmiddlewaretoken']").forEach(function (vak) { vak.value = nu; });
  }
  // Maar was het een ander die inlogde, dan hoort wat hier staat niet op zijn naam: wat weggaat zegt van wie de bladzijde was.
  var lezer = (document.querySelector("meta[name=lezer]") || {}).content;
  function teken(formulier) {
    if (!lezer || formulier.method !== "post" || formulier.elements.lezer) { return; }
    var vak = document.createElement("input");
    vak.type = "hidden"; vak.name = "lezer"; vak.value = lezer;
    formulier.appendChild(vak);
  }
  window.addEventListener("focus", ververs);
  document.addEventListener("submit", function (e) { ververs(); teken(e.target); }, true);
  document.addEventListener("htmx:configRequest", function (e) {
    var nu = token();
    if (lezer) { e.detail.headers["X-Lezer"] = lezer; }
    if (!nu) { return; }
    e.detail.headers["X-CSRFToken"] = nu;
    if ("csrfmiddlewaretoken" in e.detail.parameters) { e.detail.parameters.csrfmiddlewaretoken = nu; }
  });

  // De sessie is afgelopen terwijl de bladzijde open stond: zeg het, en laat staan wat er staat.
  document.addEventListener("htmx:afterRequest", function (e) {
    var balk = document.getElementById("uitgelogd");
    var sjabloon = document.getElementById("sjabloon-uitgelogd");
    if (e.detail.successful && balk) { balk.remove(); }
    if (e.detail.xhr && e.detail.xhr.status === 401 && sjabloon && !balk) { document.body.appendChild(sjabloon.content.cloneNode(true)); }
  });

  // Eén keer versturen: een tweede klik doet niets zolang de eerste loopt. data-mag-vaker: voor een formulier dat een bestand levert.
  document.addEventListener("submit", function (e) {
    var formulier = e.target;
    if (formulier.method !== "post" || e.defaultPrevented || "magVaker" in formulier.dataset) { return; }
    if (formulier.dataset.bezig) { e.preventDefault(); return; }
    formulier.dataset.bezig = "ja";
    window.setTimeout(function () { delete formulier.dataset.bezig; }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-bezig]").forEach(function (f) { delete f.dataset.bezig; });
  });

  // Onder een tekstvak met een grens staat hoeveel er nog in past; geteld zoals het portaal telt (kern.formulieren). Wie het niet ziet,
  // hoort het aan het eind, als hij even niet typt.
  var praat = null;
  document.addEventListener("input", function (e) {
    var grens = e.target.tagName === "TEXTAREA" && e.target.id && document.getElementById(e.target.id + "_grens");
    if (!grens || !grens.dataset.teller) { return; }
    var meest = Number(grens.dataset.teller), nl = function (n) { return n.toLocaleString("nl-NL"); };
    var over = meest - Array.from(e.target.value.trim().replace(/\r?\n/g, "\r\n")).length;
    grens.textContent = over >= 0 ? "Nog " + nl(over) + " van " + nl(meest) + " tekens." : nl(-over) + (over === -1 ? " teken" : " tekens") + " te veel: er passen er " + nl(meest) + ".";
    grens.classList.toggle("veld-foutregel", over < 0);
    window.clearTimeout(praat);
    if (over > meest / 10) { return; }
    praat = window.setTimeout(function () {
      var stem = document.getElementById("teller-stem");
      if (!stem) {
        stem = document.createElement("div");
        stem.id = "teller-stem"; stem.className = "alleen-lezer"; stem.setAttribute("role", "status");
        document.body.appendChild(stem);
      }
      stem.textContent = grens.textContent;
    }, 1500);
  });

  // Het gebruikersmenu, en op een telefoon het menu, sluit met Escape of een klik ernaast.
  function open() { return document.querySelector("details.gebruiker[open], .kop-werk details.nav-smal[open]"); }
  document.addEventListener("keydown", function (e) {
    var menu = open();
    if (e.key === "Escape" && menu) { menu.removeAttribute("open"); menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", function (e) {
    var menu = open();
    if (menu && !menu.contains(e.target)) { menu.removeAttribute("open"); }
  });
})();
