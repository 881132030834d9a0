export interface CheckFigure {
  readonly name: string;
  readonly value: number;
  readonly limit: number | null;
  readonly unit: string;
}

export function checkRatio(_root: string): Promise<CheckFigure[]> {
  return Promise.resolve([]);
}
