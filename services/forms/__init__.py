"""All input of the services room."""
