"""Code systems: canonical identifiers, the other spellings records use, how codes are spelled. Knows no facts."""

from __future__ import annotations

import re
from functools import lru_cache

from service.codes.rows import read

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD_10_PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
UCUM = "http://unitsofmeasure.org"
YES_NO = "http://terminology.hl7.org/CodeSystem/v2-0136"

Coding = tuple[str, str]
"""(canonical system, code)"""

_CANONICAL = (LOINC, SNOMED, ICD_10_CM, ICD_10_PCS, CPT, HCPCS, RXNORM, NCIT, UCUM, YES_NO)
_UNDOTTED = re.compile(r"[A-Z][0-9][0-9A-Z]{2,5}")
_WHOLE_ICD_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
_PRIMARY_SITE = re.compile(r"260716003\s*=\s*(\d+)")


def _spelling(text: str) -> str:
    """What spellings of one identifier share: no blanks, no final slash, http for https, lower-case scheme and host."""
    bare = "".join(text.split()).rstrip("/").removeprefix("urn:oid:")
    scheme, mark, rest = bare.partition("://")
    if not mark:
        return bare
    host, slash, path = rest.partition("/")
    return f"{scheme.lower().replace('https', 'http')}://{host.lower()}{slash}{path}"


_ALIASES = {_spelling(system): system for system in _CANONICAL} | {
    _spelling(row["alias"]): row["canonical"] for row in read("system_aliases.csv")
}


@lru_cache(maxsize=1024)
def canonical_system(text: str) -> str:
    """The system's canonical identifier; an unknown one comes back trimmed and otherwise as it is."""
    spelling = _spelling(text)
    if spelling.startswith(f"{SNOMED}/"):
        return SNOMED
    return _ALIASES.get(spelling, text.strip())


def canonical_code(system: str, code: str) -> str:
    """The code as our tables spell it: ICD-10-CM with its dot, the focus concept of a SNOMED CT expression."""
    code = code.strip()
    if system == SNOMED:
        return code.partition(":")[0].strip()
    if system == ICD_10_CM and _UNDOTTED.fullmatch(code):
        return f"{code[:3]}.{code[3:]}"
    return code


def coding(system: str, code: str) -> Coding:
    canonical = canonical_system(system)
    return canonical, canonical_code(canonical, code)


def whole_icd_code(code: str) -> bool:
    """Whether it is an ICD-10 code and nothing more, so that it may count as member of a category."""
    return _WHOLE_ICD_CODE.fullmatch(code) is not None


def stated_primary(code: str) -> str | None:
    """The site of the primary tumour (a SNOMED CT code) that a post-coordinated expression states, else None."""
    found = _PRIMARY_SITE.search(code)
    return found[1] if found else None
