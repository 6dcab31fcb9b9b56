"""What is wrong with a rule file is told with its place, the word and the allowed words."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from service.alternatives.loader import load_from
from service.rules.check import VERDICTS
from service.rules.problems import KnowledgeError
from tests.alternatives.making import knowledge, rulebook

PACKAGED = Path(str(resources.files("service.alternatives").joinpath("rules")))
RULE = """
- id: sug-x
  orders: [rfa]
  when:
    bilirubin: {above: 2 mg/dL}
  alternatives:
    - text: SBRT
      therapy: sbrt
  cite: [THERA]
"""


def _problems(folder: Path) -> str:
    with pytest.raises(KnowledgeError) as caught:
        load_from(folder, knowledge())
    return str(caught.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(PACKAGED, tmp_path / "rules"))
    (copy / "other.yaml").write_text(RULE)
    return copy


def test_it_takes_a_rule_as_it_is_written(folder: Path) -> None:
    rule = load_from(folder, knowledge()).rules[-1]
    assert (rule.id, rule.orders, rule.named[0].therapies) == ("sug-x", frozenset({"rfa"}), ("sbrt",))


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("id: sug-x", "name: sug-x", r"other\.yaml:2:3: unknown key: \"name\""),
        ("  cite: [THERA]\n", "", r"rule without cite"),
        ("[THERA]", "[NOBODY]", r"other\.yaml:9:10: citation is in neither references\.yaml: \"NOBODY\""),
        ("[rfa]", "[rfaa]", r"neither a therapy nor a group of orders: \"rfaa\" \(did you mean \"rfa\"\?\)"),
        ("therapy: sbrt", "therapy: sbr", r"unknown therapy: \"sbr\""),
        ("bilirubin: {", "bilirubine: {", r"unknown fact: \"bilirubine\""),
        ("{above: 2 mg/dL}", "{above: 2 g/L}", r"unit of bilirubin is mg/dL"),
        ("{above: 2 mg/dL}", "{above: nobody.max}", r"neither a number nor a threshold of a criterion"),
        ("{above: 2 mg/dL}", "{above: sbrt.max_lesion_count_sbrt}", r"threshold does not fit bilirubin"),
        ("{above: 2 mg/dL}", "{is: 2}", r"does not fit bilirubin"),
        ("{above: 2 mg/dL}", "is missing", r"a comparison is needed: \"is missing\".*allowed: is unknown"),
        ("text: SBRT", "text: SBRT below {ecog}", r"no condition of this alternative has such a limit: \"ecog\""),
        ("therapy: sbrt", "therapy: tace-ablation", r"a combination needs limits of"),
        ("- text: SBRT\n      therapy", "- therapy", r"alternative without text"),
        ("- id: sug-x", "- id: sug-gen-ecog", r"duplicate rule: \"sug-gen-ecog\""),
    ],
)
def test_it_refuses_what_does_not_fit(folder: Path, wrong: str, right: str, message: str) -> None:
    (folder / "other.yaml").write_text(RULE.replace(wrong, right))
    assert re.search(message, _problems(folder)), _problems(folder)


def test_it_refuses_a_file_that_no_one_lists(folder: Path) -> None:
    (folder / "lung.yaml").write_text(RULE)
    assert "lung.yaml: file that groups.yaml does not list" in _problems(folder)


def test_it_refuses_a_listed_file_that_is_not_there(folder: Path) -> None:
    (folder / "other.yaml").unlink()
    assert "other.yaml: cannot be read" in _problems(folder)


def test_it_refuses_groups_that_name_no_fact(folder: Path) -> None:
    text = (folder / "groups.yaml").read_text()
    (folder / "groups.yaml").write_text(text.replace("lesion_count", "lesions"))
    assert 'unknown fact: "lesions"' in _problems(folder)


def test_no_text_decides_in_the_clinicians_place() -> None:
    texts = [named.text for rule in rulebook().rules for named in rule.named]
    assert [text for text in texts if VERDICTS.search(text) or "should" in text] == []


def test_its_own_references_are_all_cited_and_none_stands_elsewhere() -> None:
    own = set(rulebook().references) - set(knowledge().references)
    cited = {key for rule in rulebook().rules for key in rule.cite}
    assert own == {"ACR15", "HE1"}
    assert own <= cited
