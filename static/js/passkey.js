/* Een passkey maken of gebruiken: de browser doet het geheime deel, dit formulier verstuurt het antwoord. */
(function () {
  "use strict";
  var kan = window.PublicKeyCredential && window.webauthnJSON;

  function meld(formulier, tekst) {
    var vak = formulier.querySelector("[data-passkey-melding]");
    if (!vak) { return; }
    vak.querySelector("p").textContent = tekst;
    vak.hidden = !tekst;
  }

  async function opties(formulier, soort) {
    if (soort !== "inloggen") { return JSON.parse(document.getElementById("passkey-opties").textContent); }
    var antwoord = await fetch(formulier.action, { headers: { Accept: "application/json" } });
    if (!antwoord.ok) { throw new Error("geen opties"); }
    return antwoord.json();
  }

  async function vraag(formulier, soort) {
    var gegeven = await opties(formulier, soort);
    if (soort !== "maak") { return window.webauthnJSON.get(gegeven.request_options); }
    // Zonder wachtwoord inloggen vraagt een sleutel die zelf weet van wie hij is, en die ontgrendeld wordt.
    var zonder = formulier.elements.passwordless;
    if (zonder && zonder.checked) {
      var keuze = gegeven.creation_options.publicKey.authenticatorSelection;
      keuze.residentKey = "required";
      keuze.requireResidentKey = true;
      keuze.userVerification = "required";
    }
    return window.webauthnJSON.create(gegeven.creation_options);
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (formulier) {
    if (formulier.hasAttribute("data-passkey-alleen-met-script")) { formulier.hidden = !kan; }
    formulier.addEventListener("submit", async function (e) {
      e.preventDefault();
      if (!kan) { meld(formulier, "Deze browser kent geen passkeys."); return; }
      meld(formulier, "");
      try {
        formulier.elements.credential.value = JSON.stringify(await vraag(formulier, formulier.dataset.passkey));
      } catch (fout) {
        meld(formulier, fout && fout.name === "InvalidStateError"
          ? "Op dit toestel staat al een passkey voor uw account."
          : "De passkey is niet gebruikt. Probeer het nog een keer, of kies een andere manier.");
        return;
      }
      formulier.submit();
    });
  });
})();
