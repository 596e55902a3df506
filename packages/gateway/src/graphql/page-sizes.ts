/** Items of a page where nothing else is asked for. */
export const PAGE = 50;
/** The most items that one page may hold. */
export const LARGEST_PAGE = 500;
