"""Whatever a decision holds, the card is valid, within its limits and says no more than is known."""

import re
from datetime import date, timedelta
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from service.cards.style import CLOSING, CardStyle
from service.clinical.chart import Unreadable
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Interval, State, known, unknown
from service.rules.decision import Outcome
from service.rules.model import Kind, Missing, Note, When
from tests.cards.making import AS_OF, card, decision, finding

VERDICTS = re.compile(r"eligible|approved|denied", re.IGNORECASE)
HOSTILE = [
    "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![i](https://evil.example/i.png)", "a\n# b\n\n- c",
    "\u202egnp.\u2066exe", "</p><script>", "| t |", "```", "&lt;b&gt;", "x" * 300, "long words " * 60, "not_eligible",
    "12345678901234567890.12345", "", "www.evil.example", "a@evil.example",
]  # fmt: skip
texts = st.sampled_from(HOSTILE) | st.text(max_size=200).filter(lambda text: not VERDICTS.search(text))
names = st.sampled_from(sorted(FACTS))
days = st.none() | st.integers(0, 900).map(lambda age: AS_OF - timedelta(days=age))


@st.composite
def facts(draw):
    name, on = draw(names), draw(days)
    number = draw(st.decimals(min_value=0, max_value=10**6, places=2))
    values = {"boolean": draw(st.booleans()), "coded": draw(st.sampled_from(FACTS[name].values or ("x",)))}
    source = draw(st.sampled_from(["Observation/1", "order"]))
    value = values.get(FACTS[name].type, number)
    read = known(name, value, on=on, source=source, reported=draw(st.none() | texts))
    return draw(
        st.sampled_from(
            [
                read,
                unknown(name),
                unknown(name, draw(texts)),
                read.as_unknown("stale: 900 days old, limit 30"),
                Fact(name, State.INTERVAL, interval=Interval(None, Decimal(3)), on=on),
                Fact(name, State.ONE_OF, values=(Decimal(1), Decimal(2), Decimal(3))),
            ]
        )
    )


@st.composite
def findings(draw):
    fact = draw(facts())
    outcome = draw(st.sampled_from(Outcome))
    number = draw(st.integers(0, 9))
    return finding(
        f"c{number}", draw(st.sampled_from(Kind)), outcome, fact, found=draw(texts), limit=draw(texts),
        op=draw(st.sampled_from(["at most", "above", "is", "not one of"])),
        missing=draw(st.sampled_from(Missing)), when=draw(st.sampled_from(When)), say=draw(texts), ask=draw(texts),
        cite=tuple(draw(st.lists(st.sampled_from(["SHZ", "CRA", "A_B", "M2"]), max_size=5))),
        applies_if=draw(st.sampled_from(["", "applies if transplant listed: no"])), repeat=draw(st.booleans()),
        default_limit=draw(st.sampled_from(["", "2.0 mg/dL"])), conflict=draw(st.sampled_from(["", "C1"])),
    )  # fmt: skip


@st.composite
def decisions(draw):
    about = {
        "notes": tuple(Note(f"n{n}", "m", text) for n, text in enumerate(draw(st.lists(texts, max_size=3)))),
        "unreadable": tuple(Unreadable(text, text) for text in draw(st.lists(texts, max_size=3))),
        "incomplete": tuple(draw(st.lists(texts, max_size=3))),
    }
    candidates = draw(st.lists(st.lists(findings(), max_size=14), min_size=1, max_size=4))
    others = {fact.name: fact for fact in draw(st.lists(facts(), max_size=5))}
    return [
        decision(*rows, therapy=f"t{n}", short=f"Therapy {n}", facts=others, **about)
        for n, rows in enumerate(candidates)
    ]


def counted(made):
    return int(re.search(r"(\d+) of (\d+) met", made.detail)[1])


@settings(max_examples=60, deadline=None)
@given(decisions(), texts, st.sampled_from(["", "stat", "routine"]))
def test_it_is_a_valid_card_within_its_limits(candidates, title, priority):
    made = card(*candidates, order_title=title, priority=priority)
    assert len(made.summary) <= 139
    assert len(made.detail) <= 900
    assert len(made.detail.split("\n")) <= 12
    assert made.detail.endswith(CLOSING)
    assert made.indicator in {"info", "warning", "critical"}
    assert msgspec.json.decode(msgspec.json.encode(made))["summary"] == made.summary


@settings(max_examples=60, deadline=None)
@given(decisions(), texts)
def test_it_holds_no_markup_link_or_verdict_of_the_record(candidates, title):
    made = card(*candidates, order_title=title)
    assert not re.search(r"<[A-Za-z/!?]", made.summary)
    assert "<" not in made.detail
    assert not re.search(r"(?<!\\)\]\(|https?://|www\.|(?<!\\)`", made.detail)
    assert not VERDICTS.search(made.summary + made.detail)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]", made.summary + made.detail)


@settings(max_examples=60, deadline=None)
@given(decisions())
def test_it_never_counts_an_unknown_as_met(candidates):
    made = card(*candidates)
    rows = [row for each in candidates for row in each.findings if row.when is When.ORDER]
    met = {row.criterion for row in rows} - {row.criterion for row in rows if row.outcome is not Outcome.MET}
    assert counted(made) == len(met) == made.extension["org.livercds.decision"]["outcomes"]["met"]


@settings(max_examples=40, deadline=None)
@given(decisions())
def test_it_is_critical_only_for_an_absolute_criterion_that_is_not_met(candidates):
    made = card(*candidates)
    absolute = [
        row for each in candidates for row in each.findings
        if row.kind is Kind.ABSOLUTE and row.outcome is Outcome.NOT_MET and row.when is When.ORDER
    ]  # fmt: skip
    assert absolute or made.indicator != "critical"


@settings(max_examples=40, deadline=None)
@given(decisions())
def test_it_puts_found_things_before_missing_things(candidates):
    lines = card(*candidates).detail.split("\n")
    asked = [index for index, line in enumerate(lines) if line.startswith("- Missing (")]
    found = [index for index, line in enumerate(lines) if line.startswith("- ") and index not in asked]
    assert not asked or not found or max(found) < min(asked)


@settings(max_examples=40, deadline=None)
@given(decisions())
def test_it_starts_no_heading_or_list_from_a_record(candidates):
    for line in card(*candidates).detail.split("\n"):
        assert not re.match(r"(- )?(#{1,6}|[-+*]|\d+[.)]|=+|-{3,})(\s|$)", line.removeprefix("- "))


@settings(max_examples=60, deadline=None)
@given(decisions(), st.integers(0, 900), st.integers(0, 12))
def test_it_fits_the_smallest_card_too(candidates, characters, rows):
    made = card(*candidates, style=CardStyle(max_characters=characters, max_lines=rows))
    assert len(made.detail) <= max(characters, 700)
    assert len(made.detail.split("\n")) <= max(rows, 9)


@settings(max_examples=15, deadline=None)
@given(decisions())
def test_it_is_the_same_for_the_same_decisions(candidates):
    assert card(*candidates) == card(*candidates)


def test_it_reads_dates_of_leap_days():
    row = finding("c", "relative", "not_met", known("ecog", 3, on=date(2024, 2, 29)), found="3", limit="2")
    assert "(29 Feb 2024)" in card(decision(row)).detail
