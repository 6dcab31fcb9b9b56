"""Many patients at once: cohorts are made here. Outermost: only the command line calls it."""
