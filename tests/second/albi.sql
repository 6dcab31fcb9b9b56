-- ALBI, hcc.md 2.2: 0.66 x log10(bilirubin umol/L) - 0.085 x albumin g/L, graded unrounded, no clamps. Either lab missing: not
-- computed. A comparator bounds the score (metastases-ablation.md 4); its open end lies at the end of the plausible range (facts.csv).
CREATE OR REPLACE TABLE albi AS
WITH scored AS (
  SELECT chart, strict, bilirubin IS NOT NULL AND albumin IS NOT NULL AS computed,
    0.66 * log10(coalesce(bilirubin.lo, 0.05 * 17.1)::DOUBLE) - 0.085 * 10 * coalesce(albumin.hi, 6.5)::DOUBLE AS low,
    0.66 * log10(coalesce(bilirubin.hi, 60 * 17.1)::DOUBLE) - 0.085 * 10 * coalesce(albumin.lo, 0.8)::DOUBLE AS high
  FROM seen
), graded AS (
  SELECT *,
    CASE WHEN low <= -2.60 THEN 1 WHEN low <= -1.39 THEN 2 ELSE 3 END AS best,
    CASE WHEN high > -1.39 THEN 3 WHEN high > -2.60 THEN 2 ELSE 1 END AS worst,
    CASE WHEN low <= -2.60 THEN 1 WHEN low < -2.27 THEN 2 WHEN low <= -1.39 THEN 3 ELSE 4 END AS best_modified,
    CASE WHEN high > -1.39 THEN 4 WHEN high >= -2.27 THEN 3 WHEN high > -2.60 THEN 2 ELSE 1 END AS worst_modified
  FROM scored
)
SELECT chart, strict,
  CASE WHEN computed THEN {'lo': low, 'hi': high} END AS albi_score,
  CASE WHEN computed THEN {'lo': best, 'hi': worst, 'lo_in': true, 'hi_in': true} END AS albi_grade,
  CASE WHEN computed THEN list_slice(['1', '2a', '2b', '3'], best_modified, worst_modified) END AS malbi_grade
FROM graded;
