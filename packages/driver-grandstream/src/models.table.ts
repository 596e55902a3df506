/** The series for which there are CTI guides. */
export const SERIES: Readonly<Record<'GXP' | 'GRP', readonly string[]>> = {
  GXP: [
    ...['1610', '1615', '1620', '1625', '1628', '1630', '1760', '1760W', '1780', '1782'],
    ...['2130', '2135', '2140', '2160', '2170'],
  ],
  GRP: [
    ...['2601', '2601P', '2601W', '2602', '2602P', '2602W', '2602G', '2603', '2603P', '2604', '2604P'],
    ...['2612', '2612P', '2612W', '2612G', '2613', '2613W', '2614', '2615', '2616', '2624', '2634', '2636'],
    ...['2650', '2670'],
  ],
};

/** Blocks of addresses that are registered to Grandstream Networks. */
export const OUIS: ReadonlySet<string> = new Set(['00:0b:82', 'c0:74:ad', 'ec:74:d7']);
