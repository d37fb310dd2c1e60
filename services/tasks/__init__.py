"""Background work of the services room."""
