/* Voorstellen tijdens het typen: met de pijlen erin en eruit, met Escape weg. Zonder dit bestand zoekt het vak gewoon. */
(function () {
  "use strict";
  document.addEventListener("keydown", function (e) {
    var vak = e.target.closest && e.target.closest(".zoekgroot");
    var lijst = vak && vak.querySelector(".suggesties");
    if (!lijst) { return; }
    var veld = vak.querySelector("input[type='search']");
    if (e.key === "Escape") {
      // De eerste keer alleen de voorstellen weg: de browser zou ook het getypte wissen.
      if (lijst.textContent.trim()) { e.preventDefault(); lijst.textContent = ""; veld.focus(); }
      return;
    }
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") { return; }
    var alle = Array.prototype.slice.call(lijst.querySelectorAll("a"));
    if (!alle.length) { return; }
    var nu = alle.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
    e.preventDefault();
    (nu < 0 ? veld : alle[Math.min(nu, alle.length - 1)]).focus();
  });
})();
