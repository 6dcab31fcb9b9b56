-- What the rows say together (design.md 4). A row whose `only if` is false is silent. If that is unknown, met stays met, a known
-- unfavourable fact is unknown and asks, an unknown fact stays what `missing` says. A module whose condition is unknown is silent.
-- Absolute and required rows are read from the strict chart. `replaces` holds only where the replacing row surely applies.
CREATE OR REPLACE TABLE applied AS
SELECT chart, tested.* FROM rows
WHERE strict = (tested.kind IN ('absolute', 'required')) AND tested.only_if <> 'not_met'
  AND NOT (tested.criterion = 'lt-listed' AND tested.only_if = 'unknown');

CREATE OR REPLACE TABLE replaces AS FROM (VALUES
  ('gen-bili-abs-rel', 'gen-bili-abs'), ('gen-inr-radial', 'gen-inr-femoral'), ('gen-dialysis', 'gen-creatinine')) AS pairs(replacing, replaced);

CREATE OR REPLACE TABLE findings AS
SELECT chart, therapy, criterion, kind, planned,
  CASE WHEN only_if = 'unknown' AND outcome = 'not_met' THEN 'unknown' ELSE outcome END AS outcome,
  CASE WHEN only_if = 'unknown' AND outcome = 'not_met' THEN 'ask' ELSE missing END AS missing
FROM applied
WHERE NOT EXISTS (
  FROM applied AS other JOIN replaces ON replaces.replacing = other.criterion
  WHERE other.chart = applied.chart AND replaces.replaced = applied.criterion AND other.only_if = 'met');

-- Statuses, worst first (design.md 2), over these rows alone; rows before the procedure never count.
CREATE OR REPLACE TABLE statuses AS
SELECT chart, therapy, min(CASE
  WHEN NOT planned OR kind NOT IN ('absolute', 'required', 'relative') OR outcome = 'met' THEN 5
  WHEN outcome = 'not_met' THEN CASE kind WHEN 'absolute' THEN 0 WHEN 'required' THEN 1 ELSE 3 END
  WHEN missing = 'block' THEN 2 WHEN missing = 'ask' THEN 4 ELSE 5 END) AS status
FROM findings GROUP BY chart, therapy;
