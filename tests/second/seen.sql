-- What may be used of a chart. `given` holds one row per chart and fact: lo and hi are the ends of a number (equal when it is
-- known, null when open), bilirubin always in umol/L; vals the words that are still possible.
-- Windows: facts.csv; labs, performance and clinical are judged for 30 days (design.md 4). Older, or undated, is unknown.
CREATE OR REPLACE TABLE windows AS
SELECT unnest(facts) AS fact, days FROM (VALUES
  (['bilirubin', 'albumin', 'inr', 'creatinine', 'sodium', 'egfr', 'fibrinogen', 'neutrophils'], 30),
  (['ecog', 'ascites', 'encephalopathy', 'hepatorenal_syndrome', 'chronic_dialysis', 'acute_kidney_injury'], 30),
  (['lesion_count', 'largest_lesion', 'macrovascular_invasion', 'portal_vein_invasion', 'hepatic_vein_or_ivc_invasion'], 42),
  (['bclc_stage', 'hepatic_artery_usable', 'sflr'], 42),
  (['extrahepatic_disease'], 56), (['curative_option_available', 'parenchyma'], 60),
  (['transplant_candidate', 'transplant_listed'], 90), (['anticoagulant_active'], 7), (['hvpg', 'charlson_index'], 180)
) AS classes(facts, days);

UPDATE windows SET days = 7 WHERE fact = 'acute_kidney_injury';

-- Preliminary results are unknown for absolute and required criteria (design.md 5): `strict` leaves them out.
CREATE OR REPLACE TABLE charts AS
SELECT DISTINCT chart, strict FROM given CROSS JOIN (VALUES (false), (true)) AS readings(strict);

CREATE OR REPLACE TABLE seen AS
PIVOT (
  SELECT chart, strict, given.fact AS fact, {'lo': lo, 'hi': hi, 'lo_in': lo_in, 'hi_in': hi_in, 'vals': vals, 'unit': unit,
    'age': age} AS held
  FROM given JOIN charts USING (chart) LEFT JOIN windows USING (fact)
  WHERE (days IS NULL OR age <= days) AND NOT (strict AND preliminary)
)
ON fact IN (
  'bilirubin', 'albumin', 'inr', 'creatinine', 'sodium', 'egfr', 'fibrinogen', 'neutrophils', 'age', 'sex', 'ecog', 'ascites',
  'encephalopathy', 'hepatorenal_syndrome', 'chronic_dialysis', 'acute_kidney_injury', 'anticoagulant_active', 'lesion_count',
  'largest_lesion', 'macrovascular_invasion', 'portal_vein_invasion', 'hepatic_vein_or_ivc_invasion', 'bclc_stage',
  'extrahepatic_disease', 'curative_option_available', 'transplant_candidate', 'transplant_listed', 'transplant_intent',
  'treatment_extent', 'hepatic_artery_usable', 'access_site', 'days_since_antivegf', 'planned_drug', 'sphincter_compromised',
  'antibiotic_prophylaxis_planned', 'cld_bleeding_limits_enabled', 'hvpg', 'charlson_index', 'parenchyma', 'sflr', 'fasting_plan'
)
USING any_value(held) GROUP BY chart, strict;
