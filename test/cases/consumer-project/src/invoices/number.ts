// This error is there today: it is no break.
export const next: number = "2026-001";
