/* Presentie en hoofdelijke stemming: elke druk komt in een rij en wordt na de vorige bewaard. Zo raakt er geen kwijt als de secretaris
   sneller is dan de verbinding. Zonder dit bestand is het een gewoon formulier. */
(function () {
  "use strict";
  var rij = [];
  var gelukt = false;

  document.addEventListener("htmx:afterRequest", function (e) {
    if (e.detail.requestConfig.verb === "post") { gelukt = e.detail.successful; }
  });

  // De lijst komt telkens opnieuw van de server; wat nog in de rij staat houdt zijn merk.
  function merk() {
    document.querySelectorAll("[data-na-elkaar] button[aria-busy]").forEach(function (knop) { knop.removeAttribute("aria-busy"); });
    rij.forEach(function (id) {
      var knop = document.getElementById(id);
      if (knop) { knop.setAttribute("aria-busy", "true"); }
    });
  }

  // Bij het volgende antwoord van de server is de melding weer weg, want de lijst is dan nieuw.
  function meld() {
    var sjabloon = document.querySelector("template.niet-bewaard");
    if (!sjabloon) { return; }
    var melding = sjabloon.nextElementSibling;
    if (!melding || melding.getAttribute("role") !== "alert") {
      melding = sjabloon.content.firstElementChild.cloneNode(true);
      sjabloon.after(melding);
    }
    melding.scrollIntoView({ block: "center" });
  }

  function volgende() {
    var knop = document.getElementById(rij[0]);
    if (!knop) {
      rij.shift();
      if (rij.length) { volgende(); }
      return;
    }
    var waarden = {};
    waarden[knop.name] = knop.value;
    gelukt = false;
    window.htmx.ajax("post", knop.form.action, { target: knop.form.dataset.naElkaar, swap: "outerHTML", values: waarden })
      .catch(function () { gelukt = false; })
      .then(function () {
        rij.shift();
        if (!gelukt) {
          rij = [];
          meld();
        }
        merk();
        if (rij.length) { volgende(); }
      });
  }

  document.addEventListener("submit", function (e) {
    var knop = e.submitter;
    if (!knop || !knop.id || !window.htmx || !e.target.matches("[data-na-elkaar]")) { return; }
    e.preventDefault();
    if (rij[rij.length - 1] === knop.id) { return; } // twee keer hetzelfde achter elkaar; wie terugkomt op een keuze telt wel
    rij.push(knop.id);
    merk();
    if (rij.length === 1) { volgende(); }
  }, true);
})();
