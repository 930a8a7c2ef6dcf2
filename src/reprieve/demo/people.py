"""Who acts in the story: five roles that decide, and the teams that ask."""

from __future__ import annotations

from reprieve.register.writing.commits import Identity

CISO = Identity("CISO", "ciso@example.com")
VP = Identity("VP Engineering", "vp-engineering@example.com")
LEAD = Identity("Security Lead", "security-lead@example.com")
MANAGER = Identity("Engineering Manager", "engineering-manager@example.com")
SAM = Identity("Sam, Security Team", "sam.security@example.com")

BILLING = Identity("Billing", "billing@example.com")
PAYMENTS = Identity("Payments", "payments@example.com")
PLATFORM = Identity("Platform", "platform@example.com")
SHOP = Identity("Shop", "shop@example.com")

ROLES = {
    "ciso": CISO,
    "vp-engineering": VP,
    "security-lead": LEAD,
    "engineering-manager": MANAGER,
    "security-team": SAM,
}
"""Role in the charter -> who holds it."""
