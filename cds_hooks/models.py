"""The typed words of the protocol in one place: strict on what a service answers, lenient on what it is sent."""

from cds_hooks.cards import Card, Indicator, Response, SelectionBehavior
from cds_hooks.feedback import AcceptedSuggestion, FeedbackItem, Override, Reason
from cds_hooks.parts import Coding, Link, OverrideReason, Source
from cds_hooks.requests import FhirAuthorization, HookRequest
from cds_hooks.strict import InvalidCardError
from cds_hooks.suggestions import Action, Suggestion

__all__ = [
    "AcceptedSuggestion",
    "Action",
    "Card",
    "Coding",
    "FeedbackItem",
    "FhirAuthorization",
    "HookRequest",
    "Indicator",
    "InvalidCardError",
    "Link",
    "Override",
    "OverrideReason",
    "Reason",
    "Response",
    "SelectionBehavior",
    "Source",
    "Suggestion",
]
