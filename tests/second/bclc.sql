-- BCLC, hcc.md 1.2, over all combinations of unknown inputs; a recorded stage wins. Invasion: recorded, else from its two parts.
CREATE OR REPLACE TABLE bclc AS
WITH inputs AS (
  SELECT seen.chart, seen.strict, bclc_stage.vals AS recorded,
    list_distinct(list_transform(coalesce(ecog.vals, ['0', '1', '3']), lambda x: CASE x WHEN '0' THEN 1 WHEN '1' THEN 2 WHEN '2' THEN 2 ELSE 3 END))
      AS ecogs,
    cells(reaches(lesion_count, NULL, 1, false, true), reaches(lesion_count, 2, 3, true, true), reaches(lesion_count, 4, NULL, true, false))
      AS counts,
    cells(reaches(largest_lesion, NULL, 2.0, false, true), reaches(largest_lesion, 2.0, 3.0, false, true),
      reaches(largest_lesion, 3.0, NULL, false, false)) AS sizes,
    CASE
      WHEN macrovascular_invasion IS NOT NULL THEN one_of(macrovascular_invasion.vals, ['true'])
      ELSE either(none_of(portal_vein_invasion.vals, ['Vp0']), one_of(hepatic_vein_or_ivc_invasion.vals, ['true'])) END AS invasion,
    none_of(extrahepatic_disease.vals, ['none']) AS spread,
    CASE one_of(transplant_candidate.vals, ['true']) WHEN 'met' THEN [true] WHEN 'not_met' THEN [false] ELSE [true, false] END AS candidates,
    liver_function AS functions
  FROM seen JOIN liver_function USING (chart, strict)
), staged AS (
  SELECT DISTINCT chart, strict, CASE
    WHEN ecog_cell = 3 THEN 'D'
    WHEN function_word = 'end_stage' AND NOT candidate THEN 'D'
    WHEN outside OR ecog_cell = 2 THEN 'C'
    WHEN count_cell = 1 THEN CASE WHEN size_cell = 1 THEN '0' ELSE 'A' END
    WHEN count_cell = 2 AND size_cell <= 2 THEN 'A'
    ELSE 'B' END AS stage
  FROM inputs, unnest(ecogs) AS e(ecog_cell), unnest(counts) AS n(count_cell), unnest(sizes) AS s(size_cell),
    unnest(CASE either(invasion, spread) WHEN 'met' THEN [true] WHEN 'not_met' THEN [false] ELSE [true, false] END) AS o(outside),
    unnest(candidates) AS c(candidate), unnest(functions) AS f(function_word)
)
SELECT chart, strict, coalesce(recorded, list_sort(stages)) AS stages
FROM inputs JOIN (SELECT chart, strict, list(stage) AS stages FROM staged GROUP BY chart, strict) USING (chart, strict);
