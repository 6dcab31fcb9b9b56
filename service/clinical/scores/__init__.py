"""The scores: pure functions, one module per family. Results are the sets of what is still possible."""
