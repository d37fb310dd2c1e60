"""Input of the units room."""

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
    "AlertForm",
    "DomainForm",
    "MembershipForm",
    "PaletteChoice",
    "SiteForm",
    "SiteLinkForm",
    "SuccessionForm",
    "UnitChoiceField",
    "UserForm",
]
