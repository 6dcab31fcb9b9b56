"""Builds fixtures: from facts to a synthetic patient in FHIR with both hook requests. Deterministic; judges nothing."""
