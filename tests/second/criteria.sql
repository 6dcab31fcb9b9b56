-- Rows of the documents, one by one. `rows` holds for each the order it belongs to, what not meeting it means, what its being
-- unknown means, its `only if` and its test, as outcomes. Set 0 holds the documents' defaults, set 1 legal changes of them.
CREATE OR REPLACE TABLE settings AS FROM (VALUES
  (0, 1, 'relative', 'relative', 34.2, 1.8, 15, 100.0, 20.0, 2.0),
  (1, 0, 'absolute', 'absolute', 25.65, 1.5, 12, 120.0, 25.0, 1.5)
) AS chosen(set_no, max_ecog, bclc_c_kind, hepatic_vein_kind, max_bilirubin, inr_femoral, meld_from, min_fibrinogen_cld, max_sflr,
  creatinine_limit);

CREATE OR REPLACE TABLE known AS
SELECT seen.* EXCLUDE (bclc_stage, transplant_intent, access_site), chosen.* EXCLUDE (set_no), child_pugh, albi_grade, meld_3_0, stages,
  coalesce(access_site.vals, ['not_recorded']) AS access,
  -- a silent order means transplant intent only where the patient is listed (facts.csv)
  coalesce(transplant_intent.vals, CASE WHEN transplant_listed.vals = ['true'] THEN ['true'] ELSE ['false'] END) AS intent,
  either(one_of(transplant_listed.vals, ['true']), one_of(treatment_extent.vals, ['segmental', 'superselective'])) AS bilirubin_exception,
  one_of(curative_option_available.vals, ['false']) AS no_curative_option
FROM seen JOIN child_pugh USING (chart, strict) JOIN albi USING (chart, strict) JOIN bclc USING (chart, strict)
  LEFT JOIN meld USING (chart, strict) JOIN settings AS chosen ON chosen.set_no = seen.chart % 2;

CREATE OR REPLACE MACRO ordered(id, therapy, kind, missing, only_if, outcome) AS
  {'criterion': id, 'therapy': therapy, 'kind': kind, 'missing': missing, 'only_if': only_if, 'outcome': outcome, 'planned': true};

