"""What the screens and steps of cases share: terms, routes, clocks, likeness."""
