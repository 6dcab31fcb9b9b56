"""The specification's rules as checks of any discovery document, response, request or feedback, ours or another's."""

from cds_hooks.conformance.discovery import check_discovery
from cds_hooks.conformance.feedback import check_feedback
from cds_hooks.conformance.outcome import check_outcome
from cds_hooks.conformance.report import Problem
from cds_hooks.conformance.request import check_request
from cds_hooks.conformance.response import check_response
from cds_hooks.conformance.rules import RULES, Level, Rule

__all__ = [
    "RULES",
    "Level",
    "Problem",
    "Rule",
    "check_discovery",
    "check_feedback",
    "check_outcome",
    "check_request",
    "check_response",
]
