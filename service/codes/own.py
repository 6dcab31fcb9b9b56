"""The project's own code systems: one code per fact, per coded answer and per therapy (terminology of last resort)."""

BASE = "https://livercds.org/fhir"
FACTS_SYSTEM = f"{BASE}/CodeSystem/facts"
"""code = fact name"""
VALUES_SYSTEM = f"{BASE}/CodeSystem/fact-values"
"""code = a value of facts.csv, e.g. "moderate_severe", "hepatopetal"; "never" for days since what never happened"""
THERAPIES_SYSTEM = f"{BASE}/CodeSystem/therapies"
"""code = therapy id; "<id>-mapping" for the mapping order of y90-glass and y90-resin"""
QUESTIONNAIRE = f"{BASE}/Questionnaire/liver-directed-therapy"
"""linkId = fact name; "<fact name>-never" for the answer that it never happened"""
NEVER = "never"
"""the value's code, and the end of that question's linkId"""


def never_link(fact: str) -> str:
    return f"{fact}-{NEVER}"


def fact_of_link(link: str) -> str:
    return link.removesuffix(f"-{NEVER}")
