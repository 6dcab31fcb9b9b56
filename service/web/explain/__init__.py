"""The page behind a card: every finding of a recorded decision. Shows no identity of the patient."""
