"""Administration: budgets."""
