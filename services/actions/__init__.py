"""Business verbs of the services room: each atomic, audited, and visible to citizens within two seconds."""
