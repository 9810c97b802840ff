/* Getypte tekst die nog niet verstuurd is: de browser vraagt het voordat de bladzijde weggaat, ook als het de knop van een ander
   formulier is die haar wegstuurt. Wie zijn eigen formulier verstuurt, wie niets typte en wie het terugzette, merkt hier niets van. */
(function () {
  "use strict";
  var GEEN_TEKST = ["hidden", "search", "password", "checkbox", "radio", "file", "submit", "button", "reset", "image", "range", "color"];
  var begin = new WeakMap(); // vak → wat er stond voordat iemand typte
  var getypt = new WeakSet();
  var verstuurt = null; // het formulier dat nu onderweg is

  function isTekstvak(vak) {
    return Boolean(vak.form) && vak.form.method === "post" && (vak.tagName === "TEXTAREA" || vak.tagName === "INPUT")
      && GEEN_TEKST.indexOf(vak.type) < 0 && !("schrijven" in vak.dataset); // een concept bewaart zichzelf
  }
  document.addEventListener("focusin", function (e) {
    if (e.target.matches("input, textarea") && !begin.has(e.target)) { begin.set(e.target, e.target.value); }
  });
  document.addEventListener("input", function (e) {
    if (!e.target.matches("input, textarea")) { return; }
    if (!begin.has(e.target)) { begin.set(e.target, e.target.defaultValue); }
    getypt.add(e.target);
  });

  function blijftLiggen(vak) {
    return getypt.has(vak) && isTekstvak(vak) && vak.form !== verstuurt && vak.value !== begin.get(vak);
  }

  // Een knop die zegt dat men klaar is, wacht op wat er nog getypt staat: anders is dat weg met één druk op "verlaten".
  document.addEventListener("submit", function (e) {
    var formulier = e.target;
    if (!("wachtOpTekst" in formulier.dataset)) { return; }
    var vak = Array.prototype.find.call(document.querySelectorAll("input, textarea"), blijftLiggen);
    var oud = formulier.querySelector(".nog-getypt");
    if (oud) { oud.remove(); }
    if (!vak) { return; }
    e.preventDefault();
    e.stopImmediatePropagation();
    var melding = document.createElement("p");
    melding.className = "nog-getypt";
    melding.setAttribute("role", "alert");
    melding.append("U typte nog iets dat niet is verstuurd. ");
    [["Ga erheen", function () { melding.remove(); vak.focus(); vak.scrollIntoView({ block: "center" }); }], [formulier.dataset.wachtOpTekst, function () {
      document.querySelectorAll("input, textarea").forEach(function (v) { begin.set(v, v.value); });
      formulier.requestSubmit();
    }]].forEach(function (daad) {
      var knop = document.createElement("button");
      knop.type = "button";
      knop.className = "utrecht-button";
      knop.textContent = daad[0];
      knop.addEventListener("click", daad[1]);
      melding.append(knop, " ");
    });
    formulier.prepend(melding);
    melding.querySelector("button").focus();
  }, true);

  // Op window: hier is bekend of een ander script het versturen overnam.
  window.addEventListener("submit", function (e) {
    if (e.defaultPrevented) { return; }
    verstuurt = e.target;
    window.setTimeout(function () { verstuurt = null; }, 2000);
  });
  // Een formulier dat htmx verstuurde en laat staan, is verstuurd.
  document.addEventListener("htmx:afterRequest", function (e) {
    if (!e.detail.successful || !e.detail.elt || !e.detail.elt.matches("form")) { return; }
    e.detail.elt.querySelectorAll("input, textarea").forEach(function (vak) { begin.set(vak, vak.value); });
  });
  window.addEventListener("pageshow", function () { verstuurt = null; });

  window.addEventListener("beforeunload", function (e) {
    if (!Array.prototype.some.call(document.querySelectorAll("input, textarea"), blijftLiggen)) { return; }
    e.preventDefault();
    e.returnValue = "ja"; // oudere browsers kijken hiernaar; de woorden zijn van de browser
    // Wie blijft, kan de knop die hij indrukte daarna gewoon weer gebruiken.
    window.setTimeout(function () {
      window.setTimeout(function () {
        verstuurt = null;
        document.querySelectorAll("form[data-bezig]").forEach(function (f) { delete f.dataset.bezig; });
      }, 1000);
    });
  });
})();
