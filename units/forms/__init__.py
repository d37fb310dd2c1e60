"""Input of the units room."""

from units.forms.addresses import AddressTableForm, RedirectForm
from units.forms.alerts import AlertForm
from units.forms.sites import (
    DomainForm,
    MembershipForm,
    PaletteChoice,
    SiteForm,
    SiteLinkForm,
    SuccessionForm,
    UnitChoiceField,
    UserForm,
)

__all__ = [
    "AddressTableForm",
    "AlertForm",
    "DomainForm",
    "MembershipForm",
    "PaletteChoice",
    "RedirectForm",
    "SiteForm",
    "SiteLinkForm",
    "SuccessionForm",
    "UnitChoiceField",
    "UserForm",
]
