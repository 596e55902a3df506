/** First three bytes of Yealink's MAC addresses (FusionPBX, wazo). */
export const YEALINK_OUIS: ReadonlySet<string> = new Set([
  '00:15:65',
  '24:9a:d8',
  '34:97:d7',
  '44:db:d2',
  '64:4f:56',
  '80:5e:0c',
  '80:5e:c0',
  'b0:61:a9',
  'c4:fc:22',
  'e4:34:d7',
  'ec:1d:a9',
  'f0:16:53',
]);
