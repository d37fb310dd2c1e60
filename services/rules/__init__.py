"""What the services room knows without a database."""

from services.rules.permissions import ROLE_PERMISSIONS
from services.rules.shapes import Basis, Fee, Paper, PaperGroup, Step, TimeLimit

__all__ = ["ROLE_PERMISSIONS", "Basis", "Fee", "Paper", "PaperGroup", "Step", "TimeLimit"]
