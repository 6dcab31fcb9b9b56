"""What a result or an order says it is: by a local code, by several codes, by a code system's other name."""

from __future__ import annotations

from service.codes.systems import LOINC, SNOMED
from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.shapes import changed
from service.fixture_building.parts import Resource, coding, concept

LOCAL, LOCAL_ORDERS = "https://lab.example/codes", "https://ehr.example/orders"
_OIDS = {LOINC: "urn:oid:2.16.840.1.113883.6.1", SNOMED: "urn:oid:2.16.840.1.113883.6.96"}


def local_code(resource: Resource, _: Draws) -> list[Resource]:
    text = resource["code"].get("text", "")
    return changed(resource, code=concept(LOCAL, _name(resource), text=text))


def second_coding(resource: Resource, _: Draws) -> list[Resource]:
    code = resource["code"]
    return changed(resource, code={**code, "coding": [coding(LOCAL, _name(resource)), *code["coding"]]})


def system_alias(resource: Resource, _: Draws) -> list[Resource]:
    code = resource["code"]
    named = [{**each, "system": _OIDS.get(each["system"], each["system"])} for each in code["coding"]]
    return [resource] if named == code["coding"] else changed(resource, code={**code, "coding": named})


def local_order_code(resource: Resource, _: Draws) -> list[Resource]:
    return changed(resource, code=concept(LOCAL_ORDERS, "IR-4711", text="Radioembolization, our protocol"))


def _name(resource: Resource) -> str:
    return str(resource["id"]).upper()
