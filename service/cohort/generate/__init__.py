"""Synthetic patients with documented distributions and the mess of real feeds. Deterministic; judges nothing."""
