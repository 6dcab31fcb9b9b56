"""Traces of calls for OpenTelemetry, an extra that is off unless an address for them is set."""
