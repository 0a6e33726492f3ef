/** Bytes of a database page, chosen by measurement (docs/decisions/page-size.md). */
export const pageSize = 16384;