CREATE OR REPLACE TABLE rows AS
SELECT chart, strict, unnest([
  -- hcc.md 6.1; where metastases-ablation.md has the same row, the stricter of the two
  ordered('gen-adult', 'ctace', 'required', 'block', 'met', at_least(age, 18)),
  ordered('gen-ecog', 'ctace', 'required', 'block', 'met', at_most(ecog, max_ecog)),
  ordered('gen-stage-known', 'ctace', 'required', 'block', 'met', CASE WHEN len(stages) = 1 THEN 'met' ELSE 'unknown' END),
  ordered('gen-bclc-d', 'ctace', 'absolute', 'block', 'met', none_of(stages, ['D'])),
  ordered('tace-child-pugh', 'ctace', 'required', 'block', 'met', at_most(child_pugh, 7)),
  ordered('gen-bili-rel', 'ctace', 'relative', 'block', 'met', at_most(bilirubin, max_bilirubin)),
  ordered('gen-bili-abs', 'ctace', 'absolute', 'block', 'met', at_most(bilirubin, 51.3)),
  ordered('gen-bili-abs-rel', 'ctace', 'relative', 'block', bilirubin_exception, at_most(bilirubin, 51.3)),
  ordered('gen-albi-3', 'ctace', 'relative', 'warn', 'met', below(albi_grade, 3)),
  ordered('gen-meld', 'ctace', 'caution', 'warn', 'met', below(meld_3_0, meld_from)),
  ordered('gen-ascites-severe', 'ctace', 'absolute', 'block', 'met', none_of(ascites.vals, ['moderate_severe', 'refractory'])),
  ordered('gen-hrs', 'ctace', 'absolute', 'absent ok', 'met', none_of(hepatorenal_syndrome.vals, ['true'])),
  -- hcc.md 6.2
  ordered('gen-arterial-contra', 'ctace', 'absolute', 'block', 'met', one_of(hepatic_artery_usable.vals, ['true'])),
  ordered('gen-hv-ivc', 'ctace', hepatic_vein_kind, 'block', 'met', none_of(hepatic_vein_or_ivc_invasion.vals, ['true'])),
  ordered('gen-bilioenteric-prophylaxis', 'ctace', 'required', 'ask', one_of(sphincter_compromised.vals, ['true']),
    one_of(antibiotic_prophylaxis_planned.vals, ['true'])),
  -- hcc.md 6.3; the femoral limit holds unless the access is surely radial
  ordered('gen-inr-femoral', 'ctace', 'required', 'block', 'met', below(inr, inr_femoral)),
  ordered('gen-inr-radial', 'ctace', 'required', 'block', one_of(access, ['radial']), below(inr, 2.2)),
  ordered('gen-fibrinogen', 'ctace', 'relative', 'warn', 'met', at_least(fibrinogen, 100)),
  ordered('gen-antiangiogenic', 'ctace', 'caution', 'warn', 'met', at_least(days_since_antivegf, 28)),
  ordered('gen-creatinine', 'ctace', 'absolute', 'block', 'met', below(creatinine, creatinine_limit)),
  ordered('gen-dialysis', 'ctace', 'caution', 'absent ok', one_of(chronic_dialysis.vals, ['true']),
    none_of(chronic_dialysis.vals, ['true'])),
  ordered('gen-neutropenia', 'ctace', 'required', 'block', 'met', at_least(neutrophils, 1.5)),
  -- hcc.md 7.1 and 7.9
  ordered('anthra-neutropenia', 'ctace', 'absolute', 'block', one_of(planned_drug.vals, ['doxorubicin', 'epirubicin']),
    at_least(neutrophils, 1.5)),
  ordered('ctace-indication', 'ctace', 'required', 'block', 'met', CASE
    WHEN list_has_all(['B'], stages) OR (list_has_all(['0', 'A', 'B'], stages) AND no_curative_option = 'met') THEN 'met'
    WHEN list_has_all(['C', 'D'], stages) OR (NOT list_contains(stages, 'B') AND no_curative_option = 'not_met') THEN 'not_met'
    ELSE 'unknown' END),
  ordered('ctace-bclc-c', 'ctace', bclc_c_kind, 'block', 'met', none_of(stages, ['C'])),
  ordered('lt-listed', 'ctace', 'required', 'block', one_of(intent, ['true']), one_of(transplant_candidate.vals, ['true'])),
  -- hcc.md 7.6: a count not older than seven days
  ordered('haic-anc', 'haic', 'absolute', 'block', 'met', CASE WHEN neutrophils.age <= 7 THEN at_least(neutrophils, 1.2) ELSE 'unknown' END),
  -- metastases-ablation.md 3, percutaneous, anaesthesia
  ordered('perc-fibrinogen-cld', 'microwave', 'caution', 'warn', one_of(cld_bleeding_limits_enabled.vals, ['true']),
    above(fibrinogen, min_fibrinogen_cld)),
  ordered('perc-intact-sphincter', 'microwave', 'relative', 'block', 'met',
    either(one_of(sphincter_compromised.vals, ['false']), one_of(antibiotic_prophylaxis_planned.vals, ['true']))),
  ordered('perc-bilirubin', 'microwave', 'relative', 'block', 'met', at_most(bilirubin, 51.3)),
  ordered('ana-cci', 'microwave', 'preferred', 'info', 'met', at_most(charlson_index, 8)),
  {'criterion': 'ana-fasting', 'therapy': 'microwave', 'kind': 'required', 'missing': 'warn', 'only_if': 'met',
    'outcome': one_of(fasting_plan.vals, ['true']), 'planned': false},
  -- metastases-ablation.md 3, portal vein embolisation; pve-bilirubin overrides perc-bilirubin
  ordered('pve-bilirubin', 'pve', 'required', 'block', 'met', at_most(bilirubin, 51.3)),
  ordered('pve-ehd', 'pve', 'relative', 'block', 'met', one_of(extrahepatic_disease.vals, ['none', 'limited'])),
  ordered('pve-flr-normal', 'pve', 'required', 'block', one_of(parenchyma.vals, ['normal']), at_most(sflr, max_sflr)),
  ordered('pve-hvpg', 'pve', 'relative', 'info', CASE WHEN hvpg IS NULL THEN 'unknown' ELSE 'met' END, at_most(hvpg, 12))
]) AS tested
FROM known;
