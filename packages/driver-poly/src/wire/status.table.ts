/**
 * What the phone says in the field `Status` of its JSON, always with HTTP 200: the REST API reference manual's codes, as public
 * tools for VVX phones list them (ASSUMED; 4000, 4002, 4003, 4007 and 5000 as a quotation of the manual's dial and endCall has them).
 */
export const STATUS_WORDS: Readonly<Record<string, string>> = {
  '4000': 'Invalid input parameters.',
  '4001': 'The device is busy.',
  '4002': 'The line is not registered.',
  '4003': 'The operation is not allowed now.',
  '4004': 'The operation is not supported.',
  '4005': 'The line does not exist.',
  '4006': 'URLs are not configured.',
  '4007': 'The call does not exist.',
  '4008': 'The configuration could not be exported.',
  '4009': 'There is more in it than the phone takes.',
  '4010': 'The phone still has its default password, and allows nothing until it has another.',
  '5000': 'The phone failed to process the request.',
};

/** What HTTP's own status means; the API answers 200 to whatever it understood. */
export const HTTP_WORDS: Readonly<Record<number, string>> = {
  403: ': it is busy with another request of its API, or forbids this one',
  404: ': it has no such API: set apps.restapi.enabled, or its model has none',
};

/** The request was carried out, or is being so. */
export const SUCCESS = '2000';
/** No such call. Some firmware says it where there is no call at all. */
export const NO_CALL = '4007';
