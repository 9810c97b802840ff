/* Een alineanummer kopieert de hele verwijzing met zijn eigen adres, en zegt dat ter plekke. Zonder dit bestand staat dat adres
   na een klik in de adresbalk, en de verwijzing bij "Verwijs hiernaar". */
(function () {
  "use strict";
  var bron = document.querySelector(".verwijzing");
  // De verwijzing eindigt op ". " en het adres van het geheel; daar komen de alinea en haar adres voor in de plaats.
  function verwijzing(anker) {
    var heel = bron ? bron.textContent.trim() : "";
    var plek = /^\d+$/.test(anker.textContent) ? ", alinea " + anker.textContent : "";
    return heel ? heel.replace(/\. \S+$/, plek + ". " + anker.href) : anker.href;
  }
  function zeg(tekst, waar) {
    var melding = document.getElementById("gekopieerd");
    if (melding) { melding.textContent = tekst; }
    document.querySelectorAll("[data-gekopieerd]").forEach(function (oud) { delete oud.dataset.gekopieerd; });
    waar.dataset.gekopieerd = "gekopieerd";
  }
  document.addEventListener("click", function (e) {
    var anker = e.target.closest && e.target.closest(".genummerd a.anker");
    if (!anker || !navigator.clipboard) { return; }
    navigator.clipboard.writeText(verwijzing(anker)).then(function () {
      zeg("De verwijzing naar alinea " + anker.textContent + " is gekopieerd.", anker);
    }, function () { /* mag niet: het adres staat in de adresbalk */ });
  });
  if (!bron || !navigator.clipboard) { return; }
  var knop = document.createElement("button");
  knop.type = "button";
  knop.className = "utrecht-button utrecht-button--secondary-action kopieer";
  knop.textContent = "Kopieer de verwijzing";
  knop.addEventListener("click", function () {
    navigator.clipboard.writeText(bron.textContent.trim()).then(function () { zeg("De verwijzing is gekopieerd.", knop); }, function () { });
  });
  bron.after(knop);
})();
