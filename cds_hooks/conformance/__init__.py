"""The specification's rules as checks of any discovery document, response or feedback, ours or another's."""

from cds_hooks.conformance.discovery import check_discovery
from cds_hooks.conformance.feedback import check_feedback
from cds_hooks.conformance.report import Level, Problem
from cds_hooks.conformance.response import check_response

__all__ = ["Level", "Problem", "check_discovery", "check_feedback", "check_response"]
