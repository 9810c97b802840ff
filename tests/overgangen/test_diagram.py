"""docs/toestanden.md is wat de code zegt."""

from django.conf import settings

from overgangen.management.commands.toestandsdiagram import bladzijde


def test_de_bladzijde_met_toestanden_klopt_met_de_code():
    geschreven = (settings.BASE_DIR / "docs" / "toestanden.md").read_text(encoding="utf-8")
    assert geschreven == bladzijde(), "draai ./portal manage toestandsdiagram --alles > docs/toestanden.md"
