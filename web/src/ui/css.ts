import type { CSSProperties } from "react";

/** Custom properties as a style; the mocks' CSS reads them. */
export const vars = (values: Record<`--${string}`, string | number>): CSSProperties => values as CSSProperties;
