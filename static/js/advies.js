/* Een alineanummer kopieert zijn eigen verwijzing. Zonder dit bestand staat die verwijzing na een klik in de adresbalk. */
(function () {
  "use strict";
  document.addEventListener("click", function (e) {
    var anker = e.target.closest && e.target.closest(".genummerd a.anker");
    if (!anker || !navigator.clipboard) { return; }
    navigator.clipboard.writeText(anker.href).then(function () {
      var melding = document.getElementById("gekopieerd");
      if (melding) { melding.textContent = "Verwijzing naar alinea " + anker.textContent + " gekopieerd."; }
    }, function () { /* mag niet: het adres staat in de adresbalk */ });
  });
})();
