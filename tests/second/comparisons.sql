-- Three-valued comparisons: met or not met only when every value that is still possible says so.
CREATE OR REPLACE MACRO at_most(fact, bound) AS CASE
  WHEN fact.hi <= bound THEN 'met'
  WHEN fact.lo > bound OR (fact.lo = bound AND NOT fact.lo_in) THEN 'not_met'
  ELSE 'unknown' END;
CREATE OR REPLACE MACRO below(fact, bound) AS CASE
  WHEN fact.hi < bound OR (fact.hi = bound AND NOT fact.hi_in) THEN 'met'
  WHEN fact.lo >= bound THEN 'not_met'
  ELSE 'unknown' END;
CREATE OR REPLACE MACRO reversed(outcome) AS
  CASE outcome WHEN 'met' THEN 'not_met' WHEN 'not_met' THEN 'met' ELSE 'unknown' END;
CREATE OR REPLACE MACRO at_least(fact, bound) AS reversed(below(fact, bound));
CREATE OR REPLACE MACRO above(fact, bound) AS reversed(at_most(fact, bound));

CREATE OR REPLACE MACRO one_of(words, allowed) AS CASE
  WHEN words IS NULL THEN 'unknown'
  WHEN list_has_all(allowed, words) THEN 'met'
  WHEN NOT list_has_any(allowed, words) THEN 'not_met'
  ELSE 'unknown' END;
CREATE OR REPLACE MACRO none_of(words, refused) AS reversed(one_of(words, refused));

CREATE OR REPLACE MACRO either(one, other) AS CASE
  WHEN one = 'met' OR other = 'met' THEN 'met'
  WHEN one = 'not_met' AND other = 'not_met' THEN 'not_met'
  ELSE 'unknown' END;

-- Whether any value between low and high (null: open) is still possible.
CREATE OR REPLACE MACRO reaches(fact, low, high, low_in, high_in) AS
  (fact.lo IS NULL OR high IS NULL OR fact.lo < high OR (fact.lo = high AND fact.lo_in AND high_in))
  AND (fact.hi IS NULL OR low IS NULL OR fact.hi > low OR (fact.hi = low AND fact.hi_in AND low_in));
CREATE OR REPLACE MACRO cells(in_first, in_second, in_third) AS
  list_filter([CASE WHEN in_first THEN 1 END, CASE WHEN in_second THEN 2 END, CASE WHEN in_third THEN 3 END], lambda x: x IS NOT NULL);
