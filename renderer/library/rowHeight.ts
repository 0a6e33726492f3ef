/** Of one post in the library, in pixels. */
export const postRowHeight = 68;
