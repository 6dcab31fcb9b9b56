-- Child-Pugh, hcc.md 2.1, and liver function, hcc.md 1.1 with facts.csv's wording, over every combination of what is unknown.
-- Native units: umol/L results by 34 and 51; mg/dL results by 2.0 and 3.0. The table holds umol/L; mg/dL was multiplied by 17.1.
-- INR under an anticoagulant is invalid, so its item is unknown. The table names no points for trace fluid on imaging alone: 1 or 2.
-- Hepatorenal syndrome counts where it is recorded: row gen-hrs is ABSENT-OK, and facts.csv does not count it among the inputs.
CREATE OR REPLACE TABLE items AS
SELECT chart, strict,
  CASE WHEN bilirubin.unit = 'umol/L' THEN
    cells(reaches(bilirubin, NULL, 34, false, false), reaches(bilirubin, 34, 51, true, true), reaches(bilirubin, 51, NULL, false, false))
  ELSE
    cells(reaches(bilirubin, NULL, 34.2, false, false), reaches(bilirubin, 34.2, 51.3, true, true), reaches(bilirubin, 51.3, NULL, false, false))
  END AS bilirubin_points,
  cells(reaches(albumin, 3.5, NULL, false, false), reaches(albumin, 2.8, 3.5, true, true), reaches(albumin, NULL, 2.8, false, false))
    AS albumin_points,
  CASE WHEN anticoagulant_active.vals = ['true'] THEN [1, 2, 3] ELSE
    cells(reaches(inr, NULL, 1.7, false, false), reaches(inr, 1.7, 2.3, true, true), reaches(inr, 2.3, NULL, false, false)) END
    AS inr_points,
  coalesce(ascites.vals, ['none', 'trace', 'mild', 'moderate_severe', 'refractory']) AS ascites_words,
  coalesce(encephalopathy.vals, ['none', 'grade_1_2', 'grade_3_4']) AS encephalopathy_words,
  [coalesce(hepatorenal_syndrome.vals[1], 'false')] AS hepatorenal_words,
  -- "bilirubin <= 3 mg/dL" of preserved function is judged in mg/dL: 3.0 mg/dL is 51.3 umol/L
  bilirubin.lo <= 51.3 AND bilirubin.unit = 'umol/L' AS third_cell_may_be_low
FROM seen;

CREATE OR REPLACE TABLE worlds AS
SELECT chart, strict, ascites_word, encephalopathy_word, hepatorenal_word,
  bilirubin_point = 3 AND NOT coalesce(third_cell_may_be_low, false) AS bilirubin_above_3,
  bilirubin_point + albumin_point + inr_point
  + ascites_point
  + CASE encephalopathy_word WHEN 'none' THEN 1 WHEN 'grade_1_2' THEN 2 ELSE 3 END AS total
FROM items, unnest(bilirubin_points) AS b(bilirubin_point), unnest(albumin_points) AS a(albumin_point),
  unnest(inr_points) AS i(inr_point), unnest(ascites_words) AS f(ascites_word),
  unnest(CASE ascites_word WHEN 'none' THEN [1] WHEN 'trace' THEN [1, 2] WHEN 'mild' THEN [2] ELSE [3] END) AS p(ascites_point),
  unnest(encephalopathy_words) AS e(encephalopathy_word), unnest(hepatorenal_words) AS h(hepatorenal_word);

CREATE OR REPLACE TABLE child_pugh AS
SELECT chart, strict, {'lo': min(total), 'hi': max(total), 'lo_in': true, 'hi_in': true} AS child_pugh
FROM worlds GROUP BY chart, strict;

-- Preserved is "Child-Pugh <=7 without decompensation" (C21), and hepatorenal syndrome is one (art-no-decompensation).
CREATE OR REPLACE TABLE liver_function AS
SELECT chart, strict, list_sort(list(DISTINCT CASE
    WHEN total >= 10 THEN 'end_stage'
    WHEN total >= 7 AND (ascites_word = 'refractory' OR hepatorenal_word = 'true' OR encephalopathy_word <> 'none') THEN 'end_stage'
    WHEN total <= 7 AND ascites_word IN ('none', 'trace', 'mild') AND NOT bilirubin_above_3 AND encephalopathy_word = 'none'
      AND hepatorenal_word = 'false' THEN 'preserved'
    ELSE 'impaired' END)) AS liver_function
FROM worlds GROUP BY chart, strict;
