"""Plans, goals, consents and requests in our own codes."""

from service.codes.own import FACTS_SYSTEM, VALUES_SYSTEM
from tests.fhir.making import FHIR, concept, fact, resource

LISTED = concept((FACTS_SYSTEM, "transplant_listed"))


def plan(**more: object) -> FHIR:
    return resource("CarePlan", "cp1", **{"status": "active", "intent": "plan", "category": [LISTED], **more})


def goal(**more: object) -> FHIR:
    described = concept((VALUES_SYSTEM, "curative"))
    return resource("Goal", "g1", **{"lifecycleStatus": "active", "description": described, **more})


def consent(**more: object) -> FHIR:
    scope = concept(("http://terminology.hl7.org/CodeSystem/consentscope", "treatment"))
    policy = {"uri": "http://example.org/policy"}
    made = {"status": "active", "scope": scope, "category": [concept((FACTS_SYSTEM, "consent_recorded"))],
            "policy": [policy], "dateTime": "2026-11-01", **more}  # fmt: skip
    return resource("Consent", "co1", **made)


def test_it_reads_a_plan() -> None:
    assert fact("transplant_listed", plan()).value is True
    assert fact("transplant_listed", plan(status="revoked")).reason == "not recorded"
    also = [concept((FACTS_SYSTEM, "transplant_listed"), ("http://local.org", "TX"))]
    assert fact("transplant_listed", plan(category=also)).value is True


def test_it_reads_a_goal() -> None:
    assert fact("treatment_goal", goal()).value == "curative"
    assert fact("treatment_goal", goal(lifecycleStatus="rejected")).reason == "not recorded"
    paired = concept((FACTS_SYSTEM, "treatment_goal"), (VALUES_SYSTEM, "palliative"))
    assert fact("treatment_goal", goal(description=paired)).value == "palliative"


def test_it_reads_a_consent() -> None:
    found = fact("consent_recorded", consent())
    assert (found.value, str(found.on)) == (True, "2026-11-01")
    assert fact("consent_recorded", consent(status="rejected")).reason == "not recorded"
    assert fact("consent_recorded", consent(provision={"type": "deny"})).reason == "not recorded"


def test_it_takes_no_other_consent_for_one_to_the_procedure() -> None:
    general = [concept(("http://loinc.org", "59284-0"))]
    assert fact("consent_recorded", consent(category=general)).reason == "not recorded"


def test_it_reads_a_request() -> None:
    request = resource("ServiceRequest", "s1", status="active", intent="order",
                       code=concept((FACTS_SYSTEM, "followup_imaging_ordered")))  # fmt: skip
    assert fact("followup_imaging_ordered", request).value is True
    assert fact("followup_imaging_ordered", {**request, "doNotPerform": True}).reason == "not recorded"


def test_it_does_not_know_what_a_broken_plan_might_have_said() -> None:
    assert fact("transplant_listed", plan(intent=None)).reason == "its result could not be read"
