/** The setting that holds the one URL of all notifications. */
export const URL_SETTING = 'apps.telNotification.URL';

/**
 * What has the phone post the notifications that the driver reads (Web Application Developer's Guide, UC Software 5.0.0, pages
 * 27 to 33; the names as in the catalogue of a phone with 8.6.0). Incoming and outgoing calls are told by their states as well,
 * and with the call's reference: these two are left as they are, and understood.
 */
export const SWITCHES: Readonly<Record<string, string>> = {
  'apps.telNotification.callStateChangeEvent': '1',
  'apps.telNotification.lineRegistrationEvent': '1',
  'apps.telNotification.offhookEvent': '1',
  'apps.telNotification.onhookEvent': '1',
};
