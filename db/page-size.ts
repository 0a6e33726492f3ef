/** Bytes of a database page, chosen by measurement (docs/decisions/page-size.md). */
export const pageSize = 16384;

/** SQLite locks bytes of this page, so it never holds anything, and some of the bytes may not even be readable. */
export const lockPage = 0x40000000 / pageSize + 1;
