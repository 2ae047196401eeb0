import type { Hit } from "../../matching/hit.ts";

/** Hits as a run over real logs gives them: busy and quiet rules, every severity, sequences, values that attack the page. */
export function sampleHits(count: number, rules: number): readonly Hit[] {
  const severities = ["critical", "high", "medium", "low", "informational", null];
  const start = Date.parse("2026-04-17T05:00:00Z");
  return Array.from({ length: count }, (_, index): Hit => {
    // Squares spread unevenly, as real hits do.
    const rule = Math.floor(((index * index * 7919) % 9973) ** 0.5) % rules;
    const at = start + ((index * 104729) % 86_400_000);
    const time = index % 97 === 0 ? null : new Date(at).toISOString();
    const chained = rule % 7 === 3;
    return {
      rule: `sigma:${rule.toString(16).padStart(8, "0")}`,
      title:
        rule % 5 === 0
          ? `Hostile <script>alert(${rule})</script> & "title" \u202e`
          : `Rule number ${rule} of the sample`,
      severity: severities[rule % severities.length] ?? null,
      file: `logs/host-${index % 12}.evtx`,
      record: index + 1,
      time,
      because: [
        {
          field: "CommandLine",
          operator: "contains",
          value: `C:\\Windows\\System32\\cmd.exe /c powershell -enc ${"QUJD".repeat(index % 90)} <img src=x onerror=alert(1)>`,
          asked: "-ENC",
          negated: false,
        },
        { field: "Image", operator: "ends_with", value: "C:\\a\\cmd.exe", asked: "\\cmd.exe", negated: false },
      ],
      ...(chained
        ? {
            events: [3, 2, 1, 0].map((back) => ({
              file: `logs/host-${index % 12}.evtx`,
              record: index + 1 - back,
              time: new Date(at - back * 900_000).toISOString(),
            })),
            group: { "user.name": "<b>bob</b>" },
            count: 4,
          }
        : {}),
    };
  });
}
