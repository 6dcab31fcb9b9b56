-- MELD 3.0, hcc.md 2.5, round half up, 6 to 40. Any of five labs, or age, missing: not computed; under 12 years: not applicable.
-- INR under an anticoagulant is invalid (2.3). Sex recorded as other or unknown: both results; not recorded: not computed. Dialysis sets creatinine to 3.0, and where it
-- is not recorded both are possible. A comparator bounds its laboratory value; the score is linear in each term alone, so its
-- ends lie at corners. Ends that no comparator closes lie at the end of the plausible range (facts.csv) or of the clamp.
CREATE OR REPLACE TABLE corners AS
SELECT chart, strict, bili, sodium_below, inr_value, crea, albumin_below, woman, years
FROM (
  SELECT chart, strict, age.lo AS years,
    [greatest(1.0, coalesce(bilirubin.lo / 17.1, 1.0)), greatest(1.0, coalesce(bilirubin.hi / 17.1, 60))] AS bilis,
    [137 - greatest(125, least(137, coalesce(sodium.lo, 125))), 137 - greatest(125, least(137, coalesce(sodium.hi, 137)))] AS sodiums,
    [greatest(1.0, coalesce(inr.lo, 1.0)), greatest(1.0, coalesce(inr.hi, 20))] AS inrs,
    CASE WHEN chronic_dialysis.vals = ['true'] THEN [3.0]
      WHEN chronic_dialysis.vals = ['false'] THEN creas ELSE list_append(creas, 3.0) END AS creas,
    [3.5 - greatest(1.5, least(3.5, coalesce(albumin.lo, 1.5))), 3.5 - greatest(1.5, least(3.5, coalesce(albumin.hi, 3.5)))] AS albumins,
    CASE WHEN sex.vals = ['female'] THEN [1] WHEN sex.vals = ['male'] THEN [0] ELSE [0, 1] END AS women
  FROM (SELECT *, [greatest(1.0, least(3.0, coalesce(creatinine.lo, 1.0))), greatest(1.0, least(3.0, coalesce(creatinine.hi, 3.0)))] AS creas FROM seen)
  WHERE bilirubin IS NOT NULL AND albumin IS NOT NULL AND inr IS NOT NULL AND creatinine IS NOT NULL AND sodium IS NOT NULL
    AND age.lo >= 12 AND sex IS NOT NULL AND coalesce(anticoagulant_active.vals <> ['true'], true)
), unnest(list_distinct(bilis)) AS b(bili), unnest(list_distinct(sodiums)) AS n(sodium_below), unnest(list_distinct(inrs)) AS i(inr_value),
  unnest(list_distinct(creas)) AS c(crea), unnest(list_distinct(albumins)) AS a(albumin_below), unnest(women) AS w(woman);

CREATE OR REPLACE TABLE meld AS
WITH raw AS (
  SELECT chart, strict,
    CASE WHEN years < 18 THEN 7.33 ELSE 6 + 1.33 * woman END::DOUBLE
    + 4.56 * ln(bili::DOUBLE) + 0.82 * sodium_below::DOUBLE - 0.24 * sodium_below::DOUBLE * ln(bili::DOUBLE)
    + 9.09 * ln(inr_value::DOUBLE) + 11.14 * ln(crea::DOUBLE)
    + 1.85 * albumin_below::DOUBLE - 1.83 * albumin_below::DOUBLE * ln(crea::DOUBLE) AS score
  FROM corners
), whole AS (
  SELECT chart, strict, greatest(6, least(40, floor(round(score, 9)::DECIMAL(18, 9) + 0.5)))::INTEGER AS score FROM raw
)
SELECT chart, strict, {'lo': min(score), 'hi': max(score), 'lo_in': true, 'hi_in': true} AS meld_3_0 FROM whole GROUP BY chart, strict;
