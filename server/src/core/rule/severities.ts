/** Which risk scores go with which severity, as Elastic's tests have it. */

export interface SeverityBand {
  readonly severity: string;
  readonly min: number;
  readonly max: number;
  /** What rules of this severity usually have. */
  readonly usual: number;
}

export const SEVERITY_BANDS: readonly SeverityBand[] = [
  { severity: "low", min: 0, max: 21, usual: 21 },
  { severity: "medium", min: 22, max: 47, usual: 47 },
  { severity: "high", min: 48, max: 73, usual: 73 },
  { severity: "critical", min: 74, max: 100, usual: 99 },
];

export function bandOfSeverity(severity: string): SeverityBand | undefined {
  return SEVERITY_BANDS.find((band) => band.severity === severity);
}

export function bandOfScore(score: number): SeverityBand | undefined {
  return SEVERITY_BANDS.find(({ min, max }) => min <= score && score <= max);
}
